"""Reads the surveys of a rulebook: `[surveys.customer]` with its scales, dimensions, items, targets and follow-ups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import attrs

from qms_service.rulebooks.context import BookContext, label_of
from qms_service.rulebooks.read_follow_ups import read_follow_ups
from qms_service.rulebooks.read_targets import read_targets
from qms_service.rulebooks.section import Section
from qms_service.rulebooks.survey_rules import SurveyRules
from qms_service.satisfaction import Blend, BlendPart, Dimension, Indicator, Item, Questionnaire, Scale

_WORDS: Final = ("respondents", "duplicates", "late", "unasked")
_NUMBERS: Final = ("full_marks", "answered_at_least")


@attrs.frozen(eq=False)
class OnScale:
    """A scale, and how answers on it are written."""

    scale: Scale
    marks: Mapping[str, Any]


def read_survey(
    id_: str,
    section: Section,
    book: BookContext,
    kinds: Collection[str],
    indicators: Mapping[str, Indicator | None],
) -> SurveyRules | None:
    """One survey; None where it has a mistake, which is noted.

    Args:
        id_: Its name.
        section: Its table.
        book: The names of the rulebook.
        kinds: The kinds of case that a follow-up may open.
        indicators: The indicators that it may be blended with.
    """
    before = len(section.problems.noted)
    section.problems.plain(id_, section.path)
    said: dict[str, Any] = {key: section.choice(key) for key in _WORDS}
    said |= {key: section.number(key) for key in _NUMBERS} | {"base": section.take("base", int)}
    said |= {"clause": book.clause(section), "label": label_of(section, id_, "label")}
    scales = {name: _scale(one) for name, one in section.inner("scales").tables()}
    dimensions = {name: _dimension(name, one) for name, one in section.inner("dimensions").tables()}
    items = [_item(name, one, book, scales, dimensions) for name, one in section.inner("items").tables()]
    _note_empty(section, dimensions)
    targets = read_targets(section.inner("targets"), book, dimensions)
    follow_ups = read_follow_ups(
        section.inner("follow_ups"),
        book,
        kinds=kinds,
        dimensions=dimensions,
        items=section.inner("items").raw,
    )
    blend = _blend(section, book, scales, indicators)
    section.finish()
    if len(section.problems.noted) > before:
        return None
    said = {key: value for key, value in said.items() if value is not None}
    said |= {"items": tuple(items), "dimensions": dimensions}
    questionnaire = section.problems.reading(section.path, Questionnaire, id_, **said)
    if questionnaire is None:
        return None
    return SurveyRules(questionnaire=questionnaire, targets=targets, follow_ups=follow_ups, blend=blend)


def _scale(section: Section) -> OnScale | None:
    low, high = section.number("low"), section.number("high")
    said = {key: section.choice(key) for key in ("polarity", "transform")}
    marks: dict[str, Any] = {
        key: section.texts(key) for key in ("not_applicable", "missing") if key in section.raw
    }
    marks["words"] = _words(section)
    section.finish()
    if low is None or high is None:
        return None
    given = {key: word for key, word in said.items() if word is not None}
    scale = section.problems.reading(section.path, Scale, low, high, **given)
    return None if scale is None else OnScale(scale, marks)


def _words(section: Section) -> Mapping[str, Any]:
    """Answers that are words, each with its number."""
    table = section.inner("words")
    return {word: table.number(word) for word in table.raw}


def _dimension(id_: str, section: Section) -> Dimension:
    label = label_of(section, id_)
    section.finish()
    return Dimension(id_, label)


def _item(
    id_: str,
    section: Section,
    book: BookContext,
    scales: Mapping[str, OnScale | None],
    dimensions: Collection[str],
) -> Item | None:
    scale = section.name("scale", "scale", scales)
    said: dict[str, Any] = {
        "dimension": section.name("dimension", "dimension", dimensions),
        "weight": section.number("weight"),
        "clause": book.clause(section),
        "label": label_of(section, id_),
    }
    section.finish()
    found = scales[scale] if scale is not None else None
    if found is None:
        return None
    given = {key: value for key, value in said.items() if value is not None}
    return section.problems.reading(section.path, Item, id_, found.scale, **given, **found.marks)


def _note_empty(section: Section, dimensions: Iterable[str]) -> None:
    """Notes a dimension of which there is no item: nobody could ever score it."""
    items = section.inner("items").raw.values()
    named = [one.get("dimension") for one in items if isinstance(one, Mapping)]
    for name in dimensions:
        if name not in named:
            section.problems.note("dimension-empty", section.at(f"dimensions.{name}"), got=name)


def _blend(
    survey: Section,
    book: BookContext,
    scales: Mapping[str, OnScale | None],
    indicators: Mapping[str, Indicator | None],
) -> Blend | None:
    """How the survey and indicators are made one figure; None where the rulebook keeps them apart."""
    section = survey.inner("blend")
    if not isinstance(survey.raw.get("blend"), dict):
        return None
    perception, missing = section.number("perception"), section.choice("missing")
    clause, id_ = book.clause(section), survey.path.rpartition(".")[2]
    parts = tuple(_part(one, scales, indicators) for one in section.listed("parts"))
    section.finish()
    if perception is None or missing is None or None in parts:
        return None
    said = {"perception": perception, "parts": parts, "missing": missing, "clause": clause}
    return section.problems.reading(section.path, Blend, id=id_, **said)


def _part(
    section: Section, scales: Mapping[str, OnScale | None], indicators: Mapping[str, Indicator | None]
) -> BlendPart | None:
    name, weight, side = (
        section.name("indicator", "indicator", indicators),
        section.number("weight"),
        section.choice("side"),
    )
    on = section.name("scale", "scale", scales)
    section.finish()
    found = indicators[name] if name is not None else None
    scale = scales[on] if on is not None else None
    if found is None or weight is None or side is None:
        return None
    given = {"scale": scale.scale} if scale else {}
    return section.problems.reading(section.path, BlendPart, found, weight=weight, side=side, **given)


def read_indicator(id_: str, section: Section, book: BookContext) -> Indicator | None:
    """One indicator; None where it cannot be made of what the rulebook says, which is noted."""
    said: dict[str, Any] = {key: section.choice(key) for key in ("kind", "better")}
    said |= {key: section.text(key) for key in ("unit", "source")}
    said |= {"clause": book.clause(section), "label": label_of(section, id_)}
    section.finish()
    given = {key: value for key, value in said.items() if value is not None}
    return section.problems.reading(section.path, Indicator, id_, **given)
