"""Draft (待填用例): a case that nobody has answered: where it leads, and what it asks there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs
import pendulum
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.authoring.cases.answer import Answer, answer_to
from qms_service.authoring.cases.clause_case import OPEN, ClauseCase, Question
from qms_service.authoring.cases.path import StepPath
from qms_service.cases import Case
from qms_service.events import Event
from qms_service.facts import Facts, as_facts
from qms_service.rulebooks import Procedure


def received_at(zone: Timezone) -> DateTime:
    """When every case of a skeleton opens: at eight on a Monday morning."""
    return pendulum.datetime(2026, 3, 2, 8, tz=zone)


@attrs.frozen(kw_only=True)
class Draft:
    """A case to be answered.

    Args:
        clause: The clause that the rule cites.
        about: What it tries: a key of the text catalogues after `cases.draft.`.
        told: What that text names.
        path: What is on record; of a `check` with the step that is offered as its last.
        question: What is asked.
        name: The step or clock asked about.
    """

    clause: str
    about: str
    told: Facts = attrs.field(converter=as_facts)
    path: StepPath
    question: Question
    name: str

    @property
    def asks(self) -> tuple[str, Question, str, StepPath]:
        """What makes two drafts one."""
        return self.clause, self.question, self.name, self.path

    def given(self, zone: Timezone) -> tuple[Event, ...]:
        """The events on record; the opening among them where it says something."""
        opening, *steps = self.path.events_from(received_at(zone))
        recorded = steps[:-1] if self.question == "check" else steps
        return (opening, *recorded) if opening.facts or opening.by else tuple(recorded)

    def offered(self, zone: Timezone) -> Event | None:
        """The event that a `check` offers."""
        return self.path.events_from(received_at(zone))[-1] if self.question == "check" else None

    def asked_at(self, zone: Timezone) -> DateTime:
        """The moment asked: of a `check` its event's, else an hour after the last one."""
        last = self.path.events_from(received_at(zone))[-1].at
        return last if self.question == "check" else last.add(hours=1)

    def answered_by(self, procedure: Procedure) -> Answer:
        """What an edition answers today."""
        zone = procedure.rules.zone
        case: Case = procedure.adopt(self.path.subject_at(received_at(zone)), self.given(zone))
        asked = ClauseCase(
            path="",
            clause=self.clause,
            sentence=OPEN,
            of_clause=self.clause,
            case=case,
            question=self.question,
            name=self.name,
            at=self.asked_at(zone),
            offered=self.offered(zone),
        )
        return answer_to(asked, procedure)


def expectation(question: Question, answer: Answer) -> Mapping[str, object]:
    """An answer as a case file expects it: what goes without saying is left out."""
    left_out = _LEFT_OUT.get(question, ())
    shown = {
        key: value for key, value in answer.values.items() if value not in (None, ()) and key not in left_out
    }
    if question == "owner" and answer.decided:
        del shown["decided"]
    return shown or _NOTHING.get(question, shown)


_NOTHING: Final[Mapping[Question, Mapping[str, object]]] = {"check": {"refused": ()}, "duty": {"due": ()}}
_LEFT_OUT: Final[Mapping[Question, tuple[str, ...]]] = {"clock": ("original_due", "gross", "net")}
