"""Owners (责任人): which department does a step, from the step's own rule and the routes."""

from __future__ import annotations

import attrs

from qms_service.errors import UndecidedError
from qms_service.events import Timeline
from qms_service.facts import Facts
from qms_service.routing import Assignment, Decision
from qms_service.rulebooks.model import EventRule, KindRules, Route
from qms_service.rulebooks.rules import Rules


def assignment(rules: Rules, kind: KindRules, rule: EventRule, timeline: Timeline) -> Assignment:
    """Who does a step, as far as the facts on record decide it."""
    own = Assignment(
        responsible=rule.by,
        accountable=rule.accountable,
        consulted=rule.consulted,
        informed=rule.informed,
        clauses=(rule.clause,) if rule.clause else (),
    )
    route = next((route for route in kind.routes if rule.name in route.steps), None)
    return own if route is None else _routed(rules, kind, route, own, timeline)


def _routed(rules: Rules, kind: KindRules, route: Route, own: Assignment, timeline: Timeline) -> Assignment:
    known = {name: _looked_up(paths, timeline) for name, paths in route.sources}
    facts = {name: value for name, value in known.items() if value is not None}
    missing: tuple[str, ...] = ()
    try:
        decision = route.table.decide(facts)
    except UndecidedError as error:
        missing = tuple(_path_of(name, route) for name in error.missing)
        decision = route.table.decide({**route.unknown, **facts})
    outputs, lacking = _resolved(decision.outputs, kind, timeline)
    if lacking:
        decision = route.table.decide(route.unknown)
        outputs, _ = _resolved(decision.outputs, kind, timeline)
    return attrs.evolve(
        own,
        **{letter: value for letter, value in outputs.items() if value is not None},
        clauses=_cited(rules, decision),
        decided=not (missing or lacking),
        missing=(*missing, *lacking),
    )


def _looked_up(paths: tuple[str, ...], timeline: Timeline) -> object:
    return next((value for path in paths if (value := timeline.fact(path)) is not None), None)


def _path_of(name: str, route: Route) -> str:
    return dict(route.sources)[name][-1]


def _resolved(outputs: Facts, kind: KindRules, timeline: Timeline) -> tuple[dict[str, object], tuple[str, ...]]:
    """The outputs with their references to facts replaced, and the facts still needed for that."""
    resolved: dict[str, object] = {}
    lacking: list[str] = []
    for letter, value in outputs.items():
        if isinstance(value, str) and value.startswith("@"):
            paths = kind.lookups.get(value[1:], (value[1:],))
            resolved[letter] = _looked_up(paths, timeline)
            if resolved[letter] is None:
                lacking.append(paths[-1])
        else:
            resolved[letter] = (value,) if letter in ("consulted", "informed") and isinstance(value, str) else value
    return resolved, tuple(lacking)


def _cited(rules: Rules, decision: Decision) -> tuple[object, ...]:
    return tuple(attrs.evolve(clause, document=rules.id, edition=rules.edition) for clause in decision.clauses)
