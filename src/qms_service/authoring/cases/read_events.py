"""Reads the events of a case file, each in the words of its step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import attrs
from pendulum import DateTime

from qms_service.authoring.cases.moments import moment_of
from qms_service.events import Event
from qms_service.facts import Facts, FactType, Money, Quantity
from qms_service.findings import Finding
from qms_service.rulebooks.fact_check import read_facts
from qms_service.rulebooks.model import EventRule, KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.section import Problems, Section
from qms_service.rulebooks.system import SYSTEM_RULES

COLUMNS: Final = ("by", "department", "role", "on_behalf_of")


def read_moment(section: Section, key: str, rules: Rules, *, needed: bool = False) -> DateTime | None:
    """The moment under a key."""
    given = section.take(key, str, date, needed=needed)
    return None if given is None else section.problems.reading(section.at(key), moment_of, given, rules.zone)


def read_history(
    given: list[object], at: str, kind: KindRules, rules: Rules, problems: Problems
) -> list[Event]:
    """The events of a list; those that cannot be read are noted and left out."""
    read = (_item(item, f"{at}[{index}]", kind, rules, problems) for index, item in enumerate(given))
    return [event for event in read if event is not None]


def _item(given: object, at: str, kind: KindRules, rules: Rules, problems: Problems) -> Event | None:
    if not isinstance(given, dict):
        problems.wrong(at, given, dict)
        return None
    return _event(Section(given, at, problems), kind, rules)


def _event(section: Section, kind: KindRules, rules: Rules) -> Event | None:
    name = section.name("event", "event", (*kind.events, *SYSTEM_RULES), needed=True)
    moment = read_moment(section, "at", rules, needed=True)
    columns = read_columns(section)
    department = rules.department(columns["department"])
    if department is not None:
        names = (*rules.departments, *rules.spellings)
        section.problems.known("department", department, names, section.at("department"))
    if name is None or moment is None:
        return None
    rule = rules.event(kind, name)
    facts = _facts_of(section, rule, rules)
    note(read_facts(rule, facts)[1], section)
    return Event(name, moment, facts=facts, **columns)


def read_columns(section: Section) -> dict[str, Any]:
    """Who acts."""
    return {key: section.text(key) for key in COLUMNS}


def note(found: list[Finding], section: Section) -> None:
    """Notes what is wrong with the facts of a table."""
    for one in found:
        at = section.at(str(one.facts.get("fact", ""))).removesuffix(".")
        section.problems.note("refused", at, en=one.text("en"), zh=one.text("zh"))


def _facts_of(section: Section, rule: EventRule, rules: Rules) -> Facts:
    """What stands beside the columns; in a correction that names its event, `facts` is what it mends."""
    table = section.take("facts", dict) or {}
    beside = {
        key: value for key, value in section.raw.items() if key not in ("event", "at", "facts", *COLUMNS)
    }
    if rule.name == "corrected" and not table.keys() & {"at", "facts"} and "facts" in section.raw:
        table = {"facts": table}
    return read_values({**beside, **table}, rule, rules)


def read_values(given: Mapping[str, object], rule: EventRule, rules: Rules) -> Facts:
    """Facts as their types hold them, where what stands in TOML is written otherwise."""
    types = rule.fact_types
    return Facts({name: _value(types.get(name), value, rules) for name, value in given.items()})


def _value(type_: FactType | None, given: Any, rules: Rules) -> object:  # noqa: ANN401  # whatever TOML has
    """The value; what is none of its type stays, for the rules to say so."""
    if type_ is None:
        return given
    if type_.many and isinstance(given, list):
        one = attrs.evolve(type_, many=False)
        return tuple(_value(one, item, rules) for item in given)
    try:
        read = _READ.get(type_.kind)
        return given if read is None else read(given, rules)
    except (ValueError, TypeError, KeyError):
        return given


def _moment(given: object, rules: Rules) -> object:
    return moment_of(given, rules.zone)


def _money(given: Any, _rules: Rules) -> object:  # noqa: ANN401  # a table, or a TypeError
    return Money(**given)


def _quantity(given: object, _rules: Rules) -> object:
    return Quantity(**given) if isinstance(given, dict) else given


_READ: Final[Mapping[str, Callable[[Any, Rules], object]]] = {
    "instant": _moment,
    "money": _money,
    "quantity": _quantity,
}
