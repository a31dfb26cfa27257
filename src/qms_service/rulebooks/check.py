"""What the rules say of an event before it is recorded: all findings, each with its clause."""

from __future__ import annotations

from collections.abc import Iterable

from qms_service.cases import status_of
from qms_service.errors import nearest
from qms_service.events import ALWAYS
from qms_service.findings import Finding
from qms_service.instants import from_micros, micros
from qms_service.rulebooks.attempt import Attempt
from qms_service.rulebooks.fact_check import fact_findings
from qms_service.rulebooks.gate_check import gate_findings, link_findings
from qms_service.rulebooks.system_check import system_findings


def findings_on(attempt: Attempt) -> list[Finding]:
    """Everything that the rules find in an event; nothing where all is in order."""
    found = fact_findings(attempt.rule, attempt.facts)
    found += _status(attempt)
    found += gate_findings(attempt)
    found += link_findings(attempt)
    found += _person(attempt)
    found += _order(attempt)
    if not found:
        found += system_findings(attempt)
    return found


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
    rule, found = attempt.rule, list[Finding]()
    if rule.role is not None and not _in_role(attempt, rule.role):
        label = attempt.rules.roles[rule.role].label
        en, zh = label.text("en"), label.text("zh")
        found.append(attempt.refusal("role-needed", role=rule.role, en=en, zh=zh, got=attempt.role))
    if attempt.department is not None:
        found += _department(attempt, attempt.department)
    for name in rule.not_by:
        other = attempt.timeline.last(name)
        if other is not None and attempt.by is not None and other.by == attempt.by:
            found.append(attempt.refusal("same-person", event=name, by=attempt.by))
    return found


def _in_role(attempt: Attempt, role: str) -> bool:
    if attempt.role == role:
        return True
    return attempt.on_behalf_of == role and attempt.role in attempt.rules.roles[role].deputies


def _department(attempt: Attempt, got: str) -> list[Finding]:
    rules, owner = attempt.rules, attempt.rule.by
    department = rules.department(got)
    if department is None:
        guess = nearest(got, (*rules.departments, *rules.spellings))
        code = "unknown-department.nearest" if guess else "unknown-department"
        return [
            attempt.refusal(code, absolute=True, got=got, allowed=tuple(rules.departments), nearest=guess)
        ]
    if owner is not None and owner not in (department, attempt.on_behalf_of):
        return [attempt.warning("other-department", attempt.rule.clause, got=department, owner=owner)]
    return []


def _order(attempt: Attempt) -> list[Finding]:
    """What is remarkable about the time of an event, and about a step that the case does not need."""
    found = []
    rule, kind = attempt.rule, attempt.kind
    latest = attempt.case.timeline().latest
    if latest is not None and micros(attempt.at) < latest:
        before = from_micros(latest, attempt.rules.zone)
        found.append(attempt.warning("out-of-order", at=attempt.at, latest=before))
    if kind.late_entry is not None and attempt.recorded_at is not None:
        limit = kind.late_entry.after(attempt.at, attempt.rules.calendar, on_unknown="provisional")
        if micros(attempt.recorded_at) > micros(limit):
            found.append(
                attempt.warning("late-entry", at=attempt.at, recorded_at=attempt.recorded_at, limit=limit)
            )
    if rule.when is not ALWAYS and rule.when.holds(attempt.timeline.fact) is False:
        found.append(attempt.warning("not-needed", rule.clause))
    return found
