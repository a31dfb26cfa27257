"""Reads the facts, steps and gates of one kind of case."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs

from qms_service.events import ALWAYS, CLOSED, Condition, Selector
from qms_service.rulebooks.balance_need import BalanceNeed
from qms_service.rulebooks.context import UNREADABLE, BookContext, KindContext, fact_type_of, label_of
from qms_service.rulebooks.grammar import FACT, GATE, GATES, NEED_WORDS, NEEDS, SELECTOR, form_of
from qms_service.rulebooks.model import EventRule, FactRule, Gate
from qms_service.rulebooks.need import AllOf, AnyOf, CountOf, EventNeed, Need
from qms_service.rulebooks.read_each import read_each
from qms_service.rulebooks.section import Section
from qms_service.rulebooks.system import RESERVED


def read_facts(
    section: Section, book: BookContext, *, reserved: Collection[str] = RESERVED
) -> tuple[FactRule, ...]:
    """The declared facts of a table; each a type, or a table with a type and names."""
    rules = []
    for name, given in section.raw.items():
        if name in reserved:
            section.problems.note("reserved-name", section.at(name), got=name, allowed=reserved)
            continue
        section.problems.plain(name, section.at(name))
        table = given if isinstance(given, Mapping) else {"type": given}
        rules.append(_fact(name, Section(table, section.at(name), section.problems, FACT), book))
    return tuple(rules)


def _fact(name: str, section: Section, book: BookContext) -> FactRule:
    word = section.take("type", str, list)
    optional, undetermined = section.flag("optional"), section.flag("undetermined")
    label = label_of(section, name)
    section.finish()
    type_ = None
    if isinstance(word, list):
        _only_texts(word, section)
    if word is not None:
        type_ = section.problems.reading(section.path, fact_type_of, word, book.departments)
    if type_ is None:
        return FactRule(name=name, type=UNREADABLE, label=label)
    if undetermined and (type_.kind != "quantity" or type_.many):
        section.problems.note("undetermined-type", section.at("undetermined"), got=str(type_))
    type_ = attrs.evolve(type_, optional=type_.optional or optional, undetermined=undetermined)
    return FactRule(name=name, type=type_, label=label)


def _only_texts(values: list[object], section: Section) -> None:
    """Notes values of a fact that are no texts: a list of them is a list of words."""
    if not values:
        section.problems.note("empty", section.path)
    for index, value in enumerate(values):
        if not isinstance(value, str):
            section.problems.wrong(f"{section.path}[{index}]", value, str)


def read_event(name: str, section: Section, facts: tuple[FactRule, ...], kind: KindContext) -> EventRule:
    """One step of the procedure."""
    book = kind.book
    section.take("facts", dict)
    clause = book.clause(section)
    return _finished(
        section,
        EventRule(
            name=name,
            label=label_of(section, name, "label"),
            clause=clause,
            by=section.name("by", "department", book.departments),
            role=section.name("role", "role", book.roles),
            accountable=section.name("accountable", "department", book.departments),
            consulted=section.names("consulted", "department", book.departments),
            informed=section.names("informed", "department", book.departments),
            not_by=section.names("not_by", "event", kind.event_names),
            when=read_condition(section, "when", kind),
            gates=_gates(name, section, kind),
            facts=facts,
            form=label_of(section, name, "form") if "form" in section.raw else None,
            optional=section.flag("optional"),
            after_close=section.flag("after_close"),
        ),
    )


def _finished(section: Section, rule: EventRule) -> EventRule:
    section.finish()
    return rule


def read_condition(section: Section, key: str, kind: KindContext) -> Condition:
    """A condition on facts: a table, or a list of tables of which one must hold."""
    given = section.take(key, dict, list)
    if given is None:
        return ALWAYS
    tables: list[object] = given if isinstance(given, list) else [given]
    if not tables:
        section.problems.wrong(section.at(key), tables, dict)
    read: list[dict[str, object]] = []
    for table in tables:
        if not isinstance(table, dict):
            section.problems.wrong(section.at(key), table, dict)
            continue
        one: dict[str, object] = {}
        for path, values in table.items():
            at = f"{section.at(key)}.{path}"
            one[path] = kind.values(kind.fact_type(path, at), values, at)
        read.append(one)
    return Condition(read)


def read_selector(given: object, at: str, kind: KindContext) -> Selector | None:
    """An event by name, or a table that narrows it."""
    problems = kind.book.problems
    if isinstance(given, str):
        return Selector(event=given) if problems.known("event", given, kind.event_names, at) else None
    if not isinstance(given, dict):
        problems.wrong(at, given, str, dict)
        return None
    section = Section(given, at, problems, SELECTOR)
    selector = selector_in(section, kind)
    section.finish()
    return selector


def selector_in(section: Section, kind: KindContext) -> Selector | None:
    """An event by the keys of a table; None where there is none of that name, which is noted."""
    event = section.name("event", "event", kind.event_names)
    after = section.name("after", "event", kind.event_names)
    keeps = section.flag("keeps")
    where = section.take("where", dict) or {}
    if event is None:
        return None
    facts = kind.values_of(event)
    read = {}
    for name, values in where.items():
        at = f"{section.at('where')}.{name}"
        if kind.book.problems.known("fact", name, facts, at):
            read[name] = kind.values(facts[name], values, at)
    return Selector(event=event, where=read, after=after, keeps=keeps)


def read_selectors(section: Section, key: str, kind: KindContext) -> tuple[Selector, ...]:
    """A selector, or a list of which the first event to come counts."""
    given = section.take(key, str, dict, list)
    if given is None:
        return ()
    at = section.at(key)
    items = (
        [(f"{at}[{index}]", one) for index, one in enumerate(given)]
        if isinstance(given, list)
        else [(at, given)]
    )
    if not items:
        section.problems.note("empty", at)
    read = (read_selector(one, place, kind) for place, one in items)
    return tuple(one for one in read if one is not None)


def _gates(name: str, section: Section, kind: KindContext) -> tuple[Gate, ...]:
    given = section.take("needs", list) or []
    gates = [
        _gate(name, item, f"{section.at('needs')}[{index}]", section, kind)
        for index, item in enumerate(given)
    ]
    settled = section.texts("settled")
    if settled:
        gates.append(Gate(settled=settled, clause=kind.book.clause(section), id=name, absolute=True))
    return tuple(gate for gate in gates if gate is not None)


def _gate(name: str, given: object, at: str, owner: Section, kind: KindContext) -> Gate | None:
    absolute = name == CLOSED
    clause = owner.raw.get("clause")
    default = kind.book.cite(clause, owner.path) if isinstance(clause, str) else None
    if not isinstance(given, dict):
        bare = read_need(given, at, kind)
        return Gate(need=bare, clause=default, id=name, absolute=absolute) if bare else None
    section = Section(given, at, owner.problems, form_of(given, GATES))
    settled = section.texts("settled")
    need = None if settled and section.form is GATE else _need(section, kind)
    gate = Gate(
        need=need,
        settled=settled,
        when=read_condition(section, "when", kind),
        clause=kind.book.clause(section) or default,
        id=section.text("id") or name,
        if_known=section.flag("if_known"),
        absolute=section.flag("absolute") or absolute,
        waivable=section.flag("waivable"),
    )
    section.finish()
    return gate if need or settled else None


def read_need(given: object, at: str, kind: KindContext) -> Need | None:
    """One condition of a gate in any of its forms."""
    if isinstance(given, dict):
        section = Section(given, at, kind.book.problems, form_of(given, NEEDS))
        need = _need(section, kind)
        section.finish()
        return need
    return _event_need(read_selector(given, at, kind))


def _need(section: Section, kind: KindContext) -> Need | None:
    if "each" in section.raw:
        return _each(section, kind)
    for key, form in (("all", AllOf), ("any", AnyOf)):
        if key in section.raw:
            return form(_needs(section, key, kind))
    if "event" not in section.raw:
        if "balance" in section.raw:
            return _balanced(section, kind)
        section.problems.note("no-condition", section.path, allowed=NEED_WORDS)
        return None
    selector = selector_in(section, kind)
    known = kind.values_of(selector.event) if selector else {}
    return _counted(section, selector, known) if "count" in section.raw else _event_need(selector)


def _balanced(section: Section, kind: KindContext) -> Need | None:
    name = section.name("balance", "balance", kind.balances)
    balance = None if name is None else kind.balances[name]
    if_known = section.flag("if_known")
    return None if balance is None else BalanceNeed(balance, if_known=if_known)


def _event_need(selector: Selector | None) -> Need | None:
    return EventNeed(selector) if selector else None


def _each(section: Section, kind: KindContext) -> Need | None:
    """One event for each of several values: the event of the table itself, or any one of a list."""
    if "any" in section.raw:
        selectors = read_selectors(section, "any", kind)
    else:
        one = selector_in(section, kind)
        selectors = (one,) if one else ()
    each = read_each(section, selectors, kind)
    return each if selectors else None


def _counted(section: Section, selector: Selector | None, known: Collection[str]) -> Need | None:
    count = section.take("count", int)
    distinct = section.name("distinct", "fact", known) if selector else section.text("distinct")
    if count is not None and count < 1:
        section.problems.note("count-too-small", section.at("count"), got=count)
    return CountOf(selector, count, distinct) if selector and count else None


def _needs(section: Section, key: str, kind: KindContext) -> tuple[Need, ...]:
    given = section.take(key, list) or []
    if not given:
        section.problems.note("empty", section.at(key))
    read = (read_need(item, f"{section.at(key)}[{index}]", kind) for index, item in enumerate(given))
    return tuple(need for need in read if need is not None)
