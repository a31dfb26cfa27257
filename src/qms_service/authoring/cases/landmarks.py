"""Landmarks (必经步骤): events that every path to an aim has to record before its last, whatever else it does.

Only events of which the search sees whether they are there: so how many are still to come is the same for all
histories of one state, and never more than the steps that are.
"""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.cases.path import Aim
from qms_service.events import ALWAYS, Condition
from qms_service.rulebooks.model import Gate, KindRules
from qms_service.rulebooks.need import AllOf, EventNeed, Need


def landmarks(kind: KindRules, aim: Aim) -> frozenset[str]:
    """The steps of a kind of case without which an aim is never reached, less the one aimed at."""
    waiting = [*aim.there, *_asked(aim.when), *([aim.step] if aim.step else ())]
    found = set[str]()
    while waiting:
        name = waiting.pop()
        rule = kind.events.get(name)
        if rule is None or name in found or name == kind.opening:
            continue
        found.add(name)
        waiting += [one for gate in rule.gates if _stands(gate, aim, name) for one in _events(gate.need)]
    return frozenset(found - {aim.step})


def _stands(gate: Gate, aim: Aim, step: str) -> bool:
    """Whether a gate stands on every path: without a condition, or under that of the aim."""
    return gate.when == ALWAYS or (step == aim.step and gate.when == aim.when)


def _asked(condition: Condition) -> list[str]:
    """The events whose facts a condition cannot do without."""
    first, *others = condition.alternatives
    return [] if others else [path.partition(".")[0] for path, _ in first]


def _events(need: Need | None) -> Iterator[str]:
    if isinstance(need, AllOf):
        for one in need.needs:
            yield from _events(one)
    elif isinstance(need, EventNeed) and not need.selector.keeps:
        yield need.selector.event
