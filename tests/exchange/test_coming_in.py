"""A document of the Catena-X model as an 8D report: all of it read, or told to stay behind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.reports import CHECKED, MONDAY, ZONE, grown, histories

import qms_service as qms
from qms_service.cases import eight_d, eight_d_findings
from qms_service.exchange import Lost, from_catena_x, to_catena_x

Document = dict[str, Any]
RULES: Final = qms.load_rulebook("pcb-maker").on(MONDAY)
HEADER: Final = {"complaintDate": "2025-01-07", "customerComplaintId": "OE-1"}


def read(document: Mapping[str, object], **more: Any) -> tuple[qms.Case, tuple[Lost, ...]]:  # noqa: ANN401  # raised_at
    subject, events, lost = from_catena_x(document, timezone=ZONE, **more)
    return RULES.adopt(subject, events), lost


def with_step(**step: object) -> Document:
    return {"header": HEADER, **step}


def told(lost: tuple[Lost, ...], code: str) -> dict[str, dict[str, object]]:
    return {one.path: dict(one.values) for one in lost if one.code == code}


SUPPLIERS: Final[Document] = {  # as another company writes it: nothing of ours in the additional information
    "header": {**HEADER, "supplierComplaintId": "SU-9", "title": "Gearbox", "lastRevisionDate": "2025-05-02",
               "customerContact": {"companyName": "ACME", "city": "Berlin"},
               "parts": [{"supplierPartNumber": "PCB-7781", "orderNumber": "PO-5"}]},
    "stepD1": {"contactPerson": {"name": "Max", "email": "max@acme.example"}, "teamLeader": {"name": "Eva"}},
    "stepD2": {"problemDescription": "Scratches", "symptomDescription": "Scrap", "errorType": "Surface",
               "riskAssessmentStarted": "2025-01-08"},
    "stepD4": {"causes": [
        {"typeOfCauses": "TUA", "causeHypothesisDescription": "Too dry", "clarificationDate": "2025-01-20",
         "result": "Confirmed", "method": "5why", "verificationBy": "Eva"},
        {"typeOfCauses": "SUN", "causeHypothesisDescription": "No camera", "clarificationDate": "2025-01-21",
         "result": "Confirmed"}]},
    "stepD5": {"definePermanentCorrectiveActions": [
        {"measure": "Oil it", "causeAssignment": "1", "introductionDate": "2025-02-01",
         "responsiblePerson": "Max", "status": "closed"},
        {"measure": "Camera", "causeAssignment": "2", "introductionDate": "2025-03-01", "status": "in progress"}]},
    "stepD6": {"implementedCorrectiveMeasures": [
        {"measure": "Camera", "causeAssignment": "2", "introductionDate": "2025-03-10", "effectivenessResult": 80.5,
         "proofOfEffectiveness": "Daily", "status": "closed"},
        {"measure": "Fence", "introductionDate": "2025-03-11", "status": "open"}]},
    "stepD7": {"errorPreventiveMeasures": [
        {"measure": "Cameras everywhere", "introductionDate": "2025-04-01", "status": "open"}]},
    "stepD8": {"closingDate": "2025-05-02", "resultAssesment": "Good"},
}  # fmt: skip


def test_another_companys_report_becomes_a_case_that_the_linter_reads() -> None:
    case, _ = read(SUPPLIERS)
    assert case.status == "closed"
    assert case.subject == qms.CorrectiveAction(
        complaints=("SU-9",), customer="ACME", product="PCB-7781", defect="Surface",
        raised_at=pendulum.datetime(2025, 1, 7, tz=ZONE),
    )  # fmt: skip
    report = eight_d(case)
    assert [(one.id, one.outcome, one.proposed.value("cell")) for one in report.causes] == [
        ("1", "verified", "technical_occurrence"),
        ("2", "verified", "systemic_non_detection"),
    ]
    assert [(one.id, one.cut_in_on) for one in report.actions] == [
        ("1", None),
        ("2", date(2025, 3, 10)),
        ("D6-2", date(2025, 3, 11)),  # nobody planned the fence
    ]
    codes = {finding.code for finding in eight_d_findings(case)}
    assert {"eight-d.empty-cell", "eight-d.not-implemented", "eight-d.documents-untouched"} <= codes


def test_what_it_says_and_we_have_no_place_for_is_told() -> None:
    _, lost = read(SUPPLIERS)
    assert set(told(lost, "no-place")) == {
        "header.customerComplaintId",
        "header.title",
        "header.customerContact.city",
        "header.parts[0].orderNumber",
        "stepD1.contactPerson.email",
        "stepD5.definePermanentCorrectiveActions[0].status",  # closed, and D6 does not have it
        "stepD5.definePermanentCorrectiveActions[1].status",
        "stepD6.implementedCorrectiveMeasures[1].status",
        "stepD7.errorPreventiveMeasures[0].status",
    }


def test_what_is_assumed_is_told_with_what_was_taken() -> None:
    _, lost = read(SUPPLIERS)
    assumed = [(one.path, dict(one.values)) for one in lost if one.code == "assumed"]
    for one in [
        ("header.complaintDate", {"raised_at": date(2025, 1, 7)}),
        ("team_named", {"at": date(2025, 1, 7)}),
        ("stepD4.causes[0]", {"cause": "1"}),
        ("stepD4.causes[0]", {"outcome": "verified"}),
        ("action_planned", {"at": date(2025, 1, 21)}),
        ("stepD6.implementedCorrectiveMeasures[0]", {"action": "2"}),
        ("stepD6.implementedCorrectiveMeasures[1]", {"action": "D6-2"}),
    ]:
        assert one in assumed


def test_numbers_stay_as_written() -> None:
    text = json.dumps(
        with_step(stepD3={"descriptionOfInterimContainmentActions": [{"effectivenessResult": 0.1}]})
    )
    for loaded in (json.loads(text), json.loads(text, parse_float=Decimal)):
        assert read(loaded)[0].history[-1].value("share") == Decimal("0.1")


@pytest.mark.parametrize("written", ["null", "NULL", None])
def test_a_date_that_is_null_is_no_date(written: str | None) -> None:
    case, lost = read(with_step(stepD8={"closingDate": written}))
    assert case.status == "open"
    assert not told(lost, "unreadable")


@pytest.mark.parametrize("written", ["2025-02-29", "2.5.2025", "0001-01-01", 20250502, True])
def test_a_date_that_is_none_stays_behind(written: object) -> None:
    _, lost = read(with_step(stepD8={"closingDate": written}))
    assert told(lost, "unreadable") == {"stepD8.closingDate": {"closingDate": written}}


@pytest.mark.parametrize("written", ["80", True, float("nan"), [80]])
def test_a_number_that_is_none_stays_behind(written: object) -> None:
    measures = [{"measure": "Camera", "effectivenessResult": written}]
    _, lost = read(with_step(stepD7={"errorPreventiveMeasures": measures}))
    at = "stepD7.errorPreventiveMeasures[0].effectivenessResult"
    found = {**told(lost, "unreadable"), **told(lost, "no-place")}
    assert set(found) in (
        {at},
        {f"{at}[0]"},
        {at, "header.customerComplaintId"},
        {f"{at}[0]", "header.customerComplaintId"},
    )


def test_a_text_that_is_none_stays_behind() -> None:
    _, lost = read(with_step(stepD1={"teamLeader": {"name": 7}}))
    assert told(lost, "unreadable") == {"stepD1.teamLeader.name": {"name": 7}}


@pytest.mark.parametrize(
    ("step", "path", "lacking"),
    [
        ({"stepD2": {"symptomDescription": "Scrap"}}, "stepD2", ("problemDescription",)),
        ({"stepD4": {"causes": [{"typeOfCauses": "TUA"}]}}, "stepD4.causes[0]", ("causeHypothesisDescription",)),
        ({"stepD4": {"causes": [{"typeOfCauses": "X", "causeHypothesisDescription": "Dry"}]}}, "stepD4.causes[0]", ("typeOfCauses",)),
        ({"stepD5": {"definePermanentCorrectiveActions": [{"status": "open"}]}}, "stepD5.definePermanentCorrectiveActions[0]", ("measure",)),
        ({"stepD6": {"implementedCorrectiveMeasures": [{"measure": 5}]}}, "stepD6.implementedCorrectiveMeasures[0]", ("measure",)),
        ({"stepD7": {"errorPreventiveMeasures": [{"status": "open"}]}}, "stepD7.errorPreventiveMeasures[0]", ("measure",)),
    ],
)  # fmt: skip
def test_an_entry_without_what_makes_it_one_stays_behind_whole(
    step: Document, path: str, lacking: tuple[str, ...]
) -> None:
    case, lost = read(with_step(**step))
    assert [event.name for event in case.history] == ["opened"]
    assert told(lost, "incomplete") == {path: {"lacking": lacking}}
    assert any(one.path.startswith(f"{path}.") for one in lost if one.code == "no-place")


def aside(**items: str) -> list[dict[str, str]]:
    return [{"key": key.replace("__", "."), "value": value} for key, value in items.items()]


@pytest.mark.parametrize(
    ("key", "written", "step"),
    [
        ("quantity", "many", {"stepD2": {"problemDescription": "Dry"}}),
        ("causes[0].outcome", "perhaps", {"stepD4": {"causes": [{"typeOfCauses": "TUA", "causeHypothesisDescription": "Dry"}]}}),
        ("verified.on", "soon", {"stepD6": {"implementedCorrectiveMeasures": []}}),
        ("implementedCorrectiveMeasures[0].before", "less", {"stepD6": {"implementedCorrectiveMeasures": [{"measure": "Oil"}]}}),
    ],
)  # fmt: skip
def test_additional_information_that_cannot_be_read_is_told(key: str, written: str, step: Document) -> None:
    name = next(iter(step))
    more = [{"key": key, "value": written}, *aside(verified="true")]
    _, lost = read(with_step(**{name: {**step[name], "additionalInformationList": more}}))
    assert told(lost, "unreadable") == {f"{name}.additionalInformationList": {key: written}}


def test_quantities_come_back_with_their_unit() -> None:
    for written, value in [
        ("60 pcs", qms.Quantity(amount=60, unit="pcs")),
        ("2.5 kg", qms.Quantity(amount=Decimal("2.5"), unit="kg")),
        ("7", 7),
    ]:
        step = {"problemDescription": "Dry", "additionalInformationList": aside(quantity=written)}
        assert read(with_step(stepD2=step))[0].history[-1].value("quantity") == value


def test_the_same_name_twice_is_two_things() -> None:
    same = {"typeOfCauses": "TUA", "causeHypothesisDescription": "Dry"}
    keys = [{"key": f"causes[{place}].cause", "value": "K1"} for place in range(2)]
    case, lost = read(with_step(stepD4={"causes": [same, same], "additionalInformationList": keys}))
    assert [cause.id for cause in eight_d(case).causes] == ["K1", "K1/2"]
    assert {"cause": "K1/2"} in [dict(one.values) for one in lost if one.code == "assumed"]


def test_a_cause_that_was_clarified_before_the_complaint_was_proposed_no_later() -> None:
    cause = {
        "typeOfCauses": "TUA",
        "causeHypothesisDescription": "Dry",
        "clarificationDate": "2025-01-02",
        "result": "x",
    }
    case, _ = read(with_step(stepD4={"causes": [cause]}))
    assert eight_d(case).causes[0].outcome == "verified"


def test_a_report_can_be_given_the_moment_at_which_it_began() -> None:
    case, lost = read(with_step(), raised_at=MONDAY)
    assert case.subject.opened_at == MONDAY
    assert "header.complaintDate" in told(lost, "no-place")


def test_a_document_that_does_not_say_when_it_begins_is_refused() -> None:
    with pytest.raises(qms.EntryError, match="raised_at="):
        read({"header": {}})


@pytest.mark.parametrize("got", [None, [], "{}"])
def test_what_is_no_document_is_refused(got: object) -> None:
    with pytest.raises(qms.EntryError, match=r"json\.loads"):
        read(got)  # type: ignore[arg-type]


def test_a_report_comes_back_as_it_went_out() -> None:
    document, _ = to_catena_x(grown(), timezone=ZONE)
    case, lost = read(json.loads(json.dumps(document)))
    again, _ = to_catena_x(case, timezone=ZONE)
    assert again == document
    assert not told(lost, "no-place")


@settings(max_examples=60, deadline=None)
@given(histories(CHECKED))
def test_any_report_comes_back_as_it_went_out(case: qms.Case) -> None:
    document, _ = to_catena_x(case, timezone=ZONE)
    back, lost = read(json.loads(json.dumps(document)))
    again, _ = to_catena_x(back, timezone=ZONE)
    assert {name: step for name, step in again.items() if name != "header"} == {
        name: step for name, step in document.items() if name != "header"
    }
    assert {**again["header"], "lastRevisionDate": ""} == {**document["header"], "lastRevisionDate": ""}
    assert set(told(lost, "no-place")) <= {"header.lastRevisionDate"}


TEXT: Final = st.text("abc-过 ", min_size=1, max_size=5).filter(str.strip)
DAY: Final = st.integers(1, 28).map(lambda day: f"2025-01-{day:02}")
SHARE: Final = st.integers(0, 100) | st.sampled_from((0.5, 99.9))
MEASURE: Final = st.fixed_dictionaries(
    {"measure": TEXT},
    optional={
        "introductionDate": DAY, "proofOfEffectiveness": TEXT, "responsiblePerson": TEXT, "causeAssignment": TEXT,
        "effectivenessResult": SHARE, "status": st.sampled_from(("open", "in progress", "closed")), "note": TEXT,
    },
)  # fmt: skip
CAUSE: Final = st.fixed_dictionaries(
    {"typeOfCauses": st.sampled_from(("TUA", "TUN", "SUA", "SUN")), "causeHypothesisDescription": TEXT},
    optional={
        "clarificationDate": DAY,
        "result": TEXT,
        "method": TEXT,
        "report": TEXT,
        "verificationBy": TEXT,
        "url": TEXT,
    },
)
MORE: Final = st.lists(
    st.fixed_dictionaries(
        {"key": st.sampled_from(("is_not", "verified", "causes[0].cause", "causes[1].cause", "Steel",
                                 "definePermanentCorrectiveActions[1].action",
                                 "implementedCorrectiveMeasures[0].action")), "value": TEXT | st.just("true")}
    ), max_size=3,
)  # fmt: skip
PERSON: Final = st.fixed_dictionaries({"name": TEXT}, optional={"email": TEXT})
DOCUMENTS: Final = st.fixed_dictionaries(
    {"header": st.fixed_dictionaries({"complaintDate": DAY}, optional={"title": TEXT, "supplierComplaintId": TEXT, "lastRevisionDate": DAY})},
    optional={
        "stepD0": st.fixed_dictionaries({"defineEmergencyResponseAction": st.lists(MEASURE, max_size=1)}),
        "stepD1": st.fixed_dictionaries({}, optional={"teamLeader": PERSON, "contactPerson": PERSON, "teamMembers": st.lists(PERSON, max_size=2)}),
        "stepD2": st.fixed_dictionaries({"problemDescription": TEXT, "additionalInformationList": MORE}, optional={"errorType": TEXT, "riskAssessmentUpdated": DAY}),
        "stepD3": st.fixed_dictionaries({"descriptionOfInterimContainmentActions": st.lists(st.fixed_dictionaries({}, optional={"introductionDate": DAY, "proofOfEffectiveness": TEXT, "effectivenessResult": SHARE}), max_size=2)}),
        "stepD4": st.fixed_dictionaries({"causes": st.lists(CAUSE, max_size=2), "additionalInformationList": MORE}),
        "stepD5": st.fixed_dictionaries({"definePermanentCorrectiveActions": st.lists(MEASURE, max_size=2), "additionalInformationList": MORE}),
        "stepD6": st.fixed_dictionaries({"implementedCorrectiveMeasures": st.lists(MEASURE, max_size=2), "additionalInformationList": MORE}),
        "stepD7": st.fixed_dictionaries({"errorPreventiveMeasures": st.lists(MEASURE, max_size=2)}),
        "stepD8": st.fixed_dictionaries({"closingDate": DAY}, optional={"resultAssesment": TEXT}),
    },
)  # fmt: skip


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every scalar with its place, in whichever item of a list; a pair of additional information is one."""
    if isinstance(value, Mapping):
        if value.keys() == {"key", "value"}:
            yield f"{path}.{value['key'].partition('[')[0]}", str(value["value"])
            return
        for name, item in value.items():
            yield from leaves(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, path)
    else:
        yield path, str(value)


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_every_word_of_a_document_is_in_the_case_or_in_the_report_of_what_stayed_behind(
    document: Document,
) -> None:
    case, lost = read(document)
    again, _ = to_catena_x(case, timezone=ZONE)
    kept = Counter(value for _, value in leaves(again))
    behind = Counter(
        str(value) for one in lost if one.code in ("no-place", "unreadable") for value in one.values.values()
    )
    # A number given twice is read as K1 and K1/2, and told.
    twice = Counter(
        str(value).rpartition("/")[0]
        for one in lost
        if one.code == "assumed"
        for name, value in one.values.items()
        if name in ("cause", "action")
    )
    words = Counter(value for _, value in leaves(document))
    assert words - (kept + behind + twice) == Counter()
