"""Bound sources: what counts only after other events, and what an event makes needless."""

from __future__ import annotations

import attrs

from qms_service.forms.sight import Sight
from qms_service.forms.sources import NOT_NEEDED, FirstOf, Found, OfEvent, OfSignature, Source, Told


@attrs.frozen(kw_only=True)
class Unless(Told):
    """A source that is not asked for where an event is on record that makes it needless.

    Args:
        source: The source.
        events: Such events; one is enough.
        after: The events that it must be later than to count.
    """

    source: Source
    events: tuple[str, ...]
    after: tuple[str, ...] = ()

    def read(self, sight: Sight) -> Found:
        """What the source finds; without a value, that none is needed where such an event is on record."""
        found, there = self.source.read(sight), (sight.last(name) for name in self.events)
        needless = any(event is not None and not sight.newer(event, self.after) for event in there)
        return NOT_NEEDED if needless and found.state != "filled" else found


def unless(source: Source, events: tuple[str, ...], after: tuple[str, ...] = ()) -> Unless:
    """A source that some events make needless."""
    told = Told(path=source.path, type=source.type, label=source.label, clause=source.clause)
    return Unless(**attrs.asdict(told, recurse=False), source=source, events=events, after=after)


def later_than(source: Source, after: tuple[str, ...]) -> Source | None:
    """A source whose events count only where they are later than others; None where it has no events."""
    if isinstance(source, FirstOf):
        later = [later_than(one, after) for one in source.sources]
        found = tuple(one for one in later if one is not None)
        return attrs.evolve(source, sources=found) if len(found) == len(later) else None
    return attrs.evolve(source, after=after) if isinstance(source, OfEvent | OfSignature) else None


def events_of(source: Source | None) -> frozenset[str]:
    """The names of the events that a source reads."""
    if isinstance(source, FirstOf):
        return frozenset[str]().union(*(events_of(one) for one in source.sources))
    if isinstance(source, Unless):
        return events_of(source.source).union(source.events)
    return frozenset((source.event,)) if isinstance(source, OfEvent | OfSignature) else frozenset()
