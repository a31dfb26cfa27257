"""Cycles: where a clock ran in cases of a log, of which some were reopened."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.deadlines.batch.happened import REOPENED, Happened, Window
from qms_service.deadlines.batch.kinds import Bools, Indexes
from qms_service.deadlines.batch.runs import ENDINGS
from qms_service.deadlines.batch.stretches import Stretches
from qms_service.deadlines.clock import Clock


@attrs.frozen(kw_only=True, eq=False)
class Course:
    """Where a clock ran in each case, as the indexes of events.

    Args:
        start: What started it.
        stop: What stopped it.
        halt: The closing or withdrawal that came before a stop.
        ended: Which of these it was: an index into `ENDINGS` from 1; 0 where there was none.
    """

    start: Indexes
    stop: Indexes
    halt: Indexes
    ended: NDArray[np.uint8]

    def where(self, chosen: Bools, other: Course) -> Course:
        """This course, and the other one in some cases."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in ("start", "stop", "halt", "ended"))
        start, stop, halt, ended = (np.where(chosen, theirs, own) for own, theirs in pairs)
        return Course(start=start, stop=stop, halt=halt, ended=ended)

    def among(self, cases: Bools, part: Course, places: Indexes) -> Course:
        """This course, with that of some cases by themselves; `places` has the index of each of their events."""
        start, stop, halt = (own.copy() for own in (self.start, self.stop, self.halt))
        ended = self.ended.copy()
        start[cases], stop[cases], halt[cases] = places[part.start], places[part.stop], places[part.halt]
        ended[cases] = part.ended
        return Course(start=start, stop=stop, halt=halt, ended=ended)


def course_from(start: Indexes, clock: Clock, happened: Happened, window: Window, closing: Window) -> Course:
    """Where a clock ran that started there; a closing counts in a window of its own."""
    stops = happened.matches(clock.stop, window)
    case = happened.case[stops]
    stop = happened.first(stops[(happened.at[stops] >= happened.at[start][case]) & (stops != start[case])])
    ended = np.zeros(happened.size, np.uint8)
    halt = np.full(happened.size, happened.none, np.intp)
    for code, name in enumerate(ENDINGS, 1):
        index = happened.within(name, closing)
        own = happened.first(index[index > start[happened.case[index]]])
        ended[(own < halt) & (own < stop)] = code
        halt = np.minimum(halt, own)
    return Course(start=start, stop=stop, halt=np.where(ended > 0, halt, happened.none), ended=ended)


def windows(happened: Happened) -> Iterator[tuple[Bools, Window]]:
    """Cycle after cycle: the cases that have it, and its window."""
    reopened = happened.all(REOPENED)
    count = np.bincount(happened.case[reopened], minlength=happened.size)
    first = np.cumsum(count) - count
    padded = np.append(reopened, happened.none)
    low = np.full(happened.size, -1, np.intp)
    for k in range(int(count.max(initial=0)) + 1):
        high = np.where(count > k, padded[np.minimum(first + k, reopened.size)], happened.none)
        yield count >= k, Window(low=low, high=high)
        low = high


def ran_before(clock: Clock, happened: Happened) -> Bools:
    """The cases in which a clock had started in a cycle before the current one."""
    ran = np.zeros(happened.size, np.bool_)
    for _, window in windows(happened):
        over = window.high < happened.none
        ran |= over & (happened.first(happened.matches(clock.start, window)) < happened.none)
    return ran


def resumed(clock: Clock, happened: Happened) -> tuple[Course, Stretches]:
    """The first start counts; from each stop or closing to the next reopening the clock stood still."""
    (_, window), *later = windows(happened)
    course = course_from(
        happened.first(happened.matches(clock.start, window)), clock, happened, window, window
    )
    gaps = []
    for has, window in later:
        unborn = course.start == happened.none
        begun = np.where(unborn, happened.first(happened.matches(clock.start, window)), window.low)
        halted = np.minimum(course.stop, course.halt)
        row = np.flatnonzero(has & (begun < happened.none) & (halted < happened.none))
        gaps.append(Stretches(row=row, begin=happened.at[halted[row]], over=happened.at[begun[row]]))
        again = course_from(begun, clock, happened, window, window)
        start = np.where(unborn, begun, course.start)
        course = course.where(has, attrs.evolve(again, start=start))
    return course, Stretches.together(gaps)
