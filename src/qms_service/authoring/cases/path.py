"""StepPath (路径): the events that lead a case to a step, with the facts that its gates ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from pendulum import DateTime

from qms_service.cases import Subject
from qms_service.events import ALWAYS, Condition, Event
from qms_service.facts import Facts
from qms_service.rulebooks.letter import Letter
from qms_service.rulebooks.machine import REOPENED, SUBJECT


@attrs.frozen(kw_only=True)
class Aim:
    """What a path has to reach.

    Args:
        step: The step that is recorded last; None where any event may be.
        when: What has to be on record then.
        there: Events that have to be on record then.
    """

    step: str | None = None
    when: Condition = ALWAYS
    there: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class StepPath:
    """The shortest history that reaches an aim.

    Args:
        kind: The kind of case.
        subject: The facts of its subject.
        opening: The event that opens it.
        steps: The events recorded after that.
    """

    kind: str
    subject: Facts
    opening: Letter
    steps: tuple[Letter, ...] = ()

    @property
    def facts(self) -> Mapping[str, object]:
        """What is on record at its end, by path."""
        return on_record((Letter(SUBJECT, tuple(self.subject.items())), self.opening, *self.steps))

    def subject_at(self, opened_at: DateTime, number: str = "1") -> Subject:
        """The subject of a case that opens at a moment."""
        return Subject(self.kind, number=number, opened_at=opened_at, facts=self.subject)

    def events_from(self, opened_at: DateTime) -> tuple[Event, ...]:
        """Its events, the opening at a moment and each further one an hour later."""
        letters = enumerate((self.opening, *self.steps))
        return tuple(event_at(one, opened_at.add(hours=hours)) for hours, one in letters)


def event_at(letter: Letter, at: DateTime, seq: int = 0) -> Event:
    """A letter as an event at a moment."""
    columns: dict[str, Any] = dict(letter.columns)
    return Event(letter.event, at, seq=seq, facts=Facts(letter.facts), **columns)


def on_record(word: Iterable[Letter]) -> dict[str, object]:
    """The facts on record after some events, the subject the first of them: of each the last in the cycle."""
    facts: dict[str, dict[str, object]] = {}
    for letter in word:
        if letter.event == REOPENED:
            facts = {SUBJECT: facts[SUBJECT]}
        facts[letter.event] = dict(letter.facts)
    return {f"{name}.{fact}": value for name, said in facts.items() for fact, value in said.items()}
