"""What the rules say of an event before it is recorded: all findings, each with its clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pendulum import DateTime

from qms_service.cases import status_of
from qms_service.errors import nearest
from qms_service.events import ALWAYS, Event, Timeline
from qms_service.findings import Finding
from qms_service.instants import from_micros, micros
from qms_service.rulebooks.attempt import Attempt
from qms_service.rulebooks.gate_check import gate_findings
from qms_service.rulebooks.owners import assignment, route_of
from qms_service.rulebooks.system import SYSTEM_RULES
from qms_service.rulebooks.system_check import system_findings
from qms_service.worktime import Term


def findings_on(attempt: Attempt, wrong: Sequence[Finding] = ()) -> list[Finding]:
    """Everything that the rules find in an event; nothing where all is well.

    Args:
        attempt: The event.
        wrong: What is wrong with its facts; what a system event does is judged only where nothing is.
    """
    rule, event, timeline = attempt.rule, attempt.event, attempt.timeline
    found = gate_findings(attempt) if rule.gates else []
    if wrong:
        found = [*wrong, *found]
    whole = attempt.case.timeline()
    dated_back = timeline is not whole
    if not rule.after_close and (status_of(whole) != "open" or dated_back):
        found += _status(attempt, whole)
    if rule.name == attempt.kind.opening and rule.name in timeline.here:
        found.append(attempt.warning("opened-already", rule.clause))
    if rule.role is not None or rule.not_by:
        found += _person(attempt)
    if event.department is not None and event.department != rule.by:
        found += _department(attempt, event.department)
    if dated_back:
        found.append(_out_of_order(attempt))
    if attempt.kind.late_entry is not None and event.recorded_at is not None:
        found += _late_entry(attempt, attempt.kind.late_entry, event.recorded_at)
    if rule.when is not ALWAYS and rule.when.holds(timeline.facts.get) is False:
        found.append(attempt.warning("not-needed", rule.clause))
    return found + system_findings(attempt) if rule.name in SYSTEM_RULES and not wrong else found


def refusals(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop a step."""
    return tuple(finding for finding in found if finding.refuses)


def _status(attempt: Attempt, whole: Timeline) -> list[Finding]:
    """A case that is closed takes no more steps: neither after its closing, nor dated back before it."""
    for timeline in (attempt.timeline, whole):
        status = status_of(timeline)
        if status != "open":
            return [attempt.refusal("not-open", absolute=True, status=status)]
    return []


def _person(attempt: Attempt) -> list[Finding]:
    """Who may: somebody in the role asked for, and another person where duties are segregated."""
    rule, event, found = attempt.rule, attempt.event, list[Finding]()
    if rule.role is not None and event.role != rule.role and not _stands_in(attempt, rule.role):
        label = attempt.rules.roles[rule.role].label
        en, zh = label.text("en"), label.text("zh")
        found.append(attempt.refusal("role-needed", role=rule.role, en=en, zh=zh, got=event.role))
    for name in rule.not_by:
        other = attempt.timeline.last(name)
        if other is not None:
            found += _other_person(attempt, other)
    return found


def _other_person(attempt: Attempt, other: Event) -> list[Finding]:
    """Duties are segregated only where both persons are on record; who opened a case is not always told."""
    by = attempt.event.by
    if other.by is None and other.name == attempt.kind.opening:
        return [attempt.warning("opener-unknown", event=other.name)]
    if by is None or other.by is None:
        lacking = other.name if by else attempt.event.name
        return [attempt.refusal("person-unknown", event=other.name, lacking=lacking)]
    return [attempt.refusal("same-person", event=other.name, by=by)] if by == other.by else []


def _stands_in(attempt: Attempt, role: str) -> bool:
    event = attempt.event
    return event.on_behalf_of == role and event.role in attempt.rules.roles[role].deputies


def _department(attempt: Attempt, got: str) -> list[Finding]:
    """A department that is known; one that neither owns the step nor assists in it is remarked."""
    rules = attempt.rules
    if got not in rules.departments:
        guess = rules.department(nearest(got, (*rules.departments, *rules.spellings)))
        code = "unknown-department.nearest" if guess else "unknown-department"
        return [
            attempt.refusal(code, absolute=True, got=got, allowed=tuple(rules.departments), nearest=guess)
        ]
    owner = attempt.rule.by
    if owner is None:
        if route_of(attempt.kind, attempt.rule.name) is None:
            return []
    elif owner == rules.department(attempt.event.on_behalf_of) and got in rules.departments[owner].deputies:
        return []
    named = assignment(attempt.kind, attempt.rule, attempt.timeline)
    if got == named.responsible or got in named.consulted or not named.decided:
        return []
    return [attempt.warning("other-department", attempt.rule.clause, got=got, owner=named.responsible)]


def _out_of_order(attempt: Attempt) -> Finding:
    latest = attempt.case.timeline().latest or attempt.event.us
    return attempt.warning(
        "out-of-order", at=attempt.event.at, latest=from_micros(latest, attempt.rules.zone)
    )


def _late_entry(attempt: Attempt, allowed: Term, recorded_at: DateTime) -> list[Finding]:
    at = attempt.event.at
    limit = allowed.after(at, attempt.rules.calendar, on_unknown="provisional")
    if micros(recorded_at) <= micros(limit):
        return []
    return [attempt.warning("late-entry", at=at, recorded_at=recorded_at, limit=limit)]
