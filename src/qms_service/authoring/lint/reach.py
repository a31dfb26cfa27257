"""Reach (可达): which events can ever be recorded, given the gates and the values that facts can take.

A fix-point from the opening on: a step joins as soon as some facts would open all its gates together, with what
has joined before. Facts may be recorded again with other values, so nothing that a case could do is missed; what
stays out can never be recorded, whatever happens. A concession is no way: rules are judged as written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import attrs

from qms_service.authoring.lint.situations import FREE, Situation, situations, tests_in, type_of
from qms_service.events import CLOSED, SYSTEM_EVENTS, Selector
from qms_service.events.condition import Test, among
from qms_service.quantities import Balance
from qms_service.rulebooks.balance_need import BalanceNeed
from qms_service.rulebooks.each_of import EachOf
from qms_service.rulebooks.model import EventRule, Gate, KindRules
from qms_service.rulebooks.need import AllOf, AnyOf, CountOf, EventNeed, Need

ENDS: Final = frozenset(
    (CLOSED, "withdrawn")
)  # after these a case takes no step but those marked after_close


@attrs.frozen(kw_only=True)
class Reach:
    """The events that can ever be recorded, the system's own among them.

    Args:
        ever: In any cycle of a case.
        open: Those that can stand in a cycle while the case is open.
    """

    ever: frozenset[str]
    open: frozenset[str]

    def before(self, rule: EventRule) -> frozenset[str]:
        """The events of its cycle that can stand before a step."""
        return self.ever if rule.after_close else self.open


def recordable(kind: KindRules, fixed: Situation = FREE) -> Reach:
    """The events that can ever be recorded.

    Args:
        kind: The rules of the kind of case.
        fixed: Facts that have one value throughout.
    """
    first = frozenset((kind.opening, *SYSTEM_EVENTS))
    reach = Reach(ever=first, open=first - ENDS)
    while (grown := _grown(kind, reach, fixed)) != reach:
        reach = grown
    return reach


def _grown(kind: KindRules, reach: Reach, fixed: Situation) -> Reach:
    """With the steps that join next."""
    rules = kind.events.values()
    ever = {rule.name for rule in rules if _opens(kind, rule, reach.before(rule), reach, fixed)}
    still_open = {rule.name for rule in rules if _opens(kind, rule, reach.open, reach, fixed)}
    return Reach(ever=reach.ever | ever, open=reach.open | (still_open - ENDS))


def _opens(kind: KindRules, rule: EventRule, there: Collection[str], reach: Reach, fixed: Situation) -> bool:
    """Whether some facts open all gates of a step, with these events on record in its cycle."""
    gates = [gate for gate in rule.gates if not gate.waivable]
    together = list(situations(kind, (test for gate in gates for test in _tests(gate)), there, fixed))
    if together:
        return any(all(_is_open(gate, kind, there, reach.ever, one) for gate in gates) for one in together)
    return all(_opens_alone(gate, kind, there, reach.ever, fixed) for gate in gates)


def selectable(kind: KindRules, selector: Selector, found: Collection[str]) -> bool:
    """Whether an event can ever match a selector."""
    tests = ((f"{selector.event}.{name}", allowed) for name, allowed in selector.where)
    alone = list(situations(kind, tests, found))
    return any(_selects(selector, found, found, one) for one in alone) or not alone


def selectors_in(need: Need | None) -> Iterator[Selector]:
    """The selectors of a need in whatever form."""
    if isinstance(need, AllOf | AnyOf):
        for one in need.needs:
            yield from selectors_in(one)
    elif isinstance(need, EachOf):
        yield from need.selectors
    elif isinstance(need, EventNeed | CountOf):
        yield need.selector


def balances_in(need: Need | None) -> Iterator[Balance]:
    """The balances that a need in whatever form asks for."""
    if isinstance(need, AllOf | AnyOf):
        for one in need.needs:
            yield from balances_in(one)
    elif isinstance(need, BalanceNeed):
        yield need.balance


def _opens_alone(
    gate: Gate, kind: KindRules, there: Collection[str], found: Collection[str], fixed: Situation
) -> bool:
    """Whether some facts open one gate; so where even these are too many to go through."""
    alone = list(situations(kind, _tests(gate), there, fixed))
    return any(_is_open(gate, kind, there, found, one) for one in alone) or not alone


def _tests(gate: Gate) -> Iterator[Test]:
    """What a gate asks of the facts on record: in its condition, and of the last event of a name."""
    yield from tests_in(gate.when)
    for selector in selectors_in(gate.need):
        if not selector.keeps:
            yield from ((f"{selector.event}.{name}", allowed) for name, allowed in selector.where)


def _is_open(
    gate: Gate, kind: KindRules, there: Collection[str], found: Collection[str], facts: Situation
) -> bool:
    stands = gate.when.holds(facts.get)
    if stands is None:
        return gate.if_known
    return not stands or gate.need is None or _can_hold(gate.need, kind, there, found, facts)


def _can_hold(
    need: Need, kind: KindRules, there: Collection[str], found: Collection[str], facts: Situation
) -> bool:
    if isinstance(need, AllOf):
        return all(_can_hold(one, kind, there, found, facts) for one in need.needs)
    if isinstance(need, AnyOf):
        return any(_can_hold(one, kind, there, found, facts) for one in need.needs)
    if isinstance(need, CountOf):
        return _is_there(need.selector, there, found) and _different(need, kind) >= need.count
    if isinstance(need, EachOf):
        return _can_list(need, there) and _can_answer(need, there, found)
    return not isinstance(need, EventNeed) or _selects(need.selector, there, found, facts)


def _can_list(need: EachOf, there: Collection[str]) -> bool:
    """Whether values can be on record, for each of which something is asked."""
    lists = "" if isinstance(need.each, tuple) else need.each.partition(".")[0]
    return need.if_known or lists in ("", "subject") or lists in there


def _can_answer(need: EachOf, there: Collection[str], found: Collection[str]) -> bool:
    """Whether events can carry each of the values written in the rule; some event, where facts list them."""
    able = [one for one in need.selectors if one.after != one.event and _is_there(one, there, found)]
    values = need.each if isinstance(need.each, tuple) else ()
    return bool(able) and all(any(_may_carry(one, need.match, value) for one in able) for value in values)


def _may_carry(selector: Selector, match: str, value: object) -> bool:
    return all(among(value, allowed) for name, allowed in selector.where if name == match)


def _is_there(selector: Selector, there: Collection[str], found: Collection[str]) -> bool:
    return selector.event in (found if selector.keeps else there)


def _selects(selector: Selector, there: Collection[str], found: Collection[str], facts: Situation) -> bool:
    """Whether the last event of the name can match; it is never later than itself."""
    if selector.after == selector.event or not _is_there(selector, there, found):
        return False
    asked = () if selector.keeps else selector.where
    return all(among(facts[f"{selector.event}.{name}"], allowed) for name, allowed in asked)


def _different(need: CountOf, kind: KindRules) -> int:
    """How many different values the counted fact can have; as many as asked where there is no end of them."""
    type_ = type_of(kind, f"{need.selector.event}.{need.distinct}") if need.distinct else None
    if type_ is None or type_.many:
        return need.count
    if type_.kind == "bool":
        return 2
    return len(type_.values) or need.count
