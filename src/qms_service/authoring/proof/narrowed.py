"""Rules with only those gates of a step that speak of what an invariant asks for, for a quicker proof.

Leaving a gate out only ever lets more histories happen: what never happens then, never happens with it either.
"""

from __future__ import annotations

import attrs

from qms_service.authoring.proof.invariant import Invariant
from qms_service.rulebooks.model import EventRule
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.sight import sights_of


def narrowed(procedure: Procedure, invariant: Invariant) -> Procedure | None:
    """An edition without the gates that look at nothing which the invariant asks for; None where all of them do."""
    rules = procedure.rules
    kind = rules.kind(invariant.kind)
    rule = kind.events[invariant.never]
    asked = {one.event for one in invariant.unless}
    gates = tuple(gate for gate in rule.gates if asked & _looked_at(attrs.evolve(rule, gates=(gate,))))
    if not asked or len(gates) == len(rule.gates):
        return None
    events = {**kind.events, rule.name: attrs.evolve(rule, gates=gates)}
    kinds = {**rules.kinds, kind.kind: attrs.evolve(kind, events=events)}
    return Procedure(attrs.evolve(rules, kinds=kinds))


def _looked_at(rule: EventRule) -> set[str]:
    return {event for sight in sights_of(rule) for event in sight.events}
