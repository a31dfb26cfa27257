"""What a review is given beside the cases (评审的其他输入): targets and indicators, and what they do not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from qms_service.deadlines.duties import DutyCalendar, DutyState
from qms_service.errors import EntryError
from qms_service.management.brief import brief
from qms_service.management.duty_figures import DutyFigures
from qms_service.management.limits import Limit
from qms_service.management.sight import Question
from qms_service.management.surveys import SurveyFigures
from qms_service.satisfaction.comparison import Change
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.indicators import Reading
from qms_service.satisfaction.survey_score import SurveyScore
from qms_service.satisfaction.targets import Judgement, Milestones, Target, Threshold, Verdict, judged


@attrs.frozen(kw_only=True)
class Given:
    """What a review is given beside the cases, as it was read.

    Args:
        surveys: The score of each survey with its name; None where the record of the cases tells them.
        targets: Targets and judgements; None for those of the rulebook.
        indicators: Readings of indicators.
        duties: The periods of duties.
    """

    surveys: tuple[tuple[str, SurveyScore | Estimate], ...] | None
    targets: tuple[Target | Judgement, ...] | None
    indicators: tuple[Reading, ...]
    duties: DutyCalendar


def read_targets(given: object) -> tuple[Target | Judgement, ...] | None:
    """Targets, or judgements of targets, alone or by name; None where none are given.

    Raises:
        EntryError: Something else stands there.
    """
    if given is None:
        return None
    found = tuple(_each(given, "review-targets"))
    for one in found:
        if not isinstance(one, Threshold | Milestones | Judgement):
            raise EntryError("review-targets", got=brief(one))
    return found  # type: ignore[return-value]  # each was looked at


def judged_targets(
    given: tuple[Target | Judgement, ...] | None, score: SurveyScore | Estimate | None, question: Question
) -> tuple[Judgement, ...]:
    """The judgement of each target; one that is not judged yet is judged by the last survey.

    Args:
        given: Targets, or judgements of targets; None: those of the rulebook for the survey.
        score: The score of the last survey; None where there is none.
        question: What the review asks; milestones are judged on the last day of its period.
    """
    last_on = question.period.end.subtract(microseconds=1).date()
    asked = _declared(score, question) if given is None else given
    return tuple(
        one if isinstance(one, Judgement) else judged(one, _part(one, score), on=last_on) for one in asked
    )


def _part(target: Target, score: SurveyScore | Estimate | None) -> SurveyScore | Estimate | None:
    """What a target is judged by: an estimate is the score, and tells nothing of a part of it."""
    return score if isinstance(score, SurveyScore) or target.of == "score" else None


def _declared(score: SurveyScore | Estimate | None, question: Question) -> tuple[Target, ...]:
    """The targets that the newest edition declares for the survey of a score."""
    if not isinstance(score, SurveyScore):
        return ()
    asked = question.book.editions[-1].rules.surveys.get(score.survey.questionnaire.id)
    return tuple(asked.targets.values()) if asked else ()


def readings_of(given: object) -> tuple[Reading, ...]:
    """The readings of indicators.

    Raises:
        EntryError: Something else stands there.
    """
    found = tuple(_each(given, "review-indicators"))
    for one in found:
        if not isinstance(one, Reading):
            raise EntryError("review-indicators", got=brief(one))
    return found  # type: ignore[return-value]  # each was looked at


def _each(given: object, code: str) -> Iterable[object]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise EntryError(code, got=brief(given))
    return given.values() if isinstance(given, Mapping) else given


def survey_limits(surveys: tuple[SurveyFigures, ...]) -> Iterator[Limit]:
    """What the last survey does not know."""
    if not surveys:
        yield Limit(code="no-survey")
        return
    last, named = surveys[-1], {"survey": surveys[-1].id}
    if last.score.value is None:
        yield Limit(code="no-answers", count=0, facts=named)
    elif last.too_few or (last.change and last.change.verdict == Change.TOO_FEW):
        yield Limit(code="too-few", count=last.score.n, facts=named)
    for code, count in (("silent", last.silent), ("left-out", last.left_out), ("flags", last.flags)):
        if count:
            yield Limit(code=code, count=count, facts=named)
    if last.recorded:
        yield Limit(code="recorded", facts=named)
    elif last.change is None and len(surveys) > 1:
        yield Limit(code="incomparable", facts=named)


def other_limits(
    targets: tuple[Judgement, ...], indicators: tuple[Reading, ...], duties: tuple[DutyFigures, ...]
) -> Iterator[Limit]:
    """What targets, indicators and duties do not know."""
    counted = {
        "unknown-target": sum(one.verdict == Verdict.UNKNOWN for one in targets),
        "one-sided": sum(one.difference is None for one in indicators),
        "unknown-duty": sum(duty[DutyState.UNKNOWN] for duty in duties),
        "provisional-duty": sum(duty.provisional for duty in duties),
    }
    for code, count in counted.items():
        if count:
            yield Limit(code=code, count=count)
