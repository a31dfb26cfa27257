"""Timeline (时间线): the effective history at a moment, as gates, routes and clocks read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from qms_service.events.event import Event
from qms_service.events.history import History, effective
from qms_service.facts import NO_FACTS


@attrs.frozen(eq=False)
class Timeline:
    """The events that rules see at a moment, and the facts that belong to no event.

    Args:
        events: The effective history, sorted by (at, seq), over all cycles.
        known: Facts by path that stand beside the events: the subject's (`subject.product`), or those of
            a caller's own row (`analysed.ours`).
    """

    events: History
    known: Mapping[str, object] = NO_FACTS
    _here: dict[str, list[Event]] = attrs.field(init=False, factory=dict, repr=False)
    cycle: int = attrs.field(init=False, default=0)

    def __attrs_post_init__(self) -> None:
        here: dict[str, list[Event]] = {}
        start = self.cycle_start
        for event in self.events[start:]:
            here.setdefault(event.name, []).append(event)
        object.__setattr__(self, "_here", here)
        object.__setattr__(self, "cycle", sum(event.name == "reopened" for event in self.events))

    @property
    def cycle_start(self) -> int:
        """The index at which the current cycle begins: its `reopened` event, or 0."""
        for index in range(len(self.events) - 1, -1, -1):
            if self.events[index].name == "reopened":
                return index
        return 0

    def all(self, name: str, *, keeps: bool = False) -> Sequence[Event]:
        """The events of a name in the current cycle (`keeps`: in every cycle), oldest first."""
        if keeps:
            return [event for event in self.events if event.name == name]
        return self._here.get(name, ())

    def last(self, name: str, *, keeps: bool = False) -> Event | None:
        """The last event of a name in the current cycle (`keeps`: in any)."""
        found = self.all(name, keeps=keeps)
        return found[-1] if found else None

    def fact(self, path: str) -> object:
        """The value of `event.fact` on the last such event of the cycle, or of a fact beside the events.

        None where it is not on record.
        """
        if path in self.known:
            return self.known[path]
        name, _, fact = path.partition(".")
        event = self.last(name)
        return None if event is None else event.value(fact)


def timeline(
    history: Sequence[Event], until: datetime | None = None, known: Mapping[str, object] = NO_FACTS
) -> Timeline:
    """The timeline of a history as written, at a moment."""
    return Timeline(effective(history, until), known)
