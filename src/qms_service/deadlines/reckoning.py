"""Reckoning (核算): the due time of one term over one run, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

import attrs

from qms_service.deadlines.amendment import Amended, agreed_due, extended_due
from qms_service.deadlines.pause import Pause
from qms_service.deadlines.promise import Promise, agreed_on, extended_to, promise_of
from qms_service.deadlines.track import REAL_TIME, Measure, Track, merged
from qms_service.errors import CalendarHorizonError, NeverOpenError
from qms_service.events import Event
from qms_service.instants import Micros
from qms_service.worktime import Term, Urgency
from qms_service.worktime.inside import CalendarInside


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
        earlier_only: Whether an agreed date counts only where it is earlier than the due time without it.
    """

    start: Micros
    end: Micros
    pauses: tuple[Pause, ...]
    amendments: tuple[Event, ...]
    calendar: CalendarInside | None
    zone: tzinfo
    provisional: bool
    earlier_only: bool = False

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
        promise: What is in force: the term's promise, or what amendments made of it.
        track: The time that counted until the stop or now.
        unmoved: The due time of the term alone, at the start; None where the calendar does not know it.
        calendar: The calendar that counts; None for real time.
        used_up: Where the budget is used up; `due` may follow later.
        aimed: Where the last run to a close, if any, begins.
        amended: What moved the due time, besides pauses, or would have: the last agreed date and extensions.
        cap: The agreed date that pauses cannot move the due time past, where it is not reached yet.
    """

    promise: Promise
    track: Track
    calendar: CalendarInside | None
    unmoved: Micros | None
    used_up: Micros
    aimed: Micros
    due: Micros
    amended: tuple[Amended, ...] = ()
    cap: Micros | None = None


@attrs.frozen
class _InForce:
    """What amendments made of a term.

    Args:
        promise: The promise in force.
        cap: An agreed date that counts where it is earlier.
        amended: What moved the due time.
    """

    promise: Promise
    cap: Micros | None = None
    amended: tuple[Amended, ...] = ()

    def agreed(self, event: Event, due: Micros) -> _InForce:
        """With a date that counts where it is earlier; an earlier agreement no longer does."""
        extensions = (one for one in self.amended if one.was is not None)
        return attrs.evolve(self, cap=due, amended=(*extensions, Amended(event, due)))

    def without_cap(self, due: Micros) -> _InForce:
        """With the agreed date told as one that moved nothing where the due time lies before it."""
        if self.cap is None or self.cap <= due:
            return self
        amended = tuple(attrs.evolve(one, moved=one.was is not None) for one in self.amended)
        return attrs.evolve(self, amended=amended)


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
    return Reckoning(promise=promise, track=track, calendar=None, unmoved=at, used_up=at, aimed=at, due=at)


def _reckon(term: Term, course: Course) -> Reckoning:
    calendar = course.calendar if term.working else None
    measure: Measure = REAL_TIME if calendar is None else calendar
    alone, found, since = _begun(term, course)
    for event in since:
        found = _amended(found, event, course, measure, calendar)
    track = course.track(measure, course.end)
    promise, due = _earlier(found, track, calendar, course)
    if promise.fixed is not None:
        promise = agreed_on(promise.fixed, track)
    fixed = promise.fixed is not None
    return Reckoning(
        promise=promise,
        track=track,
        calendar=calendar,
        unmoved=alone.due(Track(course.start, measure), calendar) if alone else None,
        used_up=due if fixed else track.reach(promise.budget),
        aimed=due if fixed else promise.aimed(track, calendar),
        due=due,
        amended=found.without_cap(due).amended,
        cap=None if fixed else found.cap,
    )


def _earlier(
    found: _InForce, track: Track, calendar: CalendarInside | None, course: Course
) -> tuple[Promise, Micros]:
    """The promise that counts, and its due time: the agreed date where that is the earlier.

    It is also where the other lies beyond what the calendar knows, and it does not.
    """
    promise, cap = found.promise, found.cap
    try:
        due = promise.due(track, calendar)
        if calendar is not None and promise.fixed is None and not course.provisional:
            calendar.check_known(due)
    except (CalendarHorizonError, NeverOpenError) as error:
        if cap is None or not _is_before(cap, error, calendar):
            raise
        return Promise(budget=0, fixed=cap), cap
    return (Promise(budget=0, fixed=cap), cap) if cap is not None and cap <= due else (promise, due)


def _is_before(agreed: Micros, error: Exception, calendar: CalendarInside | None) -> bool:
    """Whether an agreed date is earlier than a due time that the calendar does not know, or never reaches."""
    horizon = None if calendar is None or isinstance(error, NeverOpenError) else calendar.horizon_us
    return horizon is None or agreed <= horizon


def _begun(term: Term, course: Course) -> tuple[Promise | None, _InForce, Sequence[Event]]:
    """What the term alone promises, what amendments begin with, and these.

    An agreed date takes the place of whatever came before it, and holds even where the calendar cannot tell the
    term; one that counts where it is earlier stands beside the term, if that can be told.
    """
    events, agreed = course.amendments, _last_agreed(course.amendments)
    try:
        alone: Promise | None = (own := course.promise(term))
        if agreed is None or course.earlier_only:
            return own, _InForce(own), events
    except (CalendarHorizonError, NeverOpenError) as error:
        if agreed is None or (course.earlier_only and not _is_before(agreed[1], error, course.calendar)):
            raise
        alone = None
    place, due = agreed
    return (
        alone,
        _InForce(Promise(budget=0, fixed=due), None, (Amended(events[place], due),)),
        events[place + 1 :],
    )


def _last_agreed(amendments: Sequence[Event]) -> tuple[int, Micros] | None:
    """The place of the last agreed date, and the date."""
    dates = ((n, agreed_due(event)) for n, event in enumerate(amendments))
    return max(((n, due) for n, due in dates if due is not None), default=None)


def _amended(
    found: _InForce, event: Event, course: Course, measure: Measure, calendar: CalendarInside | None
) -> _InForce:
    """The same after one more amendment."""
    fixed = agreed_due(event)
    if fixed is not None:
        return found.agreed(event, fixed)
    if event.us < course.start:
        return found
    track = course.track(measure, event.us)
    due = found.promise.due(track, calendar)
    was = due if found.cap is None else min(due, found.cap)
    until = extended_due(event, was, course.calendar, course.zone, provisional=course.provisional)
    if until is None:
        return found
    before = found.without_cap(due).amended
    return _InForce(extended_to(until, track, calendar), None, (*before, Amended(event, until, was=was)))


def unmoved_due(term: Term, course: Course) -> Micros | None:
    """The due time of a term alone; None where the calendar does not know it."""
    alone = attrs.evolve(course, pauses=(), amendments=())
    try:
        return _reckon(term, alone).due
    except (CalendarHorizonError, NeverOpenError):
        return None


def warned_at(warn: Term, reckoning: Reckoning, course: Course) -> Micros | None:
    """When a warning is due: measured as the budget is, and moved by pauses as the due time is.

    None where that lies after the due time, as it may once an earlier date is agreed: nobody is warned of
    what is over.
    """
    track = reckoning.track
    after = warn.base_us(course.start, course.calendar, course.zone)
    at = track.reach(track.gross(after))
    return None if at > reckoning.due else at
