"""Machine: what one thing that can be seen of a history is, and how it changes from event to event."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable

import attrs

from qms_service.rulebooks.letter import Letter

SUBJECT = "subject"
REOPENED = "reopened"
Read = tuple[str, str, tuple[object, ...]]


@attrs.frozen
class Sight(ABC):
    """What every sight tells.

    Args:
        events: The events that change it.
        reads: The facts that it reads: event, fact, the values compared with.
        floors: Those of them that something must come after, so that a correction of theirs changes it too.
        spare: How many values that no rule names it may have to tell apart.
        keeps: Whether a new cycle leaves it as it is.
        start: What it sees of an empty history.
    """

    events: tuple[str, ...] = attrs.field(default=(), init=False, eq=False)
    reads: tuple[Read, ...] = attrs.field(default=(), init=False, eq=False)
    floors: tuple[str, ...] = attrs.field(default=(), init=False, eq=False)
    spare: int = attrs.field(default=1, init=False, eq=False)
    keeps: bool = attrs.field(default=False, kw_only=True)
    start: Hashable = attrs.field(default=False, init=False, eq=False)

    def then(self, seen: Hashable, letter: Letter) -> Hashable:
        """What it sees after one more event."""
        if letter.edited:
            concerned = letter.event in self.floors and (self.keeps or letter.edited == "here")
            return self.changed(seen, letter) if concerned else seen
        if letter.event in self.events:
            return self.met(seen, letter)
        return self.start if letter.event == REOPENED and not self.keeps else seen

    @abstractmethod
    def met(self, seen: Hashable, letter: Letter) -> Hashable:
        """What it sees after an event that changes it."""

    def changed(self, _seen: Hashable, _letter: Letter) -> Hashable:
        """What it sees after a correction of an event that something must come after."""
        return self.start


def settle(sight: Sight, **derived: object) -> None:
    """What follows from the fields of a sight, which is frozen."""
    for name, value in derived.items():
        object.__setattr__(sight, name, value)
