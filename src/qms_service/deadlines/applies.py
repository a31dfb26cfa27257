"""Applies (适用): whether a clock's condition holds, and which term the facts chose, as the history unfolds."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

import attrs

from qms_service.deadlines.choice import Decided, Fact, decided
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.run import Run
from qms_service.events import ALWAYS, Event, Timeline
from qms_service.worktime import Term, Urgency


class Applies(Enum):
    """Whether a clock applies to a run, by its condition."""

    YES = auto()
    UNDECIDED = auto()
    NO_LONGER = auto()
    NEVER = auto()


def applies_to(clock: Clock, run: Run) -> Applies:
    """Whether the condition holds: at the stop where there is one, else now.

    False after the stop changes nothing; true while running and false now is not the same as never true.
    """
    if clock.when == ALWAYS:
        return Applies.YES
    now = clock.when.holds(run.seen.fact)
    if now:
        return Applies.YES
    held = [clock.when.holds(fact) for fact in _moments(run)]
    if run.stop and any(held[-1:]):
        return Applies.YES
    if now is None:
        return Applies.UNDECIDED
    return Applies.NO_LONGER if any(held) else Applies.NEVER


def decided_of(clock: Clock, run: Run) -> Decided:
    """The terms still possible, and the first one that the facts had decided."""
    within = clock.within
    if isinstance(within, Term | Urgency):
        variant = (within, clock.clause)
        return Decided((variant,), first=variant)
    over_time = [decided(within.possible(fact)) for fact in _moments(run)]
    first = next((one.only for one in over_time if one.only), None)
    at_stop = over_time[-1] if run.stop and over_time else None
    found = at_stop if at_stop and at_stop.only else decided(within.possible(run.seen.fact))
    return attrs.evolve(found, first=first or found.only)


def _moments(run: Run) -> Iterator[Fact]:
    """The facts on record just after each event of the cycle from the start to the stop.

    None where a selector that keeps found both in an earlier cycle: what is on record now has to decide.
    """
    last: dict[str, Event] = {}
    fact = _reader(run.seen, last)
    begin = run.start.place if run.start else None
    end = max(begin, run.stop.place) if begin and run.stop else None
    for event in run.seen.events[run.seen.cycle_start :]:
        if end and event.place > end:
            return
        last[event.name] = event
        if begin is None or event.place >= begin:
            yield fact


def _reader(timeline: Timeline, last: dict[str, Event]) -> Fact:
    def fact(path: str) -> object:
        if path in timeline.known:
            return timeline.known[path]
        name, _, key = path.partition(".")
        return last[name].facts.get(key) if name in last else None

    return fact
