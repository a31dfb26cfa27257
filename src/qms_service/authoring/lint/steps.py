"""Steps that can never be recorded (到达不了的步骤)."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.reach import selectors_in
from qms_service.authoring.lint.sheet import Sheet
from qms_service.events import CLOSED
from qms_service.rulebooks.model import EventRule, KindRules


def steps(sheet: Sheet) -> Iterator[LintFinding]:
    """Each step whose gates nothing can ever open together; the closing has a check of its own."""
    for kind in sheet.rules.kinds.values():
        for name, rule in kind.events.items():
            if name not in sheet.reach[kind.kind].ever and name != CLOSED:
                yield shut(sheet, kind, rule, "step")


def shut(sheet: Sheet, kind: KindRules, rule: EventRule, what: str) -> LintFinding:
    """The finding on a step that can never be recorded: what it lacks, or that its gates shut each other out."""
    lacking = _lacking(sheet, kind, rule)
    return sheet.find(
        "error",
        f"{what}-unreachable" if lacking else f"{what}-contradiction",
        f"{kind.kind}.events.{rule.name}",
        clause=rule.clause,
        name=rule.name,
        case=kind.kind,
        lacking=lacking,
    )


def _lacking(sheet: Sheet, kind: KindRules, rule: EventRule) -> tuple[str, ...]:
    there = sheet.reach[kind.kind].before(rule)
    asked = (one.event for gate in rule.gates for one in selectors_in(gate.need))
    read = (path.partition(".")[0] for gate in rule.gates for path in gate.when.paths)
    return tuple(dict.fromkeys(name for name in (*asked, *read) if name not in there and name != "subject"))
