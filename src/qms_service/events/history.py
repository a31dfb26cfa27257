"""The effective history (有效历史): what was written, with its corrections applied, as seen at a moment.

The history only grows. A `corrected` event names the event it mends by `of` (its seq) and brings new
`facts`, a new `at`, or `void`; from its own moment on, rules see the mended event.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

import attrs

from qms_service.events.event import Event
from qms_service.facts import Facts, as_facts
from qms_service.instants import instant, micros

History = tuple[Event, ...]
_PLACE = attrgetter("place")


def as_history(events: Iterable[Event]) -> History:
    """Events as an unchangeable history."""
    return events if type(events) is tuple else tuple(events)


def by_place(events: Iterable[Event]) -> list[Event]:
    """Events in the order in which they happened, those of one moment in the order of their entry."""
    return sorted(events, key=_PLACE)


def effective(history: Sequence[Event], until: datetime | None = None) -> History:
    """The history as rules see it: corrected, sorted by (at, seq), nothing later than `until`.

    Args:
        history: The events as written.
        until: The moment asked; None for the whole history.
    """
    limit = None if until is None else micros(until)
    seen = [event for event in history if limit is None or event.us <= limit]
    if any(event.name == "corrected" for event in seen):
        seen = [event for event in _mended(seen) if limit is None or event.us <= limit]
    return tuple(by_place(seen))


def _mended(seen: Iterable[Event]) -> list[Event]:
    ordered = by_place(seen)
    by_seq = {event.seq: event for event in ordered}
    void: set[int] = set()
    for correction in standing(ordered, void):
        target = by_seq.get(target_of(correction))
        if target is not None and target.name != "corrected":
            by_seq[target.seq] = _corrected(target, correction.facts)
    return [event for event in by_seq.values() if event.seq not in void]


def standing(ordered: Sequence[Event], void: set[int]) -> list[Event]:
    """The corrections that no later one takes back, oldest first; fills `void` with what they strike out."""
    found = []
    for event in reversed(ordered):
        if event.name == "corrected" and event.seq not in void:
            found.append(event)
            if event.facts.get("void") is True:
                void.add(target_of(event))
    return found[::-1]


def target_of(correction: Event) -> int:
    """The seq of the event that a correction mends; -1 where it names none."""
    of = correction.facts.get("of")
    return of if isinstance(of, int) else -1


def mended(facts: Facts, change: Facts) -> Facts:
    """Facts with what a correction brings."""
    brought = change.get("facts")
    return as_facts({**facts, **brought}) if isinstance(brought, Facts) else facts


def _corrected(event: Event, change: Facts) -> Event:
    facts, at = mended(event.facts, change), change.get("at")
    if facts is not event.facts:
        event = attrs.evolve(event, facts=facts)
    return event if at is None else attrs.evolve(event, at=instant(at))
