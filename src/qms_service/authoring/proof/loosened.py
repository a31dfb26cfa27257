"""Rules without their balances, for proofs: figures have no end, and no walk goes through all of them.

Leaving them out only ever lets more histories happen: what never happens then, never happens with them either.
"""

from __future__ import annotations

import attrs

from qms_service.rulebooks.balance_need import BalanceNeed
from qms_service.rulebooks.model import EventRule, KindRules
from qms_service.rulebooks.need import AllOf, AnyOf, Need
from qms_service.rulebooks.procedure import Procedure


def loosened(procedure: Procedure, kind: str) -> Procedure:
    """An edition without the balances of a kind of case; the same where it has none."""
    rules = procedure.rules
    strict = rules.kind(kind)
    if not strict.balances:
        return procedure
    return Procedure(attrs.evolve(rules, kinds={**rules.kinds, kind: _kind(strict)}))


def _kind(kind: KindRules) -> KindRules:
    events = {name: _step(rule) for name, rule in kind.events.items()}
    return attrs.evolve(kind, events=events, balances={})


def _step(rule: EventRule) -> EventRule:
    gates = tuple(attrs.evolve(gate, need=gate.need and _need(gate.need)) for gate in rule.gates)
    return attrs.evolve(rule, gates=gates)


def _need(need: Need) -> Need:
    """A need that takes every balance to hold."""
    if isinstance(need, AllOf | AnyOf):
        return attrs.evolve(need, needs=tuple(_need(one) for one in need.needs))
    return AllOf(()) if isinstance(need, BalanceNeed) else need
