"""Whatever the pcb-maker rulebook answers about a case travels: for a page, an archive, another service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pendulum
import pytest

import qms_service as qms
from qms_service.rulebooks.problem import Problem
from qms_service.wire import from_json, json_schema, to_json

Json = Any
MISPELT = '[complaint.events.received]\nclause = "4.2.4.1"\n[complaint.events.closed]\nby = "qualty"\nclause = 4.2\n'


def at(day: int, hour: int) -> pendulum.DateTime:
    return pendulum.datetime(2026, 3, day, hour, tz="Asia/Shanghai")


@pytest.fixture(scope="module")
def proc() -> qms.Procedure:
    return qms.load_rulebook("pcb-maker").on(at(2, 9).date())


@pytest.fixture(scope="module")
def case(proc: qms.Procedure) -> qms.Case:
    opened = proc.open(
        qms.Complaint(number="C-1", customer="ACME", product="PCB-7781", quantity=500, received_at=at(2, 9))
    )
    forwarded = proc.record(opened, "forwarded", at=at(2, 10), by="Li", department="marketing")
    analysed = proc.record(
        forwarded, "analysed", at=at(3, 1), by="Wu", established=True, ours=True, cause="operation"
    )
    return proc.record(analysed, "paused", at=at(3, 2), reason="样品未到", clocks=["answer"])


def travels(kind: Json, value: object) -> Json:
    """The tree of the JSON that the value travels as, once it came back equal and fitted its schema."""
    text = to_json(value)
    tree = json.loads(text)
    jsonschema.validate(tree, json_schema(kind))
    assert from_json(kind, text) == value
    return tree


def test_a_case_with_its_history_travels(case: qms.Case) -> None:
    tree = travels(qms.Case, case)
    assert [event["name"] for event in tree["history"]] == ["received", "forwarded", "analysed", "paused"]
    assert tree["history"][-1]["facts"] == {"reason": "样品未到", "clocks": ["answer"]}


def test_a_case_that_came_back_goes_on_under_the_same_rules(proc: qms.Procedure, case: qms.Case) -> None:
    again = from_json(qms.Case, to_json(case))
    now = at(4, 9)
    assert proc.deadlines(again, now=now) == proc.deadlines(case, now=now)
    assert proc.record(again, "resumed", at=now) == proc.record(case, "resumed", at=now)


def test_its_checklist_owners_and_status_travel(proc: qms.Procedure, case: qms.Case) -> None:
    steps = proc.checklist(case, now=at(3, 9))
    tree = travels(tuple[qms.Step, ...], steps)
    assert {step["state"] for step in tree["items"]} >= {"done", "possible", "blocked"}
    for step in steps:
        travels(qms.Assignment, proc.owner(case, step.event))
        travels(qms.Step, step)
    assert travels(qms.Status, proc.status(case, now=at(3, 9)))["status"] == "open"


def test_its_deadlines_travel_and_so_do_their_explanations(proc: qms.Procedure, case: qms.Case) -> None:
    deadlines = proc.deadlines(case, now=at(3, 9))
    travels(tuple[qms.Deadline, ...], deadlines)
    travels(tuple[qms.Explanation, ...], tuple(one.explain() for one in deadlines))
    first = travels(qms.Explanation, proc.deadline(case, "initial-analysis", now=at(3, 9)).explain())
    assert first["budget"] == "PT12H"
    assert [segment["counted"] for segment in first["segments"]] == ["PT12H"]


def test_what_the_rules_find_travels_and_is_said_in_either_language(
    proc: qms.Procedure, case: qms.Case
) -> None:
    found = (
        *proc.review(case, at(9, 9)),
        *(f for step in proc.checklist(case, now=at(3, 9)) for f in step.missing),
    )
    assert {finding.code for finding in found} >= {"late", "missing-event"}
    again = from_json(tuple[qms.Finding, ...], to_json(found))
    for language in ("en", "zh"):
        assert [finding.text(language) for finding in again] == [finding.text(language) for finding in found]


def test_the_problems_of_a_rulebook_travel(tmp_path: Path) -> None:
    book = tmp_path / "book.toml"
    book.write_text('id = "book"\nedition = "1"\ntimezone = "Asia/Shanghai"\n' + MISPELT, encoding="utf-8")
    with pytest.raises(qms.RulebookError) as refused:
        qms.load_rulebook(str(book))
    assert travels(tuple[Problem, ...], refused.value.problems)["of"] == "Problem"
