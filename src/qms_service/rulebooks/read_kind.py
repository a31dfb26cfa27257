"""Reads the rules of one kind of case from its section of the rulebook."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import attrs

from qms_service.events import SYSTEM_EVENTS
from qms_service.facts import FactType
from qms_service.labels import Label
from qms_service.rulebooks.context import BookContext, KindContext, label_of
from qms_service.rulebooks.model import EventRule, FactRule, KindRules
from qms_service.rulebooks.read_clocks import read_clock, read_pause
from qms_service.rulebooks.read_events import read_event, read_facts
from qms_service.rulebooks.read_quantities import read_balance, read_quantities
from qms_service.rulebooks.read_routes import read_route
from qms_service.rulebooks.section import Section
from qms_service.rulebooks.system import SYSTEM_RULES

OPENED: Final = EventRule(name="opened", label=Label({"en": "Opened", "zh": "立案"}))
OPENINGS: Final = ("received", OPENED.name)


def read_kind(name: str, section: Section, book: BookContext) -> KindRules:
    """The rules of one kind of case: first its names, then all that refers to them."""
    subject = read_facts(section.inner("subject"), book, reserved=())
    sections = dict(section.inner("events").tables())
    facts = {event: _facts_of(one, book) for event, one in sections.items()}
    opening = section.name("opening", "event", sections) or _opening(sections)
    facts.setdefault(opening, ())
    kind = KindContext(
        book=book,
        subject={fact.name: fact.type for fact in subject},
        events=_system_types() | {event: _types(rules) for event, rules in facts.items()},
    )
    quantities = read_quantities(section.inner("quantities"), kind)
    balances = {
        id_: read_balance(id_, one, quantities, kind) for id_, one in section.inner("balances").tables()
    }
    kind = attrs.evolve(kind, balances=balances)
    events = {event: _event(event, one, facts[event], kind) for event, one in sections.items()}
    events.setdefault(opening, OPENED)
    pauses = {id_: read_pause(id_, one, kind) for id_, one in section.inner("pauses").tables()}
    clocks = {id_: read_clock(id_, one, pauses, kind) for id_, one in section.inner("clocks").tables()}
    routes = [read_route(id_, one, kind) for id_, one in section.inner("routes").tables()]
    rules = KindRules(
        kind=name,
        label=label_of(section, name, "label"),
        opening=opening,
        subject=subject,
        named={fact: kind.named(fact) for fact in kind.fact_names},
        events=events,
        pauses={id_: pause for id_, pause in pauses.items() if pause is not None},
        clocks={id_: clock for id_, clock in clocks.items() if clock is not None},
        routes=tuple(route for route in routes if route is not None),
        late_entry=book.term(section, "late_entry"),
        quantities={name: tally for name, tally in quantities.items() if tally is not None},
        balances={id_: balance for id_, balance in balances.items() if balance is not None},
    )
    section.finish()
    return rules


def _facts_of(section: Section, book: BookContext) -> tuple[FactRule, ...]:
    given = section.raw.get("facts")
    return (
        read_facts(Section(given, section.at("facts"), section.problems), book)
        if isinstance(given, dict)
        else ()
    )


def _types(rules: tuple[FactRule, ...]) -> Mapping[str, FactType]:
    return {rule.name: rule.type for rule in rules}


def _system_types() -> dict[str, Mapping[str, FactType]]:
    return {name: rule.fact_types for name, rule in SYSTEM_RULES.items()}


def _opening(declared: Collection[str]) -> str:
    """The event that opens a case where the rulebook names none: one of the usual two, else `opened` is added."""
    return next((name for name in OPENINGS if name in declared), OPENED.name)


def _event(name: str, section: Section, facts: tuple[FactRule, ...], kind: KindContext) -> EventRule:
    section.problems.plain(name, section.path)
    if name in SYSTEM_EVENTS:
        section.problems.note("system-event", section.path, got=name)
    return read_event(name, section, facts, kind)
