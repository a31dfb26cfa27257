"""ClauseCase (按条款的用例): one sentence of a procedure, what is on record, one question, and the answer.

Beside the cases that ask about one case of the procedure stand those that ask about a survey or a duty.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, get_args

import attrs
from pendulum import DateTime

from qms_service.cases import Case
from qms_service.events import Event
from qms_service.facts import Facts
from qms_service.rulebooks import Procedure
from qms_service.satisfaction import Complained, Survey

Question = Literal["check", "clock", "owner", "step", "survey", "duty"]
QUESTIONS: Final[tuple[Question, ...]] = get_args(Question)
OPEN: Final = "?"  # a sentence that is still to be written


@attrs.frozen(kw_only=True)
class Sentence:
    """A sentence of a procedure with a question, ready to be asked.

    Args:
        path: Where it stands in the file, such as `case[3]`.
        line: The line of the file, where it is known for certain.
        clause: The clause whose sentence it is.
        sentence: What the clause asks, in words; `"?"` while nobody has written it.
        of_clause: The clause that the answer cites.
        question: What is asked: may a step be recorded (`check`), how does a `clock` stand, who is the `owner`
            of a step, what does the checklist say of a `step`; what does a `survey` come to, when is a `duty` due.
        name: The step, clock, survey or duty asked about.
        expect: The answer that the clause gives, by name; None while nobody has given it.
        cites: Whether the clause of the answer counts even where the owner is not decided.
    """

    path: str
    line: int | None = None
    clause: str
    sentence: str
    of_clause: str
    question: Question
    name: str
    expect: Facts | None = None
    cites: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether somebody has written its sentence and its answer."""
        return self.expect is not None and self.sentence != OPEN

    @property
    def title(self) -> str:
        """Its clause and its sentence."""
        return f"{self.clause} {self.sentence}"


@attrs.frozen(kw_only=True)
class ClauseCase(Sentence):
    """A sentence asked about one case of the procedure.

    Args:
        case: What is on record when the question is asked.
        related: The linked cases that are handed in.
        at: The moment asked.
        offered: The event that a `check` offers.
    """

    case: Case
    related: tuple[Case, ...] = ()
    at: DateTime
    offered: Event | None = None


@attrs.frozen(kw_only=True)
class SurveyCase(Sentence):
    """A sentence asked about a survey (调查用例).

    Args:
        survey: What came back.
        before: The survey before, where there was one.
        complaints: Written complaints of customers.
        on: The day on which targets are judged, where one is given.
    """

    survey: Survey
    before: Survey | None = None
    complaints: tuple[Complained, ...] = ()
    on: date | None = None


@attrs.frozen(kw_only=True)
class DutyCase(Sentence):
    """A sentence asked about a duty (定期义务用例).

    Args:
        start, end: What is due from the one date until before the other.
        events: What happened of the kind of case that shows it done.
        now: The moment at which its states are asked, where they are.
        objects: The objects that it is owed to, where it is owed to each.
    """

    start: date
    end: date
    events: tuple[Event, ...] = ()
    now: DateTime | None = None
    objects: tuple[str, ...] = ()


AnyCase = ClauseCase | SurveyCase | DutyCase


@attrs.frozen(kw_only=True)
class CaseFile:
    """The cases of a file, with the edition that they ask.

    Args:
        file: The name of the file.
        procedure: The edition.
        cases: The cases about a case of the procedure, in the order of the file.
        beside: The cases about a survey or a duty, in the order of the file.
    """

    file: str
    procedure: Procedure
    cases: tuple[ClauseCase, ...]
    beside: tuple[SurveyCase | DutyCase, ...] = ()

    @property
    def in_order(self) -> tuple[AnyCase, ...]:
        """All cases, in the order of the file."""
        return tuple(sorted((*self.cases, *self.beside), key=lambda one: int(one.path[len("case[") : -1])))
