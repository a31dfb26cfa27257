"""Timeline (时间线): the effective history at a moment, as gates, routes and clocks read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter

import attrs

from qms_service.events.changes import NO_CHANGES, Changes, changes_in
from qms_service.events.event import Event
from qms_service.events.history import History, effective
from qms_service.facts import NO_FACTS
from qms_service.instants import Micros, micros

_PLACE = attrgetter("place")


@attrs.define(eq=False)  # one a record: freezing it would cost more than filling it
class Timeline:
    """The events that rules see at a moment, and the facts that belong to no event.

    Args:
        events: The effective history, sorted by (at, seq), over all cycles.
        known: Facts by path that stand beside the events: the subject's (`subject.product`), or those of
            a caller's own row (`analysed.ours`).
        latest: The latest moment of any event seen, as it was written or corrected; None without events.
        here: The events of the current cycle by name.
        facts: What is on record by path: of each event the last of the cycle, then what is `known`.
        changes: The corrections that changed what an event says, by its seq.
    """

    events: History
    known: Mapping[str, object] = NO_FACTS
    latest: Micros | None = None
    here: dict[str, tuple[Event, ...]] = attrs.field(repr=False)
    facts: dict[str, object] = attrs.field(repr=False)
    changes: Changes = NO_CHANGES

    @here.default
    def _of_this_cycle(self) -> dict[str, tuple[Event, ...]]:
        here: dict[str, tuple[Event, ...]] = {}
        for event in self.events[self.cycle_start :]:
            here[event.name] = (*here.get(event.name, ()), event)
        return here

    @facts.default
    def _on_record(self) -> dict[str, object]:
        facts: dict[str, object] = {}
        for found in self.here.values():
            facts |= _paths(found[-1])
        return {**facts, **self.known}

    def fact(self, path: str) -> object:
        """The value of `event.fact` on the last such event of the cycle, or of a fact beside the events.

        None where it is not on record.
        """
        return self.facts.get(path)

    @property
    def cycle_start(self) -> int:
        """The index at which the current cycle begins: its `reopened` event, or 0."""
        for index in range(len(self.events) - 1, -1, -1):
            if self.events[index].name == "reopened":
                return index
        return 0

    @property
    def cycle(self) -> int:
        """How often the case was reopened."""
        return sum(event.name == "reopened" for event in self.events)

    def all(self, name: str, *, keeps: bool = False) -> Sequence[Event]:
        """The events of a name in the current cycle (`keeps`: in every cycle), oldest first."""
        if keeps:
            return [event for event in self.events if event.name == name]
        return self.here.get(name, ())

    def last(self, name: str, *, keeps: bool = False) -> Event | None:
        """The last event of a name in the current cycle (`keeps`: in any)."""
        found = self.all(name, keeps=True) if keeps else self.here.get(name)
        return found[-1] if found else None

    def newest(self, name: str, *, keeps: bool = False) -> Event | None:
        """The last event of a name, or a later correction that changed what one of that name says.

        What was approved before a correction of its facts is not what stands there now: to whatever must come
        after an event, the correction is a newer one.
        """
        found = self.all(name, keeps=keeps)
        if not found:
            return None
        return max((found[-1], *self.changes_of(found)), key=_PLACE) if self.changes else found[-1]

    def changes_of(self, events: Iterable[Event]) -> Iterator[Event]:
        """The corrections that changed what one of these events says."""
        return (change for event in events for change in self.changes.get(event.seq, ()))

    def with_event(self, event: Event) -> Timeline | None:
        """The timeline with one more event; None where it must be built anew from the history."""
        if event.name in ("corrected", "reopened") or (self.latest is not None and event.us < self.latest):
            return None
        here, name = self.here.copy(), event.name
        earlier = here.get(name, ())
        here[name] = (*earlier, event)
        facts = self.facts
        if event.facts is not NO_FACTS or earlier:
            outdated = _paths(earlier[-1]) if earlier else {}
            facts = (
                {path: facts[path] for path in facts.keys() - outdated.keys()} if outdated else facts.copy()
            )
            facts.update(_paths(event))
        return Timeline((*self.events, event), self.known, event.us, here, facts, self.changes)


def _paths(event: Event) -> dict[str, object]:
    """The facts of an event by their path."""
    return {f"{event.name}.{fact}": value for fact, value in event.facts.items()}


def timeline(
    history: Sequence[Event], until: datetime | None = None, known: Mapping[str, object] = NO_FACTS
) -> Timeline:
    """The timeline of a history as written, at a moment."""
    limit = None if until is None else micros(until)
    events = effective(history, until)
    seen = (event.us for event in (*history, *events) if limit is None or event.us <= limit)
    latest = max(seen, default=None)
    if not any(event.name == "corrected" for event in events):
        return Timeline(events, known, latest)
    written = [event for event in history if limit is None or event.us <= limit]
    return Timeline(events, known, latest, changes=changes_in(written))
