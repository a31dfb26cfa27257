"""Ahead (还差几步): what every way from a state to an aim still has to record at the least.

Of each gate on the way it is known how many events it lacks: one where an event is missing, differs or is
outdated; so many as a count is short of; one for each value that has no answer. What a gate of an event asks for
comes before that event, so that an answer to what is still to come is still to come itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from typing import Any, Final, cast

import attrs

from qms_service.authoring.cases.cone import Cone
from qms_service.authoring.cases.counted import keys_broken
from qms_service.authoring.cases.lack import Lack, together, weight
from qms_service.authoring.cases.path import Aim
from qms_service.events import ALWAYS
from qms_service.events.condition import Test, among
from qms_service.rulebooks.balance_need import BalanceNeed
from qms_service.rulebooks.each_of import EachOf, values_in
from qms_service.rulebooks.each_sight import Answered, Item
from qms_service.rulebooks.letter import Letter
from qms_service.rulebooks.machine import REOPENED, SUBJECT
from qms_service.rulebooks.model import Gate, KindRules
from qms_service.rulebooks.need import AllOf, AnyOf, CountOf, EventNeed, Need
from qms_service.rulebooks.sight import Fits, Holds, Later, Tally

State = tuple[Hashable, ...]
Coming = Collection[str]
Lacks = Iterator[Lack]


@attrs.define(eq=False)
class Ahead:
    """What is still lacking of one aim."""

    kind: KindRules
    aim: Aim
    cone: Cone
    _least: dict[Hashable, int] = attrs.field(factory=dict, init=False)
    _known: dict[State, tuple[int, int]] = attrs.field(factory=dict, init=False)

    def of(self, state: State) -> tuple[int, int]:
        """How many events are still to come at the least, and what their facts weigh."""
        if state not in self._known:
            self._known[state] = self._of(state)
        return self._known[state]

    def _of(self, state: State) -> tuple[int, int]:
        step = self.aim.step
        last = (
            Lack(frozenset(), 1, self.least(step, _tests(self.aim, step))) if step else Lack(frozenset(), 0)
        )
        if REOPENED in self.cone.names:  # what is on record may have to come again
            return last.count, last.weight
        view = _View(self, dict(zip(self.cone.sights, state, strict=True)))
        found = together(view.before_the_aim(), self.least)
        return found.count + last.count, found.weight + last.weight

    def least(self, event: str, tests: tuple[Test, ...] = ()) -> int:
        """What an event that has some facts weighs at the least."""
        key = (event, tests)
        if key not in self._least:
            letters = (one for one in self.cone.letters if one.event == event and _fits(tests, one))
            self._least[key] = min(map(weight, letters), default=0)
        return self._least[key]

    def needs_of(self, step: str) -> tuple[Need, ...]:
        """What stands before a step on every path to the aim."""
        rule = self.kind.events.get(step)
        gates = rule.gates if rule else ()
        needs = (gate.need for gate in gates if gate.need and self._stands(gate, step))
        bound = (one for one in self.kind.bound.get(step, ()) if one.at and step not in one.events)
        return (*needs, *map(BalanceNeed, bound))

    def _stands(self, gate: Gate, step: str) -> bool:
        """Whether no path goes around a gate: it has no condition, or that of the aim."""
        return gate.when == ALWAYS or (step == self.aim.step and gate.when == self.aim.when)


def _tests(aim: Aim, event: str) -> tuple[Test, ...]:
    """What the condition of an aim asks of an event, where it leaves no choice."""
    tests, *others = aim.when.alternatives
    split = [(*path.partition("."), values) for path, values in (() if others else tests)]
    return tuple((fact, values) for name, _, fact, values in split if name == event)


def _fits(tests: tuple[Test, ...], letter: Letter) -> bool:
    return all(among(letter.value(name), allowed) for name, allowed in tests)


@attrs.define(eq=False)
class _View:
    """What is lacking in one state."""

    ahead: Ahead
    seen: Mapping[object, Hashable]
    _before: dict[str, tuple[Lack, ...]] = attrs.field(factory=dict, init=False)

    def before_the_aim(self) -> tuple[Lack, ...]:
        step, aim = self.ahead.aim.step, self.ahead.aim
        needs = self.ahead.needs_of(step) if step else ()
        first, *others = aim.when.alternatives
        names = [] if others else [path.partition(".")[0] for path, _ in first]
        asked = [
            self._aimed(name) for name in dict.fromkeys((*aim.there, *names)) if name not in (step, SUBJECT)
        ]
        return self._closure(needs, tuple(lack for lacks in asked for lack in lacks))

    def _aimed(self, event: str) -> tuple[Lack, ...]:
        aim = self.ahead.aim
        tests = _tests(aim, event)
        fits = all(self.seen[Fits(event, test)] is True for test in tests)
        if fits and (event not in aim.there or self.seen[Fits(event)] == "there"):
            return ()
        return (self._lack((event,), tests),)

    def _of_event(self, event: str) -> tuple[Lack, ...]:
        """What has to come before the next event of a name."""
        if event not in self._before:
            self._before[event] = ()  # one that waits for itself
            self._before[event] = self._closure(self.ahead.needs_of(event), ())
        return self._before[event]

    def _closure(self, needs: Collection[Need], lacks: tuple[Lack, ...]) -> tuple[Lack, ...]:
        """What is lacking of some needs, and before that of the events that are lacking."""
        coming = frozenset[str]()
        while True:
            own = [*lacks, *(lack for need in needs for lack in self._lacks(need, coming))]
            found = tuple(
                dict.fromkeys((*own, *(one for name in _sure(own) for one in self._of_event(name))))
            )
            if _sure(found) == coming:
                return found
            coming = _sure(found)

    def _lack(self, events: Iterable[str], tests: tuple[Test, ...] = (), count: int = 1) -> Lack:
        names = frozenset(events)
        return Lack(names, count, count * min(self.ahead.least(name, tests) for name in names))

    def _lacks(self, need: Need, coming: Coming) -> Lacks:
        return _OF_A_NEED[type(need)](self, need, coming)

    def event(self, need: EventNeed, coming: Coming) -> Lacks:
        one = need.selector
        fits = self.seen[Fits(one.event, keeps=one.keeps)] == "there" and all(
            self.seen[Fits(one.event, test, keeps=one.keeps)] is True for test in one.where
        )
        if fits and one.after:
            fits = one.after not in coming and self.seen[Later(one.event, one.after, keeps=one.keeps)] is True
        if not fits:
            yield self._lack((one.event,), one.where)

    def all(self, need: AllOf, coming: Coming) -> Lacks:
        for one in need.needs:
            yield from self._lacks(one, coming)

    def any(self, need: AnyOf, coming: Coming) -> Lacks:
        ways = [tuple(self._lacks(one, coming)) for one in need.needs]
        if all(ways):
            sums = [together(way, self.ahead.least) for way in ways]
            names = frozenset[str]().union(*(one.events for one in sums))
            yield Lack(names, min(one.count for one in sums), min(one.weight for one in sums))

    def count(self, need: CountOf, _coming: Coming) -> Lacks:
        selector = need.selector
        seen = self.seen[Tally(selector, need.count, need.distinct, keeps=selector.keeps)]
        there = len(seen) if isinstance(seen, frozenset) else cast("int", seen)
        if there < need.count:
            yield self._lack((selector.event,), selector.where, need.count - there)

    def balance(self, need: BalanceNeed, _coming: Coming) -> Lacks:
        """For each key for which it does not hold, an event that it counts."""
        balance = need.balance
        for key in keys_broken(balance, self.seen) if balance.events and not need.if_known else ():
            one = self._lack(balance.events)
            yield attrs.evolve(one, key=(balance.per, key)) if balance.per else one

    def each(self, need: EachOf, coming: Coming) -> Lacks:
        if isinstance(need.each, tuple):
            lacking = set(need.each) - self._answered(need, need.each)
            yield from self._answers(need, len(lacking))
            if lacking and not self._several(need):
                for value in sorted(lacking, key=str):
                    yield attrs.evolve(self._lack(need.events), key=(need.match, value))
        elif need.every:
            yield from self._every(need, need.each, coming)
        else:
            yield from self._listed(need, need.each)

    def _listed(self, need: EachOf, path: str) -> Lacks:
        """One answer at the least, or another list; more where there is no other."""
        event, _, fact = path.partition(".")
        listed = self.seen[Holds(event, fact, need.shared, keeps=event == SUBJECT)]
        if listed is None:
            if not need.if_known and event != SUBJECT:
                yield self._lack((event,))
        elif set(values_in(listed)) - self._answered(need, need.shared):
            yield self._lack({*need.events, event} - {SUBJECT})

    def _every(self, need: EachOf, path: str, coming: Coming) -> Lacks:
        event, _, fact = path.partition(".")
        seen = self.seen[Item(event, fact, need.selectors, need.match, need.shared)]
        items = cast("frozenset[tuple[object, tuple[bool, ...]]]", frozenset() if seen is None else seen)
        lacking = sum(not any(marks) for _, marks in items)
        if seen is None and not need.if_known:
            yield self._lack((event,))
        if event in coming and self._always_says(event, fact):
            lacking = max(lacking, 1)
        yield from self._answers(need, lacking)

    def _always_says(self, event: str, fact: str) -> bool:
        """Whether no event of a name leaves a fact out, or lists nothing."""
        rule = self.ahead.kind.events.get(event)
        kind = rule.fact_types.get(fact) if rule else None
        return kind is not None and not kind.optional and not kind.many

    def _answered(self, need: EachOf, named: tuple[object, ...]) -> set[object]:
        found = set[object]()
        for one in need.selectors:
            found |= cast("frozenset[object]", self.seen[Answered(one, need.match, named, keeps=one.keeps)])
        return found

    def _answers(self, need: EachOf, lacking: int) -> Lacks:
        """An answer for each value; one for all where it may name several."""
        if lacking:
            yield self._lack(need.events, count=1 if self._several(need) else lacking)

    def _several(self, need: EachOf) -> bool:
        """Whether one event may answer for several values."""
        rules = [self.ahead.kind.events.get(name) for name in need.events]
        types = [rule.fact_types.get(need.match) for rule in rules if rule]
        return any(one is not None and one.many for one in types)


def _sure(lacks: Iterable[Lack]) -> frozenset[str]:
    """The events that have to come, whatever else does."""
    return frozenset(name for one in lacks if len(one.events) == 1 for name in one.events)


_OF_A_NEED: Final[Mapping[type, Callable[[_View, Any, Coming], Lacks]]] = {
    EventNeed: _View.event,
    AllOf: _View.all,
    AnyOf: _View.any,
    CountOf: _View.count,
    EachOf: _View.each,
    BalanceNeed: _View.balance,
}
