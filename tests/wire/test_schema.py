"""The JSON Schema of a type: stable, readable, and as strict as the reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pendulum
import pytest

from qms_service.cases import Case, Complaint
from qms_service.clauses import ClauseRef
from qms_service.deadlines import Deadline, DeadlineState
from qms_service.errors import WireError
from qms_service.events import Event
from qms_service.findings import Finding
from qms_service.rulebooks.checklist import Step
from qms_service.wire import from_json, json_schema, to_json
from qms_service.wire.descriptions import fields_described, summary
from qms_service.wire.kinds import TYPES

Json = Any
AT = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
FINDING = Finding(
    code="late", severity="warning", subject="answer", clause=ClauseRef("4.2"), facts={"at": AT}
)


def test_the_schema_of_a_finding_reads_like_its_docstring() -> None:
    schema = json_schema(Finding)
    assert list(schema) == [
        "$schema", "$id", "title", "description", "type", "properties", "required", "additionalProperties", "$defs",
    ]  # fmt: skip
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "qms/1/Finding"
    assert schema["title"] == "Finding"
    assert schema["description"] == "What a rule found: a refusal stops a step, a warning stays beside it."
    assert schema["required"] == ["schema", "type", "code", "severity", "subject"]
    assert schema["additionalProperties"] is False
    properties = schema["properties"]
    assert properties["schema"] == {"const": "qms/1"}
    assert properties["type"] == {"const": "Finding"}
    assert properties["severity"]["enum"] == ["refusal", "warning"]
    assert properties["clause"] == {
        "anyOf": [{"$ref": "#/$defs/ClauseRef"}, {"type": "null"}],
        "description": "The clause that it rests on.",
    }
    assert properties["facts"]["$ref"] == "#/$defs/Facts"
    assert schema["$defs"]["ClauseRef"]["required"] == ["number"]


def test_the_states_of_a_deadline_are_listed() -> None:
    assert json_schema(Deadline)["$defs"]["DeadlineState"]["enum"] == [
        "not_started", "undecided", "running", "paused", "met", "met_late", "overdue", "not_applicable", "void", "unknown",
    ]  # fmt: skip
    assert json_schema(Step)["properties"]["state"]["enum"] == ["done", "possible", "blocked", "not_needed"]


def test_a_description_of_two_lines_becomes_one() -> None:
    said = json_schema(Deadline)["properties"]["original_due_at"]["description"]
    assert said.startswith(
        "The first due time: by the first term that was decided, before any pause, extension or"
    )


def test_a_class_without_a_docstring_has_no_descriptions() -> None:
    class Bare:
        pass

    assert summary(Bare) == ""
    assert fields_described(Bare) == {}


@pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES)
def test_every_schema_is_one_and_holds_all_that_it_refers_to(kind: type) -> None:
    for schema in (json_schema(kind), json_schema(tuple[kind, ...])):  # type: ignore[valid-type]
        jsonschema.Draft202012Validator.check_schema(schema)
        text = json.dumps(schema)
        assert all(f'"#/$defs/{name}"' in text for name in schema["$defs"])
        assert text.count("$ref") == sum(text.count(f'"#/$defs/{name}"') for name in schema["$defs"])


def test_the_schema_of_a_list_is_named_after_what_it_is_of() -> None:
    schema = json_schema(tuple[Finding, ...])
    assert schema["$id"] == "qms/1/Finding-list"
    assert schema["properties"]["items"] == {"type": "array", "items": {"$ref": "#/$defs/Finding"}}
    jsonschema.validate(json.loads(to_json([])), schema)


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree.update(schema="qms/2"),
        lambda tree: tree.update(type="Event"),
        lambda tree: tree.update(severity="bad"),
        lambda tree: tree.update(severty="warning"),
        lambda tree: tree.pop("code"),
        lambda tree: tree.update(clause={"number": 4.2}),
        lambda tree: tree["facts"].update(at={"instant": "2026-03-02T09:00:00"}),
        lambda tree: tree["facts"].update(at={"instnat": "2026-03-02T09:00:00+08:00"}),
        lambda tree: tree["facts"].update(share=1.5),
        lambda tree: tree["facts"].update(spent={"duration": "P1D"}),
        lambda tree: tree["facts"].update(cost={"money": {"amount": 12.5, "currency": "CNY"}}),
        lambda tree: tree["facts"].update(found=[{"facts": {"a": {"decimal": "1,5"}}}]),
    ],
)
def test_what_the_reader_refuses_does_not_fit_the_schema_either(change: Callable[[Json], object]) -> None:
    tree = json.loads(to_json(FINDING))
    jsonschema.validate(tree, json_schema(Finding))
    change(tree)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tree, json_schema(Finding))
    with pytest.raises(WireError):
        from_json(Finding, tree)


def test_a_hand_written_event_needs_its_name_and_its_moment_only() -> None:
    tree = {"schema": "qms/1", "type": "Event", "name": "forwarded", "at": "2026-03-02T09:00:00+08:00"}
    jsonschema.validate(tree, json_schema(Event))
    assert from_json(Event, tree) == Event("forwarded", AT)


def test_a_complaint_is_of_its_own_kind_alone() -> None:
    tree = json.loads(to_json(Complaint(number="C-1", customer="ACME", received_at=AT)))
    jsonschema.validate(tree, json_schema(Complaint))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**tree, "kind": "lease"}, json_schema(Complaint))
    kinds = json_schema(Case)["properties"]["subject"]["anyOf"]
    assert [one["$ref"].rpartition("/")[2] for one in kinds] == [
        "Claim",
        "Complaint",
        "Containment",
        "CorrectiveAction",
        "CustomerProperty",
        "ReturnOrder",
        "Visit",
        "Subject",
    ]


def test_a_deadline_explains_nothing_once_it_was_read_back() -> None:
    deadline = from_json(Deadline, to_json(Deadline(id="answer", state=DeadlineState.RUNNING)))
    assert deadline.explain().segments == ()
