"""Opening a case, and taking over one whose history was made elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import attrs

from qms_service.cases import AnySubject, Case, Subject
from qms_service.errors import EntryError, Refused
from qms_service.events import Event
from qms_service.facts import Facts, as_facts
from qms_service.findings import Finding
from qms_service.labels import Label
from qms_service.rulebooks.attempt import Attempt, unknown_name_finding
from qms_service.rulebooks.balance_check import balance_findings_at
from qms_service.rulebooks.fact_check import read_change, read_facts
from qms_service.rulebooks.model import EventRule, KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.system import SYSTEM_RULES


def check_subject(subject: object) -> None:
    """Refuses what is no subject.

    Raises:
        EntryError: It is none of the typed subjects, and no `Subject`.
    """
    if not isinstance(subject, AnySubject):
        raise EntryError("entry-subject", got=repr(subject))


def opened(
    rules: Rules,
    subject: AnySubject,
    recorded_at: datetime | None = None,
    facts: Mapping[str, object] | None = None,
    by: str | None = None,
) -> Case:
    """A new case with its opening event and the facts that this puts on record."""
    check_subject(subject)
    kind = rules.kind(subject.kind)
    subject, found = _read_subject(kind, subject)
    kept, wrong = read_facts(rules.event(kind, kind.opening), as_facts(facts))
    _refuse([*found, *wrong])
    entered = recorded_at or subject.opened_at
    opening = Event(kind.opening, subject.opened_at, recorded_at=entered, seq=1, by=by, facts=kept)
    case = Case(subject=subject, pin=rules.pin, history=(opening,))
    if kind.opening in kind.bound:
        rule, timeline = rules.event(kind, kind.opening), case.timeline()
        _refuse(balance_findings_at(Attempt(rules, kind, rule, case, timeline, opening), timeline))
    return case


def adopted(rules: Rules, subject: AnySubject, events: Iterable[Event]) -> Case:
    """A case with the history given; `recorded_at` stays empty where the source does not tell it."""
    check_subject(subject)
    kind = rules.kind(subject.kind)
    events = tuple(events) if isinstance(events, Iterable) else (events,)
    strange = next((one for one in events if not isinstance(one, Event)), None)
    if strange is not None or None in events:
        raise EntryError("entry-events", got=repr(strange))
    given = sorted(events, key=lambda event: (event.seq, event.us))
    if not any(event.name == kind.opening for event in given):
        given.insert(0, Event(kind.opening, subject.opened_at))
    subject, found = _read_subject(kind, subject)
    read = [_read(rules, kind, event, seq, found) for seq, event in enumerate(_aligned(given), start=1)]
    _refuse(found)
    history = [_mending(rules, kind, event, read, found) for event in read]
    _refuse(found)
    return Case(subject=subject, pin=rules.pin, history=tuple(history))


def _mending(
    rules: Rules, kind: KindRules, event: Event, history: Sequence[Event], found: list[Finding]
) -> Event:
    """A correction with its facts as the event that it mends declares them; other events as they are."""
    of = event.facts.get("of") if event.name == "corrected" else None
    if not isinstance(of, int) or not 1 <= of <= len(history):
        return event
    target = history[of - 1]
    event, wrong = read_change(rules.event(kind, target.name), target, event)
    found += wrong
    return event


def _aligned(given: Sequence[Event]) -> list[Event]:
    """The events with corrections that name their target by its new place, where its old one was known."""
    places = {event.seq: place for place, event in enumerate(given, start=1) if event.seq}
    return [
        attrs.evolve(event, facts=as_facts({**event.facts, "of": places[of]}))
        if event.name == "corrected" and (of := event.facts.get("of")) in places
        else event
        for event in given
    ]


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
    as_given = facts is event.facts and department == event.department and seq == event.seq
    if wrong or as_given:
        return event
    return attrs.evolve(event, seq=seq, department=department, facts=facts)


def _read_subject(kind: KindRules, subject: AnySubject) -> tuple[AnySubject, list[Finding]]:
    """The subject with its facts as they are kept, and what its declaration finds wrong with them."""
    rule = EventRule(name="subject", label=Label(), facts=kind.subject)
    if not isinstance(subject, Subject):
        declared = {name: value for name, value in subject.facts.items() if name in rule.fact_types}
        return subject, read_facts(rule, Facts(declared))[1]
    facts, found = read_facts(rule, subject.facts)
    return attrs.evolve(subject, facts=facts), found


def _refuse(found: list[Finding]) -> None:
    if found:
        raise Refused("refused", findings=tuple(found))
