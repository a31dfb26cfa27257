"""Departments, roles and figures that are declared and never used (没用到的部门、职务和参数)."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding, Severity
from qms_service.authoring.lint.reach import selectors_in
from qms_service.authoring.lint.sheet import Sheet
from qms_service.rulebooks.figures import figures_in
from qms_service.rulebooks.model import EventRule, FactRule, KindRules


def departments(sheet: Sheet) -> Iterator[LintFinding]:
    """Each department that no rule names; where a fact is a department, a case may name any of them."""
    rules = sheet.rules
    if any(fact.type.kind == "department" for kind in rules.kinds.values() for fact in _facts(kind)):
        return
    named = {name for kind in rules.kinds.values() for name in _departments_of(kind)}
    named |= {one.by for one in rules.duties.values() if one.by}
    named |= {name for one in rules.departments.values() if one.id in named for name in one.deputies}
    for name in rules.departments:
        if name not in named:
            yield sheet.find("warning", "department-unused", f"departments.{name}", name=name)


def roles(sheet: Sheet) -> Iterator[LintFinding]:
    """Each role that no step asks for, and that stands in for none that is asked for."""
    rules = sheet.rules
    asked = {rule.role for kind in rules.kinds.values() for rule in kind.events.values() if rule.role}
    asked |= {name for one in rules.roles.values() if one.id in asked for name in one.deputies}
    for name, role in rules.roles.items():
        if name not in asked:
            yield sheet.find("warning", "role-unused", f"roles.{name}", clause=role.clause, name=name)


def params(sheet: Sheet) -> Iterator[LintFinding]:
    """Each figure that nobody has set, and each that no rule uses; a note on it says why it is open."""
    used = set(figures_in(sheet.rules.raw))
    for name, one in sheet.rules.params.items():
        path = f"params.{name}"
        if one.unset:
            severity: Severity = "note" if one.note else "warning"
            yield sheet.find(severity, "param-unset", path, clause=one.clause, name=name)
        elif name not in used:
            yield sheet.find("warning", "param-unused", path, clause=one.clause, name=name)


def _facts(kind: KindRules) -> Iterator[FactRule]:
    yield from kind.subject
    for rule in kind.events.values():
        yield from rule.facts


def _departments_of(kind: KindRules) -> Iterator[str]:
    for rule in kind.events.values():
        yield from (name for name in (rule.by, rule.accountable, *rule.consulted, *rule.informed) if name)
        yield from _asked_departments(rule)
    for route in kind.routes:
        yield from (str(value) for row in route.table.rules for value in row.then.values())


def _asked_departments(rule: EventRule) -> Iterator[str]:
    """The departments of which a gate asks an event."""
    for gate in rule.gates:
        for selector in selectors_in(gate.need):
            yield from (str(one) for name, asked in selector.where if name == "department" for one in asked)
