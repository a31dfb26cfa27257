"""Sums (合计): money by currency and quantities by unit, never added across, with what has no figure beside it."""

from __future__ import annotations

from decimal import Decimal

import attrs

from qms_service.clauses import ClauseRef
from qms_service.facts import UNDETERMINED, Money, Quantity
from qms_service.labels import Label
from qms_service.quantities import Figure


@attrs.frozen(kw_only=True)
class Part:
    """What is of one currency, or of one unit.

    Args:
        unit: The currency or the unit; empty for plain numbers.
        amount: The sum.
        count: How many figures it adds up.
    """

    unit: str
    amount: int | Decimal
    count: int


@attrs.frozen(kw_only=True)
class Sum:
    """Figures of several cases, added up by currency or by unit (分币种、分单位合计).

    Args:
        id: What is added up.
        label: Its name for people; None where the catalogues have it.
        clause: The clause that it rests on.
        parts: The sum of each currency or unit, sorted by it.
        undetermined: How many have a figure that nobody can tell yet.
        missing: How many have no figure on record.
    """

    id: str
    label: Label | None = None
    clause: ClauseRef | None = None
    parts: tuple[Part, ...] = ()
    undetermined: int = 0
    missing: int = 0

    @property
    def base(self) -> int:
        """How many cases were asked."""
        return sum(part.count for part in self.parts) + self.undetermined + self.missing


@attrs.define
class SumCount:
    """Adds up one figure over many cases, exactly and in any order to the same sum."""

    sums: dict[str, Figure] = attrs.field(factory=dict)
    counts: dict[str, int] = attrs.field(factory=dict)
    undetermined: int = 0
    missing: int = 0

    def add(self, value: object) -> None:
        """Adds a figure: money, a quantity, a plain number; a text that says it is undetermined; or none."""
        if value == UNDETERMINED:
            self.undetermined += 1
        elif isinstance(value, Money):
            self._sum(value.currency, value.amount)
        elif isinstance(value, Quantity):
            self._sum(value.unit, value.amount)
        elif isinstance(value, int | Decimal):
            self._sum("", value)
        else:
            self.missing += 1

    def _sum(self, unit: str, amount: int | Decimal) -> None:
        self.sums[unit] = self.sums.get(unit, Figure()).plus(Figure(amount=amount))
        self.counts[unit] = self.counts.get(unit, 0) + 1

    def sum(self, id_: str, label: Label | None = None, clause: ClauseRef | None = None) -> Sum:
        """What was added up."""
        return Sum(
            id=id_,
            label=label,
            clause=clause,
            parts=tuple(
                Part(unit=unit, amount=self.sums[unit].amount, count=self.counts[unit])
                for unit in sorted(self.sums)
            ),
            undetermined=self.undetermined,
            missing=self.missing,
        )
