"""What the rules say of a system event: a correction needs its target, an extension a clock that runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from qms_service.cases import status_of
from qms_service.errors import TermError
from qms_service.events import Event, Timeline
from qms_service.findings import Finding
from qms_service.instants import micros
from qms_service.rulebooks.attempt import Attempt
from qms_service.rulebooks.clocks import deadline_at
from qms_service.rulebooks.fact_check import read_change
from qms_service.worktime import Term


def system_findings(attempt: Attempt) -> list[Finding]:
    """What the rules find in a system event whose facts are in order."""
    check = _CHECKS.get(attempt.rule.name)
    return check(attempt) if check else []


def _corrected(attempt: Attempt) -> list[Finding]:
    of = attempt.event.facts["of"]
    target = attempt.case.event(of)
    if target is None:
        seqs = tuple(event.seq for event in attempt.case.history)
        return [attempt.refusal("correction-target", absolute=True, of=of, allowed=seqs)]
    fault = _correction_fault(attempt, target)
    if fault:
        return [attempt.refusal(fault, absolute=True, of=target.seq)]
    return read_change(attempt.rules.event(attempt.kind, target.name), target, attempt.event)[1]


def _correction_fault(attempt: Attempt, target: Event) -> str | None:
    """What makes a correction senseless: the code of a finding."""
    facts, void = attempt.event.facts, attempt.event.facts.get("void") is True
    at = facts.get("at")
    if facts.get("facts") is None and at is None and not void:
        return "correction-empty"
    if void and target.seq == attempt.case.history[0].seq:
        return "correction-opening"
    if target.name == "corrected" and not void:
        return "correction-of-correction"
    ahead = isinstance(at, datetime) and micros(at) > attempt.event.us
    return "correction-ahead" if ahead else None


def _extended(attempt: Attempt) -> list[Finding]:
    facts = attempt.event.facts
    until, within = facts.get("until"), facts.get("within")
    if (until is None) == (within is None):
        return [attempt.refusal("extension-figure", absolute=True)]
    if within is not None:
        try:
            Term.parse(str(within))
        except TermError as error:
            return [attempt.refusal("refused", absolute=True, en=error.text("en"), zh=error.text("zh"))]
    return _clock(attempt) or _extendable(attempt, until)


def _extendable(attempt: Attempt, until: object) -> list[Finding]:
    clock = str(attempt.event.facts["clock"])
    deadline = deadline_at(attempt.rules, attempt.kind, clock, attempt.timeline, attempt.event.at)
    due_at = deadline.due_at
    if due_at is None or deadline.stopped_at is not None:
        return [
            attempt.refusal("extension-not-running", absolute=True, clock=clock, state=str(deadline.state))
        ]
    if micros(attempt.event.at) > micros(due_at):
        return [
            attempt.refusal("extension-late", absolute=True, clock=clock, due_at=due_at, at=attempt.event.at)
        ]
    if isinstance(until, datetime) and micros(until) <= micros(due_at):
        return [
            attempt.refusal("extension-not-later", absolute=True, clock=clock, due_at=due_at, until=until)
        ]
    return []


def _clock(attempt: Attempt) -> list[Finding]:
    clock = str(attempt.event.facts["clock"])
    clocks = attempt.kind.clocks
    return [] if clock in clocks else [attempt.unknown("clock", clock, tuple(clocks))]


def _paused(attempt: Attempt) -> list[Finding]:
    named, clocks = attempt.event.facts.get("clocks"), tuple(attempt.kind.clocks)
    given = named if isinstance(named, tuple) else ()
    return [attempt.unknown("clock", str(name), clocks) for name in given if name not in clocks]


def _resumed(attempt: Attempt) -> list[Finding]:
    """A clock that does not stand still cannot go on; without `clocks`, one of them has to stand still."""
    unknown = _paused(attempt)
    named = attempt.event.facts.get("clocks")
    still = [clock for clock in attempt.kind.clocks if _is_paused(clock, attempt.timeline)]
    asked = named if isinstance(named, tuple) else tuple(still) or (None,)
    moving = [clock for clock in asked if clock not in still]
    return unknown or [attempt.refusal("not-paused", absolute=True, clock=clock) for clock in moving]


def _is_paused(clock: str, timeline: Timeline) -> bool:
    """Whether the last event that paused or resumed a clock by hand paused it."""
    events = (*timeline.all("paused"), *timeline.all("resumed"))
    concerned = [event for event in events if _concerns(event, clock)]
    last = max(concerned, key=lambda event: event.place, default=None)
    return last is not None and last.name == "paused"


def _concerns(event: Event, clock: str) -> bool:
    clocks = event.facts.get("clocks")
    return not isinstance(clocks, tuple) or clock in clocks


def _waived(attempt: Attempt) -> list[Finding]:
    rules = attempt.kind.events.values()
    waivable = tuple(gate.id for rule in rules for gate in rule.gates if gate.waivable)
    gate = str(attempt.event.facts["gate"])
    if not waivable:
        return [attempt.refusal("nothing-waivable", absolute=True, gate=gate)]
    return [] if gate in waivable else [attempt.unknown("gate", gate, waivable)]


def _reopened(attempt: Attempt) -> list[Finding]:
    is_open = status_of(attempt.timeline) == "open"
    return [attempt.refusal("not-closed", absolute=True)] if is_open else []


_CHECKS: Final[Mapping[str, Callable[[Attempt], list[Finding]]]] = {
    "corrected": _corrected,
    "extended": _extended,
    "agreed": _clock,
    "paused": _paused,
    "resumed": _resumed,
    "waived": _waived,
    "reopened": _reopened,
}
