"""Need (前提): what must be on record before a step; the forms that a gate's condition can take.

A need is never code: an event with its facts, all or any of several, a count, one for each of a list, a balance
between quantities.
Its answer is the list of shortfalls, so that a refusal can say what is missing.
"""

from __future__ import annotations

from typing import Literal, Protocol

import attrs

from qms_service.events import Selector, Timeline
from qms_service.quantities import Balance, BalanceState


@attrs.frozen(kw_only=True)
class Shortfall:
    """One thing missing.

    Args:
        code: What is the matter: the event is absent, differs, has been outdated, or the balance does not hold.
        event: The event that is missing.
        detail: What of it is missing.
        balance: The balance that does not hold, and how it stands.
    """

    code: Literal[
        "missing-event", "event-differs", "event-outdated", "event-outdated.changed", "too-few", "not-each",
        "unbalanced",
    ]  # fmt: skip
    event: str = ""
    detail: tuple[object, ...] = ()
    balance: tuple[Balance, BalanceState] | None = None


class Need(Protocol):
    """What every form of condition tells."""

    def shortfalls(self, timeline: Timeline) -> tuple[Shortfall, ...]:
        """What is missing; nothing where the need is met."""


@attrs.frozen
class EventNeed:
    """The last event of this name is on record, with the facts asked, later than what it must follow."""

    selector: Selector

    def shortfalls(self, timeline: Timeline) -> tuple[Shortfall, ...]:
        """The event where it is absent, differs, or was outdated by a later cause."""
        selector = self.selector
        if selector.plain and selector.event in timeline.here:
            return ()
        if selector.holds(timeline):
            return ()
        last = timeline.last(selector.event, keeps=selector.keeps)
        if last is None:
            return (Shortfall(code="missing-event", event=selector.event),)
        if not selector.matches(last, timeline.known):
            wanted = tuple(f"{name} = {'/'.join(map(str, values))}" for name, values in selector.where)
            return (Shortfall(code="event-differs", event=selector.event, detail=wanted),)
        return (_outdated(selector, timeline),)


def _outdated(selector: Selector, timeline: Timeline) -> Shortfall:
    """An event that came before what it must follow, or before a correction of that."""
    after = selector.after or ""
    newest = timeline.newest(after, keeps=selector.keeps)
    if newest is None or newest.name == after:
        return Shortfall(code="event-outdated", event=selector.event, detail=(after,))
    return Shortfall(code="event-outdated.changed", event=selector.event, detail=(after, newest.at))


@attrs.frozen
class AllOf:
    """Every one of several needs."""

    needs: tuple[Need, ...]

    def shortfalls(self, timeline: Timeline) -> tuple[Shortfall, ...]:
        """Whatever any of them lacks."""
        found: tuple[Shortfall, ...] = ()
        for need in self.needs:
            found += need.shortfalls(timeline)
        return found


@attrs.frozen
class AnyOf:
    """At least one of several needs."""

    needs: tuple[Need, ...]

    def shortfalls(self, timeline: Timeline) -> tuple[Shortfall, ...]:
        """What the alternatives lack; nothing as soon as one lacks nothing."""
        lacking = [need.shortfalls(timeline) for need in self.needs]
        return () if not all(lacking) else tuple(short for one in lacking for short in one)


@attrs.frozen
class CountOf:
    """At least so many events, or so many different values of one of their facts."""

    selector: Selector
    count: int
    distinct: str | None = None

    def shortfalls(self, timeline: Timeline) -> tuple[Shortfall, ...]:
        """The event with how many there are and how many are asked."""
        matches = self.selector.every(timeline)
        if self.distinct:
            values = {event.value(self.distinct) for event in matches}
            found = len(values - {None})
        else:
            found = len(matches)
        if found >= self.count:
            return ()
        return (Shortfall(code="too-few", event=self.selector.event, detail=(found, self.count)),)


@attrs.frozen
class EachOf:
    """For each value of a listed fact, one event that carries that value.

    Args:
        each: The path of the fact that lists the values.
        selector: The event asked for.
        match: The event's fact or column (such as `department`) that must equal the value.
        if_known: Whether a list that is not on record asks for nothing, as an empty one does.
    """

    each: str
    selector: Selector
    match: str
    if_known: bool = attrs.field(default=False, kw_only=True)

    def shortfalls(self, timeline: Timeline) -> tuple[Shortfall, ...]:
        """The event with the values still lacking; the event alone while the list is not on record."""
        listed = timeline.fact(self.each)
        if listed is None:
            if self.if_known:
                return ()
            return (Shortfall(code="not-each", event=self.selector.event, detail=(self.each,)),)
        asked = listed if isinstance(listed, tuple) else (listed,)
        there = {event.value(self.match) for event in self.selector.every(timeline)}
        lacking = tuple(value for value in asked if value not in there)
        return (Shortfall(code="not-each", event=self.selector.event, detail=lacking),) if lacking else ()
