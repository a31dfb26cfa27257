"""What the rules say of an event before it is recorded: all findings, each with its clause."""

from __future__ import annotations

from collections.abc import Iterable

from pendulum import DateTime

from qms_service.cases import status_of
from qms_service.errors import nearest
from qms_service.events import ALWAYS
from qms_service.findings import Finding
from qms_service.instants import from_micros, micros
from qms_service.rulebooks.attempt import Attempt
from qms_service.rulebooks.gate_check import gate_findings, link_findings
from qms_service.rulebooks.system_check import system_findings
from qms_service.worktime import Term


def findings_on(attempt: Attempt) -> list[Finding]:
    """Everything that the rules find in an event whose facts are in order; nothing where all is well."""
    found = gate_findings(attempt)
    if attempt.rule.settled is not None:
        found += link_findings(attempt, attempt.rule.settled)
    found += _status(attempt)
    found += _person(attempt)
    found += _order(attempt)
    return found or system_findings(attempt)


def refusals(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop a step."""
    return tuple(finding for finding in found if finding.refuses)


def _status(attempt: Attempt) -> list[Finding]:
    status = status_of(attempt.timeline)
    if status == "open" or attempt.rule.after_close:
        return []
    return [attempt.refusal("not-open", absolute=True, status=status)]


def _person(attempt: Attempt) -> list[Finding]:
    """Who may: the role asked for, a known department, another person where duties are segregated."""
    rule, event, found = attempt.rule, attempt.event, list[Finding]()
    if rule.role is not None and event.role != rule.role and not _stands_in(attempt, rule.role):
        label = attempt.rules.roles[rule.role].label
        en, zh = label.text("en"), label.text("zh")
        found.append(attempt.refusal("role-needed", role=rule.role, en=en, zh=zh, got=event.role))
    if event.department is not None:
        found += _department(attempt, event.department)
    for name in rule.not_by:
        other = attempt.timeline.last(name)
        if other is not None and event.by is not None and other.by == event.by:
            found.append(attempt.refusal("same-person", event=name, by=event.by))
    return found


def _stands_in(attempt: Attempt, role: str) -> bool:
    event = attempt.event
    return event.on_behalf_of == role and event.role in attempt.rules.roles[role].deputies


def _department(attempt: Attempt, got: str) -> list[Finding]:
    rules, owner = attempt.rules, attempt.rule.by
    department = rules.department(got)
    if department is None:
        guess = nearest(got, (*rules.departments, *rules.spellings))
        code = "unknown-department.nearest" if guess else "unknown-department"
        return [
            attempt.refusal(code, absolute=True, got=got, allowed=tuple(rules.departments), nearest=guess)
        ]
    if owner is not None and owner not in (department, attempt.event.on_behalf_of):
        return [attempt.warning("other-department", attempt.rule.clause, got=department, owner=owner)]
    return []


def _order(attempt: Attempt) -> list[Finding]:
    """What is remarkable about the time of an event, and about a step that the case does not need."""
    found = []
    rule, event = attempt.rule, attempt.event
    latest = attempt.case.timeline().latest
    if latest is not None and event.us < latest:
        before = from_micros(latest, attempt.rules.zone)
        found.append(attempt.warning("out-of-order", at=event.at, latest=before))
    if attempt.kind.late_entry is not None and event.recorded_at is not None:
        found += _late_entry(attempt, attempt.kind.late_entry, event.recorded_at)
    if rule.when is not ALWAYS and rule.when.holds(attempt.timeline.fact) is False:
        found.append(attempt.warning("not-needed", rule.clause))
    return found


def _late_entry(attempt: Attempt, allowed: Term, recorded_at: DateTime) -> list[Finding]:
    at = attempt.event.at
    limit = allowed.after(at, attempt.rules.calendar, on_unknown="provisional")
    if micros(recorded_at) <= micros(limit):
        return []
    return [attempt.warning("late-entry", at=at, recorded_at=recorded_at, limit=limit)]
