"""What the rules say of an event before it is recorded: the findings, all of them, each with its clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.cases import Case, status_of
from qms_service.errors import nearest
from qms_service.events import CLOSED, Timeline
from qms_service.facts import NO_FACTS, Facts, FactType, FactValueError
from qms_service.findings import Finding
from qms_service.instants import from_micros, micros
from qms_service.rulebooks.model import EventRule, Gate, KindRules
from qms_service.rulebooks.need import Shortfall
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.system import SYSTEM_RULES
from qms_service.rulebooks.system_check import system_findings

Findings = list[Finding]
_NONE: Final[Mapping[str, object]] = {}


@attrs.frozen(kw_only=True, eq=False)
class Entry:
    """An event as it is offered: its columns and facts, not yet judged."""

    name: str
    at: DateTime
    recorded_at: DateTime | None
    by: str | None = None
    department: str | None = None
    role: str | None = None
    on_behalf_of: str | None = None
    facts: Facts = NO_FACTS
    related: tuple[Case, ...] = ()


def findings_on(rules: Rules, kind: KindRules, rule: EventRule, case: Case, entry: Entry) -> Findings:
    """Everything that the rules find in an entry for a case; nothing where all is in order."""
    timeline = case.timeline(entry.at)
    found: Findings = []
    _facts(rule, entry, found)
    _accepting(rule, timeline, found)
    found += gate_findings(rules, kind, rule, timeline, entry)
    _settled(rule, timeline, entry, found)
    _person(rules, rule, timeline, entry, found)
    _order(rules, kind, rule, timeline, case, entry, found)
    if rule.name in SYSTEM_RULES:
        found += system_findings(rules, kind, case, timeline, entry)
    return found


def _facts(rule: EventRule, entry: Entry, found: Findings) -> None:
    types = rule.fact_types
    if not types and not entry.facts:
        return
    found += fact_findings(rule, types, entry.facts)


def fact_findings(rule: EventRule, types: Mapping[str, FactType], facts: Mapping[str, object]) -> Findings:
    """Facts that are undeclared, mistyped, or missing."""
    found = []
    for name, value in facts.items():
        if name not in types:
            guess = nearest(name, types)
            code = "unknown-fact.nearest" if guess else "unknown-fact"
            found.append(_refusal(code, rule, final=True, fact=name, allowed=tuple(types), nearest=guess))
        elif not (value is None and types[name].optional):
            found += _mistyped(rule, name, types[name], value)
    for name, type_ in types.items():
        if not type_.optional and facts.get(name) is None:
            found.append(_refusal("missing-fact", rule, final=True, fact=name, allowed=str(type_)))
    return found


def _mistyped(rule: EventRule, name: str, type_: FactType, value: object) -> Findings:
    if value is None:
        return []
    try:
        type_.read(name, value)
    except FactValueError as error:
        return [_refusal("fact-value", rule, final=True, **error.operands)]
    return []


def _accepting(rule: EventRule, timeline: Timeline, found: Findings) -> None:
    status = status_of(timeline)
    if status == "open" or rule.after_close:
        return
    found.append(_refusal("not-open", rule, final=True, status=status))


def gate_findings(
    rules: Rules, kind: KindRules, rule: EventRule, timeline: Timeline, entry: Entry
) -> Findings:
    """What is not on record that the gates of a step ask for."""
    found: Findings = []
    undecided: dict[str, Gate] = {}
    for gate in rule.gates:
        stands = gate.when.holds(timeline.fact)
        if stands is None:
            undecided.update(dict.fromkeys(gate.when.missing(timeline.fact), gate))
        elif stands:
            shortfalls = gate.need.shortfalls(timeline)
            if shortfalls and not (gate.waivable and _waived(rules, gate, rule, timeline, entry, found)):
                found.extend(_shortfall(kind, rule, gate, short) for short in shortfalls)
    for path, gate in undecided.items():
        found.append(_refusal("undecided", rule, gate.clause, final=gate.absolute, fact=path))
    return found


def _waived(
    rules: Rules, gate: Gate, rule: EventRule, timeline: Timeline, entry: Entry, found: Findings
) -> bool:
    today = entry.at.in_timezone(rules.zone).date()
    for event in timeline.all("waived"):
        expires_on = event.facts["expires_on"]
        if event.facts["gate"] == gate.id and today <= expires_on:  # type: ignore[operator]
            found.append(
                _warning("waived", rule, gate.clause, gate=gate.id, owner=event.facts["owner"], reason=event.facts["reason"])
            )
            return True
    return False


def _shortfall(kind: KindRules, rule: EventRule, gate: Gate, short: Shortfall) -> Finding:
    label = kind.events[short.event].label
    return _refusal(
        short.code, rule, gate.clause, final=gate.absolute,
        event=short.event, en=label.text("en"), zh=label.text("zh"), detail=short.detail,
    )  # fmt: skip


def _settled(rule: EventRule, timeline: Timeline, entry: Entry, found: Findings) -> None:
    if rule.settled is None:
        return
    handed = {case.id: case for case in entry.related}
    for link in timeline.all("linked", keeps=True):
        if link.facts["kind"] not in rule.settled.kinds:
            continue
        other = handed.get(str(link.facts["case"]))
        operands = {"kind": link.facts["kind"], "case": link.facts["case"]}
        if other is None:
            found.append(_refusal("link-missing", rule, rule.settled.clause, final=True, **operands))
        elif other.status == "open":
            found.append(_refusal("link-open", rule, rule.settled.clause, final=True, **operands))


def _person(rules: Rules, rule: EventRule, timeline: Timeline, entry: Entry, found: Findings) -> None:
    if rule.role is not None and entry.role != rule.role and not _stands_in(rules, rule.role, entry):
        role = rules.roles[rule.role].label
        found.append(_refusal("role-needed", rule, rule.clause, role=rule.role, en=role.text("en"), zh=role.text("zh"), got=entry.role))
    department = rules.department(entry.department)
    if entry.department is not None and department is None:
        guess = nearest(entry.department, rules.departments)
        code = "unknown-department.nearest" if guess else "unknown-department"
        found.append(_refusal(code, rule, final=True, got=entry.department, allowed=tuple(rules.departments), nearest=guess))
    elif department is not None and rule.by is not None and rule.by not in (department, entry.on_behalf_of):
        found.append(_warning("other-department", rule, rule.clause, got=department, owner=rule.by))
    for name in rule.not_by:
        other = timeline.last(name)
        if other is not None and entry.by is not None and other.by == entry.by:
            found.append(_refusal("same-person", rule, rule.clause, event=name, by=entry.by))


def _stands_in(rules: Rules, role: str, entry: Entry) -> bool:
    return entry.on_behalf_of == role and entry.role in rules.roles[role].deputies


def _order(
    rules: Rules, kind: KindRules, rule: EventRule, timeline: Timeline, case: Case, entry: Entry, found: Findings
) -> None:
    latest = case.timeline().latest
    if latest is not None and micros(entry.at) < latest:
        found.append(_warning("out-of-order", rule, at=entry.at, latest=from_micros(latest, rules.zone)))
    if kind.late_entry is not None and entry.recorded_at is not None:
        limit = kind.late_entry.after(entry.at)
        if entry.recorded_at > limit:
            found.append(_warning("late-entry", rule, at=entry.at, recorded_at=entry.recorded_at, limit=limit))
    if rule.when.alternatives != ((),) and rule.name != CLOSED and rule.when.holds(timeline.fact) is False:
        found.append(_warning("not-needed", rule, rule.clause))


def _refusal(code: str, rule: EventRule, clause: object = None, *, final: bool = False, **operands: object) -> Finding:
    return Finding(
        code=code, severity="refusal", subject=rule.name, clause=clause or rule.clause, facts=operands, absolute=final
    )


def _warning(code: str, rule: EventRule, clause: object = None, **operands: object) -> Finding:
    return Finding(code=code, severity="warning", subject=rule.name, clause=clause, facts=operands)


def refusals(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop a step."""
    return tuple(finding for finding in found if finding.refuses)
