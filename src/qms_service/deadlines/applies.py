"""Applies (适用): whether a clock's condition holds, and which term the facts chose, as the history unfolds."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from qms_service.deadlines.choice import Fact, Variant, distinct
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.run import Run
from qms_service.events import ALWAYS, Event, Timeline
from qms_service.worktime import Term, Urgency


class Verdict(Enum):
    """What the condition says of a run."""

    APPLIES = auto()
    UNDECIDED = auto()
    TURNED_FALSE = auto()
    NEVER_TRUE = auto()


def verdict_of(clock: Clock, run: Run) -> Verdict:
    """What the condition says: at the stop where there is one, else now.

    False after the stop changes nothing; true while running and false now is not the same as never true.
    """
    if clock.when == ALWAYS:
        return Verdict.APPLIES
    now = clock.when.holds(run.seen.fact)
    if now:
        return Verdict.APPLIES
    verdicts = [clock.when.holds(fact) for fact in _moments(run)]
    if run.stop and verdicts[-1]:
        return Verdict.APPLIES
    if now is None:
        return Verdict.UNDECIDED
    return Verdict.TURNED_FALSE if any(verdicts) else Verdict.NEVER_TRUE


def variants_of(clock: Clock, run: Run) -> tuple[tuple[Variant, ...], Variant | None]:
    """The terms still possible, and the first one that the facts had decided."""
    within = clock.within
    if isinstance(within, Term | Urgency):
        variant = (within, clock.clause)
        return (variant,), variant
    over_time = [distinct(within.possible(fact)) for fact in _moments(run)]
    first = next((variants[0] for variants in over_time if len(variants) == 1), None)
    at_stop = over_time[-1] if run.stop else ()
    variants = at_stop if len(at_stop) == 1 else distinct(within.possible(run.seen.fact))
    return variants, first or (variants[0] if len(variants) == 1 else None)


def _moments(run: Run) -> Iterator[Fact]:
    """The facts on record just after each event from the start to the stop."""
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
