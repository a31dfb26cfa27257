"""Opening a case, and taking over one whose history was made elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from qms_service.cases import Case, Complaint, Subject
from qms_service.errors import Refused
from qms_service.events import Event
from qms_service.facts import Facts
from qms_service.findings import Finding
from qms_service.labels import Label
from qms_service.rulebooks.attempt import unknown_name_finding
from qms_service.rulebooks.fact_check import read_facts
from qms_service.rulebooks.model import EventRule, KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.system import SYSTEM_RULES


def opened(rules: Rules, subject: Complaint | Subject) -> Case:
    """A new case with its opening event."""
    kind = rules.kind(subject.kind)
    _refuse(_subject_findings(kind, subject))
    opening = Event(kind.opening, subject.opened_at, recorded_at=subject.opened_at, seq=1)
    return Case(subject=subject, pin=rules.pin, history=(opening,))


def adopted(rules: Rules, subject: Complaint | Subject, events: Iterable[Event]) -> Case:
    """A case with the history given; `recorded_at` stays empty where the source does not tell it."""
    kind = rules.kind(subject.kind)
    given = sorted(events, key=lambda event: (event.seq, event.at) if event.seq else (0, event.at))
    if not any(event.name == kind.opening for event in given):
        given.insert(0, Event(kind.opening, subject.opened_at))
    found = list(_subject_findings(kind, subject))
    read = [_read(rules, kind, event, seq, found) for seq, event in enumerate(given, start=1)]
    _refuse(found)
    return Case(subject=subject, pin=rules.pin, history=tuple(read))


def _read(rules: Rules, kind: KindRules, event: Event, seq: int, found: list[Finding]) -> Event:
    rule = kind.events.get(event.name) or SYSTEM_RULES.get(event.name)
    if rule is None:
        known = (*kind.events, *SYSTEM_RULES)
        found.append(unknown_name_finding(event.name, "event", event.name, known))
        return event
    facts, wrong = read_facts(rule, event.facts)
    department = rules.department(event.department)
    if department is not None and department not in rules.departments:
        wrong.append(unknown_name_finding(event.name, "department", department, tuple(rules.departments)))
    found += wrong
    if wrong:
        return event
    return attrs.evolve(event, seq=seq, department=department, facts=facts)


def _subject_findings(kind: KindRules, subject: Complaint | Subject) -> list[Finding]:
    rule = EventRule(name="subject", label=Label(), facts=kind.subject)
    facts = subject.facts
    if isinstance(subject, Complaint):
        facts = Facts({name: value for name, value in facts.items() if name in rule.fact_types})
    return read_facts(rule, facts)[1]


def _refuse(found: list[Finding]) -> None:
    if found:
        raise Refused("refused", findings=tuple(found))
