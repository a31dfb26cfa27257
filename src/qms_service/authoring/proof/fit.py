"""Whether an invariant fits an edition (不变式与版本相符): kinds, events, facts and values that the edition has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

import attrs

from qms_service.authoring.proof.invariant import Aside, Invariant, Wanted
from qms_service.errors import unknown_name
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.problem import Problem
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.section import Located, Problems

ASIDES: Final[tuple[Aside, ...]] = get_args(Aside)
NOWHERE: Final = Lines("")


def fitted(procedure: Procedure, invariant: Invariant) -> Invariant:
    """The invariant with its values as facts hold them.

    Raises:
        UnknownNameError: It names a kind, an event or a fact that the edition does not have.
        FactValueError: It compares a fact with a value that the fact cannot have.
    """
    kind = procedure.rules.kind(invariant.kind)
    for aside in invariant.leaves_aside:
        _aside(aside)
    _event(kind, invariant.never)
    where = tuple((path, _read(kind, *_split(path), values)) for path, values in invariant.where)
    return attrs.evolve(invariant, where=where, unless=tuple(_wanted(kind, one) for one in invariant.unless))


def misfits(procedure: Procedure, invariant: Invariant, lines: Located = NOWHERE) -> tuple[Problem, ...]:
    """All that an edition does not have of what an invariant names, each at its path in the file of invariants."""
    problems, at = Problems(lines), f"invariants.{invariant.id}"
    for index, aside in enumerate(invariant.leaves_aside):
        problems.reading(f"{at}.leaves_aside[{index}]", _aside, aside)
    kind = problems.reading(f"{at}.kind", procedure.rules.kind, invariant.kind)
    if kind is not None:
        problems.reading(f"{at}.never", _event, kind, invariant.never)
        for path, values in invariant.where:
            problems.reading(f"{at}.where.{path}", _read, kind, *_split(path), values)
        for index, wanted in enumerate(invariant.unless):
            _note(kind, wanted, f"{at}.unless[{index}]", problems)
    return tuple(problems.noted)


def _note(kind: KindRules, wanted: Wanted, at: str, problems: Problems) -> None:
    if wanted.after is not None:
        problems.reading(f"{at}.after", _event, kind, wanted.after)
    if problems.reading(f"{at}.event", _event, kind, wanted.event) is not None:
        for fact, values in wanted.where:
            problems.reading(f"{at}.where.{fact}", _read, kind, wanted.event, fact, values)


def _split(path: str) -> tuple[str, str]:
    event, _, fact = path.partition(".")
    return event, fact


def _aside(name: str) -> str:
    if name not in ASIDES:
        raise unknown_name("aside", name, ASIDES)
    return name


def _event(kind: KindRules, name: str) -> str:
    if name not in kind.events:
        raise unknown_name("event", name, kind.events)
    return name


def _wanted(kind: KindRules, wanted: Wanted) -> Wanted:
    for name in _named(wanted):
        _event(kind, name)
    where = tuple((fact, _read(kind, wanted.event, fact, values)) for fact, values in wanted.where)
    return attrs.evolve(wanted, where=where)


def _named(wanted: Wanted) -> Iterator[str]:
    yield wanted.event
    if wanted.after is not None:
        yield wanted.after


def _read(kind: KindRules, event: str, fact: str, values: tuple[object, ...]) -> tuple[object, ...]:
    types = kind.events[_event(kind, event)].fact_types
    if fact not in types:
        raise unknown_name("fact", fact, types)
    return tuple(attrs.evolve(types[fact], many=False).read(fact, value) for value in values)
