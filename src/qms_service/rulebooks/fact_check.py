"""What the rules say of facts: undeclared, mistyped, missing. No concession covers these."""

from __future__ import annotations

import attrs

from qms_service.errors import FactValueError, nearest
from qms_service.events import Event
from qms_service.facts import Facts, FactType
from qms_service.findings import Finding
from qms_service.rulebooks.model import EventRule


def read_facts(rule: EventRule, facts: Facts) -> tuple[Facts, list[Finding]]:
    """The facts of an event as they are kept, and what its declaration finds wrong with them.

    Each is kept as its type holds it; absent ones are left out. Of a fact that is wrong, what was given stays.
    """
    types = rule.fact_types
    kept: dict[str, object] = {}
    found: list[Finding] = []
    as_given = True
    for name, value in facts.items():
        type_ = types.get(name)
        if type_ is not None and type(value) is type_.exact:
            kept[name] = value
        elif value is not None:
            kept[name] = _read(rule, type_, name, value, found)
        as_given = as_given and kept.get(name) is value
    for name in rule.required:
        value = kept.get(name)
        if value is None or (type(value) is str and _is_blank(value, types[name])):
            found += [_refusal(rule, "missing-fact", fact=name, allowed=str(types[name]))]
    return (facts if as_given and len(kept) == len(facts) else Facts(kept)), found


def _is_blank(value: str, type_: FactType) -> bool:
    """Whether a text is nothing but white space, which says no more than none."""
    return type_.kind == "text" and not value.strip()


def read_change(rule: EventRule, target: Event, correction: Event) -> tuple[Event, list[Finding]]:
    """A correction with the facts that it brings as the event that it mends declares them.

    A fact that it sets to None is taken off the record, where the event can do without.
    """
    change = correction.facts.get("facts")
    if not isinstance(change, Facts):
        return correction, []
    whole, found = read_facts(rule, Facts({**target.facts, **change}))
    wrong = [finding for finding in found if finding.facts.get("fact") in change]
    read = Facts({name: whole.get(name) for name in change})
    return attrs.evolve(correction, facts=Facts({**correction.facts, "facts": read})), wrong


def _read(rule: EventRule, type_: FactType | None, name: str, value: object, found: list[Finding]) -> object:
    if type_ is None:
        guess = nearest(name, rule.fact_types)
        code = "unknown-fact.nearest" if guess else "unknown-fact"
        found.append(_refusal(rule, code, fact=name, allowed=tuple(rule.fact_types), nearest=guess))
        return value
    try:
        return type_.read(name, value)
    except FactValueError as error:
        found.append(_refusal(rule, error.code, **error.operands))
        return value


def _refusal(rule: EventRule, code: str, **operands: object) -> Finding:
    return Finding(
        code=code, severity="refusal", subject=rule.name, clause=rule.clause, facts=operands, absolute=True
    )
