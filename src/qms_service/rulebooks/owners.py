"""Owners (责任人): which department does a step, from the step's own rule and the routes."""

from __future__ import annotations

from collections.abc import Mapping

from qms_service.errors import UndecidedError
from qms_service.events import Timeline
from qms_service.facts import Facts, FactValueError
from qms_service.routing import Assignment, Decision
from qms_service.rulebooks.model import EventRule, KindRules, Route


def assignment(kind: KindRules, rule: EventRule, timeline: Timeline) -> Assignment:
    """Who does a step, as far as the facts on record decide it."""
    own = Assignment(
        responsible=rule.by,
        accountable=rule.accountable,
        consulted=rule.consulted,
        informed=rule.informed,
        clauses=(rule.clause,) if rule.clause else (),
    )
    route = next((route for route in kind.routes if rule.name in route.steps), None)
    return own if route is None else _routed(kind, route, own, timeline)


def _routed(kind: KindRules, route: Route, own: Assignment, timeline: Timeline) -> Assignment:
    """The owner by the route; the step's own, undecided, where no row of the route covers the facts."""
    known = {name: _looked_up(paths, timeline) for name, paths in route.sources}
    facts = {name: value for name, value in known.items() if value is not None}
    missing: tuple[str, ...] = ()
    decision: Decision | None = None
    try:
        decision = route.table.decide(facts)
    except UndecidedError as error:
        missing = tuple(_path_of(name, route) for name in error.missing)
        decision = _for_unknown(route, facts)
    except (LookupError, FactValueError):
        pass
    letters, lacking = _resolved(decision, kind, timeline)
    if lacking:
        decision = _for_unknown(route, {})
        letters, _ = _resolved(decision, kind, timeline)
    return Assignment(
        responsible=letters.get("responsible") or own.responsible,
        accountable=letters.get("accountable") or own.accountable,
        consulted=letters.get("consulted") or own.consulted,
        informed=letters.get("informed") or own.informed,
        delegate=letters.get("delegate"),
        clauses=decision.clauses if decision else own.clauses,
        decided=decision is not None and not (missing or lacking),
        missing=(*missing, *lacking),
    )


def _for_unknown(route: Route, facts: Mapping[str, object]) -> Decision | None:
    """What the route says of the facts it assumes while they are not on record; None where it assumes none."""
    try:
        return route.table.decide({**route.unknown, **facts})
    except (LookupError, FactValueError):
        return None


def _looked_up(paths: tuple[str, ...], timeline: Timeline) -> object:
    return next((value for path in paths if (value := timeline.fact(path)) is not None), None)


def _path_of(name: str, route: Route) -> str:
    return dict(route.sources)[name][-1]


def _resolved(
    decision: Decision | None, kind: KindRules, timeline: Timeline
) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """The outputs with their references to facts replaced, and the facts still needed for that."""
    letters: dict[str, str | None] = {}
    lacking: list[str] = []
    for letter, value in _one(decision).items() if decision else ():
        named = str(value)
        if named.startswith("@"):
            paths = kind.lookups.get(named[1:], (named[1:],))
            found = _looked_up(paths, timeline)
            letters[letter] = None if found is None else str(found)
            lacking += [paths[-1]] if found is None else []
        else:
            letters[letter] = named
    return letters, tuple(lacking)


def _one(decision: Decision) -> Facts:
    """The outputs of a route: its hit policy lets one rule answer."""
    return decision.outputs if isinstance(decision.outputs, Facts) else decision.outputs[0]
