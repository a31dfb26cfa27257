"""Need (前提): what must be on record before a step; the forms that a gate's condition can take.

A need is never code: an event with its facts, all or any of several, a count; `EachOf` and `BalanceNeed` have
files of their own.
Its answer is the list of shortfalls, so that a refusal can say what is missing.
"""

from __future__ import annotations

from typing import Literal, Protocol

import attrs

from qms_service.events import Selector, Timeline
from qms_service.quantities import Balance, BalanceState


@attrs.frozen(kw_only=True)
class Shortfall:
    """One thing missing: an event that is absent, differs, or has been outdated, or a balance that does not hold.

    Args:
        code: What is wrong, the code of its finding.
        event: The event that is missing.
        detail: What the finding tells of it.
        others: Further events that would do.
        balance: The balance that does not hold, and how it stands; there is no event then.
        again: Of the values asked for in turn, those that had their event before they were changed.
        ways: The alternatives that it is one of; nothing where it is asked for outright.
    """

    code: Literal[
        "missing-event",
        "event-differs",
        "event-outdated",
        "event-outdated.changed",
        "too-few",
        "too-few.where",
        "not-each",
        "not-each.again",
        "unbalanced",
    ]
    event: str = ""
    detail: tuple[object, ...] = ()
    others: tuple[str, ...] = ()
    again: tuple[object, ...] = ()
    balance: tuple[Balance, BalanceState] | None = None
    ways: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[str, ...]:
        """The events of which one is missing."""
        return (self.event, *self.others)

    @property
    def name(self) -> str:
        """What is missing: the balance, or the events of which one is."""
        return self.balance[0].id if self.balance else " / ".join(self.events)


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
            return (Shortfall(code="event-differs", event=selector.event, detail=_wanted(selector)),)
        return (_outdated(selector, timeline),)


def _wanted(selector: Selector) -> tuple[str, ...]:
    """The facts that a selector asks for."""
    return tuple(f"{name} = {'/'.join(map(str, values))}" for name, values in selector.where)


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
        if not all(lacking):
            return ()
        ways = tuple(dict.fromkeys(" + ".join(dict.fromkeys(map(_way, one))) for one in lacking))
        found = tuple(short for one in lacking for short in one)
        return tuple(attrs.evolve(short, ways=ways) for short in found) if len(ways) > 1 else found


def _way(short: Shortfall) -> str:
    return " / ".join(short.ways) or short.name


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
        event, where = self.selector.event, _wanted(self.selector)
        if where:
            return (Shortfall(code="too-few.where", event=event, detail=(*where, f"{found}/{self.count}")),)
        return (Shortfall(code="too-few", event=event, detail=(found, self.count)),)
