"""Letter (事件样本): one event as a walk through histories offers it, and the values that stand for all values of its facts.

Gates compare facts with the values that rules name, and with nothing else. So each value that a rule names
stands for itself, one that none names for all the others, and a fact that may be absent is left out once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import count, islice, product
from typing import Literal

import attrs
import pendulum

from qms_service.events.condition import among
from qms_service.facts import FactKind, FactType, Money
from qms_service.rulebooks.model import EventRule, FactRule

FIRST = pendulum.datetime(2026, 1, 1, tz="UTC")
LAST_DAY = date(9000, 1, 1)
COLUMNS = ("role", "by", "department", "on_behalf_of")
Pairs = tuple[tuple[str, object], ...]
Edited = Literal["", "here", "before"]


@attrs.frozen
class Letter:
    """An event without its moment.

    Args:
        event: Its name.
        facts: What it puts on record.
        columns: Who acts: each step has a person of its own, in the role that it asks for.
        edited: Instead of one more event a correction, after which one on record reads like this: one of the
            cycle (`"here"`), or of a cycle before.
    """

    event: str
    facts: Pairs = ()
    columns: Pairs = ()
    edited: Edited = ""
    _values: Mapping[str, object] = attrs.field(init=False, eq=False, repr=False)

    @_values.default
    def _by_name(self) -> Mapping[str, object]:
        return {**dict(self.facts), **dict(self.columns)}

    def value(self, name: str) -> object:
        """A fact of the event, or one of its own columns."""
        return self._values.get(name)


def letters_of(
    rule: EventRule, read: Iterable[tuple[str, tuple[object, ...]]], departments: tuple[str, ...], spare: int
) -> Iterator[Letter]:
    """Every letter of a step that gates can tell apart.

    Args:
        rule: The step.
        read: What is read of it: a fact or column with the values that it is compared with.
        departments: The departments of the rulebook.
        spare: How many values that no rule names are needed: gates may count different ones.
    """
    named: dict[str, list[object]] = {}
    for fact, values in read:
        named.setdefault(fact, []).extend(values)
    facts = [[(fact.name, value) for value in _slot(fact, named, spare)] for fact in rule.facts]
    columns = [
        [(name, value) for value in _column(name, rule, named, departments, spare)] for name in COLUMNS
    ]
    for said, acting in product(product(*facts), product(*columns)):
        yield Letter(rule.name, _present(said), _present(acting))


def another(rule: EventRule, letter: Letter, besides: Collection[str] = ()) -> tuple[str, object] | None:
    """A fact of a letter, besides some, with a value that it does not have; None where it can say nothing else."""
    facts = (fact for fact in rule.facts if fact.name not in besides)
    found = (
        (fact.name, value) for fact in facts for value in _some(fact.type) if value != letter.value(fact.name)
    )
    return next(found, None)


def _some(type_: FactType) -> Iterator[object]:
    """Two values of a type, where it has two, and before these the absence of one that may be absent."""
    if type_.optional:
        yield None
    two = tuple(islice(_all_values(attrs.evolve(type_, many=False)), 2))
    yield from ((two[:1], ()) if type_.many else two)


def _present(pairs: Pairs) -> Pairs:
    return tuple(pair for pair in pairs if pair[1] is not None)


def _column(
    name: str, rule: EventRule, named: Mapping[str, list[object]], departments: tuple[str, ...], spare: int
) -> list[object]:
    """The values of a column; of one that nobody reads the one that its gates ask for."""
    own: dict[str, list[object]] = {
        "role": [rule.role],
        "by": [f"{rule.name} {n}" for n in range(1, spare + 1)],
    }
    if name not in named:
        return own.get(name, [None])[:1]
    own["department"] = [*departments[: spare + len(named[name])]]
    return list(dict.fromkeys((*own.get(name, ()), *named[name], None)))


def _slot(fact: FactRule, named: Mapping[str, list[object]], spare: int) -> list[object]:
    """The values of one fact; of one that nobody reads none where it may be absent, else any."""
    if fact.name in named:
        return list(_values(fact.type, named[fact.name], spare))
    return [None] if fact.type.optional else list(_values(fact.type, (), 1))


def _values(type_: FactType, named: Iterable[object], spare: int) -> Iterator[object]:
    """The values named, then as many others, then absence."""
    one = attrs.evolve(type_, many=False)
    known = list(dict.fromkeys((type(value), value) for value in named))
    others = islice((v for v in _all_values(one) if not among(v, (w for _, w in known))), spare)
    if type_.many:
        listed = (*(value for _, value in known), *others)
        yield from (listed[:n] for n in range(len(listed) + 1))
    else:
        yield from (value for _, value in known)
        yield from others
    if type_.optional:
        yield None


def _all_values(type_: FactType) -> Iterator[object]:
    """Values of a type, one after the other."""
    if type_.kind == "bool":
        return iter((True, False))
    if type_.values:
        return iter(type_.values)
    return (_number(type_.kind, n) for n in count(1))


def _number(kind: FactKind, n: int) -> object:
    """The n-th value of a type that has no end of them."""
    match kind:
        case "text":
            return f"text {n}"
        case "date":
            return FIRST.date() + timedelta(days=n)
        case "instant":
            return FIRST.add(days=n)
        case "money":
            return Money(amount=Decimal(n), currency="CNY")
        case "decimal":
            return Decimal(n)
    return n
