"""Surveys (满意度调查) of a review: each score with its base, and whether it moved since the survey before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from qms_service.clauses import ClauseRef
from qms_service.errors import EntryError, ScoreError
from qms_service.labels import Label
from qms_service.satisfaction.compare import compare
from qms_service.satisfaction.comparison import Change, Comparison
from qms_service.satisfaction.estimate import Estimate


@attrs.frozen(kw_only=True)
class SurveyFigures:
    """What a survey came to (满意度调查结果).

    Args:
        id: The survey.
        label: Its name for people; None where it has none.
        score: The score, with the customers who answered and those asked.
        response_rate: The share of those asked who answered; None where nobody wrote down who was asked.
        dimensions: The score of each dimension, by its id, with its name for people.
        change: Whether the score moved since the survey before; None for the first, and where the two do not
            compare.
        clause: The clause that it rests on.
    """

    id: str
    label: Label | None = None
    score: Estimate
    response_rate: Estimate | None = None
    dimensions: tuple[tuple[str, Label | None, Estimate], ...] = ()
    change: Comparison | None = None
    clause: ClauseRef | None = None

    @property
    def silent(self) -> int | None:
        """How many were asked and did not answer; None where nobody wrote down who was asked."""
        return None if self.score.population is None else self.score.population - self.score.n


def named_scores(given: object) -> tuple[tuple[str, object], ...]:
    """The score of each survey with its name, in the order given.

    Args:
        given: The scores by name, or the scores of surveys that have a name of their own.

    Raises:
        EntryError: Something else stands there.
    """
    if isinstance(given, Mapping):
        return tuple((str(name), score) for name, score in given.items())
    if not isinstance(given, Iterable) or isinstance(given, str):
        raise EntryError("review-surveys", got=repr(given))
    return tuple((_name(score), score) for score in given)


def surveys_of(named: Iterable[tuple[str, object]]) -> tuple[SurveyFigures, ...]:
    """The surveys in their order, each compared with the one before.

    Raises:
        EntryError: What has a name is no score.
    """
    found: list[SurveyFigures] = []
    for name, score in named:
        one = _figures(name, score)
        found.append(attrs.evolve(one, change=_change(found[-1].score, one.score)) if found else one)
    return tuple(found)


def _name(score: object) -> str:
    survey = getattr(score, "survey", None)
    name = getattr(survey, "id", survey)
    if not isinstance(name, str):
        raise EntryError("review-surveys", got=repr(score))
    return name


def _figures(name: str, given: object) -> SurveyFigures:
    if isinstance(given, Estimate):
        return SurveyFigures(id=name, score=given)
    score = getattr(given, "score", None)
    if not isinstance(score, Estimate):
        raise EntryError("review-surveys", got=repr(given))
    survey = getattr(given, "survey", None)
    asked = getattr(survey, "questionnaire", None)
    return SurveyFigures(
        id=name,
        label=getattr(survey, "label", None),
        score=score,
        response_rate=getattr(given, "response_rate", None),
        dimensions=tuple(
            (dimension, _label(asked, dimension), part)
            for dimension, part in getattr(given, "by_dimension", {}).items()
        ),
        clause=getattr(asked, "clause", None),
    )


def _label(questionnaire: object, dimension: str) -> Label | None:
    dimensions = getattr(questionnaire, "dimensions", ())
    return next((one.label for one in dimensions if one.id == dimension), None)


def _change(before: Estimate, after: Estimate) -> Comparison | None:
    try:
        return compare(before, after)
    except ScoreError:
        return None


def too_few(figures: SurveyFigures) -> bool:
    """Whether too few answered to say that the score moved."""
    return figures.change is not None and figures.change.verdict == Change.TOO_FEW
