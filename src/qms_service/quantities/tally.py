"""Tally (统计数量): a quantity that facts put on record, and how it comes about from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Final, Literal

import attrs

from qms_service.events import Timeline
from qms_service.labels import Label
from qms_service.quantities.figure import ZERO, Figure, figure_of, sum_of
from qms_service.quantities.reckoned import Reckoned

How = Literal["last", "sum"]
Path = tuple[str, str]
Place = tuple[int, int]
Entry = tuple[Place, object, str]
SUBJECT: Final = "subject"
_PLACE: Final = itemgetter(0)
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
        entries: dict[object, list[Entry]] = {}
        for key, entry in self._entries(timeline):
            entries.setdefault(key, []).append(entry)
        if self.how == "sum":
            figures = {
                key: sum_of((value, path) for _, value, path in found) for key, found in entries.items()
            }
            nothing = ZERO
        else:
            figures = {key: _last(found) for key, found in entries.items()}
            nothing = Figure(missing=tuple(f"{event}.{fact}" for event, fact in self.paths))
        if self.per is None:
            figures.setdefault(None, nothing)
        return Reckoned(figures, nothing)

    def _entries(self, timeline: Timeline) -> Iterator[tuple[object, Entry]]:
        """What is on record of it, with its key: when, how much, by which fact."""
        per = self.per
        for name, fact in self.paths:
            path = f"{name}.{fact}"
            if name == SUBJECT and timeline.known.get(path) is not None:
                key = timeline.known.get(f"{SUBJECT}.{per}") if per else None
                yield key, (_FIRST, timeline.known[path], path)
            for event in timeline.all(name, keeps=self.keeps):
                value = event.facts.get(fact)
                if value is not None:
                    yield event.value(per) if per else None, (event.place, value, path)


def _last(entries: Iterable[Entry]) -> Figure:
    """The figure of the last entry; of one event's, that of the fact named last."""
    _, value, path = max(reversed(list(entries)), key=_PLACE)
    return figure_of(value, path)
