"""Figure (数值): what a quantity comes to, or what keeps it from coming to anything."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import Final, Literal

import attrs

from qms_service.facts import UNDETERMINED, Quantity

Amount = int | Decimal
FigureState = Literal["known", "undetermined", "missing", "units-differ"]
_EXACT: Final = Context(
    prec=1000, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[]
)  # the ambient one rounds to 28 digits


@attrs.frozen(kw_only=True)
class Figure:
    """An amount with its unit, and all that stands against it.

    Figures add up in any order to the same figure: nothing that stands against one of them is lost.

    Args:
        amount: What is known of it, added up.
        units: The units met, sorted; `""` is that of plain numbers. A number of the rule itself, and the sum
            of nothing, have none and fit every unit.
        undetermined: The facts on record as undetermined, by their paths.
        missing: The facts not on record without which there is no figure, by their paths.

    >>> print(figure_of(Quantity(amount=60, unit="pcs"), "counted.quantity").plus(Figure(amount=-10)))
    50 pcs
    """

    amount: Amount = 0
    units: tuple[str, ...] = ()
    undetermined: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def state(self) -> FigureState:
        """Whether it is a figure, and if not, why: the worst of what stands against it."""
        if len(self.units) > 1:
            return "units-differ"
        if self.missing:
            return "missing"
        return "undetermined" if self.undetermined else "known"

    @property
    def value(self) -> Amount | Quantity | str | None:
        """The figure as a fact would hold it; None where it is not on record, or its units differ."""
        if self.state == "known":
            unit = "".join(self.units)
            return Quantity(amount=self.amount, unit=unit) if unit else self.amount
        return UNDETERMINED if self.state == "undetermined" else None

    def plus(self, other: Figure) -> Figure:
        """The sum of both."""
        if other.amount == 0 and other.units == self.units and not (other.undetermined or other.missing):
            return self
        return Figure(
            amount=_sum(self.amount, other.amount),
            units=_merged(self.units, other.units),
            undetermined=_merged(self.undetermined, other.undetermined),
            missing=_merged(self.missing, other.missing),
        )

    def times(self, factor: int) -> Figure:
        """So many times the figure."""
        if factor == 1:
            return self
        exact = isinstance(self.amount, int)
        amount = self.amount * factor if exact else _EXACT.multiply(self.amount, factor)
        return Figure(amount=amount, units=self.units, undetermined=self.undetermined, missing=self.missing)

    def __str__(self) -> str:
        if self.state == "units-differ":
            return " / ".join(unit or "1" for unit in self.units)
        return "–" if self.value is None else str(self.value)


ZERO: Final = Figure()


def figure_of(value: object, path: str) -> Figure:
    """The figure that a fact puts on record.

    Args:
        value: An int, a Decimal, a `Quantity`, or the text `undetermined`.
        path: The fact, by its path.
    """
    if isinstance(value, Quantity):
        return Figure(amount=value.amount, units=(value.unit,))
    if isinstance(value, int | Decimal):
        return Figure(amount=value, units=("",))
    return Figure(undetermined=(path,))


def sum_of(facts: Iterable[tuple[object, str]]) -> Figure:
    """The figures of several facts, each with its path, added up.

    Whole numbers of one unit are most of what there is, and are added without a figure for each.
    """
    total, amount, unit = ZERO, 0, None
    for value, path in facts:
        counted = value.amount if isinstance(value, Quantity) else value
        own = value.unit if isinstance(value, Quantity) else ""
        if type(counted) is int and unit in (None, own):
            amount, unit = amount + counted, own
        else:
            total = total.plus(figure_of(value, path))
    return total if unit is None else Figure(amount=amount, units=(unit,)).plus(total)


def _sum(one: Amount, other: Amount) -> Amount:
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    return _EXACT.add(one, other)


def _merged(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return one if one == other or not other else tuple(sorted({*one, *other}))
