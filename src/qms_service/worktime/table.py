"""Table (时段表): the working spans of some years in a row, with their running totals.

A table never changes. A longer one is a new table that shares no list with the old, so that a thread
which still reads the old one is never disturbed.
"""

from __future__ import annotations

from datetime import date
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

import attrs

from qms_service.worktime.wall import instant_of, midnight, offsets_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from qms_service.instants import Micros
    from qms_service.worktime.pattern import Pattern
    from qms_service.worktime.wall import Wall

_NEVER: Final = 1 << 80


@attrs.frozen(kw_only=True, eq=False)
class Buckets:
    """Where to begin in a sorted list: bucket j holds the values from `origin + (j << shift)` on.

    `first[j]` is the index of the first value that is not before bucket j. With the width below the shortest
    distance of two values, what remains is one comparison.
    """

    origin: int
    shift: int
    first: list[int]


@attrs.frozen(kw_only=True, eq=False)
class Table:
    """Spans that start in the years `first` to `last`; every instant in [low, high) can be looked up.

    Args:
        opens: Where each span opens, ascending; one more at the end that never comes.
        closes: Where the span before each of these closes; before the first, long ago.
        totals: Work before each span; one more at the end: all of it.
        bases: What the span before each of these adds to a running total to make it an instant.
        days: The date each span belongs to, as an ordinal.
        dates: The working days, each once.
        by_instant: Buckets over `opens`.
        by_total: Buckets over `totals`.
    """

    first: int
    last: int
    low: Micros
    high: Micros
    opens: list[Micros]
    closes: list[Micros]
    totals: list[Micros]
    bases: list[Micros]
    days: list[int]
    dates: list[int]
    by_instant: Buckets
    by_total: Buckets


def compile_years(pattern: Pattern, first: int, last: int) -> Table:
    """The table of some years in a row."""
    spans = [span for year in range(first, last + 1) for span in _spans_of_year(pattern, year)]
    # A span is shorter than two days: on 2 January nothing of the year before is left.
    low = instant_of(midnight(date(first, 1, 2).toordinal()), pattern.zone)
    high = instant_of(midnight(date(last + 1, 1, 1).toordinal()), pattern.zone)
    days, opens, closes = (list(column) for column in zip(*spans, strict=True)) if spans else ([], [], [])
    return _table((first, last), (low, high), days, opens, closes)


def joined(earlier: Table, later: Table) -> Table:
    """Two tables in a row as one."""
    return _table(
        (earlier.first, later.last),
        (earlier.low, later.high),
        earlier.days + later.days,
        earlier.opens[:-1] + later.opens[:-1],
        earlier.closes[1:] + later.closes[1:],
    )


def _table(
    years: tuple[int, int],
    reach: tuple[Micros, Micros],
    days: list[int],
    opens: list[Micros],
    closes: list[Micros],
) -> Table:
    lengths = [closing - opening for opening, closing in zip(opens, closes, strict=True)]
    totals = list(accumulate(lengths, initial=0))
    return Table(
        first=years[0],
        last=years[1],
        low=reach[0],
        high=reach[1],
        opens=[*opens, _NEVER],
        closes=[-_NEVER, *closes],
        totals=totals,
        bases=[0, *(opening - total for opening, total in zip(opens, totals, strict=False))],
        days=days,
        dates=list(dict.fromkeys(days)),
        by_instant=_buckets(opens, *reach),
        by_total=_buckets(totals, 0, totals[-1] + 1),
    )


def _buckets(values: list[int], low: int, high: int) -> Buckets:
    """Buckets over [low, high); never so many that one short span makes them explode."""
    origin = min([low, *values[:1]])
    shortest = min((later - value for value, later in pairwise(values)), default=1)
    crowded = (high - origin) // (8 * len(values) + 8)
    shift = max(shortest, crowded, 1).bit_length() - 1
    first: list[int] = []
    for index, value in enumerate(values):
        first.extend([index] * (((value - origin) >> shift) + 1 - len(first)))
    first.extend([len(values)] * (((high - origin) >> shift) + 1 - len(first)))
    return Buckets(origin=origin, shift=shift, first=first)


def _spans_of_year(pattern: Pattern, year: int) -> Iterator[tuple[int, Micros, Micros]]:
    """Date, opening and closing of each span that starts in a year; one that a gap swallows is none."""
    first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    hours = [pattern.hours(day) for day in range(first, after)]
    if not any(hours):
        return
    offsets = [offsets_of(midnight(day), pattern.zone) for day in range(first, after + 2)]
    for index, spans in enumerate(hours):
        begin = midnight(first + index)
        around = {offset for pair in offsets[index : index + 3] for offset in pair}
        # No change of the clock from this midnight to the one after next: no edge needs a look of its own.
        steady = around.pop() if len(around) == 1 else None
        for span in spans:
            opening = _edge(begin + span.start, steady, pattern.zone)
            closing = _edge(begin + span.end, steady, pattern.zone)
            if opening < closing:
                yield first + index, opening, closing


def _edge(wall: Wall, steady: Micros | None, zone: tzinfo) -> Micros:
    return instant_of(wall, zone) if steady is None else wall - steady


NOTHING: Final = _table((0, -1), (0, 0), [], [], [])
