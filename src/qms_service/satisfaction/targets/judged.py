"""Judging (评定): a target against a score, on a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

import attrs

from qms_service.errors import ScoreError, unknown_name
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.number import Number, exact
from qms_service.satisfaction.targets.judgement import Judgement, Verdict
from qms_service.satisfaction.targets.milestones import Milestone, Milestones
from qms_service.satisfaction.targets.threshold import Threshold

if TYPE_CHECKING:
    from qms_service.satisfaction.survey_score import SurveyScore

Target = Threshold | Milestones


def judged(
    target: Target, score: SurveyScore | Estimate | Number | None, *, on: date | None = None
) -> Judgement:
    """What became of a target, by the exact value: 79.96 does not meet 80.

    Beside the verdict stands whether the difference is more than chance; it never changes the verdict.
    A milestone is met as soon as it is reached, and missed from the day after its last day on; once that day has
    passed it has to be kept.

    Args:
        target: A threshold, or milestones.
        score: The score of a survey, of which the target names the part; an estimate; the exact figure of a rate
            that was counted elsewhere; None for none.
        on: The day asked; milestones with an origin need it.

    Returns:
        The judgement; of milestones that of the latest whose day has passed, before that of the first, with all in
        `steps`. Unknown without a value, and while the origin of milestones is not set.

    Raises:
        UnknownNameError: The survey has no such dimension.
        ScoreError: The score is no number, or milestones are asked without a day.

    >>> from qms_service.satisfaction import mean_score
    >>> print(judged(Threshold(at_least=80, clause="3.5"), mean_score([79, 80, 78, 82])))
    Score 79.75: missed at least 80; chance alone could make that difference. [3.5]
    """
    if not isinstance(target, Threshold | Milestones):
        raise ScoreError("score-kind", field="target", got=repr(target), allowed="Threshold, Milestones")
    base = _unknown(target, _part(target.of, score))
    if isinstance(target, Threshold):
        return _held_against(target, base, is_due=True)
    steps = tuple(_step(target, one, base, on) for one in target.milestones)
    passed = [step for step in steps if on is not None and step.due_on is not None and step.due_on < on]
    decisive = passed[-1] if passed else steps[0]
    return attrs.evolve(decisive, steps=steps)


def _part(of: str, score: SurveyScore | Estimate | Number | None) -> Estimate | Number | None:
    """The part of a survey's score that a target names; anything else is that part already."""
    if not hasattr(score, "by_dimension"):
        return score
    survey = cast("SurveyScore", score)
    whole = {"score": survey.score, "response-rate": survey.response_rate}
    parts: dict[str, Estimate | None] = {**survey.by_dimension, **whole}
    if of not in parts:
        raise unknown_name("dimension", of, parts)
    return parts[of]


def _unknown(target: Target, given: Estimate | Number | None) -> Judgement:
    """What is known of the value, not yet held against anything."""
    estimate = given if isinstance(given, Estimate) else None
    value = estimate.value if estimate is not None else None if given is None else exact(given, "score")
    return Judgement(
        of=target.of,
        verdict=Verdict.UNKNOWN,
        bound=(target if isinstance(target, Threshold) else target.milestones[0]).bound,
        value=value,
        interval=None if estimate is None else estimate.interval,
        too_few=value is not None and getattr(given, "too_few", False),
        reason="no-answers",
        clause=target.clause,
    )


def _step(target: Milestones, one: Milestone, base: Judgement, on: date | None) -> Judgement:
    if target.origin is None:
        clause = one.clause or target.clause
        return attrs.evolve(base, bound=one.bound, clause=clause, reason="origin-unset")
    if not isinstance(on, date) or isinstance(on, datetime):
        raise ScoreError("target-on", got=repr(on))
    due_on = one.due_on(target.origin)
    return _held_against(one, attrs.evolve(base, due_on=due_on), is_due=due_on < on)


def _held_against(one: Threshold | Milestone, base: Judgement, *, is_due: bool) -> Judgement:
    own = attrs.evolve(base, bound=one.bound, clause=one.clause or base.clause)
    if own.value is not None and own.bound.holds(own.value):
        return attrs.evolve(own, verdict=Verdict.MET, reason=None)
    if not is_due:
        return attrs.evolve(own, verdict=Verdict.NOT_YET_DUE, reason=None)
    return own if own.value is None else attrs.evolve(own, verdict=Verdict.MISSED, reason=None)
