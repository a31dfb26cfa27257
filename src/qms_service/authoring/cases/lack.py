"""Lack (欠缺): how many events of some names are still to come, and what several lacks come to together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from qms_service.rulebooks.letter import Letter


def weight(letter: Letter) -> int:
    """What the facts of an event weigh: one each, and one more for a figure that comes to nothing."""
    return sum(1 + (value == 0 and not isinstance(value, bool)) for _, value in letter.facts)


@attrs.frozen
class Lack:
    """At the least so many events of some names are still to come.

    Args:
        events: The names; any of them counts.
        count: How many.
        weight: What their facts weigh together at the least.
        key: The fact and the value of it that makes the event count; an event has one value of a fact.
    """

    events: frozenset[str]
    count: int = 1
    weight: int = 0
    key: tuple[str, object] | None = None

    def or_more(self, other: Lack, least: int) -> Lack:
        """Both of the same events, which may be the same records.

        Args:
            other: The other lack.
            least: What one of the events weighs at the least.
        """
        count = max(self.count, other.count)
        heavy = max(one.weight + (count - one.count) * least for one in (self, other))
        return Lack(self.events, count, heavy)


def together(lacks: Iterable[Lack], least: Callable[[str], int]) -> Lack:
    """What all of them come to: of the same events the most, of different events the sum.

    Args:
        lacks: The lacks.
        least: What an event weighs at the least.
    """
    merged: dict[frozenset[str], Lack] = {}
    found = tuple(lacks)
    for one in (*found, *_by_fact(found)):
        own = min(map(least, one.events))
        merged[one.events] = merged.get(one.events, one).or_more(one, own)
    parts = {names: one for names, one in merged.items() if len(names) == 1}
    for names, one in sorted(merged.items(), key=lambda pair: (-pair[1].count, sorted(pair[0]))):
        inside = [name for name in parts if name <= names]
        meets = any(not name.isdisjoint(names) for name in parts.keys() - inside)
        if len(names) > 1 and not meets:  # else some records might count twice
            single = _sum([parts.pop(name) for name in inside], names)
            parts[names] = single.or_more(one, min(map(least, names)))
    return _sum(parts.values(), frozenset().union(*parts))


def _by_fact(lacks: Iterable[Lack]) -> list[Lack]:
    """What is lacking of the values of a fact: no event counts for two of them."""
    facts: dict[str, dict[object, Lack]] = {}
    for one in lacks:
        if one.key is not None:
            facts.setdefault(one.key[0], {}).setdefault(one.key[1], one)
    return [
        _sum(by_value.values(), frozenset().union(*(one.events for one in by_value.values())))
        for by_value in facts.values()
    ]


def _sum(lacks: Iterable[Lack], events: frozenset[str]) -> Lack:
    found = tuple(lacks)
    return Lack(events, sum(one.count for one in found), sum(one.weight for one in found))
