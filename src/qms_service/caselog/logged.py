"""What a log says of one case: its events, each at the moment that its cell leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
from pendulum import DateTime

from qms_service.cases import Case
from qms_service.events import Event
from qms_service.facts import NO_FACTS, Facts
from qms_service.instants import Micros, from_micros
from qms_service.sheets.moments import Moment


@attrs.frozen(kw_only=True)
class LoggedEvent:
    """An event of a log (日志事件).

    Args:
        name: The event.
        moment: When it happened, as far as the log tells.
        facts: What it put on record.
        recorded_at: When it was entered.
        by: Who did it.
        department: The department that acted.
        role: The role in which the person acted.
        note: A remark.
    """

    name: str
    moment: Moment
    facts: Facts = NO_FACTS
    recorded_at: DateTime | None = None
    by: str | None = None
    department: str | None = None
    role: str | None = None
    note: str | None = None

    def event(self, seq: int, at: Micros) -> Event:
        """The event as a case holds it, at one of the instants of its moment."""
        return Event(
            self.name,
            from_micros(at, self.moment.zone),
            recorded_at=self.recorded_at,
            seq=seq,
            by=self.by,
            department=self.department,
            role=self.role,
            facts=self.facts,
            note=self.note,
        )


def history_of(events: Sequence[LoggedEvent], moved: Mapping[int, Micros] | None = None) -> tuple[Event, ...]:
    """The events as a case holds them.

    Args:
        events: The events of a log.
        moved: The instants to take for some of them, by their place; the others lie at the earliest.
    """
    at = moved or {}
    return tuple(one.event(place + 1, at.get(place, one.moment.earliest)) for place, one in enumerate(events))


@attrs.frozen(kw_only=True)
class LoggedCase:
    """A case of a log (日志个案).

    Args:
        lines: The lines of the file that it was read from.
        case: The case, with each event at the earliest instant that its cell can mean.
        events: Its events as the log tells them, in the order in which it names them.
    """

    lines: tuple[int, ...]
    case: Case
    events: tuple[LoggedEvent, ...]

    @property
    def number(self) -> str:
        """The number of the case."""
        return self.case.id

    @property
    def exact(self) -> bool:
        """Whether every event has its instant."""
        return all(event.moment.exact for event in self.events)
