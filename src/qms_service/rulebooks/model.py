"""The rules of one kind of case, as read from a rulebook: frozen values, no behaviour of their own."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from qms_service.clauses import ClauseRef
from qms_service.deadlines import Clock, PauseRule
from qms_service.events import ALWAYS, Condition
from qms_service.facts import Facts, FactType
from qms_service.labels import Label
from qms_service.quantities import AnyTally, Balance
from qms_service.routing import DecisionTable
from qms_service.rulebooks.need import Need
from qms_service.worktime import Term


@attrs.frozen(kw_only=True)
class Department:
    """A department (部门), the other names that the procedure calls it by, and who may stand in for it."""

    id: str
    label: Label
    aliases: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()

    @property
    def other_names(self) -> tuple[str, ...]:
        """What else an entry may call it: its other names, and its labels in every language."""
        return tuple(dict.fromkeys((*self.aliases, *(name for _, name in self.label.names))))


@attrs.frozen(kw_only=True)
class Role:
    """A role (职务) that a step may ask for, and the roles that may stand in for it under a clause."""

    id: str
    label: Label
    clause: ClauseRef | None = None
    deputies: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Param:
    """A figure of the procedure by name; `"?"` where the source has none and the factory has to set it."""

    id: str
    value: object
    clause: ClauseRef | None = None
    note: str | None = None

    @property
    def unset(self) -> bool:
        """Whether the factory still has to set it."""
        return self.value == "?"


@attrs.frozen(kw_only=True)
class ListedClause:
    """A clause of the procedure as the rulebook lists it (条款清单).

    Args:
        number: Its number in the procedure.
        status: `"rule"`, `"no-rule"`, or `"lost"` where the source lost its text.
        label: What the clause is about.
        because: Why it is no rule.
    """

    number: str
    status: str
    label: Label
    because: Label | None = None


@attrs.frozen(kw_only=True)
class Gate:
    """What must be on record before a step (关卡).

    Args:
        need: What must be on record.
        settled: The kinds of linked cases (关联个案) that must be handed in and closed.
        when: The condition under which the gate stands; undecided facts keep it shut, unless `if_known`.
        clause: The clause that it rests on.
        id: The name by which a `waived` event addresses it; the step's where it has none of its own.
        if_known: Whether it stands open, too, while the facts of its condition are not on record.
        absolute: Whether no concession opens it.
        waivable: Whether a `waived` event opens it.
    """

    need: Need | None = None
    settled: tuple[str, ...] = ()
    when: Condition = ALWAYS
    clause: ClauseRef | None = None
    id: str = ""
    if_known: bool = False
    absolute: bool = False
    waivable: bool = False


@attrs.frozen(kw_only=True)
class FactRule:
    """A declared fact: its type and its name."""

    name: str
    type: FactType
    label: Label


@attrs.frozen(kw_only=True)
class EventRule:
    """A step that the procedure knows (步骤): who does it, when it applies, and what must stand before.

    Args:
        name: The event by which it is recorded.
        label: Its name for people.
        clause: The clause that asks for it.
        by: The department that does it; None where a route or nobody in particular does.
        role: The role that the person must act in.
        accountable, consulted, informed: The other letters of RACI.
        not_by: Steps that another person must have done (segregation of duties).
        when: The condition under which it is needed at all.
        gates: What must be on record before it.
        facts: What it puts on record.
        form: The form on which the procedure records it.
        optional: Whether the procedure asks for it only when needed (必要时).
        after_close: Whether a closed case accepts it.
    """

    name: str
    label: Label
    clause: ClauseRef | None = None
    by: str | None = None
    role: str | None = None
    accountable: str | None = None
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    when: Condition = ALWAYS
    gates: tuple[Gate, ...] = ()
    facts: tuple[FactRule, ...] = ()
    form: Label | None = None
    optional: bool = False
    after_close: bool = False
    fact_types: Mapping[str, FactType] = attrs.field(init=False, eq=False, repr=False)
    required: tuple[str, ...] = attrs.field(init=False, eq=False, repr=False)

    @fact_types.default
    def _fact_types(self) -> Mapping[str, FactType]:
        return {fact.name: fact.type for fact in self.facts}

    @required.default
    def _required(self) -> tuple[str, ...]:
        return tuple(fact.name for fact in self.facts if not fact.type.optional)


@attrs.frozen(kw_only=True)
class Route:
    """A table that names the owner of some steps from what is on record (分派).

    Args:
        name: Its name in the rulebook.
        steps: The steps whose owner it names.
        table: The table; its outputs are letters of RACI: departments, or `@` references to facts.
        sources: For each input, the facts that give it, the first on record counting.
        unknown: The inputs to assume while the facts are not on record.
    """

    name: str
    steps: tuple[str, ...]
    table: DecisionTable
    sources: tuple[tuple[str, tuple[str, ...]], ...]
    unknown: Facts


@attrs.frozen(kw_only=True, eq=False)
class KindRules:
    """All rules for one kind of case: the section of a rulebook under that name."""

    kind: str
    label: Label
    opening: str
    subject: tuple[FactRule, ...]
    named: Mapping[str, tuple[str, ...]]
    events: Mapping[str, EventRule]
    pauses: Mapping[str, PauseRule]
    clocks: Mapping[str, Clock]
    routes: tuple[Route, ...]
    late_entry: Term | None = None
    quantities: Mapping[str, AnyTally] = attrs.field(factory=dict)
    balances: Mapping[str, Balance] = attrs.field(factory=dict)
    bound: Mapping[str, tuple[Balance, ...]] = attrs.field(init=False, repr=False)

    @property
    def subject_rule(self) -> EventRule:
        """What its subject puts on record, as the rule of an event that comes before all others."""
        return EventRule(name="subject", label=Label(), facts=self.subject)

    @bound.default
    def _bound(self) -> Mapping[str, tuple[Balance, ...]]:
        """The balances that each event is judged by, by its name."""
        found: dict[str, tuple[Balance, ...]] = {}
        for balance in self.balances.values():
            for event in balance.events if balance.at is None else balance.at:
                found[event] = (*found.get(event, ()), balance)
        return found
