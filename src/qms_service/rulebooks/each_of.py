"""Each (逐项): one event for each of several values, so that what is missing is named value by value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from qms_service.events import Event, Selector, Timeline
from qms_service.rulebooks.need import Shortfall

Floors = Mapping[object, Event | None]


@attrs.frozen(kw_only=True)
class EachOf:
    """For each of several values, an event that carries it: the last that does has to be as the selector asks.

    Args:
        each: The values themselves, or the path of the fact that lists them.
        selectors: The events asked for; any one of them will do.
        match: The fact or column (such as `department`) of these that must have the value; where it is a
            list, one that has it among others.
        every: Whether every event of the cycle that has the fact of the path lists values, not the last alone.
            Then what is asked for must be later than the last event that lists the value, and than any
            correction of what that says: an item that is changed has to be answered anew.
        if_known: Whether a list that is not on record asks for nothing, as an empty one does.
        shared: Two of the values that the listing fact and a matching one have in common, where one of them has
            no others than those of a list.
    """

    each: str | tuple[object, ...]
    selectors: tuple[Selector, ...]
    match: str
    every: bool = False
    if_known: bool = False
    shared: tuple[object, ...] = ()

    @property
    def events(self) -> tuple[str, ...]:
        """The names of the events asked for."""
        return tuple(dict.fromkeys(selector.event for selector in self.selectors))

    def shortfalls(self, timeline: Timeline) -> tuple[Shortfall, ...]:
        """The events with the values still lacking; with the path of the list while nothing is on record there."""
        asked = self._asked(timeline)
        if asked is None:
            return () if self.if_known else (self._shortfall((self.each,)),)
        answers = [(selector, _last_by_value(self.match, selector, timeline)) for selector in self.selectors]
        lacking: list[object] = []
        again: list[object] = []
        for value, floor in asked.items():
            found = [
                last[value]
                for selector, last in answers
                if value in last and selector.takes(last[value], timeline)
            ]
            if not any(floor is None or event.place > floor.place for event in found):
                lacking.append(value)
                again += [value] if found else []
        return (self._shortfall(tuple(lacking), tuple(again)),) if lacking else ()

    def _shortfall(self, detail: tuple[object, ...], again: tuple[object, ...] = ()) -> Shortfall:
        event, *others = self.events
        return Shortfall(
            code="not-each.again" if again else "not-each",
            event=event,
            others=tuple(others),
            detail=detail,
            again=again,
        )

    def _asked(self, timeline: Timeline) -> Floors | None:
        """The values, each with what its event has to be later than; None while no list is on record."""
        if isinstance(self.each, tuple):
            return dict.fromkeys(self.each)
        if not self.every:
            listed = timeline.fact(self.each)
            return None if listed is None else dict.fromkeys(values_in(listed))
        name, _, fact = self.each.partition(".")
        listing = [event for event in timeline.all(name) if event.value(fact) is not None]
        return _floors(listing, fact, timeline) if listing else None


def _floors(listing: Iterable[Event], fact: str, timeline: Timeline) -> Floors:
    """Of each value the last event that lists it, or the last correction of one that does."""
    floors: dict[object, Event] = {}
    for event in listing:
        newest = max((event, *timeline.changes_of((event,))), key=_place)
        for value in values_in(event.value(fact)):
            floors[value] = max(floors.get(value, newest), newest, key=_place)
    return floors


def _last_by_value(match: str, selector: Selector, timeline: Timeline) -> Mapping[object, Event]:
    """Of each value the last event that carries it."""
    events = timeline.all(selector.event, keeps=selector.keeps)
    return {value: event for event in events for value in values_in(event.value(match))}


def values_in(value: object) -> Iterator[object]:
    """The values of a fact: of a list its items, none of what is not on record."""
    if isinstance(value, tuple):
        yield from value
    elif value is not None:
        yield value


def _place(event: Event) -> tuple[int, int]:
    return event.place
