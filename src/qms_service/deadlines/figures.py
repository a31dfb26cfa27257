"""Figures (时限数字): the due time, the amounts and the next change of a clock that runs or ran."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta, tzinfo
from typing import TypedDict

from pendulum import DateTime

from qms_service.clauses import clause_ref
from qms_service.deadlines.asked import Asked
from qms_service.deadlines.choice import Decided, Variant, Within
from qms_service.deadlines.deadline import Deadline
from qms_service.deadlines.ledger import Ledger
from qms_service.deadlines.reckoning import Course, Reckoning, reckon, unmoved_due, warned_at
from qms_service.deadlines.state import OPEN, DeadlineState
from qms_service.deadlines.track import REAL_TIME
from qms_service.instants import Micros, from_micros
from qms_service.worktime import Term, Urgency


class Amounts(TypedDict, total=False):
    """The durations of a deadline."""

    budget: timedelta | None
    gross: timedelta
    net: timedelta
    paused: timedelta
    remaining: timedelta | None
    wall: timedelta


def with_figures(asked: Asked, course: Course, decided: Decided) -> Deadline:
    """The deadline with its figures; while undecided, those of the earliest term still possible.

    Raises:
        TermError: A working term without a calendar.
        CalendarHorizonError: The due time lies beyond what the calendar knows.
        NeverOpenError: The calendar has not so much working time.
    """
    clock, run = asked.clock, asked.run
    reckoned = [(one, variant) for variant in decided.variants if (one := reckon(variant[0], course))]
    reckoning, (within, clause) = min(reckoned, key=_due, default=(None, decided.variants[0]))
    state = DeadlineState.UNDECIDED if decided.is_open else _state(asked, course, within, reckoning)
    moving = run.stop is None and reckoning is not None and _moves(reckoning, course)
    warn_at = warned_at(clock.warn, reckoning, course) if clock.warn and reckoning else None
    unknown_from = _provisional_until(reckoning, course)
    at = _handed_out(course.zone)
    return Deadline(
        id=clock.id,
        state=state,
        clause=clock.clause if len(decided.variants) > 1 else clause_ref(clause) or clock.clause,
        label=clock.label,
        within=" | ".join(str(one) for one, _ in decided.variants),
        urgency=within if isinstance(within, Urgency) else None,
        started_at=at(course.start),
        stopped_at=at(course.end) if run.stop else None,
        due_at=at(reckoning.due if reckoning else None),
        original_due_at=at(_original(decided, reckoning, course)),
        warn_at=at(warn_at),
        moving=moving,
        next_change=at(_next_change(state, reckoning, warn_at, unknown_from, course, moving=moving)),
        provisional_until=at(unknown_from),
        cycle=run.cycle,
        edition=asked.edition,
        calendar_edition=asked.calendar.edition
        if asked.calendar and reckoning and reckoning.calendar
        else "",
        ledger=_ledger(reckoning, course),
        **_amounts(within, reckoning, course),
    )


def _due(found: tuple[Reckoning, Variant]) -> Micros:
    return found[0].due


def _state(asked: Asked, course: Course, within: Within, reckoning: Reckoning | None) -> DeadlineState:
    """At once and in good time are never late: they have no figure to be late by."""
    late = reckoning is not None and isinstance(within, Term) and course.end > reckoning.due
    if asked.run.stop:
        return DeadlineState.MET_LATE if late else DeadlineState.MET
    if late:
        return DeadlineState.OVERDUE
    paused = any(pause.lasts_at(course.end) for pause in course.pauses)
    return DeadlineState.PAUSED if paused else DeadlineState.RUNNING


def _moves(reckoning: Reckoning, course: Course) -> bool:
    """Whether a pause lasts that began before the budget was used up."""
    begun = (pause.begin for pause in course.pauses if pause.lasts_at(course.end))
    return reckoning.promise.fixed is None and any(begin < reckoning.aimed for begin in begun)


def _original(decided: Decided, reckoning: Reckoning | None, course: Course) -> Micros | None:
    """The due time that the first decided term gave at the start."""
    if reckoning is None:
        return None
    term = decided.first[0] if decided.first else None
    if not isinstance(term, Term):
        return reckoning.due
    if term == decided.variants[0][0]:
        return reckoning.unmoved
    return unmoved_due(term, course)


def _provisional_until(reckoning: Reckoning | None, course: Course) -> Micros | None:
    """Where the calendar's knowledge ends, when the answer goes beyond it."""
    if reckoning is None or reckoning.calendar is None or not course.provisional:
        return None
    horizon = reckoning.calendar.horizon_us
    return horizon if horizon is not None and max(reckoning.due, course.end) > horizon else None


def _next_change(
    state: DeadlineState,
    reckoning: Reckoning | None,
    warn_at: Micros | None,
    provisional_until: Micros | None,
    course: Course,
    *,
    moving: bool,
) -> Micros | None:
    """The first of warning, due time, end of a capped pause and horizon that lies ahead.

    A due time that is now still lies ahead: overdue begins after it. One that moves on does so at most to a date
    agreed with the customer.
    """
    if reckoning is None or state not in OPEN or state is DeadlineState.OVERDUE:
        return None
    now = course.end
    caps = [pause.end for pause in course.pauses if pause.lasts_at(now)]
    ahead = [moment for moment in (*caps, provisional_until) if moment is not None and moment > now]
    if moving:
        ahead += [] if reckoning.cap is None else [reckoning.cap]
    else:
        ahead += [warn_at] if warn_at is not None and warn_at > now else []
        ahead += [reckoning.due] if reckoning.due >= now else []
    return min(ahead, default=None)


def _amounts(within: Within, reckoning: Reckoning | None, course: Course) -> Amounts:
    """The durations; only real time where the others would need what the calendar does not know."""
    track = reckoning.track if reckoning else course.track(REAL_TIME, course.end)
    wall = _span(course.end - course.start)
    if not _is_known(reckoning, course):
        return {"wall": wall}
    gross, net = track.gross(course.end), track.net(course.end)
    budget = reckoning.promise.budget if reckoning and isinstance(within, Term) else None
    return {
        "budget": None if budget is None else _span(budget),
        "gross": _span(gross),
        "net": _span(net),
        "paused": _span(gross - net),
        "remaining": None if budget is None else _span(budget - net),
        "wall": wall,
    }


def _is_known(reckoning: Reckoning | None, course: Course) -> bool:
    if course.provisional or reckoning is None or reckoning.calendar is None:
        return True
    horizon = reckoning.calendar.horizon_us
    return horizon is None or max(course.end, reckoning.due) <= horizon


def _span(amount: Micros) -> timedelta:
    return timedelta(0, 0, amount)


def _ledger(reckoning: Reckoning | None, course: Course) -> Ledger | None:
    if reckoning is None:
        return None
    return Ledger(
        start=course.start,
        used_up=reckoning.used_up,
        due=reckoning.due,
        ended=course.end,
        pauses=course.pauses,
        calendar=reckoning.calendar,
        zone=course.zone,
        amended=reckoning.amended,
    )


def _handed_out(zone: tzinfo) -> Callable[[Micros | None], DateTime | None]:
    """Instants as they are handed out: each made once, because making one is the dearest step."""
    made: dict[Micros, DateTime] = {}

    def at(us: Micros | None) -> DateTime | None:
        if us is None:
            return None
        if us not in made:
            made[us] = from_micros(us, zone)
        return made[us]

    return at
