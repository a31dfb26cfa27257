"""Reads the duties of a rulebook: `[duties.monthly-summary]`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from qms_service.deadlines.duties import AgeBand, Due, Duty, Every, FulfilledBy
from qms_service.rulebooks.amounts import word_in
from qms_service.rulebooks.context import BookContext, KindContext, label_of
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.read_events import selector_in
from qms_service.rulebooks.section import Section
from qms_service.rulebooks.system import SYSTEM_RULES

_WORDS: Final = ("of", "shift", "counted_from")


def read_duty(id_: str, section: Section, book: BookContext, kinds: Mapping[str, KindRules]) -> Duty | None:
    """One duty; None where it has a mistake, which is noted.

    Args:
        id_: Its name.
        section: Its table.
        book: The names of the rulebook.
        kinds: The kinds of case, of which an event may fulfil it.
    """
    before = len(section.problems.noted)
    if not section.raw.keys() & {"every", "ages"}:
        section.problems.note("duty-every", section.path)
    said: dict[str, Any] = {key: section.choice(key) for key in _WORDS}
    said |= {key: section.day(key) for key in ("starts_on", "ends_on")}
    said |= {
        "every": _parsed(section, "every", book, Every.parse),
        "due": _parsed(section, "due", book, Due.parse),
        "ages": tuple(_age(one, book) for one in section.listed("ages")),
        "times": section.take("times", int),
        "by": section.name("by", "department", book.departments),
        "clause": book.clause(section),
        "label": label_of(section, id_, "label"),
        "fulfilled_by": _fulfilled_by(section, book, kinds),
        "per": section.text("per"),
    }
    section.finish()
    if len(section.problems.noted) > before:
        return None
    given = {key: value for key, value in said.items() if value is not None}
    return section.problems.reading(section.path, Duty, id_, **given)


def _parsed(section: Section, key: str, book: BookContext, parse: Any) -> Any:  # noqa: ANN401  # of two kinds
    """What the text of a key says, with an error of its own place."""
    text = word_in(section, key, book)
    return None if text is None else section.problems.reading(section.at(key), parse, text)


def _age(section: Section, book: BookContext) -> AgeBand | None:
    every, up_to = word_in(section, "every", book), section.text("up_to")
    section.finish()
    if every is None:
        return None
    return section.problems.reading(section.path, AgeBand, every=every, up_to=up_to)


def _fulfilled_by(owner: Section, book: BookContext, kinds: Mapping[str, KindRules]) -> FulfilledBy | None:
    section = owner.inner("fulfilled_by")
    if not isinstance(owner.raw.get("fulfilled_by"), dict):
        return None
    section.finish()
    kind, counts_for = section.name("kind", "case-kind", kinds), section.choice("counts_for")
    period = section.text("period")
    if kind is None:
        return None
    context = _context(kinds[kind], book)
    selector = selector_in(section, context)
    if selector is None:
        return None
    facts = (*context.events[selector.event], *context.subject)
    for name, at in ((period, section.at("period")), (owner.text("per"), owner.at("per"))):
        if name is not None:
            owner.problems.known("fact", name, facts, at)
    counting = {} if counts_for is None else {"counts_for": counts_for}
    said = {"kind": kind, "where": dict(selector.where), "period": period, **counting}
    return section.problems.reading(section.path, FulfilledBy, selector.event, **said)


def _context(kind: KindRules, book: BookContext) -> KindContext:
    """The names of a kind of case that is read already."""
    rules = {**SYSTEM_RULES, **kind.events}
    return KindContext(
        book=book,
        subject=kind.subject_rule.fact_types,
        events={name: rule.fact_types for name, rule in rules.items()},
    )
