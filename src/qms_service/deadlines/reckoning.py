"""Reckoning (核算): the due time of one term over one run, in whole numbers."""

from __future__ import annotations

from datetime import tzinfo

import attrs

from qms_service.deadlines.amendment import AGREED, agreed_due, extended_due
from qms_service.deadlines.pause import Pause
from qms_service.deadlines.promise import Promise, agreed_on, extended_to, promise_of
from qms_service.deadlines.track import REAL_TIME, Measure, Track, merged
from qms_service.events import Event
from qms_service.instants import Micros
from qms_service.worktime import Term, Urgency, WorkCalendar


@attrs.frozen(kw_only=True)
class Course:
    """What a due time depends on beside the term.

    Args:
        start: When the clock started.
        end: When it stopped; now while it runs.
        pauses: Its pauses.
        amendments: The extensions and agreed dates given while it ran, oldest first.
        calendar: The working calendar.
        zone: The zone in which days count without one.
        provisional: Whether the weekly pattern answers beyond what the calendar knows.
    """

    start: Micros
    end: Micros
    pauses: tuple[Pause, ...]
    amendments: tuple[Event, ...]
    calendar: WorkCalendar | None
    zone: tzinfo
    provisional: bool

    def track(self, measure: Measure, end: Micros) -> Track:
        """The track as it was known at an instant."""
        return Track(self.start, measure, merged(self.pauses, self.start, end))

    def promise(self, term: Term) -> Promise:
        """What the term alone promises at the start."""
        return promise_of(term, self.start, self.calendar, self.zone, provisional=self.provisional)


@attrs.frozen(kw_only=True)
class Reckoning:
    """A due time and what it rests on.

    Args:
        calendar: The calendar that counts; None for real time.
        used_up: Where the budget is used up; `due` may follow later.
        aimed: Where the last run to a close, if any, begins.
    """

    promise: Promise
    track: Track
    calendar: WorkCalendar | None
    used_up: Micros
    aimed: Micros
    due: Micros


def reckon(within: Term | Urgency, course: Course) -> Reckoning | None:
    """The due time of a term; None for one without a figure or a moment.

    Raises:
        TermError: A working term without a calendar.
        CalendarHorizonError: The due time lies beyond what the calendar knows.
        NeverOpenError: The calendar has not so much working time.
    """
    if isinstance(within, Term):
        return _reckon(within, course)
    if within is not Urgency.AT_ONCE:
        return None
    track = course.track(REAL_TIME, course.end)
    at = course.start
    promise = Promise(budget=0, fixed=at)
    return Reckoning(promise=promise, track=track, calendar=None, used_up=at, aimed=at, due=at)


def _reckon(term: Term, course: Course) -> Reckoning:
    calendar = course.calendar if term.working else None
    measure: Measure = REAL_TIME if calendar is None else calendar
    promise = _in_force(term, course, measure, calendar)
    track = course.track(measure, course.end)
    if promise.fixed is not None:
        due = promise.fixed
        promise = agreed_on(due, track)
        return Reckoning(promise=promise, track=track, calendar=calendar, used_up=due, aimed=due, due=due)
    due = promise.due(track, calendar)
    if calendar is not None and not course.provisional:
        calendar.check_known(due)
    return Reckoning(
        promise=promise,
        track=track,
        calendar=calendar,
        used_up=track.reach(promise.budget),
        aimed=promise.aimed(track),
        due=due,
    )


def _in_force(term: Term, course: Course, measure: Measure, calendar: WorkCalendar | None) -> Promise:
    """The promise after all amendments; an agreed date makes those before it void."""
    promise: Promise | None = None
    amendments = course.amendments
    for index, event in enumerate(amendments):
        if event.name == AGREED and (fixed := agreed_due(event)) is not None:
            promise, amendments = Promise(budget=0, fixed=fixed), course.amendments[index + 1 :]
    if promise is None:
        promise = course.promise(term)
    for event in amendments:
        track = course.track(measure, event.us)
        due = promise.due(track, calendar)
        until = extended_due(event, due, course.calendar, course.zone, provisional=course.provisional)
        if until is not None:
            promise = extended_to(until, track)
    return promise


def warned_at(warn: Term, reckoning: Reckoning, course: Course) -> Micros:
    """When a warning is due: measured as the budget is, and moved by pauses as the due time is."""
    track = reckoning.track
    after = warn.base_us(course.start, course.calendar, course.zone)
    return track.reach(track.gross(after))
