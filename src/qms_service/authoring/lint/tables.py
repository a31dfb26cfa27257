"""Tables with gaps, and with rules that nothing reaches (表的缺口与到达不了的行).

Overlaps of a `unique` table are an error of loading; in a `first` table the upper row has its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qms_service.authoring.lint.finding import LintFinding, Severity
from qms_service.authoring.lint.sheet import Sheet
from qms_service.routing import DecisionTable
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.term_table import TermTable

SHOWN: Final = 5  # gaps of one table that are told one by one
Place = tuple[Severity, str, str, DecisionTable]


def tables(sheet: Sheet) -> Iterator[LintFinding]:
    """What the proof of each table finds, with facts that show it."""
    for kind in sheet.rules.kinds.values():
        for severity, gap, path, table in _tables_of(kind):
            yield from _of_table(sheet, severity, gap, path, table)


def _of_table(
    sheet: Sheet, severity: Severity, gap: str, path: str, table: DecisionTable
) -> Iterator[LintFinding]:
    proof = table.problems()
    for one in proof.gaps[:SHOWN]:
        yield sheet.find(severity, gap, path, witness=one.witness, name=table.name)
    if proof.gaps[SHOWN:]:
        yield sheet.find(severity, "more-gaps", path, name=table.name, count=len(proof.gaps) - SHOWN)
    for one in proof.unreachable:
        rule, *earlier = one.rule_ids
        yield sheet.find(
            "warning", "row-unreachable", path, witness=one.witness, rule=rule, earlier=tuple(earlier)
        )
    if not proof.proven:
        yield sheet.find("note", "table-unproven", path, name=table.name)


def _tables_of(kind: KindRules) -> Iterator[Place]:
    for clock in kind.clocks.values():
        if isinstance(clock.within, TermTable):
            path = f"{kind.kind}.clocks.{clock.id}.within"
            yield "error", "term-gap", f"{path}.table", clock.within.table
    for route in kind.routes:
        yield "warning", "route-gap", f"{kind.kind}.routes.{route.name}.table", route.table
