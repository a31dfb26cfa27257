"""Compiled (编译时段): the segments of a calendar with hours, looked up and never stepped through.

Years are compiled when first asked about, in both directions; an answer is two look-ups, of the start and of the goal.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from qms_service.errors import NeverOpenError
from qms_service.instants import FIRST_YEAR, LAST_YEAR, from_micros
from qms_service.worktime.table import NOTHING, Table, compile_years, joined
from qms_service.worktime.wall import day_at, in_range, midnight, year_in_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms_service.instants import Micros
    from qms_service.worktime.pattern import Pattern


class Compiled:
    """`Segments` of a pattern of hours; its table grows as it is asked."""

    __slots__ = ("_growing", "_pattern", "_table", "_years", "columns")

    def __init__(self, pattern: Pattern) -> None:
        self._pattern = pattern
        self._years = _opening_years(pattern)
        self._table = NOTHING
        self._growing = Lock()  # threads read without it: each table is whole
        self.columns: object = None  # what `batch` keeps of the table, while that is the one in use

    def __reduce__(self) -> tuple[type[Compiled], tuple[Pattern]]:
        return Compiled, (self._pattern,)

    @property
    def goes_on(self) -> bool:
        """Whether there is working time in every week for ever."""
        return any(self._pattern.week)

    def work_between(self, start: Micros, end: Micros) -> Micros:
        """Working time in [start, end); negative when the end comes first."""
        table = self.table_over(start, end)
        return _worked(table, end) - _worked(table, start)

    def work_after(self, start: Micros, amount: Micros) -> Micros:
        """The earliest instant with so much work since the start."""
        if amount <= 0:
            return start
        table = self._table
        if not table.low <= start < table.high:
            table = self._table_at(start)
        # `_worked`, written out: this is the one line of questions that a table of a million rows asks.
        buckets = table.by_instant
        index = buckets.first[(start - buckets.origin) >> buckets.shift]
        if table.opens[index] <= start:
            index += 1
            if table.opens[index] <= start:
                index = bisect_right(table.opens, start, index)
        goal = (start - table.bases[index] if start < table.closes[index] else table.totals[index]) + amount
        totals = table.totals
        if goal > totals[-1]:
            self._later(table, start, amount)
            return self.work_after(start, amount)
        buckets = table.by_total
        index = buckets.first[goal >> buckets.shift]
        if totals[index] < goal:
            index += 1
            if totals[index] < goal:
                index = bisect_left(totals, goal, index)
        return table.bases[index] + goal

    def work_before(self, start: Micros, amount: Micros) -> Micros:
        """The latest instant with so much work until the start."""
        table = self._table_at(start)
        goal = _worked(table, start) - amount
        while goal < 0:
            table = self._earlier(table, start, amount)
            goal = _worked(table, start) - amount
        return table.bases[bisect_right(table.totals, goal)] + goal if amount else start

    def opening(self, at: Micros) -> tuple[Micros, int]:
        """The instant itself when open, else the next opening; and the date of that span."""
        table = self._table_at(at)
        while True:
            index = bisect_right(table.opens, at)
            if at < table.closes[index]:
                return at, table.days[index - 1]
            if index < len(table.days):
                return table.opens[index], table.days[index]
            table = self._later(table, at)

    def closing(self, at: Micros) -> tuple[Micros, int]:
        """The instant itself when the one before it is open, else the previous closing; and the date."""
        table = self._table_at(at)
        while not (index := bisect_left(table.opens, at)):
            table = self._earlier(table, at)
        return min(at, table.closes[index]), table.days[index - 1]

    def open_spans(self, start: Micros, end: Micros) -> Iterator[tuple[Micros, Micros]]:
        """The open stretches clipped to [start, end); touching spans are one stretch."""
        if start >= end:
            return
        table = self.table_over(start, end)
        first, after = bisect_right(table.opens, start), bisect_left(table.opens, end)
        begin = start
        until = max(start, min(table.closes[first], end))
        for index in range(first, after):
            opening = table.opens[index]
            if opening > until:
                if begin < until:
                    yield begin, until
                begin = opening
            until = min(table.closes[index + 1], end)
        if begin < until:
            yield begin, until

    def day_containing(self, at: Micros) -> int | None:
        """The date whose span contains the instant, or None when closed."""
        table = self._table_at(at)
        index = bisect_right(table.opens, at)
        return table.days[index - 1] if at < table.closes[index] else None

    def is_working_day(self, day: int) -> bool:
        """Whether a span starts on the date."""
        dates = self._table_of(day).dates
        index = bisect_left(dates, day)
        return index < len(dates) and dates[index] == day

    def day_bounds(self, day: int) -> tuple[Micros, Micros]:
        """First opening and last closing of a working day."""
        table = self._table_of(day)
        return table.opens[bisect_left(table.days, day)], table.closes[bisect_right(table.days, day)]

    def nth_day(self, day: int, n: int) -> int:
        """The n-th working day after a working day, before it when n is negative."""
        table = self._table_of(day)
        while (index := bisect_left(table.dates, day) + n) >= len(table.dates):
            table = self._later(table, midnight(day))
        while (index := bisect_left(table.dates, day) + n) < 0:
            table = self._earlier(table, midnight(day))
        return table.dates[index]

    def table_over(self, one: Micros, other: Micros) -> Table:
        """The table, grown until it knows both instants.

        Raises:
            InstantRangeError: One lies outside the years that a calendar can compute.
        """
        table = self._table
        if table.low <= one < table.high and table.low <= other < table.high:
            return table
        years = [year_in_range(day_at(in_range(at), self._pattern.zone)) for at in (one, other)]
        return self._reaching(min(years) - 1, max(years))

    def _table_at(self, at: Micros) -> Table:
        table = self._table
        if table.low <= at < table.high:
            return table
        return self._table_of(day_at(in_range(at), self._pattern.zone))

    def _table_of(self, day: int) -> Table:
        """A table of the date's year and the one before, whose last night may reach into it."""
        year = year_in_range(day)
        table = self._table
        return table if table.first < year <= table.last else self._reaching(year - 1, year)

    def _later(self, table: Table, start: Micros, amount: Micros = 0) -> Table:
        if table.last >= self._years[1]:
            raise NeverOpenError("never-open.after", at=from_micros(start, self._pattern.zone))
        in_range(start + amount)
        return self._reaching(table.first, min(LAST_YEAR, table.last + _stride(table)))

    def _earlier(self, table: Table, start: Micros, amount: Micros = 0) -> Table:
        if table.first <= self._years[0]:
            raise NeverOpenError("never-open.before", at=from_micros(start, self._pattern.zone))
        in_range(start - amount)
        return self._reaching(max(FIRST_YEAR - 1, table.first - _stride(table)), table.last)

    def _reaching(self, first: int, last: int) -> Table:
        with self._growing:
            table = self._table
            if table is NOTHING:
                table = compile_years(self._pattern, first, last)
            if first < table.first:
                table = joined(compile_years(self._pattern, first, table.first - 1), table)
            if last > table.last:
                table = joined(table, compile_years(self._pattern, table.last + 1, last))
            self._table = table
            return table


def _worked(table: Table, at: Micros) -> Micros:
    """Work in the table until an instant."""
    index = bisect_right(table.opens, at)
    return at - table.bases[index] if at < table.closes[index] else table.totals[index]


def _stride(table: Table) -> int:
    """How many years more: a quarter of those known, so that a long way takes few steps."""
    return 1 + (table.last - table.first) // 4


def _opening_years(pattern: Pattern) -> tuple[int, int]:
    """The first and last year in which the pattern may open."""
    if any(pattern.week):
        return FIRST_YEAR - 1, LAST_YEAR
    days = [day for day, hours in pattern.dated.items() if hours]
    if not days:
        return LAST_YEAR, FIRST_YEAR - 1
    first, last = (date.fromordinal(day).year for day in (min(days), max(days)))
    return max(FIRST_YEAR - 1, first), min(LAST_YEAR, last)
