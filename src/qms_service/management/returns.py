"""Returns (客户退货) of a period: what came back, and what became of it, by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import attrs

from qms_service.management.ranking import Ranking, ranking, value_of
from qms_service.management.sight import CaseSight
from qms_service.management.sums import Sum, SumCount
from qms_service.rulebooks.model import KindRules

RANKED: Final = ("defect", "product", "customer")


@attrs.frozen(kw_only=True)
class Returns:
    """The returns received in a period (客户退货).

    Args:
        base: How many were received.
        rankings: By defect, product and customer.
        quantities: What each quantity of the rulebook comes to over the returns received, as on record at the
            moment of the review: by unit, never added across.
    """

    base: int = 0
    rankings: tuple[Ranking, ...] = ()
    quantities: tuple[Sum, ...] = ()


@attrs.define
class ReturnCount:
    """Counts the returns received."""

    base: int = 0
    ranked: Mapping[str, Counter[str | None]] = attrs.field(factory=lambda: {of: Counter() for of in RANKED})
    sums: dict[str, SumCount] = attrs.field(factory=dict)

    def add(self, seen: CaseSight) -> None:
        """Counts a return that was received in the period."""
        self.base += 1
        for of, counted in self.ranked.items():
            counted[value_of(seen.fact(of))] += 1
        for name, value in (seen.quantities or {}).items():
            if not isinstance(value, Mapping):  # what is kept apart by key has no one figure
                self.sums.setdefault(name, SumCount()).add(value)

    def returns(self, kind: KindRules | None, top: int) -> Returns:
        """What was counted; the quantities in the order of the rulebook."""
        named = kind.quantities if kind else {}
        order = sorted(
            self.sums, key=lambda name: (list(named).index(name) if name in named else len(named), name)
        )
        return Returns(
            base=self.base,
            rankings=tuple(ranking(of, counted, top) for of, counted in self.ranked.items()),
            quantities=tuple(
                self.sums[name].sum(name, named[name].label if name in named else None) for name in order
            ),
        )
