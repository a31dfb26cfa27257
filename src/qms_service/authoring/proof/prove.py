"""Proves invariants of a procedure, or refutes them by the shortest history that the library would record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qms_service.authoring.proof.fit import fitted
from qms_service.authoring.proof.inquiry import Inquiry
from qms_service.authoring.proof.invariant import Invariant
from qms_service.authoring.proof.loosened import loosened
from qms_service.authoring.proof.narrowed import narrowed
from qms_service.authoring.proof.proof import Proof
from qms_service.authoring.proof.space import Space, space_of_gate, space_of_walk
from qms_service.authoring.proof.walk import Node, Walk, Walked
from qms_service.errors import Refused
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.procedure import Procedure

LIMIT = 100_000
STAGES = ((), ("concessions",), ("concessions", "corrections"))


def prove(procedure: Procedure, invariants: Iterable[Invariant], *, limit: int = LIMIT) -> tuple[Proof, ...]:
    """Whether each invariant holds in every case that the library would let happen.

    First the gate of the invariant's step is asked about every history whatever, possible or not. Where it
    alone answers for the invariant, this holds after repeats, corrections, concessions, late entries and in
    every cycle. Else the histories that the library records are walked, the plainest first: by the rules
    alone, then with concessions, then with corrections.

    Args:
        procedure: One edition of a rulebook.
        invariants: What must never happen.
        limit: After how many states to give up.

    Returns:
        One proof for each, in their order.

    Raises:
        UnknownNameError: An invariant names a kind, an event or a fact that the edition does not have.
        FactValueError: It compares a fact with a value that the fact cannot have.

    >>> from datetime import date
    >>> import qms_service as qms
    >>> rules = qms.load_rulebook("pcb-maker").on(date(2026, 3, 2))
    >>> trained = Invariant(id="i", kind="complaint", never="trained", unless=["cause_reported"])
    >>> [event.name for event in prove(rules, [trained])[0].history]
    ['received', 'trained']

    Limits: what is proven by walking holds for steps that are each recorded at their time, by a person of
    their own. Linked cases and balances are left out, which only ever keep a gate shut; a history that a balance
    refuses is no counter-example, and its invariant stays open. A counter-example without corrections
    is the shortest of its sort; for one that takes corrections there may be a shorter one.
    """
    inquiries: dict[str, Inquiry] = {}
    proofs = []
    for given in invariants:
        if given.kind not in inquiries:
            inquiries[given.kind] = Inquiry(loosened(procedure, given.kind), given.kind, judge=procedure)
        inquiry = inquiries[given.kind]
        kind = inquiry.procedure.rules.kind(given.kind)
        proofs.append(_proof(inquiry, kind, fitted(procedure, given), limit))
    return tuple(proofs)


def _proof(inquiry: Inquiry, kind: KindRules, invariant: Invariant, limit: int) -> Proof:
    departments = tuple(inquiry.procedure.rules.departments)
    few = narrowed(inquiry.procedure, invariant)
    for rules in (inquiry.procedure,) if few is None else (few, inquiry.procedure):
        asked = inquiry if rules is inquiry.procedure else Inquiry(rules, inquiry.kind, judge=inquiry.judge)
        gate = _of_the_gate(asked, invariant, departments, limit)
        if gate.whole:
            return Proof(invariant=invariant, outcome="proven", by_gate=True, states=gate.states)
    return _walked(inquiry, space_of_walk(kind, invariant, departments), invariant, limit)


def _of_the_gate(inquiry: Inquiry, invariant: Invariant, departments: tuple[str, ...], limit: int) -> Walked:
    """The gate of the invariant's step alone, asked about every history whatever."""
    return Walk(
        space=space_of_gate(inquiry.procedure.rules.kind(inquiry.kind), invariant, departments),
        inquiry=inquiry,
        invariant=invariant,
        gates=False,
        concessions="concessions" not in invariant.leaves_aside,
        limit=limit,
    ).run()


def _walked(inquiry: Inquiry, space: Space, invariant: Invariant, limit: int) -> Proof:
    states, whole = 0, False
    for means in _stages(invariant):
        walk = Walk(
            space=space,
            inquiry=inquiry,
            invariant=invariant,
            concessions="concessions" in means,
            corrections="corrections" in means,
            limit=limit,
        ).run()
        states, whole = walk.states, walk.whole and "corrections" not in means
        if walk.broken is not None:
            return _refuted(inquiry, invariant, walk.broken, states)
    return Proof(invariant=invariant, outcome="proven" if whole else "open", states=states)


def _stages(invariant: Invariant) -> Iterator[tuple[str, ...]]:
    """The means that histories may use, the plainest first, without those that the invariant leaves aside."""
    stages = (tuple(one for one in means if one not in invariant.leaves_aside) for means in STAGES)
    yield from dict.fromkeys(stages)


def _refuted(inquiry: Inquiry, invariant: Invariant, broken: Node, states: int) -> Proof:
    """The counter-example, written down through the library; where a balance refuses it, nothing is proven."""
    try:
        case = inquiry.written(broken.root, broken.entries)
    except Refused:
        return Proof(invariant=invariant, outcome="open", states=states)
    rules = inquiry.procedure.rules
    kind = rules.kind(inquiry.kind)
    steps = tuple(rules.event(kind, event.name) for event in case.history)
    return Proof(
        invariant=invariant,
        outcome="refuted",
        states=states,
        history=case.history,
        labels=tuple(step.label for step in steps),
        clauses=tuple(step.clause for step in steps),
    )
