"""Cases that can never close (关不了的个案), or that close under some facts without any gate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.reach import recordable
from qms_service.authoring.lint.sheet import Sheet
from qms_service.authoring.lint.situations import Situation, situations, tests_in
from qms_service.authoring.lint.steps import shut
from qms_service.events import CLOSED
from qms_service.rulebooks.model import EventRule, KindRules

LIMIT: Final = 256  # for each situation all steps are gone through
SHOWN: Final = 5


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
    there, path = sheet.reach[kind.kind].open, f"{kind.kind}.events.{CLOSED}"
    wrong = (
        (code, facts)
        for facts in situations(kind, tests, there, limit=LIMIT)
        if tests and None not in facts.values()
        for code in _wrong(kind, rule, facts)
    )
    for code, facts in islice(wrong, SHOWN):
        yield sheet.find("warning", code, path, clause=rule.clause, witness=facts, case=kind.kind)


def _wrong(kind: KindRules, rule: EventRule, facts: Situation) -> Iterator[str]:
    if CLOSED not in recordable(kind, facts).ever:
        yield "closing-blocked"
    elif not any(gate.when.holds(facts.get) for gate in rule.gates if gate.need is not None):
        yield "closing-ungated"
