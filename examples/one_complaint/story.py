"""One complaint as it went: open vias in boards of ACME, and the four cases that grew out of it.

Each line says how many hours after its receipt, in which case, which step, and what that put on record. The scripts
beside this one look at it at one moment each.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import qms_service as qms
from qms_service.forms import load_forms

BOOK = qms.load_rulebook("pcb-maker")
FORMS = load_forms("pcb-maker", BOOK)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = 24
Line = tuple[float, str, str, dict[str, Any]]
BOARDS = {"customer": "ACME", "product": "PCB-7781", "defect": "open vias"}


def pcs(amount: int) -> qms.Quantity:
    """So many boards."""
    return qms.Quantity(amount=amount, unit="pcs")


def yuan(amount: str) -> qms.Money:
    """So much money."""
    return qms.Money(amount=Decimal(amount), currency="CNY")


def moment(hours: float) -> datetime:
    """So many hours after the receipt."""
    return MONDAY + timedelta(hours=hours)


COMPLAINT: tuple[Line, ...] = (
    (0, "C-1", "open", {"by": "Li"}),
    (1, "C-1", "forwarded", {"by": "Li", "department": "marketing"}),
    (8, "C-1", "analysed", {"by": "Wang", "department": "quality", "established": True, "ours": True}),
    (9, "C-1", "customer_informed", {"by": "Wang"}),
    (9, "C-1", "review_held", {"by": "Wang"}),
    (24, "C-1", "contained", {"by": "Wang", "department": "quality"}),
    (25, "C-1", "disposition_issued", {"by": "Wang", "note": "sort the lots of weeks 08 and 09"}),
    (30, "C-1", "return_requested", {"by": "Wang"}),
    (31, "C-1", "cause_reported", {"by": "Zhao", "department": "production", "cause": "operation",
                                   "responsible": "production", "note": "anode bags torn, not changed in time"}),
    (32, "C-1", "approved", {"by": "Chen", "department": "quality", "role": "quality_manager"}),
    (34, "C-1", "answered", {"by": "Wang"}),
    (9 * DAY, "C-1", "action_completed", {"by": "Zhao", "department": "production"}),
    (9 * DAY + 1, "C-1", "trained", {"by": "Zhao", "department": "production"}),
    (31 * DAY, "C-1", "verified", {"by": "Wang", "effective": True, "note": "20 lots without a void"}),
    (32 * DAY, "C-1", "notice_filed", {"by": "Li"}),
    (36 * DAY, "C-1", "closed", {"by": "Wang"}),
)  # fmt: skip
CONTAINMENT: tuple[Line, ...] = (
    (9, "CT-1", "open", {"by": "Wang"}),
    (10, "CT-1", "stop_notice_issued", {"by": "Wang", "line": "plating 2"}),
    (11, "CT-1", "place_not_applicable", {"by": "Wu", "place": "uncut", "reason": "no order is due"}),
    (11, "CT-1", "place_listed", {"by": "Wu", "place": "in_process", "suspect": pcs(120)}),
    (12, "CT-1", "place_listed", {"by": "Wu", "place": "finished", "suspect": pcs(80)}),
    (13, "CT-1", "place_listed", {"by": "Sun", "place": "warehouse", "suspect": pcs(300)}),
    (13, "CT-1", "place_not_applicable", {"by": "Sun", "place": "in_transit", "reason": "nothing was shipped"}),
    (20, "CT-1", "place_listed", {"by": "Li", "place": "at_customer", "suspect": "undetermined"}),
    (22, "CT-1", "place_checked", {"by": "Wu", "place": "in_process", "good": pcs(112), "bad": pcs(8)}),
    (23, "CT-1", "place_checked", {"by": "Wu", "place": "finished", "good": pcs(50), "bad": pcs(2)}),
    (24, "CT-1", "contained", {"by": "Wang"}),
    (30, "CT-1", "place_checked", {"by": "Wu", "place": "finished", "good": pcs(28), "bad": pcs(0)}),
    (40, "CT-1", "place_checked", {"by": "Sun", "place": "warehouse", "good": pcs(290), "bad": pcs(10)}),
    (76, "CT-1", "place_listed", {"by": "Li", "place": "at_customer", "suspect": pcs(498)}),
    (90, "CT-1", "place_checked", {"by": "Wang", "place": "at_customer", "good": pcs(460), "bad": pcs(38)}),
    (9 * DAY, "CT-1", "clean_point_set", {"by": "Wang", "first_good": "lot 2611", "marked": "green dot"}),
    (9 * DAY, "CT-1", "stop_notice_lifted", {"by": "Wang", "line": "plating 2"}),
    (31 * DAY, "CT-1", "action_verified", {"by": "Wang", "effective": True, "action": "8D-1"}),
    (31 * DAY, "CT-1", "released", {"by": "Wang"}),
    (31 * DAY, "CT-1", "closed", {"by": "Wang"}),
)  # fmt: skip
RETURN: tuple[Line, ...] = (
    (72, "R-1", "open", {"by": "Li", "facts": {"replacement_wanted": True}}),
    (73, "R-1", "handed_over", {"giver": "customer", "taker": "marketing", "receipt": "ACME-559"}),
    (74, "R-1", "handed_over", {"giver": "marketing", "taker": "warehouse", "receipt": "H-31"}),
    (74, "R-1", "forwarded", {"by": "Li"}),
    (75, "R-1", "counted", {"by": "Sun", "quantity": pcs(498), "model_ok": True}),
    (76, "R-1", "count_settled", {"by": "Li", "quantity": pcs(498), "reason": "ACME keeps two as samples"}),
    (80, "R-1", "planned", {"by": "Wang", "cause": "operation", "responsible": "production",
                            "note": "voids in the plating; plate once more what is thin"}),
    (81, "R-1", "disposition_issued", {"by": "Wang", "note": "inspect all; plate once more, then slice one of ten"}),
    (90, "R-1", "inspected", {"by": "Wang", "good": pcs(460), "bad": pcs(38)}),
    (96, "R-1", "reworked", {"by": "Zhao", "department": "production", "good": pcs(25)}),
    (97, "R-1", "scrapped", {"by": "Zhao", "department": "production", "quantity": pcs(13), "note": "holes torn"}),
    (97, "R-1", "shortage_told", {"by": "Wang", "quantity": pcs(13)}),
    (98, "R-1", "stock_agreed", {"by": "Li"}),
    (99, "R-1", "stock_used", {"by": "Sun", "quantity": pcs(8), "note": "lot 2612"}),
    (100, "R-1", "redelivery_notified", {"by": "Wang"}),
    (120, "R-1", "redelivered", {"by": "Li", "quantity": pcs(493)}),
    (150, "R-1", "credited", {"by": "Qian", "quantity": pcs(5), "amount": yuan("160.00")}),
    (151, "R-1", "closed", {"by": "Wang"}),
)  # fmt: skip
CLAIM: tuple[Line, ...] = (
    (7 * DAY, "MRKT-20260301", "open", {"by": "Li"}),
    (7 * DAY + 2, "MRKT-20260301", "reason_confirmed", {"by": "Wang", "note": "voids in the plating"}),
    (7 * DAY + 4, "MRKT-20260301", "evidence_given", {"by": "Wang", "department": "quality", "responsible": "we",
                                                      "cause": "anode bags torn", "note": "five slices"}),
    (7 * DAY + 8, "MRKT-20260301", "judged", {"by": "Li", "reasonable": True, "amount": yuan("12000.50"),
                                              "departments": ["quality", "production"]}),
    (8 * DAY, "MRKT-20260301", "decision_countersigned", {"by": "Ren", "department": "management"}),
    (8 * DAY + 1, "MRKT-20260301", "countersigned", {"by": "Wang", "department": "quality"}),
    (8 * DAY + 5, "MRKT-20260301", "countersigned", {"by": "Zhao", "department": "production"}),
    (8 * DAY + 6, "MRKT-20260301", "approved", {"by": "Zhou", "department": "general_manager"}),
    (9 * DAY, "MRKT-20260301", "posted", {"by": "Qian", "department": "finance", "amount": yuan("12000.50")}),
    (9 * DAY + 1, "MRKT-20260301", "closed", {"by": "Li"}),
)  # fmt: skip
K1 = {"cause": "K1", "cell": "technical_occurrence", "nature": "machine"}
K2 = {"cause": "K2", "cell": "technical_occurrence", "nature": "person"}
K3 = {"cause": "K3", "cell": "technical_non_detection", "nature": "method"}
EIGHT_D: tuple[Line, ...] = (
    (10, "8D-1", "open", {"by": "Wang"}),
    (11, "8D-1", "team_named", {"leader": "Wang", "members": ["Zhao", "Sun", "Ma"], "sponsor": "Chen"}),
    (12, "8D-1", "problem_stated", {"statement": "Vias are open after reflow", "is_what": "PCB-7781, plating 2",
                                    "is_not": "plating 1 and 3", "quantity": pcs(30), "symptom": "no contact after reflow",
                                    "risk_assessed_on": date(2026, 3, 2)}),
    (24, "8D-1", "contained", {"containment": "CT-1", "proof": "nothing shipped from the six places"}),
    (26, "8D-1", "cause_proposed", {**K1, "statement": "anode bags torn"}),
    (26, "8D-1", "cause_proposed", {**K2, "statement": "current set wrong"}),
    (27, "8D-1", "cause_proposed", {**K3, "statement": "no slice of each lot"}),
    (50, "8D-1", "cause_verified", {"cause": "K1", "method": "torn bag put in", "result": "voids came back"}),
    (51, "8D-1", "cause_verified", {"cause": "K3", "method": "records", "result": "one slice a day"}),
    (70, "8D-1", "action_planned", {"action": "A1", "cause": "K1", "statement": "bags changed each month",
                                    "owner": "Zhao", "due": date(2026, 3, 10), "means": "process",
                                    "proof": "voids in slices of 20 lots"}),
    (70, "8D-1", "action_planned", {"action": "A2", "cause": "K3", "statement": "one slice of each lot",
                                    "owner": "Sun", "due": date(2026, 3, 8), "means": "inspection",
                                    "proof": "bad lots let out"}),
    (77, "8D-1", "cause_rejected", {"cause": "K2", "method": "rectifier's log", "reason": "the current was right"}),
    (78, "8D-1", "actions_approved", {"by": "Chen", "role": "quality_manager"}),
    (6 * DAY, "8D-1", "action_implemented", {"action": "A2", "cut_in": date(2026, 3, 9)}),
    (9 * DAY, "8D-1", "action_implemented", {"action": "A1", "cut_in": date(2026, 3, 12)}),
    (30 * DAY, "8D-1", "effect_measured", {"action": "A1", "measure": "voids in 1000", "before": 60, "after": 1,
                                          "proof": "slices of 20 lots"}),
    (30 * DAY, "8D-1", "effect_measured", {"action": "A2", "measure": "bad lots let out", "before": 3, "after": 0,
                                          "proof": "lots at ACME"}),
    (31 * DAY, "8D-1", "verified", {"by": "Wang", "effective": True}),
    (32 * DAY, "8D-1", "document_revised", {"by": "Zhao", "document": "WI-PL-04", "revision": "C"}),
    (33 * DAY, "8D-1", "looked_across", {"scope": "plating 1 and 3", "result": "two bags changed"}),
    (35 * DAY, "8D-1", "closed", {"by": "Wang", "assessment": "20 lots without a void"}),
)  # fmt: skip


def subject(case: str) -> Any:  # noqa: ANN401  # one of five subjects
    """What a case of the story is about."""
    return {
        "C-1": qms.Complaint(
            number="C-1", quantity=pcs(500), defect_rate=Decimal(6), received_at=moment(0), **BOARDS
        ),
        "CT-1": qms.Containment(number="CT-1", complaint="C-1", begun_at=moment(9), **BOARDS),
        "8D-1": qms.CorrectiveAction(number="8D-1", complaints=["C-1"], raised_at=moment(10), **BOARDS),
        "R-1": qms.ReturnOrder(
            number="R-1", complaint="C-1", quantity=pcs(500), received_at=moment(72), **BOARDS
        ),
        "MRKT-20260301": qms.Claim(
            customer="ACME",
            basis="quality",
            settlement="allowance",
            amount=yuan("18000"),
            complaint="C-1",
            received_at=moment(7 * DAY),
        ),
    }[case]


def lines(until: float) -> Iterator[Line]:
    """What happened until so many hours after the receipt, in its order."""
    every = (*COMPLAINT, *CONTAINMENT, *RETURN, *CLAIM, *EIGHT_D)
    return (line for line in sorted(every, key=lambda line: line[0]) if line[0] <= until)


def desk_at(hours: float) -> tuple[qms.ServiceDesk, qms.testing.FixedNow]:
    """A desk with everything on record until then, and the clock on its wall."""
    now = qms.testing.FixedNow(MONDAY)  # an application gives a function that tells the time
    desk = qms.ServiceDesk(BOOK, qms.adapters.memory.open(), now=now)
    for at, case, step, entry in lines(hours):
        now.move_to(moment(at))
        if step != "open":
            desk.record(case, step, **entry)
            continue
        desk.open(subject(case), series="claim" if case.startswith("MRKT") else None, **entry)
        if case != "C-1":
            desk.link("C-1", case)
    now.move_to(moment(hours))
    return desk, now
