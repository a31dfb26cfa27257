"""Answer (答复): what a clock says of a case at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import attrs

from qms_service.deadlines.amendment import amendments_of
from qms_service.deadlines.applies import Applies, applies_to, decided_of
from qms_service.deadlines.asked import Asked, is_provisional
from qms_service.deadlines.choice import Variant
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.deadline import Deadline
from qms_service.deadlines.figures import with_figures
from qms_service.deadlines.pause import PauseRule, pauses_by_hand, pauses_of
from qms_service.deadlines.run import Run, run_of
from qms_service.deadlines.state import DeadlineState
from qms_service.errors import CalendarHorizonError, NeverOpenError
from qms_service.events import Timeline
from qms_service.findings import Finding
from qms_service.instants import from_micros, micros
from qms_service.worktime import Term, Urgency, WorkCalendar
from qms_service.worktime.term import OnUnknown


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
        ClockError: An unknown `on_unknown`.
        TermError: A working term without a calendar.
    """
    run = run_of(clock, timeline)
    listed = [rule for rule in pause_rules if rule.id in clock.paused_by]
    asked = Asked(
        clock=clock,
        run=run,
        pauses=(*pauses_of(listed, run.seen), *pauses_by_hand(clock.id, run.seen), *run.gaps),
        amendments=amendments_of(clock.id, run.seen),
        now=micros(now),
        calendar=calendar,
        provisional=is_provisional(clock, on_unknown),
        edition=edition,
    )
    return answer(asked)


def answer(asked: Asked) -> Deadline:
    """The deadline that a question asks for."""
    applies = applies_to(asked.clock, asked.run)
    settled = _settled(asked.run, applies)
    start = asked.run.start
    if start is None or settled is not None:
        return _without_figures(asked, settled or DeadlineState.NOT_STARTED, _why_void(asked.run, settled))
    decided = decided_of(asked.clock, asked.run)
    reason = lacking(decided.variants)
    if reason:
        return _without_figures(asked, DeadlineState.UNKNOWN, (reason, {}))
    is_open = decided.is_open or applies is Applies.UNDECIDED
    try:
        return with_figures(asked, asked.course(start), attrs.evolve(decided, is_open=is_open))
    except (CalendarHorizonError, NeverOpenError) as error:
        code, _, _ = error.code.partition(".")
        return _without_figures(asked, DeadlineState.UNKNOWN, (code, error.operands))


Why = tuple[str, dict[str, object]]


def _settled(run: Run, applies: Applies) -> DeadlineState | None:
    """The states that need no figure; None for a clock that runs or ran."""
    if applies is Applies.NEVER:
        return DeadlineState.NOT_APPLICABLE
    if run.start is None:
        return DeadlineState.NOT_STARTED
    return DeadlineState.VOID if run.ended or applies is Applies.NO_LONGER else None


def _why_void(run: Run, state: DeadlineState | None) -> Why | None:
    if state is not DeadlineState.VOID:
        return None
    return (f"void-{run.ended.name}", {"at": run.ended.at}) if run.ended else ("void-condition", {})


def lacking(variants: tuple[Variant, ...]) -> str | None:
    """Why there is no term to reckon with: the code of a finding."""
    if not variants:
        return "clock-no-variant"
    return "clock-unset" if all(within is Urgency.UNSET for within, _ in variants) else None


def _without_figures(asked: Asked, state: DeadlineState, why: Why | None) -> Deadline:
    clock, run, zone = asked.clock, asked.run, asked.zone
    finding = None
    if why:
        code, facts = why
        finding = Finding(code=code, severity="warning", subject=clock.id, clause=clock.clause, facts=facts)
    return Deadline(
        id=clock.id,
        state=state,
        clause=clock.clause,
        finding=finding,
        label=clock.label,
        within=str(clock.within) if isinstance(clock.within, Term | Urgency) else "",
        urgency=clock.within if isinstance(clock.within, Urgency) else None,
        started_at=from_micros(run.start.us, zone) if run.start else None,
        stopped_at=from_micros(run.stop.us, zone) if run.stop else None,
        cycle=run.cycle,
        edition=asked.edition,
    )
