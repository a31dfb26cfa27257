"""What is not readable is refused with its place, what was got, and what is allowed; all of it at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import attrs
import pendulum
import pytest

from qms_service.cases import Case, Complaint, Pin, Subject
from qms_service.deadlines import Deadline, DeadlineState
from qms_service.errors import WireError
from qms_service.events import Event, Evidence
from qms_service.findings import Finding
from qms_service.labels import Label
from qms_service.routing import Assignment, Decision
from qms_service.rulebooks.checklist import Step
from qms_service.wire import from_json, json_schema, to_json
from qms_service.wire.converter import converter
from qms_service.wire.fault import Unfit

Json = Any
AT = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
COMPLAINT = Complaint(number="C-1", customer="ACME", received_at=AT)
CASE = Case(
    subject=COMPLAINT,
    pin=Pin(rulebook="pcb-maker", edition="1", digest="d"),
    history=(Event("received", AT, seq=1),),
)


def changed(value: object, change: Callable[[Json], object]) -> Json:
    """The tree of a value's JSON after a change."""
    tree = json.loads(to_json(value))
    change(tree)
    return tree


def test_another_schema_version_is_refused_with_the_way_out() -> None:
    tree = changed(CASE, lambda tree: tree.update(schema="qms/2"))
    with pytest.raises(WireError, match=r'got schema "qms/2", this library reads qms/1: upgrade qms_service'):
        from_json(Case, tree)


def test_json_without_a_schema_version_is_refused() -> None:
    with pytest.raises(WireError, match=r'Put "schema": "qms/1" at its top level'):
        from_json(Case, {"type": "Case"})


def test_another_type_than_asked_for_is_refused() -> None:
    with pytest.raises(WireError, match=r'got type "Case", asked for was "Event"'):
        from_json(Event, to_json(CASE))


@pytest.mark.parametrize("junk", ["", "{", "nothing", b"\xff\xfe\x00", "[" * 100_000, '{"a":}', None, 5])
def test_what_is_no_json_is_refused(junk: Json) -> None:
    with pytest.raises(WireError, match="This is no JSON"):
        from_json(Case, junk)


@pytest.mark.parametrize("junk", ["[]", "null", "5", '"text"'])
def test_json_that_is_no_object_is_refused(junk: str) -> None:
    with pytest.raises(WireError, match="allowed is a JSON object such as"):
        from_json(Case, junk)


def test_a_key_that_stands_twice_is_refused_rather_than_one_of_them_lost() -> None:
    text = to_json(CASE).replace('"customer":"ACME"', '"customer":"ACME","customer":"ACNE"')
    with pytest.raises(WireError, match="same key twice: customer"):
        from_json(Case, text)


def test_facts_nested_without_end_are_refused() -> None:
    text = (
        '{"schema": "qms/1", "type": "Event", "name": "x", "at": "2026-03-02T09:00:00Z", "facts": {"a": %s}}'
    )
    with pytest.raises(WireError, match="too deep"):
        from_json(Event, text % ("[" * 900 + "]" * 900))


def test_bytes_a_byte_order_mark_and_a_parsed_mapping_are_read_too() -> None:
    text = to_json(CASE)
    for given in (text.encode(), b"\xef\xbb\xbf" + text.encode(), "\ufeff" + text, json.loads(text)):
        assert from_json(Case, given) == CASE


def test_all_faults_come_at_once_each_with_its_place() -> None:
    tree = {
        "schema": "qms/1", "type": "Event", "at": "2026-03-02", "seq": "1", "departmnt": "quality",
        "evidence": [{"kind": "photo"}], "findings": "none", "facts": {"ours": 1.0},
    }  # fmt: skip
    with pytest.raises(WireError) as refused:
        from_json(Event, tree)
    assert [(one.path, one.code) for one in refused.value.problems] == [
        ("name", "missing"),
        ("at", "wrong"),
        ("seq", "wrong"),
        ("facts.ours", "wrong"),
        ("evidence[0].uri", "missing"),
        ("findings", "wrong"),
        ("departmnt", "unknown-field.nearest"),
    ]
    assert str(refused.value).splitlines()[:2] == [
        "This JSON is no readable Event, 7 problem(s):",
        "  name: this field is missing; needed are name, at",
    ]
    assert "  departmnt: 没有此字段；是否指 department？" in refused.value.text("zh")
    assert str(refused.value.problems[2]) == 'seq: got "1", allowed is a whole number'


def test_a_field_that_resembles_none_is_refused_with_those_that_there_are() -> None:
    tree = changed(Finding(code="late", severity="warning", subject="x"), lambda tree: tree.update(zzz=1))
    with pytest.raises(
        WireError, match=r"zzz: there is no such field; allowed: code, severity, subject, clause"
    ):
        from_json(Finding, tree)


@pytest.mark.parametrize(
    ("kind", "value", "field", "wrong", "said"),
    [
        (
            Finding,
            Finding(code="late", severity="warning", subject="x"),
            "severity",
            "bad",
            "refusal, warning",
        ),
        (
            Finding,
            Finding(code="late", severity="warning", subject="x"),
            "severity",
            ["refusal"],
            "refusal, warning",
        ),
        (Finding, Finding(code="late", severity="warning", subject="x"), "absolute", 1, "true or false"),
        (Finding, Finding(code="late", severity="warning", subject="x"), "clause", "4.2", "an object"),
        (Finding, Finding(code="late", severity="warning", subject="x"), "facts", [], "an object"),
        (Deadline, Deadline(id="a", state=DeadlineState.MET), "state", "done", "not_started, undecided"),
        (Deadline, Deadline(id="a", state=DeadlineState.MET), "urgency", 5, r"at once, in good time, \?"),
        (Deadline, Deadline(id="a", state=DeadlineState.MET), "budget", 5, "an amount of time"),
        (Decision, Decision(outputs={}, rule_ids=()), "outputs", "x", "an object"),  # type: ignore[arg-type]
        (Event, Event("x", AT), "name", 5, "a text"),
        (Event, Event("x", AT), "seq", True, "a whole number"),
    ],
)
def test_a_mistyped_field_is_refused_with_what_is_allowed(
    kind: type, value: object, field: str, wrong: object, said: str
) -> None:
    tree = changed(value, lambda tree: tree.update({field: wrong}))
    with pytest.raises(WireError, match=rf"{field}: got .*, allowed(:| is) {said}"):
        from_json(kind, tree)


def test_a_label_is_an_object_of_names() -> None:
    step = Step(event="analysed", label=Label({"zh": "初步分析"}), state="done", owner=Assignment())
    with pytest.raises(WireError, match=r"label: got \"x\", allowed is names by language"):
        from_json(Step, changed(step, lambda tree: tree.update(label="x")))
    with pytest.raises(WireError, match=r"label\.zh: got 5, allowed is a text"):
        from_json(Step, changed(step, lambda tree: tree.update(label={"zh": 5})))


def test_a_subject_is_told_by_its_kind() -> None:
    tree = json.loads(to_json(CASE))
    tree["subject"].pop("kind")
    with pytest.raises(WireError, match=r"subject\.kind: this field is missing"):
        from_json(Case, tree)
    tree["subject"] = "C-1"
    with pytest.raises(WireError, match=r"subject: got \"C-1\", allowed is an object"):
        from_json(Case, tree)
    with pytest.raises(WireError, match=r"kind: got \"lease\", allowed: complaint"):
        from_json(Complaint, changed(COMPLAINT, lambda tree: tree.update(kind="lease")))
    with pytest.raises(WireError, match=r"kind: this field is missing; needed are kind"):
        from_json(Complaint, changed(COMPLAINT, lambda tree: tree.pop("kind")))


def test_a_subject_that_calls_itself_a_complaint_stays_what_it_is() -> None:
    lease = Subject("complaint", number="C-2", opened_at=AT, facts={"customer": "ACME"})
    assert from_json(Subject, to_json(lease)) == lease


@pytest.mark.parametrize(
    ("numbers", "faults"),
    [
        ((1, 1), [("history[1].seq", 1, 2)]),
        ((1, 3, 4), [("history[1].seq", 3, 2)]),
        ((0,), [("history[0].seq", 0, 1)]),
        ((2, 3), [("history[0].seq", 2, 1)]),
        ((2, 1), [("history[0].seq", 2, 1), ("history[1].seq", 1, 3)]),
        ((1, 2, -3), [("history[2].seq", -3, 3)]),
    ],
    ids=str,
)
def test_a_history_that_no_case_can_have_is_refused(
    numbers: tuple[int, ...], faults: list[tuple[str, int, int]]
) -> None:
    history = tuple(Event("received", AT, seq=seq) for seq in numbers)
    with pytest.raises(WireError) as refused:
        from_json(Case, to_json(attrs.evolve(CASE, history=history)))
    problems = refused.value.problems
    assert [(one.path, one.operands["got"], one.operands["allowed"]) for one in problems] == faults
    path, got, allowed = faults[0]
    assert f"{path}: got {got}, allowed is {allowed}: the events" in str(refused.value)
    assert f"{path}: 收到 {got}，允许的是 {allowed}" in refused.value.text("zh")


def test_a_case_without_any_event_is_refused() -> None:
    for tree in (
        changed(CASE, lambda tree: tree.update(history=[])),
        changed(CASE, lambda tree: tree.pop("history")),
    ):
        with pytest.raises(WireError, match="history: the history is empty") as refused:
            from_json(Case, tree)
        assert "历史为空" in refused.value.text("zh")


def test_in_a_list_of_cases_the_place_of_the_case_is_told_too() -> None:
    tree = changed([CASE, attrs.evolve(CASE, history=())], lambda _: None)
    with pytest.raises(WireError, match=r"items\[1\]\.history: the history is empty"):
        from_json(tuple[Case, ...], tree)


def _not_empty(_: object, __: object, text: str) -> None:
    if not text:
        msg = "give it a name"
        raise ValueError(msg)


@attrs.frozen
class Named:
    name: str = attrs.field(validator=_not_empty)


def test_what_a_class_itself_refuses_is_said_in_its_words() -> None:
    with pytest.raises(Unfit) as refused:
        converter().structure({"name": ""}, Named)
    assert [str(fault) for fault in refused.value.faults] == ["give it a name"]


def test_a_value_that_does_not_travel_is_refused_by_name() -> None:
    said = r"timedelta does not travel as JSON\. Allowed: Assignment, Case"
    with pytest.raises(WireError, match=said):
        to_json(timedelta(hours=1))
    with pytest.raises(WireError, match=said):
        json_schema(timedelta)
    with pytest.raises(WireError, match=said):
        from_json(timedelta, "{}")


def test_a_value_with_wrong_fields_is_not_written_and_names_all_of_them() -> None:
    event = Event(
        "received", AT, seq="1", facts={"at": 1.5},  # type: ignore[arg-type]
        findings=(Finding(code="late", severity="bad", subject="x", absolute=1),),  # type: ignore[arg-type]
    )  # fmt: skip
    with pytest.raises(WireError) as refused:
        to_json(Case(subject=COMPLAINT, pin=CASE.pin, history=(Event("received", AT, seq=1), event)))
    assert [one.path for one in refused.value.problems] == [
        "history[1].seq",
        "history[1].facts.at",
        "history[1].findings[0].severity",
        "history[1].findings[0].absolute",
    ]


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (
            Case(subject="C-1", pin=CASE.pin),  # type: ignore[arg-type]
            'subject: got "C-1", allowed is a subject, such as a Complaint or a Subject',
        ),
        (Step(event="x", label="x", state="done", owner=Assignment()), 'label: got "x", allowed is names'),  # type: ignore[arg-type]
        (Deadline(id="x", state="met"), 'state: got "met", allowed: not_started'),  # type: ignore[arg-type]
        (Deadline(id="x", state=DeadlineState.MET, due_at="soon"), 'due_at: got "soon", allowed is'),  # type: ignore[arg-type]
        (Deadline(id="x", state=DeadlineState.MET, net=5), "net: got 5, allowed is an amount of time"),  # type: ignore[arg-type]
        (Decision(outputs=5, rule_ids=()), "outputs: got 5, allowed is an object"),  # type: ignore[arg-type]
        (Event("x", AT, evidence=(Evidence(kind="photo", uri=None),)), r"evidence\[0\]\.uri: got null"),  # type: ignore[arg-type]
    ],
)
def test_a_field_of_another_type_is_not_written(value: object, place: str) -> None:
    with pytest.raises(WireError, match=place):
        to_json(value)


def test_a_list_with_a_wrong_item_is_not_written_and_names_its_place() -> None:
    with pytest.raises(
        WireError, match=r"This Event cannot be .*\n  items\[1\]\.seq: got \"1\", allowed is a whole number"
    ):
        to_json((Event("x", AT), Event("x", AT, seq="1")))  # type: ignore[arg-type]


def test_a_mixed_list_is_not_written() -> None:
    with pytest.raises(WireError, match="values of one type; got Case, Complaint"):
        to_json([CASE, COMPLAINT])


def test_a_list_is_asked_for_as_what_it_is_of() -> None:
    text = to_json([CASE])
    with pytest.raises(WireError, match='got type "Case", asked for was "Event"'):
        from_json(tuple[Event, ...], text)
    with pytest.raises(WireError, match='got type "list", asked for was "Case"'):
        from_json(Case, text)
    with pytest.raises(WireError, match=r"items: got null, allowed is a list"):
        from_json(tuple[Case, ...], {"schema": "qms/1", "type": "list", "of": "Case"})
    items = ["C-1", {"kind": "complaint"}]
    with pytest.raises(
        WireError, match=r"items\[0\]: got \"C-1\", allowed is an object\n  items\[1\]\.customer: this"
    ):
        from_json(
            tuple[Complaint, ...], {"schema": "qms/1", "type": "list", "of": "Complaint", "items": items}
        )
    with pytest.raises(WireError, match=r"itens: there is no such field; did you mean items\?"):
        from_json(
            tuple[Case, ...], {"schema": "qms/1", "type": "list", "of": "Case", "items": [], "itens": []}
        )
    tree = changed([CASE], lambda tree: tree["items"][0]["pin"].pop("digest"))
    with pytest.raises(WireError, match=r"items\[0\]\.pin\.digest: this field is missing"):
        from_json(tuple[Case, ...], tree)


def test_an_empty_list_is_of_whatever_is_asked_for() -> None:
    text = to_json([])
    assert from_json(tuple[Case, ...], text) == ()
    assert from_json(tuple[Event, ...], text) == ()
