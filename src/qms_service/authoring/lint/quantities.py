"""Quantities that nothing checks (没有核对的数量), and balances that nothing asks for."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.reach import balances_in
from qms_service.authoring.lint.sheet import Sheet


def quantities(sheet: Sheet) -> Iterator[LintFinding]:
    """Each quantity that no balance reads, and each balance that holds at no step and that no gate asks for."""
    for kind in sheet.rules.kinds.values():
        read = {tally.name for balance in kind.balances.values() for tally in balance.tallies}
        for name in kind.quantities:
            if name not in read:
                yield sheet.find("note", "quantity-unused", f"{kind.kind}.quantities.{name}", name=name)
        gates = (gate for rule in kind.events.values() for gate in rule.gates)
        asked = {balance.id for gate in gates for balance in balances_in(gate.need)}
        for name, balance in kind.balances.items():
            if balance.at == () and name not in asked:
                path = f"{kind.kind}.balances.{name}"
                yield sheet.find("warning", "balance-unused", path, clause=balance.clause, name=name)
