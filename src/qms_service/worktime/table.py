"""Table (时段表): the working spans of some years in a row, with their running totals.

A table never changes. A longer one is a new table that shares no list with the old, so that a thread
which still reads the old one is never disturbed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from qms_service.worktime.wall import instant_of, midnight, offsets_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from qms_service.instants import Micros
    from qms_service.worktime.pattern import Pattern
    from qms_service.worktime.wall import Wall


@attrs.frozen(kw_only=True, eq=False)
class Table:
    """Spans that start in the years `first` to `last`; every instant in [low, high) can be looked up.

    Args:
        opens: Where each span opens, ascending.
        closes: Where each span closes.
        totals: Work before each span, one more at the end: all of it.
        days: The date each span belongs to, as an ordinal.
        dates: The working days, each once.
    """

    first: int
    last: int
    low: Micros
    high: Micros
    opens: list[Micros]
    closes: list[Micros]
    totals: list[Micros]
    days: list[int]
    dates: list[int]


NOTHING: Final = Table(
    first=0, last=-1, low=0, high=0, opens=[], closes=[], totals=[0], days=[], dates=[]
)  # fmt: skip


def compile_years(pattern: Pattern, first: int, last: int) -> Table:
    """The table of some years in a row."""
    opens: list[Micros] = []
    closes: list[Micros] = []
    days: list[int] = []
    for year in range(first, last + 1):
        for day, open_at, close_at in _spans_of_year(pattern, year):
            opens.append(open_at)
            closes.append(close_at)
            days.append(day)
    # A span is shorter than two days: on 2 January nothing of the year before is left.
    low = instant_of(midnight(date(first, 1, 2).toordinal()), pattern.zone)
    high = instant_of(midnight(date(last + 1, 1, 1).toordinal()), pattern.zone)
    totals = _running(opens, closes)
    return Table(
        first=first, last=last, low=low, high=high, opens=opens, closes=closes, totals=totals, days=days,
        dates=list(dict.fromkeys(days)),
    )  # fmt: skip


def joined(earlier: Table, later: Table) -> Table:
    """Two tables in a row as one."""
    worked = earlier.totals[-1]
    return Table(
        first=earlier.first,
        last=later.last,
        low=earlier.low,
        high=later.high,
        opens=earlier.opens + later.opens,
        closes=earlier.closes + later.closes,
        totals=earlier.totals[:-1] + [worked + total for total in later.totals],
        days=earlier.days + later.days,
        dates=earlier.dates + later.dates,
    )


def _running(opens: list[Micros], closes: list[Micros]) -> list[Micros]:
    total = 0
    totals = [0]
    for open_at, close_at in zip(opens, closes, strict=True):
        total += close_at - open_at
        totals.append(total)
    return totals


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
            open_at = _edge(begin + span.start, steady, pattern.zone)
            close_at = _edge(begin + span.end, steady, pattern.zone)
            if open_at < close_at:
                yield first + index, open_at, close_at


def _edge(wall: Wall, steady: Micros | None, zone: tzinfo) -> Micros:
    return instant_of(wall, zone) if steady is None else wall - steady
