"""Reads what a survey has to reach."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from qms_service.rulebooks.amounts import UNSET, amount_in
from qms_service.rulebooks.context import BookContext
from qms_service.rulebooks.section import Section
from qms_service.satisfaction.targets import Milestone, Milestones, Target, Threshold
from qms_service.satisfaction.targets.bound import SENSES

WHOLE: Final = ("score", "response-rate")


def read_targets(section: Section, book: BookContext, dimensions: Collection[str]) -> dict[str, Target]:
    """The targets by name, without those whose figure nobody has set yet; what is wrong is noted."""
    read = {name: _target(one, book, (*WHOLE, *dimensions)) for name, one in section.tables()}
    return {name: one for name, one in read.items() if one is not None}


def _target(section: Section, book: BookContext, parts: Collection[str]) -> Target | None:
    of, clause = section.name("of", "dimension", parts) or WHOLE[0], book.clause(section)
    bounds, origin = _bounds(section, book), _origin(section)
    steps = [_step(one, book) for one in section.listed("milestones")]
    grows = "milestones" in section.raw
    if grows and (bounds or bounds is None):
        section.problems.note("target-both", section.path)
    elif "origin" in section.raw and not grows:
        section.problems.note("target-origin", section.at("origin"))
    section.finish()
    if bounds is None or None in steps:
        return None
    if not grows:
        return section.problems.reading(section.path, Threshold, of=of, clause=clause, **bounds)
    said: dict[str, Any] = {"milestones": steps, "origin": origin, "of": of, "clause": clause}
    return section.problems.reading(section.path, Milestones, **said)


def _step(section: Section, book: BookContext) -> Milestone | None:
    bounds, within, clause = _bounds(section, book), section.text("within"), book.clause(section)
    section.finish()
    if bounds is None or within is None:
        return None
    return section.problems.reading(section.path, Milestone, within=within, clause=clause, **bounds)


def _bounds(section: Section, book: BookContext) -> dict[str, Any] | None:
    """The figures by their sense; None where one is not set, or no figure at all."""
    found: dict[str, Any] = {
        sense: amount_in(section, sense, book) for sense in SENSES if sense in section.raw
    }
    return None if None in found.values() or UNSET in found.values() else found


def _origin(section: Section) -> object:
    """The day from which milestones count; `"?"` where the source does not say."""
    if section.raw.get("origin") == UNSET:
        return section.text("origin")
    return section.day("origin")
