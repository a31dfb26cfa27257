"""Lookups (查找): from the value of an input to the rules whose cell it passes, as a mask of bits.

Each answers `lookup[value]`, and raises KeyError for a value that is not of the input's type: the caller
then takes the careful path, which says what is wrong.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

import attrs

from qms_service.routing.exact import Exact, ceilings, exact, floors, plain
from qms_service.routing.partition import Part, ends_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qms_service.routing.cell import Cell
    from qms_service.routing.column import ColumnType

Mask = int


class Lookup(Protocol):
    """From a value to a mask."""

    def __getitem__(self, value: object, /) -> Mask: ...


class TextLookup(dict[object, Mask]):
    """Texts by hash; every text that no cell names has one mask."""

    def __init__(self, masks: Iterable[tuple[object, Mask]], other: Mask) -> None:
        super().__init__(masks)
        self.other = other

    def __missing__(self, value: object) -> Mask:
        if isinstance(value, str):
            return self.other
        raise KeyError(value)


@attrs.frozen
class BoolLookup:
    """True and False themselves: 1 and 0 are no bools."""

    false: Mask
    true: Mask

    def __getitem__(self, value: object, /) -> Mask:
        if value is True:
            return self.true
        if value is False:
            return self.false
        raise KeyError(value)


@attrs.frozen(kw_only=True)
class NumberLookup:
    """Numbers by bisection among n ends: 2 n + 1 places, the even ones between ends, the odd ones on them.

    Whole numbers are compared with ends rounded down and up, which decides the same and stays among ints;
    decimals with decimals, which Python cannot compare with fractions.
    """

    masks: tuple[Mask | None, ...]
    ends: tuple[Exact, ...]
    floors: tuple[int, ...]
    ceilings: tuple[int, ...]
    decimals: tuple[Decimal, ...] | None

    def __getitem__(self, value: object, /) -> Mask:
        if type(value) is int:
            mask = self.masks[bisect_left(self.floors, value) + bisect_right(self.ceilings, value)]
        elif type(value) is Decimal and self.decimals is not None and value.is_finite():
            mask = self.masks[bisect_left(self.decimals, value) + bisect_right(self.decimals, value)]
        else:
            found = exact(value)
            if found is None:
                raise KeyError(value)
            mask = self.masks[bisect_left(self.ends, found) + bisect_right(self.ends, found)]
        if mask is None:
            raise KeyError(value)
        return mask


@attrs.frozen(kw_only=True)
class DateLookup:
    """Days by bisection, as numbers; an instant is no day."""

    masks: tuple[Mask | None, ...]
    ends: tuple[date, ...]

    def __getitem__(self, value: object, /) -> Mask:
        if not isinstance(value, date) or isinstance(value, datetime):
            raise KeyError(value)
        mask = self.masks[bisect_left(self.ends, value) + bisect_right(self.ends, value)]
        if mask is None:
            raise KeyError(value)
        return mask


def lookup(kind: ColumnType, cells: Sequence[Cell], places: Sequence[Part | None]) -> Lookup:
    """The lookup of one input.

    Args:
        kind: The input's type.
        cells: Its cells, in rule order.
        places: What `partition` makes of the two.
    """
    masks = tuple(None if part is None else mask_of(cells, part) for part in places)
    pairs = [(part.item, mask) for part, mask in zip(places, masks, strict=True) if part and mask is not None]
    if kind.word == "text":
        return TextLookup(pairs[:-1], other=pairs[-1][1])
    if kind.word == "values":
        return dict(pairs)
    if kind.word == "bool":
        return BoolLookup(pairs[0][1], pairs[1][1])
    ends = ends_of(kind, cells)
    return DateLookup(masks=masks, ends=ends) if kind.word == "date" else _numbers(masks, ends)


def mask_of(cells: Sequence[Cell], part: Part) -> Mask:
    """The rules whose cell holds on a part, the first rule the lowest bit."""
    return sum(1 << place for place, cell in enumerate(cells) if cell.holds(part.witness))


def _numbers(masks: tuple[Mask | None, ...], ends: tuple[Exact, ...]) -> NumberLookup:
    short = [plain(end) for end in ends]
    decimals = None if any(isinstance(end, Fraction) for end in short) else tuple(map(Decimal, short))  # type: ignore[arg-type]
    return NumberLookup(
        masks=masks, ends=ends, floors=floors(ends), ceilings=ceilings(ends), decimals=decimals
    )
