"""Selector (选择器): which event a clock starts or stops at, and which a gate looks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from qms_service.errors import SelectorError
from qms_service.events.condition import Test, among, tests_of
from qms_service.events.event import Event
from qms_service.events.timeline import Timeline


def _where(given: object) -> tuple[Test, ...]:
    if isinstance(given, Mapping | tuple):
        return tests_of(given)
    raise SelectorError("selector-where", got=repr(given))


def _named(_selector: Selector, field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise SelectorError("selector-event", field=field.name, got=repr(value))


@attrs.frozen(kw_only=True)
class Selector:
    """An event by name, narrowed by its facts and by what it must come after.

    Args:
        event: The event's name.
        where: The facts it must have; a list means one of them.
        after: An event that it must be later than: the last one of that name, and any correction that changed what
            one of that name says.
        keeps: Whether earlier cycles count too.

    Raises:
        SelectorError: It names no event, or `where` is no table of facts.
    """

    event: str = attrs.field(validator=_named)
    where: tuple[Test, ...] = attrs.field(default=(), converter=_where)
    after: str | None = attrs.field(default=None, validator=attrs.validators.optional(_named))
    keeps: bool = False
    plain: bool = attrs.field(init=False, eq=False, repr=False)

    @plain.default
    def _is_plain(self) -> bool:
        return not (self.where or self.after or self.keeps)

    def matches(self, event: Event, known: Mapping[str, object]) -> bool | None:
        """Whether an event of this name has the facts asked; None while such a fact is not on record."""
        verdict: bool | None = True
        for name, allowed in self.where:
            value = event.value(name)
            if value is None:
                value = known.get(f"{self.event}.{name}")
            if value is None:
                verdict = None
            elif not among(value, allowed):
                return False
        return verdict

    def first(self, timeline: Timeline, start: Event | None = None) -> Event | None:
        """The first match of the cycle, not before the event `start` and not that event itself."""
        floor = self._floor(timeline)
        for event in timeline.all(self.event, keeps=self.keeps):
            late_enough = start is None or (event.us >= start.us and event is not start)
            if late_enough and _is_later(event, floor) and self.matches(event, timeline.known):
                return event
        return None

    def every(self, timeline: Timeline) -> Sequence[Event]:
        """All matches of the cycle, oldest first."""
        floor = self._floor(timeline)
        found = timeline.all(self.event, keeps=self.keeps)
        return [event for event in found if _is_later(event, floor) and self.matches(event, timeline.known)]

    def holds(self, timeline: Timeline) -> bool:
        """Whether the last event of this name in the cycle is a match: a gate's question."""
        event = timeline.last(self.event, keeps=self.keeps)
        return event is not None and self.takes(event, timeline)

    def takes(self, event: Event, timeline: Timeline) -> bool:
        """Whether an event of this name has the facts asked, and is later than what it must follow."""
        if self.where and not self.matches(event, timeline.known):
            return False
        return self.after is None or _is_later(event, self._floor(timeline))

    def _floor(self, timeline: Timeline) -> Event | None:
        return timeline.newest(self.after, keeps=self.keeps) if self.after else None


def _is_later(event: Event, floor: Event | None) -> bool:
    return floor is None or event.place > floor.place


Selectors = tuple[Selector, ...]


def selectors(given: object) -> Selectors:
    """What a rule writes where it selects: a name, a table, a selector, or a list of these.

    A list means whichever comes first.

    Raises:
        SelectorError: Something else stands there.
    """
    if isinstance(given, list | tuple):
        return tuple(one for item in given for one in selectors(item))
    if isinstance(given, Selector):
        return (given,)
    if isinstance(given, str):
        return (Selector(event=given),)
    if (
        isinstance(given, Mapping)
        and "event" in given
        and given.keys() <= {"event", "where", "after", "keeps"}
    ):
        return (Selector(**given),)
    raise SelectorError("selector", got=repr(given))


def first_of(choices: Sequence[Selector], timeline: Timeline, start: Event | None = None) -> Event | None:
    """The earliest match among several selectors."""
    found = [event for choice in choices if (event := choice.first(timeline, start)) is not None]
    return min(found, key=lambda event: event.place, default=None)
