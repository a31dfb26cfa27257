"""Tally (统计数量): how a quantity of a case comes about from what is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Literal

import attrs

from qms_service.events import Event, Timeline
from qms_service.labels import Label
from qms_service.quantities.figure import ZERO, Figure, figure_of
from qms_service.quantities.linear import LinearSum

How = Literal["last", "sum"]
Path = tuple[str, str]
_FIRST: Final = (-(1 << 63), 0)  # the subject stands before every event
SUBJECT: Final = "subject"


@attrs.frozen(eq=False)
class Reckoned:
    """The figures of a quantity by key, and that of a key which none of its events has.

    Args:
        figures: By key; that of a quantity which is counted as a whole under None.
        other: The figure of every other key.
    """

    figures: Mapping[object, Figure]
    other: Figure

    def of(self, key: object) -> Figure:
        """The figure of a key."""
        return self.figures.get(key, self.other)


@attrs.frozen(kw_only=True)
class Tally:
    """A quantity that facts put on record: the last of them, or all of them added up.

    Args:
        name: Its name in the rulebook.
        how: `"last"` or `"sum"`.
        paths: The facts, each as the event, or `subject`, and the fact.
        per: The fact of the same events by whose value it is kept apart; None where it is counted as a whole.
        keeps: Whether earlier cycles count too.
        label: Its name for people.
    """

    name: str
    how: How
    paths: tuple[Path, ...]
    per: str | None = None
    keeps: bool = False
    label: Label = attrs.field(factory=Label)

    @property
    def names(self) -> tuple[str, ...]:
        """The quantities that it is made of: none."""
        return ()

    @property
    def events(self) -> tuple[str, ...]:
        """The events whose facts it counts."""
        return tuple(dict.fromkeys(event for event, _ in self.paths if event != SUBJECT))

    def reckon(self, timeline: Timeline, _found: Mapping[str, Reckoned]) -> Reckoned:
        """Its figures at the moment of a timeline."""
        figures: dict[object, Figure] = {}
        for _, path, key, value in sorted(self._entries(timeline), key=lambda entry: entry[0]):
            figure = figure_of(value, path)
            summed = self.how == "sum" and key in figures
            figures[key] = figures[key].plus(figure) if summed else figure
        nothing = ZERO if self.how == "sum" else Figure(missing=tuple(map(".".join, self.paths)))
        if self.per is None:
            figures.setdefault(None, nothing)
        return Reckoned(figures, nothing)

    def _entries(self, timeline: Timeline) -> Iterator[tuple[tuple[int, int], str, object, object]]:
        """What is on record of it: when, by which fact, for which key, how much."""
        for name, fact in self.paths:
            path = f"{name}.{fact}"
            if name == SUBJECT:
                value, key = timeline.known.get(path), timeline.known.get(f"{SUBJECT}.{self.per}")
                if value is not None:
                    yield _FIRST, path, key, value
                continue
            for event in timeline.all(name, keeps=self.keeps):
                value = event.facts.get(fact)
                if value is not None:
                    yield event.place, path, self._key(event), value

    def _key(self, event: Event) -> object:
        return None if self.per is None else event.value(self.per)


@attrs.frozen(kw_only=True)
class Derived:
    """A quantity made of others: a linear sum of them.

    Args:
        name: Its name in the rulebook.
        of: The sum.
        per: The fact by whose value its operands are kept apart.
        label: Its name for people.
    """

    name: str
    of: LinearSum
    per: str | None = None
    label: Label = attrs.field(factory=Label)

    @property
    def names(self) -> tuple[str, ...]:
        """The quantities that it is made of."""
        return self.of.names

    @property
    def events(self) -> tuple[str, ...]:
        """The events whose facts it counts itself: none."""
        return ()

    def reckon(self, _timeline: Timeline, found: Mapping[str, Reckoned]) -> Reckoned:
        """Its figures, those of its operands being found."""
        keys = keys_of(self.names, found, self.per)
        return Reckoned(
            {key: self.of.over(figure_for(key, found)) for key in keys},
            self.of.over(figure_for(_NO_KEY, found)),
        )


AnyTally = Tally | Derived
_NO_KEY: Final = object()


def figure_for(key: object, found: Mapping[str, Reckoned]) -> Callable[[str], Figure]:
    """The figure of each quantity for a key, by the quantity's name."""
    return lambda name: found[name].of(key)


def keys_of(names: Iterable[str], found: Mapping[str, Reckoned], per: str | None) -> tuple[object, ...]:
    """The keys that any of some quantities has, in the order met; None alone where they are kept as a whole."""
    if per is None:
        return (None,)
    return tuple(dict.fromkeys(key for name in names for key in found[name].figures))


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
