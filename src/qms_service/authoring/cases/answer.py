"""Answer (答案): what the library says to the question of a case, under the names that a case file uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from qms_service.authoring.cases.answer_beside import duty_answer, survey_answer
from qms_service.authoring.cases.clause_case import AnyCase, ClauseCase, DutyCase, Question, SurveyCase
from qms_service.cases import Case
from qms_service.clauses import ClauseRef
from qms_service.events import Event
from qms_service.facts import Facts
from qms_service.findings import Finding
from qms_service.rulebooks import Procedure

NAMED_BY: Final = ("event", "fact", "role", "status", "got", "case", "gate", "clock")
INSTANTS: Final = {"due": "due_at", "original_due": "original_due_at", "warn": "warn_at"}
AMOUNTS: Final = ("gross", "net")
LETTERS: Final = ("responsible", "accountable", "consulted", "informed", "delegate")


@attrs.frozen(kw_only=True)
class Answer:
    """What the library says.

    Args:
        values: The answer by name.
        clauses: The clauses that it cites.
        decided: Whether it cites them for good: not where an owner is only assumed.
        findings: What the rules find, of a step that is checked.
    """

    values: Facts = attrs.field(converter=Facts)
    clauses: tuple[str, ...] = ()
    decided: bool = True
    findings: tuple[Finding, ...] = ()


def answer_to(asked: AnyCase, procedure: Procedure) -> Answer:
    """What an edition answers to a case today."""
    return _ANSWERS[asked.question](asked, procedure)


def checked(
    procedure: Procedure, case: Case, event: Event, related: Sequence[Case] = ()
) -> tuple[Finding, ...]:
    """What an edition finds in an event before it is recorded."""
    return procedure.check(
        case,
        event.name,
        at=event.at,
        by=event.by,
        department=event.department,
        role=event.role,
        on_behalf_of=event.on_behalf_of,
        facts=event.facts,
        related=related,
    )


def _survey(asked: SurveyCase, procedure: Procedure) -> Answer:
    values, clauses = survey_answer(asked, procedure)
    return Answer(values=values, clauses=_numbers(clauses))


def _duty(asked: DutyCase, procedure: Procedure) -> Answer:
    values, clauses = duty_answer(asked, procedure)
    return Answer(values=values, clauses=_numbers(clauses))


def _check(asked: ClauseCase, procedure: Procedure) -> Answer:
    event = asked.offered or Event(asked.name, asked.at)
    found = checked(procedure, asked.case, event, asked.related)
    refused = [one for one in found if one.refuses]
    warned = [one for one in found if not one.refuses]
    return Answer(
        values={"refused": tuple(map(named, refused)), "warned": tuple(map(named, warned))},
        clauses=_numbers(one.clause for one in refused),
        findings=found,
    )


def _clock(asked: ClauseCase, procedure: Procedure) -> Answer:
    deadline = procedure.deadline(asked.case, asked.name, now=asked.at)
    values: dict[str, object] = {"state": deadline.state.value}
    values |= {key: getattr(deadline, column) for key, column in INSTANTS.items()}
    values |= {key: getattr(deadline, key) for key in AMOUNTS}
    return Answer(values=values, clauses=_numbers([deadline.clause]))


def _owner(asked: ClauseCase, procedure: Procedure) -> Answer:
    owner = procedure.owner(asked.case, asked.name, now=asked.at)
    values: dict[str, object] = {letter: getattr(owner, letter) for letter in LETTERS}
    values |= {"decided": owner.decided, "missing": owner.missing}
    return Answer(values=values, clauses=_numbers(owner.clauses), decided=owner.decided)


def _step(asked: ClauseCase, procedure: Procedure) -> Answer:
    steps = procedure.checklist(asked.case, now=asked.at, related=asked.related)
    step = next(step for step in steps if step.event == asked.name)
    return Answer(values={"state": step.state}, clauses=_numbers([step.clause]))


_ANSWERS: Final[Mapping[Question, Callable[[Any, Procedure], Answer]]] = {
    "check": _check,
    "clock": _clock,
    "owner": _owner,
    "step": _step,
    "survey": _survey,
    "duty": _duty,
}


def named(finding: Finding) -> str:
    """A finding as a case file writes it: its code, and what it names.

    >>> named(Finding(code="missing-event", severity="refusal", subject="answered", facts={"event": "approved"}))
    'missing-event approved'
    """
    code = finding.code.removesuffix(".nearest")
    what = next((str(finding.facts[key]) for key in NAMED_BY if finding.facts.get(key)), "")
    return f"{code} {what}".strip()


def _numbers(clauses: Iterable[ClauseRef | None]) -> tuple[str, ...]:
    """The numbers of clauses, each once; an empty one where a rule cites none."""
    return tuple(dict.fromkeys(one.number if one else "" for one in clauses))
