"""What the library says to a case that asks about a survey or a duty, under the names that a case file uses."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from qms_service.authoring.cases.clause_case import DutyCase, SurveyCase
from qms_service.clauses import ClauseRef
from qms_service.deadlines.duties import Duty, fulfilment
from qms_service.rulebooks import Procedure
from qms_service.rulebooks.survey_rules import SurveyRules
from qms_service.satisfaction import Milestones, SurveyScore, judged, score

Cited = list[ClauseRef | None]


def survey_answer(asked: SurveyCase, procedure: Procedure) -> tuple[dict[str, object], Cited]:
    """What a survey comes to, with the clauses of what is answered."""
    rules, found = procedure.rules.survey(asked.name), score(asked.survey)
    previous = score(asked.before) if asked.before else None
    due = procedure.follow_ups(found, previous=previous, complaints=asked.complaints)
    values: dict[str, object] = {
        "score": found.score.rounded(_places(asked)),
        "answered": found.answered,
        "asked": found.asked,
        "follow_ups": tuple(f"{one.rule.id} {one.customer}" for one in due),
        "targets": tuple(_targets(rules, found, asked)),
    }
    cited = [rules.questionnaire.clause, *(one.rule.clause for one in due)]
    return values, [*cited, *(one.clause for one in rules.targets.values())]


def _places(asked: SurveyCase) -> int:
    """How many decimals the score has that is expected; one where it has none."""
    expected = asked.expect.get("score") if asked.expect else None
    exponent = expected.as_tuple().exponent if isinstance(expected, Decimal) else 0
    return max(1, -exponent) if isinstance(exponent, int) else 1


def _targets(rules: SurveyRules, found: SurveyScore, asked: SurveyCase) -> Iterator[str]:
    """Each target with its verdict; one that grows with the years only where a day is asked."""
    for name, target in rules.targets.items():
        if asked.on is not None or not isinstance(target, Milestones):
            yield f"{name} {judged(target, found, on=asked.on).verdict}"


def duty_answer(asked: DutyCase, procedure: Procedure) -> tuple[dict[str, object], Cited]:
    """When a duty is due, and how it stands, with its clause."""
    duty = procedure.duties[asked.name]
    found = procedure.duties_between(asked.start, asked.end, objects=_objects(duty, asked))
    of_duty = found.of(duty.id)
    values: dict[str, object] = {"due": tuple(one.due_on for one in of_duty)}
    if asked.now is not None:
        values["states"] = tuple(
            str(one.state) for one in fulfilment(of_duty, asked.events, now=asked.now).occurrences
        )
    return values, [duty.clause]


def _objects(duty: Duty, asked: DutyCase) -> dict[str, tuple[str, ...]] | None:
    return {duty.per: asked.objects} if duty.per else None
