"""A complaint of `pcb-maker` with its return and its claim: it closes after both, in one transaction (4.2.4.9)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

import qms_service as qms
from qms_service.testing import FixedNow

Step = tuple[str, dict[str, Any]]
COMPLAINT: list[Step] = [
    ("forwarded", {}),
    ("analysed", {"established": True, "ours": True, "cause": "operation", "responsible": "production"}),
    ("return_requested", {}),
    ("contained", {}),
    ("cause_reported", {"cause": "operation"}),
    ("approved", {"role": "quality_manager"}),
    ("answered", {}),
    ("action_completed", {}),
    ("trained", {}),
    ("verified", {"effective": True}),
    ("notice_filed", {}),
]
RETURN: list[Step] = [
    ("forwarded", {}),
    ("counted", {"quantity": 500, "model_ok": True}),
    ("planned", {}),
    ("disposition_issued", {}),
    ("inspected", {"good": 470, "bad": 30}),
    ("scrapped", {"quantity": 30}),
    ("redelivery_notified", {}),
    ("redelivered", {"quantity": 470}),
]
CREDIT: Step = ("credited", {"quantity": 30, "amount": qms.Money(amount=Decimal("960.00"), currency="CNY")})
CLAIM: list[Step] = [
    ("evidence_given", {"department": "quality"}),
    ("judged", {"reasonable": True, "departments": ["quality", "production"]}),
    ("decision_countersigned", {"department": "management"}),
    ("countersigned", {"department": "quality"}),
    ("countersigned", {"department": "production"}),
    ("approved", {"by": "Zhou", "department": "general_manager"}),
    ("posted", {"department": "finance"}),
]


def took(desk: qms.ServiceDesk, now: FixedNow, case: str, steps: list[Step]) -> qms.Case:
    for step, entry in steps:
        now.advance(timedelta(minutes=10))
        desk.record(case, step, **entry)
    return desk.case(case)


@pytest.fixture
def grown(desk: qms.ServiceDesk, now: FixedNow) -> qms.ServiceDesk:
    """The complaint up to its closing, the return up to its credit, the claim up to its closing, linked."""
    desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=now()))
    took(desk, now, "C-1", COMPLAINT)
    desk.open(
        qms.ReturnOrder(number="R-1", customer="ACME", quantity=500, complaint="C-1", received_at=now())
    )
    took(desk, now, "R-1", RETURN)
    claim = qms.Claim(
        customer="ACME", basis="quality", settlement="return", complaint="C-1", received_at=now()
    )
    assert desk.open(claim, series="claim", by="Li").id == "MRKT-20260301"
    took(desk, now, "MRKT-20260301", CLAIM)
    desk.link("C-1", "R-1")
    desk.link("C-1", "MRKT-20260301")
    return desk


def waits_for(desk: qms.ServiceDesk) -> list[tuple[object, object]]:
    return [(one.facts["kind"], one.facts["case"]) for one in desk.check("C-1", "closed")]


def test_a_complaint_closes_after_its_return_and_its_claim(grown: qms.ServiceDesk, now: FixedNow) -> None:
    assert waits_for(grown) == [("return", "R-1"), ("claim", "MRKT-20260301")]
    with pytest.raises(qms.Refused, match="redelivered \\+ credited = counted"):
        grown.record("R-1", "closed")
    took(grown, now, "R-1", [CREDIT, ("closed", {})])
    assert waits_for(grown) == [("claim", "MRKT-20260301")]
    with pytest.raises(qms.Refused, match="MRKT-20260301"):
        grown.record("C-1", "closed", despite="the customer is pleased")
    took(grown, now, "MRKT-20260301", [("closed", {})])
    assert took(grown, now, "C-1", [("closed", {})]).status == "closed"
    assert grown.worklist() == ()


def test_what_the_closing_waits_for_is_named_in_the_readers_language(grown: qms.ServiceDesk) -> None:
    said = [one.text("zh") for one in grown.check("C-1", "closed")]
    assert [one.partition(" 须先结案")[0] for one in said] == [
        "closed 之前，关联的 return（客户退货）R-1",
        "closed 之前，关联的 claim（客户索赔）MRKT-20260301",
    ]


def test_a_return_that_is_opened_again_holds_the_complaint_up_again(
    grown: qms.ServiceDesk, now: FixedNow
) -> None:
    took(grown, now, "R-1", [CREDIT, ("closed", {}), ("reopened", {})])
    took(grown, now, "MRKT-20260301", [("closed", {})])
    assert waits_for(grown) == [("return", "R-1")]


def test_a_return_that_was_withdrawn_does_not(grown: qms.ServiceDesk, now: FixedNow) -> None:
    took(grown, now, "R-1", [("withdrawn", {"reason": "the customer keeps the goods"})])
    assert waits_for(grown) == [("claim", "MRKT-20260301")]


def test_a_waiver_holds_until_its_day_and_for_its_gate_alone(grown: qms.ServiceDesk, now: FixedNow) -> None:
    took(grown, now, "MRKT-20260301", [("closed", {})])
    waiver = {
        "gate": "returns",
        "reason": "goods still at sea",
        "owner": "Chen",
        "expires_on": date(2026, 3, 31),
    }
    took(grown, now, "C-1", [("waived", waiver)])
    assert [one.code for one in grown.check("C-1", "closed")] == ["waived"]
    now.advance(timedelta(days=60))
    assert waits_for(grown) == [("return", "R-1")]


def test_a_complaint_without_links_closes_as_ever(desk: qms.ServiceDesk, now: FixedNow) -> None:
    desk.open(qms.Complaint(number="C-2", customer="ACME", received_at=now()))
    assert took(desk, now, "C-2", [*COMPLAINT, ("closed", {})]).status == "closed"
