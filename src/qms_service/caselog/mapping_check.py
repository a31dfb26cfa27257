"""Compares a mapping with the rulebook and with the log: every name it uses must exist there."""

from __future__ import annotations

from collections.abc import Mapping

from qms_service.caselog.mapping import FactColumn, LogMapping
from qms_service.facts import FactType
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.section import Problems
from qms_service.rulebooks.system import SYSTEM_RULES


def check_names(mapping: LogMapping, rules: Rules, problems: Problems) -> None:
    """Notes each kind, event, fact, value and department that the rulebook does not know."""
    if not problems.known("case-kind", mapping.kind, rules.kinds, "kind"):
        return
    events = event_names(rules, mapping.kind)
    for event, _ in mapping.events:
        problems.known("event", event, events, f"events.{event}")
    for spelling, event in mapping.rows.names if mapping.rows else ():
        problems.known("event", event, events, f"event.names.{spelling}")
    for spelling, department in mapping.departments:
        problems.known("department", department, rules.departments, f"departments.{spelling}")
    for fact in mapping.facts:
        _check_fact(fact, rules, mapping.kind, problems)
    _check_needed(mapping, rules, problems)


def _check_fact(fact: FactColumn, rules: Rules, kind: str, problems: Problems) -> None:
    path = fact.path
    if fact.owner != "subject" and not problems.known("event", fact.owner, event_names(rules, kind), path):
        return
    declared = facts_of(rules, kind, fact.owner)
    if not problems.known("fact", fact.name, declared, path):
        return
    type_ = declared[fact.name]
    for spelling, value in fact.values:
        problems.reading(f"{path}.values.{spelling}", type_.read, fact.name, value)
    if type_.kind == "money" and fact.currency is None:
        problems.note("missing-key", path, key="currency")


def _check_needed(mapping: LogMapping, rules: Rules, problems: Problems) -> None:
    """Notes the facts that every case or event must bring and for which no column is named."""
    named = {fact.fact for fact in mapping.facts}
    known = set(event_names(rules, mapping.kind))
    for owner in ("subject", *(event for event, _ in mapping.events if event in known)):
        for name, declared in facts_of(rules, mapping.kind, owner).items():
            if not declared.optional and f"{owner}.{name}" not in named:
                problems.note("no-column", "subject" if owner == "subject" else f"facts.{owner}", fact=name)


def event_names(rules: Rules, kind: str) -> tuple[str, ...]:
    """Every event that a case of the kind can have."""
    return (*rules.kind(kind).events, *SYSTEM_RULES)


def facts_of(rules: Rules, kind: str, owner: str) -> Mapping[str, FactType]:
    """The declared facts of an event, or of the subject."""
    if owner == "subject":
        return {fact.name: fact.type for fact in rules.kind(kind).subject}
    return rules.event(rules.kind(kind), owner).fact_types


def check_columns(mapping: LogMapping, header: tuple[str, ...], problems: Problems) -> None:
    """Notes each column that the log does not have, or has twice."""
    for path, column in mapping.columns():
        if problems.known("column", column, header, path) and header.count(column) > 1:
            problems.note("column-twice", path, got=column)
