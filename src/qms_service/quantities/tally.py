"""Tally (统计数量): a quantity that facts put on record, and how it comes about from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

import attrs

from qms_service.events import Timeline
from qms_service.labels import Label
from qms_service.quantities.figure import ZERO, Figure, figure_of
from qms_service.quantities.reckoned import Reckoned

How = Literal["last", "sum"]
Path = tuple[str, str]
Place = tuple[int, int]
SUBJECT: Final = "subject"
_FIRST: Final[Place] = (-(1 << 63), 0)  # the subject stands before every event


@attrs.frozen(kw_only=True)
class Tally:
    """The last of some facts on record, or all of them added up.

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

    def _entries(self, timeline: Timeline) -> Iterator[tuple[Place, str, object, object]]:
        """What is on record of it: when, by which fact, for which key, how much."""
        for name, fact in self.paths:
            path = f"{name}.{fact}"
            if name == SUBJECT and timeline.known.get(path) is not None:
                key = timeline.known.get(f"{SUBJECT}.{self.per}") if self.per else None
                yield _FIRST, path, key, timeline.known[path]
            for event in timeline.all(name, keeps=self.keeps):
                value = event.facts.get(fact)
                if value is not None:
                    yield event.place, path, event.value(self.per) if self.per else None, value
