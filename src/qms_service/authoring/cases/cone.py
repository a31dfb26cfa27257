"""Cone (影响范围): what is seen on the way to an aim, and the events that change it; nothing else is searched.

Whether a step may be recorded depends on what its gates see. An event that no gate on the way sees changes
nothing there, so that a shortest path has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

import attrs

from qms_service.authoring.cases.counted import counted_of_step
from qms_service.authoring.cases.path import Aim
from qms_service.events import CLOSED
from qms_service.rulebooks.letter import Letter, letters_of
from qms_service.rulebooks.machine import REOPENED, Sight
from qms_service.rulebooks.model import EventRule, KindRules
from qms_service.rulebooks.sight import Fits, Open, Waived, sights_of, sights_of_condition
from qms_service.rulebooks.system import SYSTEM_RULES

ENDS: Final = frozenset((CLOSED, "withdrawn"))  # what a case is reopened after


@attrs.frozen(kw_only=True, eq=False)
class Cone:
    """What matters to one aim.

    Args:
        sights: What is seen.
        names: The events that change it, and the step aimed at.
        letters: These events as they may be recorded, in the order of the rulebook.
        roots: The ways in which a case can open: its subject, its opening event.
    """

    sights: tuple[Sight, ...]
    names: frozenset[str]
    letters: tuple[Letter, ...]
    roots: tuple[tuple[Letter, Letter], ...]


def cone_of(kind: KindRules, aim: Aim, departments: tuple[str, ...]) -> Cone:
    """The cone of an aim.

    Args:
        kind: The rules of the kind of case.
        aim: What is to be reached.
        departments: The departments of the rulebook.
    """
    sights, names = _seen(kind, aim)
    spare = max([one.spare for one in sights] or [1])

    def letters(rule: EventRule) -> Iterator[Letter]:
        reads = [(fact, values) for one in sights for name, fact, values in one.reads if name == rule.name]
        for letter in letters_of(rule, reads, departments, spare):
            yield letter if rule.not_by or "by" in dict(reads) else _without_person(letter)

    return Cone(
        sights=sights,
        names=names,
        letters=tuple(letter for rule in _rules(kind) if rule.name in names for letter in letters(rule)),
        roots=tuple(product(letters(kind.subject_rule), letters(kind.events[kind.opening]))),
    )


def _seen(kind: KindRules, aim: Aim) -> tuple[tuple[Sight, ...], frozenset[str]]:
    """All that is seen on the way to an aim, and the events that change it."""
    sights: dict[Sight, None] = dict.fromkeys((*sights_of_condition(aim.when), *map(Fits, aim.there)))
    rules, done = {rule.name: rule for rule in _rules(kind)}, set[str]()
    waiting = {aim.step} if aim.step else set[str]()
    waiting |= _names(sights)
    while waiting := (waiting & rules.keys()) - done:
        for name in sorted(waiting):
            sights |= dict.fromkeys(sights_of_step(kind, rules[name]))
        done |= waiting
        waiting = _names(sights) | (ENDS if REOPENED in done else frozenset())
    return tuple(sights), frozenset(done)


def _names(sights: Mapping[Sight, None]) -> set[str]:
    """The events that change what is seen; a case is not closed on the way, nor a gate waived."""
    return {name for one in sights if not isinstance(one, Open | Waived) for name in one.events}


def sights_of_step(kind: KindRules, rule: EventRule) -> Iterator[Sight]:
    """What decides on a step: whether its gates and balances let it, and whether it is needed."""
    yield from sights_of(rule)
    yield from counted_of_step(kind.bound.get(rule.name, ()), rule)
    yield from sights_of_condition(rule.when)


def _rules(kind: KindRules) -> Iterator[EventRule]:
    """The steps of a kind of case in the order of the rulebook, then the events of every rulebook."""
    yield from kind.events.values()
    yield from SYSTEM_RULES.values()


def _without_person(letter: Letter) -> Letter:
    """A letter that does not say who; so where nobody asks."""
    return attrs.evolve(letter, columns=tuple(pair for pair in letter.columns if pair[0] != "by"))
