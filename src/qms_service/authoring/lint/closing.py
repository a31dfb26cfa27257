"""Cases that can never close (关不了的个案), or that close under some facts without any gate."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.reach import recordable
from qms_service.authoring.lint.sheet import Sheet
from qms_service.authoring.lint.situations import situations, tests_in
from qms_service.authoring.lint.steps import shut
from qms_service.events import CLOSED
from qms_service.rulebooks.model import EventRule, KindRules


def closing(sheet: Sheet) -> Iterator[LintFinding]:
    """Whether each kind of case can be closed, and under which facts it cannot, or without a gate."""
    for kind in sheet.rules.kinds.values():
        rule = kind.events.get(CLOSED)
        if rule is None:
            yield sheet.find("warning", "closing-missing", kind.kind, case=kind.kind)
        elif CLOSED not in sheet.reach[kind.kind].ever:
            yield shut(sheet, kind, rule, "closing")
        else:
            yield from _by_facts(sheet, kind, rule)


def _by_facts(sheet: Sheet, kind: KindRules, rule: EventRule) -> Iterator[LintFinding]:
    """The facts that its gates tell cases apart by: each such case can be closed, and not for nothing."""
    tests = [test for gate in rule.gates for test in tests_in(gate.when)]
    path = f"{kind.kind}.events.{CLOSED}"
    for facts in situations(kind, tests, sheet.reach[kind.kind].open) if tests else ():
        if CLOSED not in recordable(kind, facts).ever:
            yield sheet.find(
                "warning", "closing-blocked", path, clause=rule.clause, witness=facts, case=kind.kind
            )
        elif not any(gate.when.holds(facts.get) for gate in rule.gates):
            yield sheet.find(
                "warning", "closing-ungated", path, clause=rule.clause, witness=facts, case=kind.kind
            )
