"""Answer (答复): from a run, its pauses and its amendments to a deadline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, tzinfo

import attrs
from pendulum import DateTime

from qms_service.clauses import clause_ref
from qms_service.deadlines.amendment import amendments_of
from qms_service.deadlines.applies import Verdict, variants_of, verdict_of
from qms_service.deadlines.choice import Choice, Variant, Within
from qms_service.deadlines.clock import Clock, OnUnknown
from qms_service.deadlines.deadline import Deadline
from qms_service.deadlines.ledger import Ledger
from qms_service.deadlines.pause import Pause, PauseRule, pauses_by_hand, pauses_of
from qms_service.deadlines.reckoning import Course, Reckoning, reckon, warned_at
from qms_service.deadlines.run import Run, run_of
from qms_service.deadlines.state import OPEN, DeadlineState
from qms_service.deadlines.track import REAL_TIME, Measure, Track
from qms_service.errors import CalendarHorizonError, NeverOpenError
from qms_service.events import Event, Timeline
from qms_service.findings import Finding
from qms_service.instants import Micros, from_micros, micros, zone, zone_of
from qms_service.worktime import Term, Urgency, WorkCalendar


@attrs.frozen(kw_only=True)
class Asked:
    """A question about a clock.

    Args:
        now: The moment asked.
        calendar: The working calendar.
        provisional: Whether the weekly pattern answers beyond what the calendar knows.
        edition: The edition of the rules.
    """

    now: Micros
    calendar: WorkCalendar | None
    provisional: bool
    edition: str = ""


@attrs.frozen
class Decided:
    """What the facts have decided: the terms still possible, the first decided one, whether all is decided."""

    variants: tuple[Variant, ...]
    first: Variant | None = attrs.field(kw_only=True)
    open: bool = attrs.field(kw_only=True)


def deadline_of(
    clock: Clock,
    timeline: Timeline,
    *,
    now: datetime,
    calendar: WorkCalendar | None = None,
    pause_rules: Iterable[PauseRule] = (),
    on_unknown: OnUnknown = "refuse",
    edition: str = "",
) -> Deadline:
    """Where a clock stands over the effective history of a case.

    Args:
        clock: The clock.
        timeline: What rules see of the history at `now`.
        now: The moment asked.
        calendar: The working calendar; its zone is that of all instants handed out.
        pause_rules: The kinds of pauses; the clock takes those that it lists.
        on_unknown: `"refuse"` or `"provisional"`, for what lies beyond the calendar's `known_until`.
        edition: The edition of the rules, for the answer.

    Raises:
        TermError: A working term without a calendar.
    """
    run = run_of(clock, timeline)
    listed = [rule for rule in pause_rules if rule.id in clock.paused_by]
    pauses = (*pauses_of(listed, run.seen), *pauses_by_hand(clock.id, run.seen), *run.gaps)
    asked = Asked(now=micros(now), calendar=calendar, provisional=on_unknown == "provisional", edition=edition)
    return answer(clock, run, pauses, amendments_of(clock.id, run.seen), asked)


def answer(
    clock: Clock, run: Run, pauses: tuple[Pause, ...], amendments: tuple[Event, ...], asked: Asked
) -> Deadline:
    """The deadline of a run."""
    verdict = verdict_of(clock, run)
    if verdict is Verdict.NEVER_TRUE:
        return _without_due(clock, run, asked, DeadlineState.NOT_APPLICABLE)
    if run.start is None:
        return _without_due(clock, run, asked, DeadlineState.NOT_STARTED)
    if run.ended is not None:
        return _without_due(clock, run, asked, DeadlineState.VOID, f"void-{run.ended.name}", at=run.ended.at)
    if verdict is Verdict.TURNED_FALSE:
        return _without_due(clock, run, asked, DeadlineState.VOID, "void-condition")
    variants, first = variants_of(clock, run)
    if not variants:
        return _without_due(clock, run, asked, DeadlineState.UNKNOWN, "clock-no-variant")
    if len(variants) == 1 and variants[0][0] is Urgency.UNSET:
        return _without_due(clock, run, asked, DeadlineState.UNKNOWN, "clock-unset")
    try:
        course = _course(run, run.start, pauses, amendments, asked)
        decided = Decided(variants, first=first, open=len(variants) > 1 or verdict is Verdict.UNDECIDED)
        return _with_due(clock, run, course, decided, asked)
    except (CalendarHorizonError, NeverOpenError) as error:
        code, _, _ = error.code.partition(".")
        return _without_due(clock, run, asked, DeadlineState.UNKNOWN, code, **error.operands)


def _without_due(
    clock: Clock, run: Run, asked: Asked, state: DeadlineState, code: str | None = None, **facts: object
) -> Deadline:
    zone = _zone(run, asked)
    finding = code and Finding(
        code=code, severity="warning", subject=clock.id, clause=clock.clause, facts={"clock": clock.id, **facts}
    )
    return Deadline(
        id=clock.id,
        state=state,
        clause=clock.clause,
        finding=finding or None,
        label=clock.label,
        within="" if isinstance(clock.within, Choice) else str(clock.within),
        urgency=clock.within if isinstance(clock.within, Urgency) else None,
        started_at=from_micros(run.start.us, zone) if run.start else None,
        stopped_at=from_micros(run.stop.us, zone) if run.stop else None,
        cycle=run.cycle,
        edition=asked.edition,
    )


def _zone(run: Run, asked: Asked) -> tzinfo:
    if asked.calendar is not None:
        return asked.calendar.zone
    return zone_of(run.start.at) if run.start else zone("UTC")


def _course(
    run: Run, start: Event, pauses: tuple[Pause, ...], amendments: tuple[Event, ...], asked: Asked
) -> Course:
    zone = _zone(run, asked)
    return Course(
        start=start.us,
        end=run.stop.us if run.stop else asked.now,
        pauses=tuple(pause.capped(asked.calendar, zone, provisional=asked.provisional) for pause in pauses),
        amendments=tuple(event for event in amendments if run.stop is None or event.place < run.stop.place),
        calendar=asked.calendar,
        zone=zone,
        provisional=asked.provisional,
    )


def _with_due(
    clock: Clock, run: Run, course: Course, decided: Decided, asked: Asked
) -> Deadline:
    reckoned = [(one, variant) for variant in decided.variants if (one := reckon(variant[0], course))]
    reckoning, (within, clause) = min(reckoned, key=_due, default=(None, decided.variants[0]))
    state = DeadlineState.UNDECIDED if decided.open else _state(run, course, within, reckoning)
    at = _handed_out(course.zone)
    moving = state is DeadlineState.PAUSED and reckoning is not None and _moves(reckoning, course)
    warn_at = warned_at(clock.warn, reckoning, course) if clock.warn and reckoning else None
    until = _provisional_until(reckoning, course)
    return Deadline(
        id=clock.id,
        state=state,
        clause=clock.clause if decided.open else clause_ref(clause) or clock.clause,
        label=clock.label,
        within=" | ".join(str(one) for one, _ in decided.variants),
        urgency=within if isinstance(within, Urgency) else None,
        started_at=at(course.start),
        stopped_at=at(course.end) if run.stop else None,
        due_at=at(reckoning and reckoning.due),
        original_due_at=at(_original(decided, reckoning, course)),
        warn_at=at(warn_at),
        moving=moving,
        next_change=at(_next_change(state, reckoning, warn_at, until, course, moving=moving)),
        provisional_until=at(until),
        cycle=run.cycle,
        edition=asked.edition,
        calendar_edition=reckoning.calendar.edition if reckoning and reckoning.calendar else "",
        ledger=_ledger(reckoning, course),
        **_amounts(within, reckoning, course),
    )


def _due(found: tuple[Reckoning, Variant]) -> Micros:
    return found[0].due


def _state(run: Run, course: Course, within: Within, reckoning: Reckoning | None) -> DeadlineState:
    """At once and in good time are never late: they have no figure to be late by."""
    late = reckoning is not None and isinstance(within, Term) and course.end > reckoning.due
    if run.stop:
        return DeadlineState.MET_LATE if late else DeadlineState.MET
    if late:
        return DeadlineState.OVERDUE
    paused = any(pause.lasts_at(course.end) for pause in course.pauses)
    return DeadlineState.PAUSED if paused else DeadlineState.RUNNING


def _moves(reckoning: Reckoning, course: Course) -> bool:
    """Whether the pause that lasts began before the budget was used up."""
    begun = min(pause.begin for pause in course.pauses if pause.lasts_at(course.end))
    return reckoning.promise.fixed is None and begun < reckoning.aimed


def _original(decided: Decided, reckoning: Reckoning | None, course: Course) -> Micros | None:
    """The due time that the first decided term gave at the start."""
    if reckoning is None or decided.first is None or not isinstance(decided.first[0], Term):
        return reckoning and reckoning.due
    term = decided.first[0]
    try:
        return course.promise(term).due(Track(course.start, _measure(term, course)), course.calendar)
    except (CalendarHorizonError, NeverOpenError):
        return None


def _measure(term: Term, course: Course) -> Measure:
    return course.calendar if term.working and course.calendar else REAL_TIME


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

    A due time that is now still lies ahead: overdue begins after it.
    """
    if reckoning is None or state not in OPEN or state is DeadlineState.OVERDUE:
        return None
    now = course.end
    caps = [pause.end for pause in course.pauses if pause.lasts_at(now)]
    ahead = [moment for moment in (*caps, provisional_until) if moment is not None and moment > now]
    if not moving:
        ahead += [warn_at] if warn_at is not None and warn_at > now else []
        ahead += [reckoning.due] if reckoning.due >= now else []
    return min(ahead, default=None)


def _amounts(within: Within, reckoning: Reckoning | None, course: Course) -> dict[str, timedelta | None]:
    """Budget, gross, net, paused, remaining and wall; none of those that would need an unknown calendar."""
    track = reckoning.track if reckoning else course.track(REAL_TIME, course.end)
    wall = timedelta(microseconds=course.end - course.start)
    if not _is_known(reckoning, course):
        return {"wall": wall}
    gross, net = track.gross(course.end), track.net(course.end)
    budget = reckoning.promise.budget if reckoning and isinstance(within, Term) else None
    return {
        "budget": _span(budget),
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


def _span(amount: Micros | None) -> timedelta | None:
    return None if amount is None else timedelta(0, 0, amount)


def _ledger(reckoning: Reckoning | None, course: Course) -> Ledger | None:
    if reckoning is None:
        return None
    return Ledger(
        start=course.start,
        used_up=reckoning.used_up,
        due=reckoning.due,
        ended=course.end,
        tail="run-to-close" if reckoning.promise.floor is None else "extension",
        pauses=course.pauses,
        calendar=reckoning.calendar,
        zone=course.zone,
    )


def _handed_out(zone: tzinfo) -> Callable[[Micros | None], DateTime | None]:
    """Instants as they are handed out: each made once, because making one is the dearest step."""
    made: dict[Micros | None, DateTime | None] = {None: None}

    def at(us: Micros | None) -> DateTime | None:
        if us not in made:
            made[us] = from_micros(us, zone)  # type: ignore[arg-type]  # None is in it
        return made[us]

    return at
