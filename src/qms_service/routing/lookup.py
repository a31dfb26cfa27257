"""Lookups (查找): from the value of an input to the rules whose cell it passes, as a mask of bits.

Each answers `lookup[value]`, and raises KeyError for a value that is not of the input's type: the caller
then takes the careful way, which says what is wrong. A value outside the input's range has the mask None.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from qms_service.routing.exact import Exact, exact, plain, whole_steps
from qms_service.routing.partition import Part, ends_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qms_service.routing.cell import Cell
    from qms_service.routing.column import ColumnType

Mask = int


class TextLookup(dict[object, Mask]):
    """Texts by hash; every text that no cell names has one mask, or none in a list of values."""

    def __init__(self, masks: Iterable[tuple[object, Mask]], other: Mask | None) -> None:
        super().__init__(masks)
        self.other = other

    def __missing__(self, value: object) -> Mask:
        if self.other is not None and isinstance(value, str):
            return self.other
        raise KeyError(value)


@attrs.frozen
class StepLookup:
    """Bools or days by bisection: from each step on, another mask. An instant is no day, 1 no bool."""

    kind: type
    steps: tuple[Any, ...]
    masks: tuple[Any, ...]

    def __getitem__(self, value: object, /) -> Mask:
        if type(value) is not self.kind:
            raise KeyError(value)
        return self.masks[bisect_right(self.steps, value)]  # type: ignore[no-any-return]


@attrs.frozen
class NumberLookup(StepLookup):
    """Numbers by bisection among n ends: 2 n + 1 places, the even ones between ends, the odd ones on them.

    Whole numbers stay among ints: steps are the first one on or above an end, and the first one above it.
    Decimals are compared with decimals, for Python cannot compare them with fractions.
    """

    ends: tuple[Exact, ...]
    decimals: tuple[Decimal, ...] | None

    def __getitem__(self, value: object, /) -> Mask:
        if type(value) is int:
            return self.masks[bisect_right(self.steps, value)]  # type: ignore[no-any-return]
        if type(value) is Decimal and self.decimals is not None and value.is_finite():
            return self._among(self.decimals, value)
        found = exact(value)
        if found is None:
            raise KeyError(value)
        return self._among(self.ends, found)

    def _among(self, ends: tuple[Any, ...], value: object) -> Mask:
        return self.masks[bisect_left(ends, value) + bisect_right(ends, value)]  # type: ignore[no-any-return]


Lookup = TextLookup | StepLookup


def lookup(
    kind: ColumnType, cells: Sequence[Cell], places: Sequence[Part | None], found: Iterable[Mask]
) -> Lookup:
    """The lookup of one input.

    Args:
        kind: The input's type.
        cells: Its cells, in rule order.
        places: What `partition` makes of the two.
        found: The rules whose cell holds on each place that is not empty.
    """
    each = iter(found)
    masks = tuple(None if part is None else next(each) for part in places)
    if kind.word in ("text", "values"):
        return _texts(places, masks)
    if kind.word == "bool":
        return StepLookup(bool, (True,), masks)
    ends = ends_of(kind, cells)
    return StepLookup(date, _day_steps(ends), masks) if kind.word == "date" else _numbers(masks, ends)


def _texts(places: Sequence[Part | None], masks: Sequence[Mask | None]) -> TextLookup:
    by_item = {part.item: mask for part, mask in zip(places, masks, strict=True) if part and mask is not None}
    other = by_item.pop(None, None)
    return TextLookup(by_item.items(), other)


def _day_steps(ends: tuple[date, ...]) -> tuple[date, ...]:
    after = (end + timedelta(days=1) for end in ends if end < date.max)
    return tuple(sorted([*ends, *after]))


def _numbers(masks: tuple[Mask | None, ...], ends: tuple[Exact, ...]) -> NumberLookup:
    short = [plain(end) for end in ends]
    decimals = tuple(Decimal(end) for end in short if not isinstance(end, Fraction))
    return NumberLookup(
        int, whole_steps(ends), masks, ends, decimals if len(decimals) == len(short) else None
    )
