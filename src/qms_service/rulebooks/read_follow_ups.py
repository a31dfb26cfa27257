"""Reads which dissatisfaction of a survey asks for action."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from qms_service.rulebooks.amounts import UNSET, amount_in
from qms_service.rulebooks.context import BookContext, label_of
from qms_service.rulebooks.section import Section
from qms_service.satisfaction import FollowUpRule
from qms_service.satisfaction.follow_ups.rule import SCORE

Known = Mapping[str, tuple[str, Collection[str]]]


def read_follow_ups(
    section: Section,
    book: BookContext,
    *,
    kinds: Collection[str],
    dimensions: Collection[str],
    items: Collection[str],
) -> tuple[FollowUpRule, ...]:
    """The rules in their order, without those whose figure nobody has set yet; what is wrong is noted."""
    known = {
        "of": ("dimension", (SCORE, *dimensions)),
        "item": ("item", items),
        "opens": ("case-kind", kinds),
    }
    read = (_follow_up(id_, one, book, known) for id_, one in section.tables())
    return tuple(one for one in read if one is not None)


def _follow_up(id_: str, section: Section, book: BookContext, known: Known) -> FollowUpRule | None:
    when, value = section.choice("when"), amount_in(section, "value", book)
    said: dict[str, Any] = {
        "value": value,
        **{key: section.name(key, kind, names) for key, (kind, names) in known.items()},
        "clause": book.clause(section),
        "label": label_of(section, id_, "label"),
    }
    section.finish()
    if when is None or value == UNSET or (value is None and "value" in section.raw):
        return None
    given = {key: one for key, one in said.items() if one is not None}
    return section.problems.reading(section.path, FollowUpRule, id_, when=when, **given)
