"""Sightings (履行线索): the events of cases, or of one's own table, that may show a duty done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

import attrs

from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.fulfilled_by import FulfilledBy
from qms_service.errors import DutyError
from qms_service.events import Event, History, effective
from qms_service.facts import NO_FACTS, Facts


class HasFacts(Protocol):
    """The subject of a case."""

    @property
    def facts(self) -> Facts:
        """What is on record about it."""


class HasHistory(Protocol):
    """A case, as far as duties look at it."""

    @property
    def id(self) -> str:
        """Its number."""

    @property
    def kind(self) -> str:
        """The kind of its subject."""

    @property
    def history(self) -> History:
        """What was written about it."""

    @property
    def subject(self) -> HasFacts:
        """What it is about."""


@attrs.frozen(kw_only=True)
class Sighting:
    """An event with what its case says of it.

    Args:
        event: The event, with its corrections applied.
        case: The number of its case; None for an event of one's own table.
        kind: The kind of its case.
        facts: The facts of the subject of its case, for what the event itself does not say.
    """

    event: Event
    case: str | None = None
    kind: str | None = None
    facts: Mapping[str, object] = NO_FACTS

    def value(self, name: str) -> object:
        """A fact of the event, or else of its subject."""
        found = self.event.value(name)
        return self.facts.get(name) if found is None else found

    def shows(self, fulfilled_by: FulfilledBy) -> bool:
        """Whether it is of the kind, and has the facts, that show a duty done."""
        if fulfilled_by.kind is not None and self.kind not in (None, fulfilled_by.kind):
            return False
        known = {f"{self.event.name}.{name}": value for name, value in self.facts.items()}
        return self.event.name == fulfilled_by.event and bool(
            fulfilled_by.selector.matches(self.event, known)
        )

    def is_for(self, duty: Duty, one: str | None) -> bool:
        """Whether it is about the object that the duty is owed to."""
        return duty.per is None or (one is not None and self.value(duty.per) == one)


def sightings(given: Iterable[Event | HasHistory], now: datetime) -> list[Sighting]:
    """What rules see at a moment, in the order in which it happened.

    Args:
        given: Cases, whose histories are corrected one by one; and plain events, which are one history.
        now: The moment asked.

    Raises:
        DutyError: Something that is neither.
    """
    if not isinstance(given, Iterable) or isinstance(given, str):
        raise DutyError("duty-events", got=repr(given))
    plain: list[Event] = []
    found: list[Sighting] = []
    for one in given:
        if isinstance(one, Event):
            plain.append(one)
        else:
            found += _of_case(one, now)
    found += (Sighting(event=event) for event in effective(plain, now))
    return sorted(found, key=lambda sighting: sighting.event.place)


def _of_case(case: HasHistory, now: datetime) -> Iterator[Sighting]:
    try:
        number, kind, history, facts = case.id, case.kind, case.history, case.subject.facts
    except AttributeError:
        raise DutyError("duty-events", got=repr(case)) from None
    for event in effective(history, now):
        yield Sighting(event=event, case=number, kind=kind, facts=facts)
