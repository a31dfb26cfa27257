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
    """

    start: Micros
    end: Micros
    pauses: tuple[Pause, ...]
    amendments: tuple[Event, ...]
    calendar: CalendarInside | None
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
        promise: What is in force: the term's promise, or what amendments made of it.
        track: The time that counted until the stop or now.
        unmoved: The due time of the term alone, at the start; None where the calendar does not know it.
        calendar: The calendar that counts; None for real time.
        used_up: Where the budget is used up; `due` may follow later.
        aimed: Where the last run to a close, if any, begins.
        amended: What moved the due time, besides pauses: the last agreed date and the extensions since.
    """

    promise: Promise
    track: Track
    calendar: CalendarInside | None
    unmoved: Micros | None
    used_up: Micros
    aimed: Micros
    due: Micros
    amended: tuple[Amended, ...] = ()


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
    agreed = _last_agreed(course.amendments)
    alone = _alone(term, course, agreed=agreed is not None)
    promise, amended = _in_force(alone, agreed, course, measure, calendar)
    track = course.track(measure, course.end)
    if promise.fixed is not None:
        promise = agreed_on(promise.fixed, track)
    due = promise.due(track, calendar)
    if calendar is not None and promise.fixed is None and not course.provisional:
        calendar.check_known(due)
    return Reckoning(
        promise=promise,
        track=track,
        calendar=calendar,
        unmoved=alone.due(Track(course.start, measure), calendar) if alone else None,
        used_up=due if promise.fixed is not None else track.reach(promise.budget),
        aimed=due if promise.fixed is not None else promise.aimed(track, calendar),
        due=due,
        amended=amended,
    )


def _last_agreed(amendments: Sequence[Event]) -> int | None:
    """The place of the last agreed date: what came before it no longer matters."""
    return max((n for n, event in enumerate(amendments) if agreed_due(event) is not None), default=None)


def _alone(term: Term, course: Course, *, agreed: bool) -> Promise | None:
    """What the term alone promises; an agreed date holds even where the calendar cannot tell that."""
    try:
        return course.promise(term)
    except (CalendarHorizonError, NeverOpenError):
        if agreed:
            return None
        raise


def _in_force(
    alone: Promise | None,
    agreed: int | None,
    course: Course,
    measure: Measure,
    calendar: CalendarInside | None,
) -> tuple[Promise, tuple[Amended, ...]]:
    """The promise after the last agreed date, or else the term's own, and the extensions since."""
    since = 0 if agreed is None else agreed + 1
    fixed = None if agreed is None else agreed_due(course.amendments[agreed])
    promise = alone if alone and fixed is None else Promise(budget=0, fixed=fixed)
    amended = [] if agreed is None or fixed is None else [Amended(course.amendments[agreed], fixed)]
    for event in course.amendments[since:]:
        if event.us < course.start:
            continue
        track = course.track(measure, event.us)
        due = promise.due(track, calendar)
        until = extended_due(event, due, course.calendar, course.zone, provisional=course.provisional)
        if until is not None:
            promise = extended_to(until, track, calendar)
            amended.append(Amended(event, until, was=due))
    return promise, tuple(amended)


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
