"""Situations (情形): the combinations of facts that some conditions can tell apart.

A fact has the values that the conditions name, and one more where its type has any other: what the conditions
cannot tell apart is one situation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import Final

from qms_service.events import Condition
from qms_service.events.condition import Test, among
from qms_service.facts import FactType
from qms_service.rulebooks.model import EventRule, KindRules
from qms_service.rulebooks.system import SYSTEM_RULES

Situation = Mapping[str, object]
OTHER: Final = "…"  # a value that no condition names
LIMIT: Final = 4096
FREE: Final[Situation] = {}


def tests_in(condition: Condition) -> Iterator[Test]:
    """The tests of a condition."""
    for tests in condition.alternatives:
        yield from tests


def situations(
    kind: KindRules,
    tests: Iterable[Test],
    there: Collection[str],
    fixed: Situation = FREE,
    *,
    limit: int = LIMIT,
) -> Iterator[Situation]:
    """The situations that the tests tell apart; nothing where there are too many to go through.

    Args:
        kind: The rules of the kind of case.
        tests: Facts by path, with the values asked.
        there: The events that can be on record; a fact of any other is absent.
        fixed: Facts that have one value.
        limit: How many are gone through.
    """
    named: dict[str, list[object]] = {}
    for path, allowed in tests:
        named.setdefault(path, []).extend(allowed)
    choices = {path: values_of(kind, path, asked, there, fixed) for path, asked in named.items()}
    if prod(map(len, choices.values())) <= limit:
        yield from (dict(zip(choices, values, strict=True)) for values in product(*choices.values()))


def values_of(
    kind: KindRules, path: str, asked: Iterable[object], there: Collection[str], fixed: Situation = FREE
) -> tuple[object, ...]:
    """The values that a fact can have, as far as the asked ones tell them apart; None alone where it is absent."""
    type_ = type_of(kind, path)
    event = path.partition(".")[0]
    if event != "subject" and event not in there:
        return (None,)
    if path in fixed:
        return (fixed[path],)
    if type_ is not None and type_.many:
        return (OTHER,)  # a list equals none of its values
    if type_ is not None and type_.kind == "bool":
        return (True, False)
    known = tuple(dict.fromkeys(asked))
    beyond = (OTHER,) if type_ is None or not type_.values else type_.values
    others = tuple(value for value in beyond if not among(value, known))
    return (*known, *others[:1])


def type_of(kind: KindRules, path: str) -> FactType | None:
    """The declared type of a fact; None of a column of an event, such as its department."""
    name, _, fact = path.partition(".")
    if name == "subject":
        return next((one.type for one in kind.subject if one.name == fact), None)
    rule: EventRule | None = kind.events.get(name) or SYSTEM_RULES.get(name)
    return rule.fact_types.get(fact) if rule else None
