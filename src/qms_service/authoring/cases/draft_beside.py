"""Drafts (待填用例) of the surveys and duties of an edition: what is asked, and what is answered today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import attrs

from qms_service.authoring.cases.answer import Answer, answer_to
from qms_service.authoring.cases.clause_case import OPEN, DutyCase, Question, SurveyCase
from qms_service.clauses import ClauseRef
from qms_service.deadlines.duties import Duty
from qms_service.facts import Facts
from qms_service.labels import Label
from qms_service.rulebooks import Procedure
from qms_service.satisfaction import Questionnaire, Response, Survey

_QUARTER: Final = 3  # months
ASKED: Final = ("A", "B", "C")  # of these three customers the first two answer


@attrs.frozen(kw_only=True)
class DraftBeside:
    """A case about a survey or a duty, to be answered.

    Args:
        clause: The clause that the rule cites.
        question: What is asked.
        name: The survey or duty.
        label: Its name for people.
        given: The keys of the case, as a case file writes them.
        today: What the library answers today.
    """

    clause: str
    question: Question
    name: str
    label: Label | None
    given: Facts
    today: Answer


def drafts_beside(procedure: Procedure) -> Iterator[DraftBeside]:
    """A case for each survey and each duty that cites a clause.

    Limits: a duty that is owed to each of some objects has none.
    """
    for survey in procedure.rules.surveys.values():
        asked = survey.questionnaire
        if asked.clause:
            yield _survey(asked, asked.clause, procedure)
    for duty in procedure.duties.values():
        if duty.clause and duty.per is None:
            yield _duty(duty, duty.clause, procedure)


def _survey(asked: Questionnaire, clause: ClauseRef, procedure: Procedure) -> DraftBeside:
    best, worst = (
        _response(asked, customer, best=best) for customer, best in zip(ASKED, (True, False), strict=False)
    )
    told: dict[str, Any] = {"asked": ASKED, "responses": (Response(**best), Response(**worst))}
    survey = Survey(asked.id, asked, **told)
    said = _said(clause, "survey", asked.id)
    answer = answer_to(SurveyCase(survey=survey, **said), procedure)
    given = Facts({"asked": ASKED, "responses": (best, worst)})
    return DraftBeside(
        clause=clause.number, question="survey", name=asked.id, label=asked.label, given=given, today=answer
    )


def _response(asked: Questionnaire, customer: str, *, best: bool) -> dict[str, Any]:
    """An answer of the best, or of the worst: on each item where there are items, else in full marks."""
    if not asked.items:
        return {"customer": customer, "total": _number(asked.full_marks if best else asked.full_marks / 2)}
    ends = {
        one.id: (one.scale.high, one.scale.low)
        if one.scale.polarity == "positive"
        else (one.scale.low, one.scale.high)
        for one in asked.items
    }
    return {"customer": customer, "answers": {id_: _number(two[not best]) for id_, two in ends.items()}}


def _number(value: Fraction) -> int | Decimal:
    """A number that a rulebook wrote, as it writes it."""
    return value.numerator if value.denominator == 1 else Decimal(value.numerator) / value.denominator


def _duty(duty: Duty, clause: ClauseRef, procedure: Procedure) -> DraftBeside:
    """What is due in a quarter; of longer periods, in a year."""
    is_long = any(every.months >= _QUARTER for every in duty.frequencies)
    span: dict[str, Any] = {
        "start": date(2026, 1, 1),
        "end": date(2027, 1, 1) if is_long else date(2026, 4, 1),
    }
    said = _said(clause, "duty", duty.id)
    answer = answer_to(DutyCase(**span, **said), procedure)
    return DraftBeside(
        clause=clause.number, question="duty", name=duty.id, label=duty.label, given=Facts(span), today=answer
    )


def _said(clause: ClauseRef, question: Question, name: str) -> dict[str, Any]:
    told = {"clause": clause.number, "of_clause": clause.number, "sentence": OPEN, "path": ""}
    return {**told, "question": question, "name": name}
