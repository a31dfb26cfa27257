"""Regions (命中区间): for each rule the parts of an input that pass its cell, and for each part these rules.

A range holds on parts that lie side by side, so that it is found by its two ends: the work grows with the cells,
not with cells times parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from qms_service.routing.cell import Cell, Item
from qms_service.routing.partition import Part
from qms_service.routing.span import Span


def regions_of(cells: Sequence[Cell], parts: Sequence[Part]) -> tuple[int, ...]:
    """For each cell the parts on which it holds, a bit each.

    Args:
        cells: The cells of one input.
        parts: What `partition` makes of them, without the empty places.
    """
    whole = (1 << len(parts)) - 1
    witnesses = [part.witness for part in parts]
    places = (
        {} if parts and isinstance(parts[0].item, Span) else {one: at for at, one in enumerate(witnesses)}
    )
    regions = []
    for cell in cells:
        region = whole if cell.is_any else 0
        for item in cell.items:
            region |= _region(item, witnesses, places)
        regions.append(whole & ~region if cell.negated else region)
    return tuple(regions)


def _region(item: Item, witnesses: Sequence[object], places: Mapping[object, int]) -> int:
    if not isinstance(item, Span):
        return 1 << places[item] if item in places else 0
    first, end = 0, len(witnesses)
    if item.low is not None:
        first = (bisect_right if item.low_open else bisect_left)(witnesses, item.low)  # type: ignore[type-var]
    if item.high is not None:
        end = (bisect_left if item.high_open else bisect_right)(witnesses, item.high)  # type: ignore[type-var]
    return (1 << end) - (1 << first) if first < end else 0


def masks_of(regions: Sequence[int], count: int) -> tuple[int, ...]:
    """For each of so many parts the rules whose region it lies in, the first rule the lowest bit."""
    turns = [0] * (count + 1)
    for rule, region in enumerate(regions):
        for place in _bits(region ^ region << 1):  # where it begins and where it is over
            turns[place] ^= 1 << rule
    masks, now = [], 0
    for turn in turns[:count]:
        now ^= turn
        masks.append(now)
    return tuple(masks)


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
