"""Checklist (检查表): every step of a case with its state, owner, due time and what is missing.

A user interface is one loop over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import attrs
from pendulum import DateTime

from qms_service.cases import Case, status_of
from qms_service.clauses import ClauseRef
from qms_service.deadlines import Clock, Deadline
from qms_service.events import Event, Timeline
from qms_service.findings import Finding
from qms_service.instants import micros
from qms_service.labels import Label
from qms_service.routing import Assignment
from qms_service.rulebooks.attempt import Attempt
from qms_service.rulebooks.balance_check import balance_findings_ahead
from qms_service.rulebooks.clocks import deadlines_at
from qms_service.rulebooks.gate_check import gate_findings
from qms_service.rulebooks.model import EventRule, KindRules
from qms_service.rulebooks.owners import assignment
from qms_service.rulebooks.rules import Rules

StepState = Literal["done", "possible", "blocked", "not_needed"]
AGAIN: Final = frozenset(
    (
        "event-differs",
        "event-outdated",
        "event-outdated.changed",
        "too-few",
        "too-few.where",
        "not-each",
        "not-each.again",
    )
)
RUNNING: Final = frozenset(("undecided", "running", "paused", "overdue"))


@attrs.frozen(kw_only=True)
class StepFact:
    """A fact that a step puts on record: its name, its type as the rulebook writes it, its label."""

    name: str
    type: str
    label: Label


@attrs.frozen(kw_only=True)
class Step:
    """A step of a case as it stands (步骤).

    Args:
        event: The event by which it is recorded.
        label: Its name for people.
        state: `"done"`, `"possible"`, `"blocked"` or `"not_needed"`.
        owner: Who does it.
        role: The role that the person must act in.
        optional: Whether the procedure asks for it only when needed.
        due_at: The earliest due time of the clocks that it stops; None where none runs.
        clocks: The ids of the clocks that it stops and that run.
        done_at: When it was last done in this cycle.
        missing: Why it is blocked.
        clause: The clause that asks for it.
        facts: What it puts on record.
        form: The form on which the procedure records it.
    """

    event: str
    label: Label
    state: StepState
    owner: Assignment
    role: str | None = None
    optional: bool = False
    due_at: DateTime | None = None
    clocks: tuple[str, ...] = ()
    done_at: DateTime | None = None
    missing: tuple[Finding, ...] = ()
    clause: ClauseRef | None = None
    facts: tuple[StepFact, ...] = ()
    form: Label | None = None


def checklist_at(
    rules: Rules, kind: KindRules, case: Case, now: DateTime, related: Sequence[Case]
) -> tuple[Step, ...]:
    """Every step that the procedure knows for the kind, in the order of the rulebook."""
    timeline = case.timeline(now)
    running = [one for one in deadlines_at(rules, kind, timeline, now) if one.state in RUNNING]
    again = _to_redo(kind, timeline)
    attempts = (
        Attempt(rules, kind, rule, case, timeline, Event(rule.name, now), related)
        for rule in kind.events.values()
    )
    return tuple(_step(attempt, running, redo=attempt.rule.name in again) for attempt in attempts)


def _to_redo(kind: KindRules, timeline: Timeline) -> set[str]:
    """Steps on record that do not serve a later one: a refused verification, an outdated approval, one too few."""
    pending = [
        rule
        for rule in kind.events.values()
        if timeline.last(rule.name) is None and rule.when.holds(timeline.fact) is not False
    ]
    gates = [gate for rule in pending for gate in rule.gates if gate.when.holds(timeline.fact)]
    shortfalls = [short for gate in gates if gate.need for short in gate.need.shortfalls(timeline)]
    return {name for short in shortfalls if short.code in AGAIN for name in short.events}


def _step(attempt: Attempt, running: Sequence[Deadline], *, redo: bool) -> Step:
    rule, timeline, kind = attempt.rule, attempt.timeline, attempt.kind
    last = timeline.last(rule.name)
    lacking = [*gate_findings(attempt), *balance_findings_ahead(attempt)]
    missing = tuple(finding for finding in lacking if finding.refuses)
    stopped = [one for one in running if rule.name in _stops(kind.clocks[one.id])]
    due = [one.due_at for one in stopped if one.due_at is not None]
    return Step(
        event=rule.name,
        label=rule.label,
        state=_state(kind, rule, timeline, done=last is not None and not redo, blocked=bool(missing)),
        owner=assignment(kind, rule, timeline),
        role=rule.role,
        optional=rule.optional,
        due_at=min(due, default=None),
        clocks=tuple(one.id for one in stopped),
        done_at=last.at if last else None,
        missing=missing,
        clause=rule.clause,
        facts=tuple(StepFact(name=fact.name, type=str(fact.type), label=fact.label) for fact in rule.facts),
        form=rule.form,
    )


def _stops(clock: Clock) -> set[str]:
    return {selector.event for selector in clock.stop}


def _state(kind: KindRules, rule: EventRule, timeline: Timeline, *, done: bool, blocked: bool) -> StepState:
    if done or (rule.name == kind.opening and timeline.cycle):
        return "done"
    over = status_of(timeline) != "open" and not rule.after_close
    if over or rule.when.holds(timeline.fact) is False:
        return "not_needed"
    return "blocked" if blocked else "possible"


def next_of(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that are possible now: those due first, then the rest in the order of the rulebook."""
    possible = [step for step in steps if step.state == "possible"]
    return tuple(sorted(possible, key=_urgency))


def _urgency(step: Step) -> tuple[bool, int, bool]:
    return step.due_at is None, micros(step.due_at) if step.due_at else 0, step.optional
