"""Gates on linked cases of a kind that the rulebook does not have (指向未知个案类型的关卡)."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.sheet import Sheet
from qms_service.errors import nearest


def links(sheet: Sheet) -> Iterator[LintFinding]:
    """Each `settled` that names no kind of this rulebook: another book's, or a slip that leaves the gate open."""
    kinds = tuple(sheet.rules.kinds)
    for kind in sheet.rules.kinds.values():
        for name, rule in kind.events.items():
            asked = ((one, gate.clause) for gate in rule.gates for one in gate.settled if one not in kinds)
            for got, clause in asked:
                path = f"{kind.kind}.events.{name}"
                yield sheet.find(
                    "warning",
                    "link-unknown",
                    path,
                    clause=clause,
                    got=got,
                    nearest=nearest(got, kinds) or kinds,
                )
