"""Owners (责任人): which department does a step, from the step's own rule and the routes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qms_service.errors import FactValueError, UndecidedError
from qms_service.events import Timeline
from qms_service.facts import NO_FACTS, Facts
from qms_service.routing import Assignment, Decision
from qms_service.rulebooks.model import EventRule, KindRules, Route

NOBODY: Final = Decision(outputs=NO_FACTS, rule_ids=())


def route_of(kind: KindRules, step: str) -> Route | None:
    """The route that names the owner of a step; None where none does."""
    return next((route for route in kind.routes if step in route.steps), None)


def assignment(kind: KindRules, rule: EventRule, timeline: Timeline) -> Assignment:
    """Who does a step, as far as the facts on record decide it."""
    own = Assignment(
        responsible=rule.by,
        accountable=rule.accountable,
        consulted=rule.consulted,
        informed=rule.informed,
        clauses=(rule.clause,) if rule.clause else (),
    )
    route = route_of(kind, rule.name)
    return own if route is None else _routed(kind, route, own, timeline)


def _routed(kind: KindRules, route: Route, own: Assignment, timeline: Timeline) -> Assignment:
    """The owner by the route; the step's own, undecided, where no row of the route covers the facts."""
    known = {name: _looked_up(paths, timeline) for name, paths in route.sources}
    facts = {name: value for name, value in known.items() if value is not None}
    decision, missing = _decided(route, facts)
    letters, lacking = _resolved(decision, kind, timeline)
    if lacking:
        decision, _ = _decided(route, route.unknown)
        letters, _ = _resolved(decision, kind, timeline)
    return Assignment(
        responsible=letters.get("responsible") or own.responsible,
        accountable=letters.get("accountable") or own.accountable,
        consulted=letters.get("consulted") or own.consulted,
        informed=letters.get("informed") or own.informed,
        delegate=letters.get("delegate"),
        clauses=decision.clauses or own.clauses,
        decided=decision is not NOBODY and not (missing or lacking),
        missing=(*missing, *lacking),
    )


def _decided(route: Route, facts: Mapping[str, object]) -> tuple[Decision, tuple[str, ...]]:
    """The decision of the table, and the facts still needed; without them, the decision for "unknown"."""
    missing: tuple[str, ...] = ()
    try:
        return route.table.decide(facts), missing
    except UndecidedError as error:
        missing = tuple(dict(route.sources)[name][-1] for name in error.missing)
    except (LookupError, FactValueError):
        return NOBODY, missing
    try:
        return route.table.decide({**route.unknown, **facts}), missing
    except (LookupError, FactValueError):
        return NOBODY, missing


def _looked_up(paths: tuple[str, ...], timeline: Timeline) -> object:
    return next((value for path in paths if (value := timeline.fact(path)) is not None), None)


def _resolved(
    decision: Decision, kind: KindRules, timeline: Timeline
) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """The outputs with their references to facts replaced, and the facts still needed for that."""
    letters: dict[str, str | None] = {}
    lacking: list[str] = []
    for letter, value in _one(decision).items():
        named = str(value)
        if named.startswith("@"):
            paths = kind.named.get(named[1:], (named[1:],))
            found = _looked_up(paths, timeline)
            letters[letter] = None if found is None else str(found)
            lacking += [paths[-1]] if found is None else []
        else:
            letters[letter] = named
    return letters, tuple(lacking)


def _one(decision: Decision) -> Facts:
    """The outputs of a route: its hit policy lets one rule answer."""
    return decision.outputs if isinstance(decision.outputs, Facts) else decision.outputs[0]
