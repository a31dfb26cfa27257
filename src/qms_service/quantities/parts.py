"""Parts (数量的组成): what quantities are made of, and in which order they are reckoned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qms_service.events import Timeline
from qms_service.quantities.derived import Derived
from qms_service.quantities.reckoned import Reckoned
from qms_service.quantities.tally import Tally

AnyTally = Tally | Derived


def reckoned(tallies: Iterable[AnyTally], timeline: Timeline) -> dict[str, Reckoned]:
    """The figures of quantities at the moment of a timeline.

    Args:
        tallies: The quantities, each after those that it is made of.
        timeline: What is on record.
    """
    found: dict[str, Reckoned] = {}
    for tally in tallies:
        found[tally.name] = tally.reckon(timeline, found)
    return found


def made_of(names: Iterable[str], tallies: Mapping[str, AnyTally]) -> tuple[AnyTally, ...]:
    """Some quantities and all that they are made of, each after its parts; there is no cycle among them."""
    found: dict[str, AnyTally] = {}

    def add(name: str) -> None:
        if name not in found:
            for part in tallies[name].names:
                add(part)
            found[name] = tallies[name]

    for name in names:
        add(name)
    return tuple(found.values())


def cycle_through(name: str, parts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The way from a quantity back to itself, through what it is made of; empty where there is none.

    Args:
        name: The quantity.
        parts: The names of what each quantity is made of.

    >>> cycle_through("open", {"open": ("counted", "done"), "done": ("open",)})
    ('open', 'done', 'open')
    """
    ways: list[tuple[str, ...]] = [(name,)]
    seen = set[str]()
    while ways:
        way = ways.pop()
        for part in parts.get(way[-1], ()):
            if part == name:
                return (*way, part)
            if part not in seen:
                seen.add(part)
                ways.append((*way, part))
    return ()
