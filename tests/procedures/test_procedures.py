"""Each procedure, clause by clause: the cases of the TOML files beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms

HERE = Path(__file__).parent
SHANGHAI = ZoneInfo("Asia/Shanghai")
COLUMNS = ("by", "department", "role", "on_behalf_of")
NAMED_BY = ("event", "fact", "role", "status", "got")
Told = Mapping[str, Any]


TOLD = tomllib.loads((HERE / "pcb-maker.toml").read_text(encoding="utf-8"))
CASES: list[Told] = TOLD["case"]
PROCEDURE = qms.load_rulebook("pcb-maker").on(datetime(2026, 3, 2, tzinfo=SHANGHAI))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def event_of(told: Told) -> qms.Event:
    facts = {key: value for key, value in told.items() if key not in ("event", "at", *COLUMNS)}
    columns = {key: told[key] for key in COLUMNS if key in told}
    return qms.Event(told["event"], moment(told["at"]), facts=facts, **columns)


def case_of(told: Told) -> qms.Case:
    """What is on record, whatever the gates would have said: the story up to the moment asked, then the rest."""
    story, without = TOLD["stories"].get(told.get("story"), ()), told.get("without", ())
    assert set(without) <= {one["event"] for one in story}, "nothing to leave out"
    asked = moment(told["at"] if "check" in told else told["now"])
    events = [one for one in story if one["event"] not in without and moment(one["at"]) <= asked]
    received_at = moment(told.get("received", "2026-03-02 08:00"))
    subject = qms.Complaint(number="C-1", customer="ACME", product="PCB-7781", received_at=received_at)
    return PROCEDURE.adopt(subject, [event_of(one) for one in (*events, *told.get("given", ()))])


def cited(told: Told) -> str:
    return str(told.get("of_clause", told["clause"]))


def named(finding: qms.Finding) -> str:
    """A finding as the cases write it: its code, and what it names."""
    code = finding.code.removesuffix(".nearest")
    what = next((str(finding.facts[key]) for key in NAMED_BY if finding.facts.get(key)), "")
    return f"{code} {what}".strip()


def asking(kind: str) -> list[Any]:
    return [pytest.param(one, id=f"{one['clause']} {one['sentence']}") for one in CASES if kind in one]


@pytest.mark.parametrize("told", asking("check"))
def test_a_step_is_refused_or_allowed_as_the_clause_says(told: Told) -> None:
    entry = {key: told[key] for key in COLUMNS if key in told} | told.get("facts", {})
    found = PROCEDURE.check(case_of(told), told["check"], at=moment(told["at"]), **entry)
    refused = [finding for finding in found if finding.refuses]
    assert [named(finding) for finding in refused] == told["expect"].get("refused", [])
    assert [named(finding) for finding in found if not finding.refuses] == told["expect"].get("warned", [])
    assert {finding.clause.number for finding in refused if finding.clause} <= {cited(told)}


@pytest.mark.parametrize("told", asking("clock"))
def test_a_clock_stands_as_the_clause_says(told: Told) -> None:
    deadline = PROCEDURE.deadline(case_of(told), told["clock"], now=moment(told["now"]))
    expect = told["expect"]
    assert deadline.state == expect["state"]
    assert deadline.clause is not None
    assert deadline.clause.number == cited(told)
    instants = {"due": "due_at", "original_due": "original_due_at", "warn": "warn_at"}
    for key, attribute in instants.items():
        if key in expect:
            assert getattr(deadline, attribute) == moment(expect[key]), key
    for key in ("gross", "net"):
        if key in expect:
            hours, minutes = map(int, expect[key].split(":"))
            assert getattr(deadline, key) == timedelta(hours=hours, minutes=minutes), key
    assert (deadline.due_at is None) is ("due" not in expect)


@pytest.mark.parametrize("told", asking("owner"))
def test_a_step_has_the_owner_that_the_clause_names(told: Told) -> None:
    owner = PROCEDURE.owner(case_of(told), told["owner"], now=moment(told["now"]))
    expect = told["expect"]
    assert owner.responsible == expect["responsible"]
    assert owner.decided is expect["decided"]
    assert list(owner.missing) == expect.get("missing", [])
    for letter in ("consulted", "informed"):
        if letter in expect:
            assert list(getattr(owner, letter)) == expect[letter]
    if owner.decided or "of_clause" in told:
        assert cited(told) in [clause.number for clause in owner.clauses]


@pytest.mark.parametrize("told", asking("step"))
def test_the_checklist_shows_a_step_as_the_clause_says(told: Told) -> None:
    checklist = PROCEDURE.checklist(case_of(told), now=moment(told["now"]))
    step = next(step for step in checklist if step.event == told["step"])
    assert step.state == told["expect"]["state"]
    assert step.clause is not None
    assert step.clause.number == cited(told)


def test_every_case_asks_one_thing() -> None:
    for told in CASES:
        assert sum(kind in told for kind in ("check", "clock", "owner", "step")) == 1, told["sentence"]


def test_every_clause_that_the_complaint_rules_cite_has_a_case() -> None:
    kind = PROCEDURE.rules.kind("complaint")
    steps = [step.clause for step in kind.events.values()] + [
        gate.clause for step in kind.events.values() for gate in step.gates
    ]
    clocks = [clock.clause for clock in kind.clocks.values()]
    rows = [rule.clause for route in kind.routes for rule in route.table.rules]
    clauses = {clause.number for clause in (*steps, *clocks, *rows) if clause is not None}
    assert clauses - {told["clause"] for told in CASES} == set()


def test_every_gate_clock_and_route_of_the_complaint_rules_has_a_case() -> None:
    kind = PROCEDURE.rules.kind("complaint")
    assert {told["clock"] for told in CASES if "clock" in told} == set(kind.clocks)
    gated = {step.name for step in kind.events.values() if step.gates}
    assert gated - {told["check"] for told in CASES if "check" in told} == {"review_held"}
