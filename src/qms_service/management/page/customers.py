"""The sections on what customers say: satisfaction, targets, and indicators side by side."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from qms_service.management.page.section import Section
from qms_service.management.page.speech import NOTHING, Speech
from qms_service.management.review import ManagementReview
from qms_service.management.surveys import SurveyFigures
from qms_service.markup import Table, printable
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.figures import rounded
from qms_service.satisfaction.targets import Judgement


def satisfaction_section(review: ManagementReview, speech: Speech) -> Section:
    """Each survey with its base, whether the score moved, and how the last one came about."""
    surveys = review.satisfaction
    last = surveys[-1] if surveys else None
    return Section(
        title=speech.say("title.satisfaction"),
        clause=", ".join(
            dict.fromkeys(["ISO 9001 9.3.2 c) 1)", *(str(one.clause) for one in surveys if one.clause)])
        ),
        lines=tuple(_said(last, speech)) if last else (speech.say("satisfaction.none"),),
        tables=tuple(_tables(surveys, speech)),
        notes=tuple(printable(line.text(speech.lang, speech.catalogues)) for line in last.score.derivation)
        if last
        else (),
    )


def _said(last: SurveyFigures, speech: Speech) -> Iterator[str]:
    score = last.score.text(speech.lang, speech.catalogues)
    yield speech.say("satisfaction", survey=_name(last, speech), score=score)
    if last.change:
        yield speech.say("satisfaction.change", change=last.change.text(speech.lang, speech.catalogues))


def _tables(surveys: tuple[SurveyFigures, ...], speech: Speech) -> Iterator[Table]:
    if not surveys:
        return
    head = ("survey", "score", "interval", "answered", "asked", "response-rate", "change")
    yield speech.table("surveys", head, tuple(_survey(one, speech) for one in surveys))
    if surveys[-1].dimensions:
        rows = [
            (part.name(speech.lang), _value(part.value), _interval(part), str(part.n))
            for part in surveys[-1].dimensions
        ]
        yield speech.table("dimensions", ("dimension", "score", "interval", "answered"), rows)


def _survey(one: SurveyFigures, speech: Speech) -> tuple[str, ...]:
    asked, rate = one.score.population, one.response_rate
    return (
        _name(one, speech),
        _value(one.score.value),
        _interval(one.score),
        str(one.score.n),
        NOTHING if asked is None else str(asked),
        speech.share(one.score.n, asked or 0) if rate is None else _percent(rate.value),
        speech.say(f"change.{one.change.verdict}") if one.change else NOTHING,
    )


def _name(one: SurveyFigures, speech: Speech) -> str:
    return speech.label(one.label) if one.label else one.id


def _value(value: Fraction | None) -> str:
    return NOTHING if value is None else f"{rounded(value):f}"


def _percent(value: Fraction | None) -> str:
    return NOTHING if value is None else f"{rounded(value):f} %"


def _interval(score: Estimate) -> str:
    return NOTHING if score.interval is None else " – ".join(f"{rounded(end):f}" for end in score.interval)


def target_section(review: ManagementReview, speech: Speech) -> Section:
    """What became of each target, by its exact value."""
    rows = tuple(_target(one, speech) for judged in review.targets for one in judged.steps or (judged,))
    head = ("target", "bound", "value", "verdict", "due-on", "chance", "clause")
    return Section(
        title=speech.say("title.targets"),
        clause="ISO 9001 9.3.2 c) 2)",
        lines=(speech.say("targets.how" if rows else "targets.none"),),
        tables=(speech.table("targets", head, rows),) if rows else (),
    )


def _target(one: Judgement, speech: Speech) -> tuple[str, ...]:
    chance = {None: NOTHING, True: speech.text("word.no"), False: speech.text("word.yes")}
    return (
        speech.name("judged", one.of),
        one.bound.text(speech.lang),
        _value(one.value),
        speech.say(f"verdict.{one.verdict}"),
        str(one.due_on or NOTHING),
        chance[one.distinguishable],
        speech.cite(one.clause),
    )


def indicator_section(review: ManagementReview, speech: Speech) -> Section:
    """The factory's own count of each indicator beside its customers'."""
    rows = tuple(
        (
            one.indicator.text(speech.lang),
            one.indicator.unit or "",
            _value(one.own),
            _value(one.reported),
            _value(one.difference),
            speech.say("flatters") if one.flatters else "",
            speech.cite(one.indicator.clause),
        )
        for one in review.indicators
    )
    head = ("indicator", "unit.quantities", "own", "reported", "difference", "remark", "clause")
    return Section(
        title=speech.say("title.indicators"),
        clause="ISO 9001 9.3.2 c) 1)",
        lines=(speech.say("indicators.how" if rows else "indicators.none"),),
        tables=(speech.table("indicators", head, rows),) if rows else (),
    )
