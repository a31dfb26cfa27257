"""Figures: the due time and the amounts of one term over many runs."""

from __future__ import annotations

from datetime import tzinfo

import attrs
import numpy as np

from qms_service.deadlines.batch.counted import Counted, Courses
from qms_service.deadlines.batch.kinds import NAT, Bools, Ints
from qms_service.deadlines.batch.moved import moved_due
from qms_service.deadlines.choice import Within
from qms_service.errors import TermError
from qms_service.instants import HOUR, MINUTE, Micros
from qms_service.worktime import Term, Urgency
from qms_service.worktime.batch import after_where_known
from qms_service.worktime.batch.measure import REAL_TIME, measure_of
from qms_service.worktime.inside import CalendarInside


@attrs.frozen(kw_only=True, eq=False)
class Ground:
    """What the due times of all rows depend on.

    Args:
        now: The moment asked.
        calendar: The working calendar, as its weekly pattern goes on for ever.
        horizon: The first instant that it does not know, where that is to be refused.
        zone: The zone in which days are counted.
    """

    now: Micros
    calendar: CalendarInside | None
    horizon: Micros | None
    zone: tzinfo


@attrs.frozen(kw_only=True, eq=False)
class Figures:
    """What a term comes to in some rows.

    Args:
        due: When it is due; `NAT` for a term without a moment.
        original: When the term alone would be due.
        gross, net, paused: The amounts; `NAT` beyond what the calendar knows.
        beyond: The rows that are due beyond what the calendar knows.
        left: The rows that have to be asked one by one.
    """

    due: Ints
    original: Ints
    gross: Ints
    net: Ints
    paused: Ints
    beyond: Bools
    left: Bools

    def or_sooner(self, other: Figures) -> Figures:
        """Of each row the one that is due sooner."""
        sooner = other.due < self.due
        chosen = {
            name: np.where(sooner, getattr(other, name), getattr(self, name))
            for name in ("due", "original", "gross", "net", "paused")
        }
        return Figures(**chosen, beyond=self.beyond | other.beyond, left=self.left | other.left)


def figures_of(within: Within, courses: Courses, ground: Ground) -> Figures:
    """The figures of a term, or of an urgency, over the runs.

    Raises:
        TermError: A working term without a calendar.
    """
    if isinstance(within, Term):
        return _worked(within, courses, ground) if within.working else _real(within, courses, ground)
    due = courses.start if within is Urgency.AT_ONCE else np.full(courses.start.size, NAT, np.int64)
    return _known(due, due, Counted.of(REAL_TIME, courses))


def _known(due: Ints, original: Ints, counted: Counted) -> Figures:
    gross, paused = counted.end - counted.start, counted.paused()
    none = np.zeros(due.size, np.bool_)
    return Figures(
        due=due, original=original, gross=gross, net=gross - paused, paused=paused, beyond=none, left=none
    )


def _real(term: Term, courses: Courses, ground: Ground) -> Figures:
    """Real time: a pause moves the due time by its length."""
    counted = Counted.of(REAL_TIME, courses)
    alone = after_where_known(term, courses.start, ground.calendar, ground.zone)
    due = alone
    rows = counted.rows
    if rows.size:
        due = alone.copy()
        due[rows] = REAL_TIME.reach(counted.moved(alone[rows]))
    return attrs.evolve(_known(due, alone, counted), left=(alone == NAT) | (due == NAT))


def _worked(term: Term, courses: Courses, ground: Ground) -> Figures:
    """Working time, in running totals of the calendar."""
    cal = ground.calendar
    if cal is None:
        raise TermError("term-calendar", term=str(term))
    in_days = term.unit == "d"
    alone = after_where_known(term, courses.start, cal, ground.zone) if in_days else courses.end
    amount = _most(alone, courses) if in_days else term.amount * (HOUR if term.unit == "h" else MINUTE)
    last = max(int(alone.max()), int(courses.end.max()))
    measure = measure_of(cal, int(courses.start.min()), last, amount)
    if measure is None:
        return _all_left(courses.start.size)
    counted = Counted.of(measure, courses)
    if not in_days:
        alone = measure.reach(counted.start + amount)
    due = alone
    rows = counted.rows
    if rows.size:
        due = alone.copy()
        due[rows] = moved_due(term, alone[rows], courses.start[rows], counted, cal)
    left = (alone == NAT) | (due == NAT)
    return _bounded(attrs.evolve(_known(due, alone, counted), left=left), term, courses, ground.horizon)


def _most(alone: Ints, courses: Courses) -> Micros:
    """More than any row has left to count after its last pause: nothing without pauses."""
    if not courses.pauses.row.size:
        return 0
    return int(np.where(alone == NAT, 0, alone - courses.start).max())


def _bounded(figures: Figures, term: Term, courses: Courses, horizon: Micros | None) -> Figures:
    """What lies beyond the horizon is not known."""
    latest = np.maximum(figures.due, courses.end)
    if horizon is None or latest.max() < horizon:
        return figures
    beyond = (courses.start > horizon) | (figures.due > horizon) | (figures.original > horizon)
    if term.unit == "d" and not term.end_of_day:
        beyond |= figures.original == horizon
    amounts = {
        name: np.where(latest > horizon, NAT, getattr(figures, name)) for name in ("gross", "net", "paused")
    }
    return attrs.evolve(figures, beyond=beyond & ~figures.left, **amounts)


def _all_left(size: int) -> Figures:
    nothing = np.full(size, NAT, np.int64)
    every, none = np.ones(size, np.bool_), np.zeros(size, np.bool_)
    return Figures(
        due=nothing, original=nothing, gross=nothing, net=nothing, paused=nothing, beyond=none, left=every
    )
