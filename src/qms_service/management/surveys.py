"""Surveys (满意度调查) of a review: each score with its base, and whether it moved since the survey before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from qms_service.clauses import ClauseRef
from qms_service.errors import EntryError, ScoreError
from qms_service.instants import Micros
from qms_service.labels import Label
from qms_service.management.brief import brief
from qms_service.management.period import Period
from qms_service.management.ranking import value_of
from qms_service.management.sight import CaseSight
from qms_service.satisfaction.compare import compare
from qms_service.satisfaction.comparison import Comparison
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.number import exact, whole
from qms_service.satisfaction.survey_score import Part, SurveyScore


@attrs.frozen(kw_only=True)
class SurveyFigures:
    """What a survey came to (满意度调查结果).

    Args:
        id: The survey.
        label: Its name for people; None where it has none.
        clause: The clause that it rests on.
        score: The score, with the customers who answered and those asked.
        response_rate: The share of those asked who answered; None where nobody wrote down who was asked.
        dimensions: The score of each dimension.
        silent: How many were asked and have no score; None where nobody wrote down who was asked.
        left_out: How many responses are in no figure.
        flags: How many remarks there are on the answers: straight-lining, duplicates, late answers.
        too_few: Whether too few answered to say something; None where nobody said how many that are.
        change: Whether the score moved since the survey before; None for the first, and where the two do not
            compare.
        recorded: Whether it is the score on the record of a survey, without the answers that it rests on.
    """

    id: str
    label: Label | None = None
    clause: ClauseRef | None = None
    score: Estimate
    response_rate: Estimate | None = None
    dimensions: tuple[Part, ...] = ()
    silent: int | None = None
    left_out: int = 0
    flags: int = 0
    too_few: bool | None = None
    change: Comparison | None = None
    recorded: bool = False


def named_scores(given: object) -> tuple[tuple[str, SurveyScore | Estimate], ...]:
    """The score of each survey with its name, in the order given.

    Args:
        given: The scores by name, or the scores of surveys that have a name of their own.

    Raises:
        EntryError: Something else stands there.
    """
    if isinstance(given, Mapping):
        return tuple((str(name), _score(score)) for name, score in given.items())
    if not isinstance(given, Iterable) or isinstance(given, str):
        raise EntryError("review-surveys", got=brief(given))
    return tuple((_surveyed(score).survey.id, score) for score in given)


def surveys_of(named: Iterable[tuple[str, SurveyScore | Estimate]]) -> tuple[SurveyFigures, ...]:
    """The surveys in their order, each compared with the one before."""
    found: list[SurveyFigures] = []
    before: SurveyScore | Estimate | None = None
    for name, score in named:
        change = None if before is None else _change(before, score)
        found.append(attrs.evolve(_figures(name, score), change=change))
        before = score
    return tuple(found)


def _surveyed(given: object) -> SurveyScore:
    if not isinstance(given, SurveyScore):
        raise EntryError("review-surveys", got=brief(given))
    return given


def _score(given: object) -> SurveyScore | Estimate:
    return given if isinstance(given, Estimate) else _surveyed(given)


def _figures(name: str, given: SurveyScore | Estimate) -> SurveyFigures:
    if isinstance(given, Estimate):
        silent = None if given.population is None else given.population - given.n
        return SurveyFigures(id=name, score=given, silent=silent)
    return SurveyFigures(
        id=name,
        label=given.survey.label,
        clause=given.survey.questionnaire.clause,
        score=given.score,
        response_rate=given.response_rate,
        dimensions=tuple(given.by_dimension.values()),
        silent=None if given.asked is None else len(given.silent),
        left_out=len(given.left_out),
        flags=len(given.flags),
        too_few=given.too_few,
    )


def _change(before: SurveyScore | Estimate, after: SurveyScore | Estimate) -> Comparison | None:
    """Whether the score moved; two questionnaires do not ask the same, so they are not compared."""
    if _asked(before) != _asked(after):
        return None
    try:
        return compare(before, after)
    except ScoreError:
        return None


def _asked(given: SurveyScore | Estimate) -> str | None:
    return given.survey.questionnaire.id if isinstance(given, SurveyScore) else None


def recorded_survey(seen: CaseSight, period: Period) -> tuple[Micros, SurveyFigures] | None:
    """The score on the record of a survey that was scored in the period, with the moment; None for others."""
    scored = seen.known.last("scored", keeps=True) if seen.case.kind == "survey" else None
    if scored is None or not period.has(scored.us):
        return None
    score, answered, asked = (scored.facts.get(name) for name in ("score", "answered", "asked"))
    value = None if score is None else exact(score, "score")
    counted = whole(answered, "answered", 0)
    population = None if asked is None else whole(asked, "asked", 0)
    title = value_of(seen.fact("title"))
    rule = seen.kind.events.get("scored") if seen.kind else None
    return scored.us, SurveyFigures(
        id=seen.case.id,
        label=Label({"en": title}) if title else None,
        clause=rule.clause if rule else None,
        score=Estimate(value=value, n=counted, population=population),
        silent=None if population is None else max(0, population - counted),
        recorded=True,
    )
