"""The forms of a claim (4.4): the notice opened on it, and the memorial on which Finance may write off."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from tests.forms.conftest import MONDAY

import qms_service as qms
from qms_service.forms import FilledForm, Forms


def days(count: float) -> datetime:
    return MONDAY + timedelta(days=count)


def yuan(amount: str) -> qms.Money:
    return qms.Money(amount=Decimal(amount), currency="CNY")


REPORT = qms.Evidence(kind="report", uri="https://dms.example/MRKT-20260301/slices.pdf")
STEPS: tuple[tuple[float, str, dict[str, Any]], ...] = (
    (1, "reason_confirmed", {"by": "Wang", "note": "voids in the plating, ours"}),
    (2, "evidence_given", {"by": "Wang", "department": "quality", "cause": "plating voids", "responsible": "ours",
                           "note": "slices of five boards", "evidence": [REPORT]}),
    (3, "judged", {"by": "Li", "reasonable": True, "amount": yuan("12000.50"), "departments": ["quality", "production"],
                   "note": "boards lost, not the line stop"}),
    (4, "decision_countersigned", {"by": "Ren", "department": "management"}),
    (5, "countersigned", {"by": "Wang", "department": "quality", "note": "agreed"}),
    (6, "countersigned", {"by": "Zhao", "department": "production"}),
    (7, "approved", {"by": "Zhou", "department": "general_manager"}),
    (8, "posted", {"by": "Qian", "department": "finance", "amount": yuan("12000.50")}),
    (9, "closed", {"by": "Li"}),
)  # fmt: skip


def grown(book: qms.Rulebook, steps: int = len(STEPS)) -> qms.Case:
    """The claim of Monday 2 March 2026 for 18,000 CNY, with so many of its steps."""
    subject = qms.Claim(
        number="MRKT-20260301", customer="ACME", basis="quality", settlement="allowance", amount=yuan("18000"),
        complaint="C-1", received_at=MONDAY,
    )  # fmt: skip
    case = book.open(subject, by="Li")
    for day, name, entry in STEPS[:steps]:
        case = book.of(case).record(case, name, at=days(day), **entry)
    return case


def countersignatures(sheet: FilledForm) -> list[list[object]]:
    (found,) = (one for one in sheet.sections if one.section.id == "countersignatures")
    return [[field.value for field in row.fields] for row in found.rows if not row.spare]


def test_the_claim_notice_has_the_claim_its_evidence_and_the_decision(
    forms: Forms, book: qms.Rulebook
) -> None:
    sheet = forms.form("claim-notice").fill(grown(book), book, now=days(10))
    assert (sheet.form.title.text("zh"), str(sheet.form.clause)) == ("客户索赔通知单", "pcb-maker 4.9.6")
    wanted = {
        "number": "MRKT-20260301", "received_at": MONDAY, "basis": "quality", "settlement": "allowance",
        "amount": yuan("18000"), "confirmed": days(1), "gives": "quality", "cause": "plating voids",
        "responsible": "ours", "evidence": ("report: https://dms.example/MRKT-20260301/slices.pdf",),
        "reasonable": True, "accepted": yuan("12000.50"), "departments": ("quality", "production"),
        "opened": {"by": "Li", "at": MONDAY}, "management": {"by": "Ren", "at": days(4)},
    }  # fmt: skip
    assert {name: sheet.value(name) for name in wanted} == wanted
    assert sheet.fields["rejected_at"].state == "not_needed"
    assert sheet.missing == ()


# 4.4.2.2: where the claim is on delivery, Planning gives the evidence.
def test_the_notice_of_a_claim_on_delivery_asks_planning(forms: Forms, book: qms.Rulebook) -> None:
    case = book.open(qms.Claim(number="MRKT-20260302", customer="ACME", basis="delivery", received_at=MONDAY))
    sheet = forms.form("claim-notice").fill(case, book, now=MONDAY)
    assert sheet.value("gives") == "planning"
    assert "☐ 质量  ☑ 交期" in sheet.to_markdown("zh")


def test_the_memorial_has_each_countersignature_the_general_manager_and_finance(
    forms: Forms, book: qms.Rulebook
) -> None:
    sheet = forms.form("deduction-memorial").fill(
        grown(book), book, now=days(10), by_hand={"subject": "boards scrapped at ACME"}
    )
    assert (sheet.form.title.text("zh"), str(sheet.form.clause)) == ("扣款签呈", "pcb-maker 4.4.2.3")
    assert countersignatures(sheet) == [
        ["quality", "Wang", days(5), "agreed"], ["production", "Zhao", days(6), None],
    ]  # fmt: skip
    assert sheet.value("approved") == {"by": "Zhou", "at": days(7)}
    assert sheet.value("posted") == {"by": "Qian", "at": days(8)}
    assert sheet.value("written_off") == yuan("12000.50")
    assert sheet.missing == ()


# A signature is bound to what it signed: a new judgement, or a correction of it, and it counts no longer.
def test_after_a_new_judgement_no_earlier_signature_stands_on_the_memorial(
    forms: Forms, book: qms.Rulebook
) -> None:
    memorial, signed = forms.form("deduction-memorial"), grown(book, 6)
    anew = book.of(signed).record(
        signed, "judged", at=days(6.5), by="Li", reasonable=True, amount=yuan("9000"), departments=["quality"]
    )
    sheet = memorial.fill(anew, book, now=days(10))
    assert countersignatures(sheet) == []
    assert sheet.value("management") is None
    assert "decision_countersigned is older than the newest judged" in sheet.to_html()
    assert memorial.fill(anew, book, now=days(6)).value("management") == {"by": "Ren", "at": days(4)}


def test_after_a_correction_of_the_judgement_no_earlier_signature_stands(
    forms: Forms, book: qms.Rulebook
) -> None:
    signed = grown(book, 6)
    (judged,) = (event for event in signed.history if event.name == "judged")
    changed = {"reasonable": True, "amount": yuan("9000"), "departments": ["quality", "production"]}
    case = book.of(signed).record(
        signed, "corrected", at=days(6.5), facts={"of": judged.seq, "facts": changed, "reason": "a slip"}
    )
    sheet = forms.form("deduction-memorial").fill(case, book, now=days(10))
    assert (sheet.value("accepted"), countersignatures(sheet)) == (yuan("9000"), [])


def test_a_claim_that_is_turned_down_needs_no_approval(forms: Forms, book: qms.Rulebook) -> None:
    case = grown(book, 2)
    for day, name, entry in (
        (3, "judged", {"by": "Li", "reasonable": False, "note": "scratched at the customer's"}),
        (4, "decision_countersigned", {"by": "Ren", "department": "management"}),
        (5, "rejected", {"by": "Li"}),
    ):
        case = book.of(case).record(case, name, at=days(day), **entry)
    assert forms.form("claim-notice").fill(case, book, now=days(6)).value("rejected_at") == days(5)
    memorial = forms.form("deduction-memorial").fill(case, book, now=days(6))
    assert [memorial.fields[name].state for name in ("approved", "posted")] == ["not_needed", "not_needed"]


@pytest.mark.parametrize("steps", range(0, len(STEPS) + 1, 3))
@pytest.mark.parametrize("name", ["claim-notice", "deduction-memorial"])
def test_at_every_stage_a_form_of_a_claim_fits_its_schema(
    forms: Forms, book: qms.Rulebook, name: str, steps: int
) -> None:
    form = forms.form(name)
    sheet = form.fill(grown(book, steps), book, now=days(10))
    jsonschema.Draft202012Validator(form.json_schema("zh")).validate(sheet.data())
    assert form.title.text("zh") in sheet.to_html("zh")
