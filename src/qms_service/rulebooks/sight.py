"""Sight (视点): one thing that a gate, or whoever asks beside it, can see of a history as events come.

Each sight is a small machine: a value to begin with, and the value after one more event. What gates see of
a history is what the machines hold, so two histories with the same values are one state: whatever follows,
they answer alike.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, Final

import attrs

from qms_service.events import CLOSED, Condition, Selector
from qms_service.events.condition import Test, among
from qms_service.quantities import Balance
from qms_service.quantities import Tally as Counted
from qms_service.rulebooks.balance_need import BalanceNeed
from qms_service.rulebooks.each_of import EachOf
from qms_service.rulebooks.each_sight import Answered, Item
from qms_service.rulebooks.letter import Letter
from qms_service.rulebooks.machine import REOPENED, SUBJECT, Sight, settle
from qms_service.rulebooks.model import EventRule, Gate
from qms_service.rulebooks.need import AllOf, AnyOf, CountOf, EventNeed, Need


@attrs.frozen
class Fits(Sight):
    """Whether the last event of a name is there, and whether a fact of it is among some values."""

    event: str
    test: Test | None = None

    def __attrs_post_init__(self) -> None:
        reads = ((self.event, *self.test),) if self.test else ()
        settle(self, events=(self.event,), reads=reads, start="absent")

    def met(self, _seen: Hashable, letter: Letter) -> Hashable:
        """Whether the fact of this event fits; that it is there, where no fact is asked."""
        if self.test is None:
            return "there"
        value = letter.value(self.test[0])
        return "silent" if value is None else among(value, self.test[1])


@attrs.frozen
class Holds(Sight):
    """The value of a fact of the last event of a name."""

    event: str
    fact: str
    named: tuple[object, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(self, events=(self.event,), reads=((self.event, self.fact, self.named),), start=None)

    def met(self, _seen: Hashable, letter: Letter) -> Hashable:
        """The value that this event gives."""
        return letter.value(self.fact)


@attrs.frozen
class Later(Sight):
    """Whether the last event of a name is later than the last of another."""

    event: str
    floor: str

    def __attrs_post_init__(self) -> None:
        settle(self, events=(self.event, self.floor), floors=(self.floor,))

    def met(self, _seen: Hashable, letter: Letter) -> Hashable:
        """Whether this event is the one, and not the other."""
        return letter.event != self.floor


@attrs.frozen
class Tally(Sight):
    """How many events match a selector, up to a number, or which values of theirs there are."""

    selector: Selector
    most: int
    by: str | None = None

    def __attrs_post_init__(self) -> None:
        event, after = self.selector.event, self.selector.after
        counted = ((event, self.by, ()),) if self.by else ()
        settle(
            self,
            events=(event, after) if after else (event,),
            floors=(after,) if after else (),
            reads=(*((event, *test) for test in self.selector.where), *counted),
            start=frozenset() if self.by else 0,
            spare=self.most if self.by else 1,
        )

    def met(self, seen: Hashable, letter: Letter) -> Hashable:
        """One more, where it matches; none, where the count begins anew."""
        if letter.event == self.selector.after:
            return self.start
        if not all(among(letter.value(name), allowed) for name, allowed in self.selector.where):
            return seen
        if isinstance(seen, frozenset):
            return seen | {letter.value(self.by or "")} - {None}
        return min(self.most, seen + 1)  # type: ignore[operator]  # a number, where no values are gathered


@attrs.frozen
class Waived(Sight):
    """Whether a gate is waived."""

    gate: str

    def __attrs_post_init__(self) -> None:
        settle(self, events=("waived",))

    def met(self, seen: Hashable, letter: Letter) -> Hashable:
        """Whether it was, or is now."""
        return seen is True or letter.value("gate") == self.gate


@attrs.frozen
class Open(Sight):
    """Whether the case is open."""

    def __attrs_post_init__(self) -> None:
        settle(self, events=(CLOSED, "withdrawn", REOPENED), start=True)

    def met(self, _seen: Hashable, letter: Letter) -> Hashable:
        """Whether it was opened again."""
        return letter.event == REOPENED


def sights_of(rule: EventRule) -> Iterator[Sight]:
    """What the gates of a step see."""
    yield Open()
    for name in rule.not_by:
        yield Holds(name, "by")
    for gate in rule.gates:
        yield from _gate(gate)


def _gate(gate: Gate) -> Iterator[Sight]:
    yield from sights_of_condition(gate.when)
    if gate.waivable and gate.need is not None:  # no link is walked
        yield Waived(gate.id)
    if gate.need is not None:
        yield from _need(gate.need)


def sights_of_condition(condition: Condition) -> Iterator[Sight]:
    """What a condition sees."""
    for tests in condition.alternatives:
        yield from sights_of_facts(tests)


def sights_of_facts(tests: tuple[Test, ...]) -> Iterator[Sight]:
    """What tests of facts by their path see."""
    for path, values in tests:
        event, _, fact = path.partition(".")
        yield Fits(event, (fact, values), keeps=event == SUBJECT)


def _need(need: Need) -> Iterator[Sight]:
    return _OF_A_NEED[type(need)](need)  # one that nobody wrote here would not be seen: better no proof


def _one(need: EventNeed) -> Iterator[Sight]:
    return sights_of_selector(need.selector)


def _several(need: AllOf | AnyOf) -> Iterator[Sight]:
    for one in need.needs:
        yield from _need(one)


def _count(need: CountOf) -> Iterator[Sight]:
    yield Tally(need.selector, need.count, need.distinct, keeps=need.selector.keeps)


def _each(need: EachOf) -> Iterator[Sight]:
    path, values = (need.each, need.shared) if isinstance(need.each, str) else ("", need.each)
    event, _, fact = path.partition(".")
    if need.every:
        yield Item(event, fact, need.selectors, need.match, values)
        return
    if path:
        yield Holds(event, fact, values, keeps=event == SUBJECT)
    for selector in need.selectors:
        yield Answered(selector, need.match, values, keeps=selector.keeps)


def _balance(need: BalanceNeed) -> Iterator[Sight]:
    return sights_of_balance(need.balance)


_OF_A_NEED: Final[Mapping[type, Callable[[Any], Iterator[Sight]]]] = {
    EventNeed: _one,
    AllOf: _several,
    AnyOf: _several,
    CountOf: _count,
    EachOf: _each,
    BalanceNeed: _balance,
}


def sights_of_balance(balance: Balance) -> Iterator[Sight]:
    """The last figure of each fact that is counted: enough to look for a way, not to prove that there is none."""
    counted = (tally for tally in balance.tallies if isinstance(tally, Counted))
    for tally in counted:
        for event, fact in tally.paths:
            yield Holds(event, fact, keeps=tally.keeps or event == SUBJECT)


def sights_of_selector(selector: Selector) -> Iterator[Sight]:
    """What a selector sees of the last event of its name."""
    yield Fits(selector.event, keeps=selector.keeps)
    for test in selector.where:
        yield Fits(selector.event, test, keeps=selector.keeps)
    if selector.after:
        yield Later(selector.event, selector.after, keeps=selector.keeps)
