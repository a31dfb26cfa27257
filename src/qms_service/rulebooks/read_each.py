"""Reads the values of a gate that asks for one event for each of them, and what they are compared with."""

from __future__ import annotations

from typing import Final

import attrs

from qms_service.events import Selector
from qms_service.facts import FactType
from qms_service.rulebooks.context import KindContext
from qms_service.rulebooks.each_of import EachOf
from qms_service.rulebooks.section import Section

COLUMN: Final = "department"  # what is compared where the rule names no other
WORDS: Final = frozenset(("text", "values", "department"))  # kinds of facts whose values are texts


def read_each(section: Section, selectors: tuple[Selector, ...], kind: KindContext) -> EachOf | None:
    """One event for each value of a listed fact, of every event with that fact, or of a list."""
    given, every = section.take("each", str, list), section.flag("every")
    if_known = section.flag("if_known")
    match = section.text("match") or COLUMN
    types = _matched(section, match, selectors, kind)
    if every and (isinstance(given, list) or str(given).startswith("subject.")):
        section.problems.note("each-every", section.at("every"), got=given)
    if every and any(one.keeps for one in selectors):
        section.problems.note("each-keeps", section.at("every"))
    if isinstance(given, list):
        values = _listed(section, match, given, types)
        return EachOf(each=values, selectors=selectors, match=match) if values else None
    listed = _listing(section, given, types, kind)
    if listed is None or given is None:
        return None
    shared = _shared(listed, types)
    return EachOf(each=given, selectors=selectors, match=match, every=every, if_known=if_known, shared=shared)


def _matched(
    section: Section, match: str, selectors: tuple[Selector, ...], kind: KindContext
) -> tuple[FactType, ...]:
    """The types that the matching fact has; nothing where one of the events has no such fact."""
    known = [kind.values_of(event) for event in dict.fromkeys(one.event for one in selectors)]
    read = [section.problems.known("fact", match, facts, section.at("match")) for facts in known]
    return tuple(attrs.evolve(facts[match], many=False) for facts in known) if all(read) else ()


def _listed(
    section: Section, match: str, given: list[object], types: tuple[FactType, ...]
) -> tuple[object, ...]:
    """The values of a list, as events carry them."""
    if not given:
        section.problems.note("empty", section.at("each"))
    read, at = section.problems.reading, section.at("each")
    found = [
        [read(f"{at}[{index}]", type_.read, match, value) for index, value in enumerate(given)]
        for type_ in dict.fromkeys(types)
    ]
    return tuple(dict.fromkeys(found[0])) if found else ()


def _listing(
    section: Section, path: str | None, types: tuple[FactType, ...], kind: KindContext
) -> FactType | None:
    """The type of the fact that lists the values; one whose values no event can carry is noted."""
    listed = None if path is None else kind.fact_type(path, section.at("each"))
    if listed is None:
        return None
    if "match" not in section.raw and section.flag("every") and listed.kind != COLUMN:
        section.problems.note("missing-key", section.at("match"), key="match")
        return None
    for type_ in dict.fromkeys(types):
        if not _comparable(listed, type_):
            section.problems.note(
                "each-kinds", section.at("match"), got=str(type_), allowed=str(listed), each=path
            )
    return listed


def _comparable(listed: FactType, type_: FactType) -> bool:
    """Whether values of two types can be equal: a text may be one of a list, or name a department."""
    kinds = (listed.kind, type_.kind)
    if kinds[0] != kinds[1] and not ("text" in kinds and WORDS.issuperset(kinds)):
        return False
    return not (listed.values and type_.values) or not set(listed.values).isdisjoint(type_.values)


def _shared(listed: FactType, types: tuple[FactType, ...]) -> tuple[object, ...]:
    """Two values that the listing fact has in common with each of the matching ones, where one has a list."""
    found: dict[object, None] = {}
    for type_ in types:
        both = [one for one in listed.values or type_.values if one in (type_.values or listed.values)]
        found |= dict.fromkeys(both[:2])
    return tuple(found)
