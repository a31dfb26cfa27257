"""ClauseCase (按条款的用例): one sentence of a procedure, what is on record, one question, and the answer."""

from __future__ import annotations

from typing import Final, Literal, get_args

import attrs
from pendulum import DateTime

from qms_service.cases import Case
from qms_service.events import Event
from qms_service.facts import Facts
from qms_service.rulebooks import Procedure

Question = Literal["check", "clock", "owner", "step"]
QUESTIONS: Final[tuple[Question, ...]] = get_args(Question)
OPEN: Final = "?"  # a sentence that is still to be written


@attrs.frozen(kw_only=True)
class ClauseCase:
    """A case of a case file, ready to be asked.

    Args:
        path: Where it stands in the file, such as `case[3]`.
        line: The line of the file, where it is known for certain.
        clause: The clause whose sentence it is.
        sentence: What the clause asks, in words; `"?"` while nobody has written it.
        of_clause: The clause that the answer cites.
        case: What is on record when the question is asked.
        related: The linked cases that are handed in.
        question: What is asked: may a step be recorded (`check`), how does a `clock` stand, who is the `owner`
            of a step, what does the checklist say of a `step`.
        name: The step or clock asked about.
        at: The moment asked.
        offered: The event that a `check` offers.
        expect: The answer that the clause gives, by name; None while nobody has given it.
        cites: Whether the clause of the answer counts even where the owner is not decided.
    """

    path: str
    line: int | None = None
    clause: str
    sentence: str
    of_clause: str
    case: Case
    related: tuple[Case, ...] = ()
    question: Question
    name: str
    at: DateTime
    offered: Event | None = None
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
class CaseFile:
    """The cases of a file, with the edition that they ask.

    Args:
        file: The name of the file.
        procedure: The edition.
        cases: The cases, in the order of the file.
    """

    file: str
    procedure: Procedure
    cases: tuple[ClauseCase, ...]
