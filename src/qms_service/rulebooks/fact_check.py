"""What the rules say of facts: undeclared, mistyped, missing. No concession covers these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qms_service.errors import nearest
from qms_service.facts import Facts, FactType, FactValueError
from qms_service.findings import Finding
from qms_service.rulebooks.model import EventRule


def fact_findings(rule: EventRule, facts: Mapping[str, object]) -> list[Finding]:
    """The facts of an event that its declaration does not allow, and those that it needs and lacks."""
    types = rule.fact_types
    if not types and not facts:
        return []
    found = [finding for name, value in facts.items() for finding in _wrong(rule, name, value)]
    for name, type_ in types.items():
        if not type_.optional and facts.get(name) is None:
            found.append(_refusal(rule, "missing-fact", fact=name, allowed=str(type_)))
    return found


def read_facts(rule: EventRule, given: Facts) -> Facts:
    """The facts as they are kept: each as its type holds it, absent ones left out."""
    if not given:
        return given
    types = rule.fact_types
    return Facts({name: types[name].read(name, value) for name, value in given.items() if value is not None})


def _wrong(rule: EventRule, name: str, value: object) -> Iterator[Finding]:
    type_: FactType | None = rule.fact_types.get(name)
    if type_ is None:
        guess = nearest(name, rule.fact_types)
        code = "unknown-fact.nearest" if guess else "unknown-fact"
        yield _refusal(rule, code, fact=name, allowed=tuple(rule.fact_types), nearest=guess)
    elif value is not None:
        try:
            type_.read(name, value)
        except FactValueError as error:
            yield _refusal(rule, "fact-value", **error.operands)


def _refusal(rule: EventRule, code: str, **operands: object) -> Finding:
    return Finding(
        code=code, severity="refusal", subject=rule.name, clause=rule.clause, facts=operands, absolute=True
    )
