"""Gates of the step that opens a case (开案步骤的关卡): nobody asks them, for nothing is on record before it."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.sheet import Sheet


def opening(sheet: Sheet) -> Iterator[LintFinding]:
    """Each opening with gates: a case opens whatever they say, and only its review tells of them."""
    for kind in sheet.rules.kinds.values():
        rule = kind.events[kind.opening]
        if rule.gates:
            path = f"{kind.kind}.events.{rule.name}.needs"
            yield sheet.find(
                "error", "opening-gated", path, clause=rule.clause, name=rule.name, case=kind.kind
            )
