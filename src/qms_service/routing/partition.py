"""Parts (划分): the finitely many pieces of an input's domain on which no cell changes its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

import attrs

from qms_service.routing.cell import ANY, Cell, Item
from qms_service.routing.column import ColumnType
from qms_service.routing.exact import between
from qms_service.routing.span import Point, Span

_ONE_DAY: Final = timedelta(days=1)
_SOME_DAY: Final = date(2026, 1, 1)


@attrs.frozen
class Part:
    """A piece of a domain: what lies in it, and one value that does.

    Args:
        item: The range, the text or the bool; None is every text that no cell names.
        witness: A value in it.
    """

    item: Item | None
    witness: Any


def partition(kind: ColumnType, cells: Iterable[Cell]) -> tuple[Part | None, ...]:
    """The pieces of a domain that the cells tell apart.

    For numbers and days these are, in order, the ranges between the ends that the cells name and those
    ends themselves, 2 n + 1 places for n ends; None where a place is empty or outside the domain.

    >>> [str(part.item) for part in partition(ColumnType.parse("number"), [Cell((Span(high=300),))])]
    ['<300', '300', '>300']
    """
    if kind.word == "bool":
        return (Part(False, False), Part(True, True))  # noqa: FBT003  # the two values of the domain
    if kind.word == "values":
        return tuple(Part(value, value) for value in kind.values)
    if kind.word == "text":
        return tuple(_text_parts(cells))
    return tuple(_places(kind, ends_of(kind, cells)))


def ends_of(kind: ColumnType, cells: Iterable[Cell]) -> tuple[Any, ...]:
    """The ends of ranges that the cells and the type name, in order."""
    spans = [item for cell in cells for item in cell.items if isinstance(item, Span)]
    ends = {end for span in [kind.span, *spans] for end in (span.low, span.high) if end is not None}
    return tuple(sorted(ends))


def _text_parts(cells: Iterable[Cell]) -> Iterator[Part]:
    named = dict.fromkeys(item for cell in cells for item in cell.items if isinstance(item, str))
    yield from (Part(text, text) for text in named)
    other = "other"
    while other in named:
        other += "?"
    yield Part(None, other)


def _places(kind: ColumnType, ends: Sequence[Point]) -> Iterator[Part | None]:
    for low, high in zip([None, *ends], [*ends, None], strict=True):
        inner = _inner(kind, low, high)
        inside = inner is not None and kind.span.holds(inner)
        yield Part(Span(low=low, high=high, low_open=True, high_open=True), inner) if inside else None
        if high is not None:
            yield Part(Span.at(high), high) if kind.span.holds(high) else None


def _inner(kind: ColumnType, low: Any, high: Any) -> Point | None:  # noqa: ANN401  # numbers or days
    if kind.word == "number":
        return between(low, high)
    if low is None and high is None:
        return _SOME_DAY
    if low is None:
        return None if high == date.min else high - _ONE_DAY
    if low == date.max or (high is not None and high - low <= _ONE_DAY):
        return None
    return low + _ONE_DAY  # type: ignore[no-any-return]


def cell_of(parts: Sequence[Part], chosen: int) -> Cell:
    """The cell that holds on the chosen parts (a bit each) and nowhere else.

    >>> numbers = partition(ColumnType.parse("number"), [Cell((Span(high=300),))])
    >>> str(cell_of(numbers, 0b110)), str(cell_of(numbers, 0b111))
    ('>=300', '-')
    """
    if chosen == (1 << len(parts)) - 1:
        return ANY
    taken = [part.item for place, part in enumerate(parts) if chosen >> place & 1]
    if None in taken:
        left = (part.item for place, part in enumerate(parts) if not chosen >> place & 1)
        return Cell(tuple(item for item in left if item is not None), negated=True)
    if isinstance(taken[0], Span):
        return Cell(tuple(_joined(parts, chosen)))
    return Cell(tuple(item for item in taken if item is not None))


def _joined(parts: Sequence[Part], chosen: int) -> Iterator[Span]:
    run: list[Any] = []
    for place, part in enumerate([*parts, None]):
        if part is not None and chosen >> place & 1:
            run.append(part.item)
        elif run:
            first, last = run[0], run[-1]
            yield Span(low=first.low, low_open=first.low_open, high=last.high, high_open=last.high_open)
            run = []
