"""BalanceNeed (数量前提): a balance between quantities that has to hold before a step."""

from __future__ import annotations

import attrs

from qms_service.events import Timeline
from qms_service.quantities import Balance, reckoned
from qms_service.rulebooks.need import Shortfall


@attrs.frozen
class BalanceNeed:
    """A balance that holds; what cannot be judged yet keeps the gate shut.

    Args:
        balance: The balance.
        if_known: Whether what cannot be judged yet leaves it open instead.
    """

    balance: Balance
    if_known: bool = attrs.field(default=False, kw_only=True)

    def shortfalls(self, timeline: Timeline) -> tuple[Shortfall, ...]:
        """How the balance stands, for each key for which it does not hold."""
        broken = self.balance.broken(reckoned(self.balance.tallies, timeline), strictly=not self.if_known)
        return tuple(Shortfall(code="unbalanced", balance=(self.balance, state)) for state in broken)
