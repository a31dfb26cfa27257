"""Measure: what counts as time for a whole column, as running totals that are looked up both ways."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.errors import QmsError
from qms_service.instants import NAT, Micros
from qms_service.worktime.batch.kinds import BLOCK, NEVER, Ints
from qms_service.worktime.batch.spans import Spans, spans_over
from qms_service.worktime.compiled import Compiled
from qms_service.worktime.inside import CalendarInside
from qms_service.worktime.wall import BEGIN, END


class Measure(Protocol):
    """What counts as time; all rows lie where it can tell."""

    def total(self, at: Ints, /) -> Ints:
        """Running total until each instant: a difference of two is the time that counts between them."""
        ...

    def reach(self, total: Ints, /) -> Ints:
        """The earliest instant with each running total; `NAT` where there is none."""
        ...

    def opening(self, at: Ints, /) -> Ints:
        """Each instant itself while time counts, else the next from which it does; `NAT` where there is none."""
        ...

    def close(self, at: Ints, /) -> Ints:
        """The close of the working day of each instant, or of the next to open; `NAT` where it cannot tell."""
        ...

    def inside(self, at: Ints, n: int, /) -> Ints:
        """The same wall time on the n-th working day, moved into that day; `NAT` where it cannot tell."""
        ...


class _RealTime:
    """Every moment counts."""

    def total(self, at: Ints) -> Ints:
        return at

    def reach(self, total: Ints) -> Ints:
        return total if total.max(initial=BEGIN) < END else np.where(total < END, total, NAT)

    def opening(self, at: Ints) -> Ints:
        return at

    def close(self, at: Ints) -> Ints:
        return np.full(at.size, NAT, np.int64)

    def inside(self, at: Ints, n: int) -> Ints:  # noqa: ARG002  # it has no days
        return self.close(at)


REAL_TIME: Final[Measure] = _RealTime()


@attrs.frozen(eq=False)
class _Working:
    """The working time of a calendar, by the spans of its table."""

    spans: Spans

    def total(self, at: Ints) -> Ints:
        return _by_blocks(self.spans.worked, at)

    def reach(self, total: Ints) -> Ints:
        return _by_blocks(self._reach, total)

    def opening(self, at: Ints) -> Ints:
        opens = self._of_span(self.spans.ahead.opens, at)
        return np.where(opens == NEVER, NAT, np.maximum(opens, at))

    def close(self, at: Ints) -> Ints:
        closes = self._of_span(self.spans.ahead.closes_after(0), at)
        return np.where(closes == NEVER, NAT, closes)

    def inside(self, at: Ints, n: int) -> Ints:
        days = self.spans.ahead
        rank, opens = self._of_span(days.rank, at), self._of_span(days.opens, at)
        home = np.minimum(rank, days.shown.size - 1)
        goal = np.minimum(home + n, days.shown.size - 1)
        able = days.steady[home] & days.steady[goal] & (rank + n < days.shown.size)
        same = np.maximum(at, opens) + days.shown[goal] - days.shown[home]
        moved = np.maximum(days.first[goal], np.minimum(same, days.last[goal] - 1))
        return np.where(able, moved, NAT)

    def _of_span(self, values: Ints, at: Ints) -> Ints:
        """Of the span of each instant, or of the next to open; what is no instant finds the one that never comes."""
        return values.take(self.spans.by_close.counted(at), mode="clip")

    def _reach(self, total: Ints, out: Ints, index: NDArray[np.intp], work: Ints) -> None:
        spans = self.spans
        spans.by_goal.count(total, index, work)
        spans.bases.take(index, out=out, mode="clip")
        np.add(out, total, out=out)
        if total.max() > spans.totals[-1]:
            out[total > spans.totals[-1]] = NAT


def _by_blocks(answer: Callable[[Ints, Ints, NDArray[np.intp], Ints], None], rows: Ints) -> Ints:
    out = np.empty(rows.size, np.int64)
    index, work = np.empty(min(BLOCK, rows.size), np.intp), np.empty(min(BLOCK, rows.size), np.int64)
    for begin in range(0, rows.size, BLOCK):
        block = slice(begin, begin + BLOCK)
        own = rows[block]
        answer(own, out[block], index[: own.size], work[: own.size])
    return out


def measure_of(cal: CalendarInside | None, first: Micros, last: Micros, amount: Micros = 0) -> Measure | None:
    """What counts as time from the first to the last row, and on to where such an amount after the last is over.

    None where the calendar never opens near them, or one of them lies outside the years that it can compute.
    """
    if cal is None or not isinstance(cal.segments, Compiled):
        return REAL_TIME
    if not BEGIN <= first <= last < END:
        return None
    reached = last
    with suppress(QmsError):  # the row itself will say so
        reached = cal.work_after(last, amount)
    spans = spans_over(cal, cal.segments, (first, min(reached, END - 1)))
    return None if spans is None else _Working(spans)
