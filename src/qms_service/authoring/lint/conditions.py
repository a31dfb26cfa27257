"""Conditions that can never hold (永远不成立的条件): a step, a gate or a clock under them is never asked for."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.sheet import Sheet
from qms_service.authoring.lint.situations import situations, tests_in
from qms_service.clauses import ClauseRef
from qms_service.events import Condition
from qms_service.rulebooks.model import KindRules

Place = tuple[str, Condition, ClauseRef | None]


def conditions(sheet: Sheet) -> Iterator[LintFinding]:
    """Each `when` that no facts on record can ever make true."""
    for kind in sheet.rules.kinds.values():
        for path, when, clause in _conditions_of(kind):
            found = list(situations(kind, tests_in(when), sheet.reach[kind.kind].ever))
            if found and not any(when.holds(facts.get) for facts in found):
                yield sheet.find("warning", "condition-never", path, clause=clause, paths=when.paths)


def _conditions_of(kind: KindRules) -> Iterator[Place]:
    for name, rule in kind.events.items():
        path = f"{kind.kind}.events.{name}"
        yield f"{path}.when", rule.when, rule.clause
        for index, gate in enumerate(rule.gates):
            yield f"{path}.needs[{index}].when", gate.when, gate.clause
    for name, clock in kind.clocks.items():
        yield f"{kind.kind}.clocks.{name}.when", clock.when, clock.clause
