"""Taken (已取用): what a document took from a case, so that what stayed behind can be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.cases import Case
from qms_service.events import Event, Timeline
from qms_service.exchange.lost import Lost

SUBJECT = 0  # in place of an event's seq
COLUMNS = ("at", "by", "department", "role", "on_behalf_of", "note", "evidence", "despite", "findings")


class Taken:
    """Reads a case for a document, and remembers what was read.

    Args:
        case: The case.
        timeline: What is on record at the moment told of.
        zone: The zone in which an instant becomes a date.
    """

    def __init__(self, case: Case, timeline: Timeline, zone: Timezone) -> None:
        self.case, self.timeline, self.zone = case, timeline, zone
        self._read: set[tuple[int, str]] = set()

    def fact(self, event: Event | None, name: str) -> object:
        """A fact or column of an event; None where it is not on record."""
        if event is None:
            return None
        self._read.add((event.seq, name))
        return event.value(name)

    def text(self, event: Event | None, name: str) -> str | None:
        """A fact as text."""
        value = self.fact(event, name)
        return None if value is None else str(value)

    def day(self, event: Event | None) -> str | None:
        """The date of an event in the zone."""
        if event is None:
            return None
        self._read.add((event.seq, "at"))
        return self.day_of(event.at)

    def day_of(self, at: DateTime) -> str:
        """The date of an instant in the zone."""
        return at.astimezone(self.zone).date().isoformat()

    def subject(self, name: str) -> object:
        """A fact of the subject."""
        self._read.add((SUBJECT, name))
        return self.case.subject.facts.get(name)

    def left(self) -> Iterator[Lost]:
        """What was not read, one entry for each event."""
        subject = self.case.subject.facts.items()
        for name, value in subject:
            if (SUBJECT, name) not in self._read:
                yield Lost(code="no-place", path=f"subject.{name}", values={name: value})
        for event in self.timeline.events:
            columns = ((name, getattr(event, name)) for name in COLUMNS)
            values = {
                name: value
                for name, value in (*columns, *event.facts.items())
                if value not in (None, ()) and (event.seq, name) not in self._read
            }
            if values:
                yield Lost(code="no-place", path=f"{event.name}#{event.seq}", values=values)


def as_day(value: object) -> str | None:
    """A date as the document writes it."""
    return value.isoformat() if isinstance(value, date) else None


def as_number(value: object) -> int | float | None:
    """A decimal as JSON writes a number."""
    if not isinstance(value, int | Decimal):
        return None
    return int(value) if value == int(value) else float(value)
