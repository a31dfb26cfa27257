"""The surveys of a rulebook (满意度调查): scales, items, targets and follow-ups; and its indicators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qms_service.authoring.show.document import Block, Row, Section
from qms_service.authoring.show.voice import Voice
from qms_service.rulebooks.survey_rules import SurveyRules
from qms_service.satisfaction import (
    Blend,
    BlendPart,
    FollowUpRule,
    Indicator,
    Item,
    Milestones,
    Questionnaire,
    Scale,
    Target,
)
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.follow_ups.rule import SCORE
from qms_service.satisfaction.targets.bound import Bounded
from qms_service.texts import render

ITEM: Final = ("item", "dimension", "scale", "weight", "clause")
TARGET: Final = ("target", "of", "reach", "clause")
FOLLOW_UP: Final = ("follow-up", "when", "opens", "clause")


def surveys(voice: Voice) -> Iterator[Section]:
    """Each survey, where the whole rulebook is shown; below them the indicators."""
    if voice.only is None:
        for survey in voice.rules.surveys.values():
            title = voice.say(
                "survey", survey=voice.name(survey.questionnaire.label, survey.questionnaire.id)
            )
            yield Section(title=title, blocks=tuple(_survey(voice, survey)))
        yield from _indicators(voice)


def _survey(voice: Voice, survey: SurveyRules) -> Iterator[Block]:
    asked = survey.questionnaire
    said = [
        voice.say("survey.marks", marks=figure(asked.full_marks)),
        voice.say(f"respondents.{asked.respondents}"),
    ]
    if not asked.items:
        said.append(voice.say("survey.totals"))
    if asked.clause:
        said.append(voice.say("survey.clause", clause=voice.clause(asked.clause)))
    yield "\n".join(said)
    yield from _part(voice, "items", ITEM, tuple(_item(voice, one, asked) for one in asked.items))
    targets = (row for id_, one in survey.targets.items() for row in _target(voice, id_, one, asked))
    yield from _part(voice, "targets", TARGET, tuple(targets))
    yield from _part(
        voice, "follow-ups", FOLLOW_UP, tuple(_follow_up(voice, one) for one in survey.follow_ups)
    )
    if survey.blend:
        yield from _blend(voice, survey.blend)


def _part(voice: Voice, title: str, keys: tuple[str, ...], rows: tuple[Row, ...]) -> Iterator[Section]:
    if rows:
        yield Section(title=voice.say(title), blocks=(voice.table(keys, rows),))


def _item(voice: Voice, one: Item, asked: Questionnaire) -> Row:
    named = {dimension.id: dimension.label for dimension in asked.dimensions}
    dimension = voice.name(named.get(one.dimension), one.dimension) if one.dimension else ""
    clause = voice.clause(one.clause)
    return voice.named(one.label, one.id), dimension, _scale(voice, one.scale), figure(one.weight), clause


def _scale(voice: Voice, scale: Scale) -> str:
    transform = voice.say(f"scale.{scale.transform}")
    return "\n".join((str(scale), voice.say(f"scale.{scale.polarity}"), transform))


def _target(voice: Voice, id_: str, target: Target, asked: Questionnaire) -> Iterator[Row]:
    """A target, a row for each of its steps."""
    named = {one.id: one.label for one in asked.dimensions}
    of = voice.name(named[target.of], target.of) if target.of in named else voice.say(f"target.{target.of}")
    if not isinstance(target, Milestones):
        yield id_, of, _bound(voice, target), voice.clause(target.clause)
        return
    origin = (
        voice.say("target.origin", origin=target.origin) if target.origin else voice.say("target.no-origin")
    )
    for one in target.milestones:
        reach = voice.say("target.within", bound=_bound(voice, one), age=_age(voice, one.months))
        yield id_, of, f"{reach}\n{origin}", voice.clause(one.clause or target.clause)


def _age(voice: Voice, months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return voice.say("age.months", amount=months) if months > 1 else voice.say("age.month")
    return voice.say("age.years", amount=years) if years > 1 else voice.say("age.year")


def _bound(voice: Voice, one: Bounded) -> str:
    return voice.say(f"bound.{one.bound.sense}", figure=figure(one.bound.figure))


def _blend(voice: Voice, blend: Blend) -> Iterator[Section]:
    clause = voice.clause(blend.clause)
    first = (voice.say("blend.perception"), "", figure(blend.perception), clause)
    rows = (first, *(_share(voice, one) for one in blend.parts))
    table = voice.table(("indicator", "side", "weight", "clause"), rows)
    yield Section(title=voice.say("blend"), blocks=(voice.say(f"blend.{blend.missing}"), table))


def _share(voice: Voice, part: BlendPart) -> Row:
    name = voice.named(part.indicator.label, part.indicator.id)
    return name, voice.say(f"side.{part.side}"), figure(part.weight), voice.clause(part.indicator.clause)


def _indicators(voice: Voice) -> Iterator[Section]:
    rows = tuple(_indicator(voice, one) for one in voice.rules.indicators.values())
    if rows:
        table = voice.table(("indicator", "information", "better", "unit", "source", "clause"), rows)
        yield Section(title=voice.say("indicators"), blocks=(voice.say("indicators.apart"), table))


def _indicator(voice: Voice, one: Indicator) -> Row:
    return (
        voice.named(one.label, one.id),
        render(f"information.{one.kind}", {}, voice.lang, voice.catalogues),
        voice.say(f"better.{one.better}") if one.better else "",
        one.unit or "",
        one.source or "",
        voice.clause(one.clause),
    )


def _follow_up(voice: Voice, one: FollowUpRule) -> Row:
    opens = voice.rules.kinds.get(one.opens) if one.opens else None
    value = "" if one.value is None else figure(one.value)
    said = voice.say(f"when.{one.when}{'.value' if value else ''}", value=value)
    about = one.item or ("" if one.of == SCORE else one.of)
    when = voice.say("when.about", when=said, about=about) if about else said
    kind = voice.name(opens.label, opens.kind) if opens else ""
    return voice.named(one.label, one.id), when, kind, voice.clause(one.clause)
