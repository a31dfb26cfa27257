"""Run (走时): where a clock started and stopped in a case, across reopenings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from qms_service.deadlines.clock import Clock
from qms_service.deadlines.pause import Pause
from qms_service.events import CLOSED, Event, Timeline, changes_before, first_of

_ENDINGS: Final = (CLOSED, "withdrawn")


@attrs.frozen(kw_only=True)
class Run:
    """One run of a clock.

    Args:
        seen: The events that the clock sees: the current cycle, or all cycles as one.
        start: The event that started it.
        stop: The event that stopped it.
        ended: The closing or withdrawal that came before a stop.
        gaps: The stretches between cycles in which a resumed clock stood still.
        cycle: How often the case had been reopened.
    """

    seen: Timeline
    start: Event | None = None
    stop: Event | None = None
    ended: Event | None = None
    gaps: tuple[Pause, ...] = ()
    cycle: int = 0


def run_of(clock: Clock, timeline: Timeline) -> Run:
    """The run of a clock over the effective history at a moment."""
    cycle = timeline.cycle
    run = _run_of(clock, timeline, cycle)
    return attrs.evolve(run, cycle=cycle) if cycle else run


def _run_of(clock: Clock, timeline: Timeline, cycle: int) -> Run:
    if not cycle or (clock.on_reopen == "new" and not clock.keeps):
        return _run(timeline, first_of(clock.start, timeline), clock, timeline)
    if clock.keeps:
        seen = _as_one(timeline)
        return _run(seen, first_of(clock.start, seen), clock, timeline)
    if clock.on_reopen == "restart":
        return _restarted(clock, timeline)
    return _resumed(clock, timeline)


def _run(seen: Timeline, start: Event | None, clock: Clock, timeline: Timeline) -> Run:
    if start is None:
        return Run(seen=seen)
    stop = first_of(clock.stop, seen, start)
    return Run(seen=seen, start=start, stop=stop, ended=_ending(timeline, start, stop))


def _ending(timeline: Timeline, start: Event, stop: Event | None) -> Event | None:
    """The first closing or withdrawal of the current cycle after the start and before the stop."""
    found = [event for name in _ENDINGS for event in timeline.all(name) if event.place > start.place]
    first = min(found, key=lambda event: event.place, default=None)
    return first if first and (stop is None or first.place < stop.place) else None


def _restarted(clock: Clock, timeline: Timeline) -> Run:
    """A clock that ran before begins anew at the reopening; another waits for its start."""
    ran_before = any(first_of(clock.start, earlier) for earlier in _earlier_cycles(timeline))
    start = timeline.events[timeline.cycle_start] if ran_before else first_of(clock.start, timeline)
    return _run(timeline, start, clock, timeline)


def _resumed(clock: Clock, timeline: Timeline) -> Run:
    """The first start counts; from each stop or closing to the next reopening the clock stood still."""
    start: Event | None = None
    run = Run(seen=timeline)
    gaps: list[Pause] = []
    for cycle in (*_earlier_cycles(timeline), timeline):
        begun = first_of(clock.start, cycle) if start is None else cycle.events[cycle.cycle_start]
        halted = run.ended or run.stop
        if begun and halted:
            gaps.append(Pause(begin=halted.us, end=begun.us, code="reopened"))
        start = start or begun
        run = _run(cycle, begun, clock, cycle)
    return Run(seen=_as_one(timeline), start=start, stop=run.stop, ended=run.ended, gaps=tuple(gaps))


def _earlier_cycles(timeline: Timeline) -> Iterator[Timeline]:
    """The history before each reopening: one timeline for each cycle that is over."""
    for index, event in enumerate(timeline.events):
        if event.name == "reopened":
            changes = changes_before(timeline.changes, event)
            yield Timeline(timeline.events[:index], timeline.known, changes=changes)


def _as_one(timeline: Timeline) -> Timeline:
    events = tuple(event for event in timeline.events if event.name != "reopened")
    return Timeline(events, timeline.known, changes=timeline.changes)
