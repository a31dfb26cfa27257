"""Outcomes (时限结果): what became of each clock of a logged case at a moment."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.caselog.bounds import bounds_of
from qms_service.caselog.logged import LoggedCase, history_of
from qms_service.clauses import ClauseRef
from qms_service.deadlines import Clock, Deadline, DeadlineState
from qms_service.instants import Micros, micros
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.procedure import Procedure
from qms_service.worktime import Urgency


class Outcome(StrEnum):
    """What became of a clock, as a report counts it."""

    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    OPEN = "open"
    UNDECIDED = "undecided"
    NOT_STARTED = "not_started"
    NOT_APPLICABLE = "not_applicable"
    VOID = "void"
    UNKNOWN = "unknown"
    DAY = "day"


LATE: Final = (Outcome.MET_LATE, Outcome.OVERDUE)
_OPEN: Final = ("running", "paused")


@attrs.frozen(kw_only=True)
class Lateness:
    """By how much a clock was not kept: when it was due, when it stopped, and the time that it took.

    Args:
        clause: The clause that it rests on; the term's own where a table chose it.
        due_at: When it was due.
        stopped_at: When it stopped; None where it runs on.
        net: The time it took without its pauses, in the clock's own measure.
        gross: The same with its pauses.
    """

    clause: ClauseRef | None
    due_at: DateTime | None
    stopped_at: DateTime | None
    net: timedelta | None
    gross: timedelta | None


@attrs.frozen(kw_only=True)
class ClockOutcome:
    """What became of one clock of one case.

    Args:
        clock: The clock.
        outcome: What became of it; `day` where a day without a time leaves it open.
        within: Its term, as the procedure writes it.
        started: When it started; None where it did not.
        lateness: By how much it was not kept; None of a clock that was, or that nothing decides yet. Of an
            uncertain case in the reading kindest to it, so that it is the least that the days allow.
        exact: Whether every event of the case has its instant.
    """

    clock: Clock
    outcome: Outcome
    within: str
    started: Micros | None
    lateness: Lateness | None
    exact: bool


def has_figure(clock: Clock) -> bool:
    """Whether a clock has a figure; one that is due at once or in good time stands in no rate."""
    return not isinstance(clock.within, Urgency)


def is_told(clock: Clock, told: Container[str]) -> bool:
    """Whether a log that tells of these events can show the start and the stop of a clock."""
    return all(any(one.event in told for one in either) for either in (clock.start, clock.stop))


def judged_clocks(kind: KindRules, told: Container[str]) -> tuple[Clock, ...]:
    """The clocks of a kind that a report on a log judges, in the order of the rulebook."""
    return tuple(clock for clock in kind.clocks.values() if has_figure(clock) and is_told(clock, told))


def clock_outcomes(
    logged: LoggedCase, proc: Procedure, now: DateTime, told: Container[str]
) -> Iterator[ClockOutcome]:
    """The outcome of every clock that has a figure and that the log can tell, in the order of the rulebook.

    Args:
        logged: The case.
        proc: The edition to which it is pinned.
        now: The moment asked.
        told: The events of which the log tells.
    """
    clocks = judged_clocks(proc.rules.kind(logged.case.kind), told)
    if not logged.exact:
        yield from (_bounded(logged, proc, clock, now) for clock in clocks)
        return
    found = {deadline.id: deadline for deadline in proc.deadlines(logged.case, now=now)}
    yield from (exact_outcome(clock, found[clock.id]) for clock in clocks)


def _bounded(logged: LoggedCase, proc: Procedure, clock: Clock, now: DateTime) -> ClockOutcome:
    pauses = proc.rules.kind(logged.case.kind).pauses
    both = bounds_of(logged, clock, [pauses[name] for name in clock.paused_by])
    kind, unkind = (
        proc.deadline(proc.adopt(logged.case.subject, history_of(logged.events, moved)), clock.id, now=now)
        for moved in (both.kind, both.unkind)
    )
    outcome = outcome_of(kind.state)
    decided = outcome == outcome_of(unkind.state)
    return _came_to(clock, outcome if decided else Outcome.DAY, kind, exact=False)


def exact_outcome(clock: Clock, deadline: Deadline) -> ClockOutcome:
    """What became of a clock of a case of which every event has its instant."""
    return _came_to(clock, outcome_of(deadline.state), deadline, exact=True)


def _came_to(clock: Clock, outcome: Outcome, deadline: Deadline, *, exact: bool) -> ClockOutcome:
    started = deadline.started_at
    return ClockOutcome(
        clock=clock,
        outcome=outcome,
        within=deadline.within,
        started=None if started is None else micros(started),
        lateness=_lateness(deadline) if outcome in LATE else None,
        exact=exact,
    )


def _lateness(deadline: Deadline) -> Lateness:
    return Lateness(
        clause=deadline.clause,
        due_at=deadline.due_at,
        stopped_at=deadline.stopped_at,
        net=deadline.net,
        gross=deadline.gross,
    )


def outcome_of(state: DeadlineState) -> Outcome:
    """The outcome that a state stands for; a running and a paused clock are both open."""
    return Outcome.OPEN if state in _OPEN else Outcome(str(state))
