"""Counted (计数视点): what the quantities of a balance come to, seen as events come; and the figures that try it.

A figure that no rule names stands for all others, but a sum has to come out: so a figure may be nothing, too,
or what the relation itself names.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import cast

import attrs

from qms_service.events import Timeline
from qms_service.quantities import Balance, Figure, Tally
from qms_service.quantities.reckoned import Reckoned
from qms_service.rulebooks.balance_need import BalanceNeed
from qms_service.rulebooks.letter import Letter
from qms_service.rulebooks.machine import SUBJECT, Sight, settle
from qms_service.rulebooks.model import EventRule
from qms_service.rulebooks.need import AllOf, AnyOf, Need
from qms_service.rulebooks.sight import Holds


@attrs.frozen
class Counted(Sight):
    """The figures of a quantity by key, as far as events put them on record."""

    tally: Tally
    named: tuple[int, ...]

    def reckoned(self, seen: Hashable) -> Reckoned:
        """What it sees as the figures of the quantity."""
        tally = self.tally
        paths = tuple(f"{event}.{fact}" for event, fact in tally.paths)
        nothing = Figure() if tally.how == "sum" else Figure(missing=paths)
        figures = cast("frozenset[tuple[object, int]]", seen)
        known = {key: Figure(amount=value, units=("",)) for key, value in figures}
        return Reckoned(known if tally.per else {None: nothing, **known}, nothing)

    def __attrs_post_init__(self) -> None:
        tally = self.tally
        keys = ((event, tally.per, ()) for event in tally.events if tally.per)
        paths = ((*path, self.named) for path in tally.paths)
        settle(self, events=tally.events, reads=(*paths, *keys), start=frozenset())

    def met(self, seen: Hashable, letter: Letter) -> Hashable:
        """With the figures of this event: added, or instead of those before."""
        figures = dict(cast("frozenset[tuple[object, int]]", seen))
        key = letter.value(self.tally.per) if self.tally.per else None
        said = (letter.value(fact) for event, fact in self.tally.paths if event == letter.event)
        for value in (cast("int", one) for one in said if one is not None):
            before = figures.get(key, 0) if self.tally.how == "sum" else 0
            figures[key] = before + value
        return frozenset(figures.items())


def counted_of_step(bound: tuple[Balance, ...], rule: EventRule) -> Iterator[Sight]:
    """What the balances of a step see: those it is judged by, and those that its gates ask for."""
    asked = (balance for gate in rule.gates for balance in _balances(gate.need))
    for balance in (*bound, *asked):
        for one in counted_of(balance):
            yield one
            for event, fact in one.tally.paths:
                if event == SUBJECT:
                    yield Holds(event, fact, one.named, keeps=True)


def counted_of(balance: Balance) -> Iterator[Counted]:
    """What a balance sees of the events."""
    relation = balance.rule
    named = tuple(dict.fromkeys((0, abs(relation.left.number - relation.right.number))))
    for tally in balance.tallies:
        if isinstance(tally, Tally):
            yield Counted(tally, named, keeps=tally.keeps)


def keys_broken(balance: Balance, seen: Mapping[object, Hashable]) -> tuple[object, ...]:
    """The keys for which a balance does not hold yet; none where a quantity is one of the subject."""
    found: dict[str, Reckoned] = {}
    for tally in balance.tallies:
        if isinstance(tally, Tally):
            if any(event == SUBJECT for event, _ in tally.paths):
                return ()
        else:
            found[tally.name] = tally.reckon(Timeline(()), found)
            continue
        found[tally.name] = next(one.reckoned(seen[one]) for one in counted_of(balance) if one.tally == tally)
    return tuple(state.key for state in balance.broken(found, strictly=True))


def _balances(need: Need | None) -> Iterator[Balance]:
    if isinstance(need, BalanceNeed):
        yield need.balance
    elif isinstance(need, AllOf | AnyOf):
        for one in need.needs:
            yield from _balances(one)
