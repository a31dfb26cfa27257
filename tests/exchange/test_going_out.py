"""An 8D report as a document of the Catena-X model: valid, and nothing dropped unsaid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, timedelta
from decimal import Decimal
from typing import Any, Final

import jsonschema
import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.published import REPORT_8D
from tests.exchange.reports import CHECKED, MONDAY, ZONE, grown, histories

import qms_service as qms
from qms_service.exchange import Lost, to_catena_x

CONTACT: Final = {
    "companyName": "ACME", "city": "Berlin", "country": "Germany", "bpnlProperty": "BPNL0123456789ZZ",
    "email": "quality@acme.example",
}  # fmt: skip
HEADER: Final[Mapping[str, Any]] = {
    "customerComplaintId": "ACME-77",
    "supplierId": "S-1",
    "customerContact": dict(CONTACT),
    "parts": [{"customerPartNumber": "77-81", "orderNumber": "PO-5"}],
}
PEOPLE = {name: {"email": f"{name.lower()}@maker.example"} for name in ("Li", "Wang", "Zhao", "Chen")}
VALID = jsonschema.Draft4Validator(REPORT_8D)


def out(case: qms.Case, **more: Any) -> tuple[dict[str, Any], tuple[Lost, ...]]:  # noqa: ANN401  # header, people
    return to_catena_x(case, timezone=ZONE, **{"header": HEADER, "people": PEOPLE, **more})


def test_a_whole_report_is_a_valid_document() -> None:
    document, lost = out(grown())
    VALID.validate(json.loads(json.dumps(document)))
    assert [one.path for one in lost if one.code == "missing"] == []


def test_each_step_says_what_the_report_says() -> None:
    document, _ = out(grown())
    assert document["header"]["supplierComplaintId"] == "C-1"
    assert document["header"]["complaintDate"] == "2026-03-02"
    assert document["header"]["parts"][0]["supplierPartNumber"] == "PCB-7781"
    assert document["stepD1"]["teamLeader"] == {"name": "Li", "email": "li@maker.example"}
    assert document["stepD1"]["contactPerson"]["name"] == "Li"  # nobody else was named
    assert document["stepD2"]["problemDescription"] == "Boards are open"
    assert document["stepD3"]["descriptionOfInterimContainmentActions"][0]["introductionDate"] == "2026-03-02"
    assert [one["typeOfCauses"] for one in document["stepD4"]["causes"]] == ["TUA", "TUN", "SUA"]
    assert document["stepD4"]["causes"][0]["clarificationDate"] == "2026-03-03"
    assert (
        document["stepD5"]["definePermanentCorrectiveActions"][1]["measure"] == "Test the edge of every board"
    )
    # 2.5 % before and 0.1 % after: 2.4 of 2.5 are gone, 96 in 100.
    assert document["stepD6"]["implementedCorrectiveMeasures"][0]["effectivenessResult"] == 96
    assert document["stepD6"]["implementedCorrectiveMeasures"][1]["effectivenessResult"] == 99.5
    assert document["stepD8"] == {"closingDate": "2026-03-18", "resultAssesment": "It holds"}


def test_what_has_no_field_but_belongs_into_a_report_goes_into_the_additional_information() -> None:
    document, lost = out(grown())
    aside = {
        one["key"]: one["value"]
        for step in document.values()
        for one in step.get("additionalInformationList", ())
    }
    expected = {
        "number": "8D-1",
        "complaint": "C-2",
        "is_not": "lot 2608",
        "quantity": "60 pcs",
        "descriptionOfInterimContainmentActions[0].containment": "CT-1",
        "causes[2].outcome": "rejected",
        "implementedCorrectiveMeasures[0].before": "2.5",
        "verified": "true",
        "document_revised[0].document": "WI-77",
        "looked_across[0].scope": "all HDI boards",
    }
    assert expected.items() <= aside.items()
    assert sum(one.code == "aside" for one in lost) == sum(
        len(step.get("additionalInformationList", ())) for step in document.values()
    )


def test_who_rejected_the_plan_and_why_is_not_sent_but_told() -> None:
    document, lost = out(grown())
    assert "who pays" not in json.dumps(document)
    behind = {one.path: one.values for one in lost if one.code == "no-place"}
    assert behind["actions_rejected#13"]["reason"] == "who pays"
    assert behind["action_planned#12"]["statement"] == "Test the edge"  # the plan that was rejected


def test_what_the_model_asks_for_and_nobody_gave_is_told_by_its_place() -> None:
    document, lost = to_catena_x(grown(steps=2), timezone=ZONE)
    assert not VALID.is_valid(document)
    assert {one.path for one in lost if one.code == "missing"} == {
        "header.customerComplaintId",
        "header.supplierId",
        *(f"header.customerContact.{name}" for name in ("city", "country", "bpnlProperty", "email")),
        *(f"header.parts[0].{name}" for name in ("customerPartNumber", "orderNumber")),
        *(
            f"stepD1.{one}.email"
            for one in ("teamLeader", "contactPerson", "teamMembers[0]", "teamMembers[1]")
        ),
    }


def test_what_the_caller_gives_wins_and_the_case_s_own_is_told() -> None:
    document, lost = out(grown(), header={**HEADER, "customerContact": {"companyName": "ACME GmbH"}})
    assert document["header"]["customerContact"]["companyName"] == "ACME GmbH"
    assert Lost(
        code="no-place", path="subject.customer", values={"header.customerContact.companyName": "ACME"}
    ) in lost  # fmt: skip
    assert HEADER["customerContact"] == CONTACT


def test_the_date_of_the_complaint_is_the_callers_or_is_told_as_assumed() -> None:
    _, lost = out(grown(), header={**HEADER, "complaintDate": "2026-02-27"})
    assert "assumed" not in {one.code for one in lost}
    told = [one.text() for one in out(grown())[1] if one.code == "assumed"]
    assert told == [
        "header.complaintDate is read as opened_at = 2026-03-02, which the other form does not say."
    ]


def test_a_report_of_a_moment_says_what_stood_then() -> None:
    document, _ = out(grown(), now=MONDAY + timedelta(hours=25))
    assert "stepD5" not in document
    assert document["header"]["lastRevisionDate"] == "2026-03-03"
    assert all("result" not in cause for cause in document["stepD4"]["causes"])


def test_dates_are_those_of_the_zone() -> None:
    late = pendulum.datetime(2026, 3, 2, 17, tz=UTC)  # one in the morning of the third in Shanghai
    rules = qms.load_rulebook("pcb-maker").on(late)
    case = rules.open(qms.CorrectiveAction(number="8D-2", raised_at=late))
    assert to_catena_x(case, timezone=ZONE)[0]["header"]["complaintDate"] == "2026-03-03"
    assert to_catena_x(case, timezone="UTC")[0]["header"]["complaintDate"] == "2026-03-02"


def test_an_effect_without_a_figure_before_has_no_share() -> None:
    case = grown(steps=17)
    figured: list[dict[str, Any]] = [{"before": 0, "after": 1}, {"after": Decimal("0.1")}, {"proof": "seen"}]
    for hours, figures in enumerate(figured):
        at = MONDAY + timedelta(hours=500 + hours)
        case = qms.load_rulebook("pcb-maker").of(case).record(
            case, "effect_measured", at=at, facts={"action": "A1", **figures}
        )  # fmt: skip
        document, _ = out(case)
        assert "effectivenessResult" not in document["stepD6"]["implementedCorrectiveMeasures"][0]


@pytest.mark.parametrize("case", [None, "8D-1"])
def test_what_is_no_case_is_refused(case: object) -> None:
    with pytest.raises(qms.EntryError, match="corrective_action"):
        to_catena_x(case, timezone=ZONE)  # type: ignore[arg-type]


def test_a_case_of_another_kind_is_refused() -> None:
    complaint = qms.Complaint(number="C-1", customer="ACME", received_at=MONDAY)
    with pytest.raises(qms.EntryError, match="got complaint"):
        out(qms.load_rulebook("pcb-maker").open(complaint))


def test_the_report_reads_in_both_languages() -> None:
    for one in out(grown())[1]:
        assert one.path in one.text("en") or one.code == "time-of-day"
        assert one.text("zh") != one.text("en")
    assert str(Lost(code="missing", path="header.parts")).startswith("header.parts is asked for")


def leaves(value: object) -> list[object]:
    """Every scalar below a value, a number as a number and all else as a document would write it."""
    if isinstance(value, Mapping):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in leaves(item)]
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, int | float | Decimal):
        return [Decimal(str(value))]
    return [value.isoformat() if isinstance(value, date) else str(value)]


@settings(max_examples=60, deadline=None)
@given(histories(CHECKED))
def test_every_fact_of_a_report_is_in_the_document_or_in_the_report_of_what_stayed_behind(
    case: qms.Case,
) -> None:
    document, lost = out(case)
    sent = {*leaves(document), *(leaf for one in lost for leaf in leaves(one.values))}
    coded = {
        "technical_occurrence",
        "technical_non_detection",
        "systemic_occurrence",
        "systemic_non_detection",
    }
    for event in case.timeline().events:
        for leaf in leaves(event.facts):
            assert leaf in coded or leaf in sent or str(leaf) in sent


@settings(max_examples=60, deadline=None)
@given(histories(CHECKED), st.booleans())
def test_a_document_is_valid_unless_something_is_told_to_be_missing(case: qms.Case, known: bool) -> None:
    document, lost = out(case, people=PEOPLE if known else {})
    is_whole = all(one.code != "missing" for one in lost)
    assert VALID.is_valid(json.loads(json.dumps(document))) is is_whole
