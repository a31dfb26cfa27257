"""The forms of a return (4.3): what the customer noted and what came, the first finding, the scrap, the replenishment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import jsonschema
import pytest
from tests.forms.conftest import MONDAY

import qms_service as qms
from qms_service.forms import FilledForm, Forms

RETURN_FORMS = ("return-note", "quality-record", "return-disposition", "replenishment-request")


def pcs(amount: int) -> qms.Quantity:
    return qms.Quantity(amount=amount, unit="pcs")


def hours(count: float) -> datetime:
    return MONDAY + timedelta(hours=count)


# The customer noted 500, the warehouse counts 498, Marketing settles on 498: 460 good, 25 made good, 13 scrapped, and of
# these 8 come from stock and 5 are made anew.
STEPS: tuple[tuple[float, str, dict[str, Any]], ...] = (
    (1, "handed_over", {"giver": "customer", "taker": "marketing", "receipt": "N-77"}),
    (2, "handed_over", {"giver": "marketing", "taker": "warehouse", "receipt": "H-3"}),
    (3, "forwarded", {"by": "Li"}),
    (4, "counted", {"by": "Sun", "quantity": pcs(498), "model_ok": True}),
    (5, "count_settled", {"by": "Li", "quantity": pcs(498), "reason": "two kept by the customer as samples"}),
    (10, "planned", {"by": "Wang", "note": "plating voids; strip and replate", "cause": "operation",
                     "responsible": "production", "capability_in_doubt": False}),
    (11, "disposition_issued", {"by": "Wang", "note": "inspect all, replate what is thin"}),
    (15, "inspected", {"by": "Wang", "good": pcs(460), "bad": pcs(38), "note": "thin copper"}),
    (20, "reworked", {"by": "Zhao", "department": "production", "good": pcs(25)}),
    (21, "scrapped", {"by": "Zhao", "department": "production", "quantity": pcs(13), "note": "holes torn"}),
    (21, "shortage_told", {"by": "Wang", "quantity": pcs(13)}),
    (22, "replenishment_requested", {"by": "Wang", "quantity": pcs(5)}),
    (22.5, "stock_agreed", {"by": "Li"}),
    (23, "stock_used", {"by": "Sun", "quantity": pcs(8), "note": "lot 2608"}),
    (60, "replenished", {"by": "Ma", "quantity": pcs(5)}),
    (61, "improvement_reported", {"by": "Wang"}),
)  # fmt: skip


def grown(book: qms.Rulebook, steps: int = len(STEPS)) -> qms.Case:
    """The return of Monday 2 March 2026, 09:00, with so many of its steps."""
    subject = qms.ReturnOrder(
        number="R-1", customer="ACME", product="PCB-7781", quantity=pcs(500), defect="open", complaint="C-1",
        received_at=MONDAY,
    )  # fmt: skip
    case = book.open(subject, by="Li", facts={"replacement_wanted": True})
    for hour, name, entry in STEPS[:steps]:
        case = book.of(case).record(case, name, at=hours(hour), **entry)
    return case


def rows(sheet: FilledForm, section: str) -> list[list[object]]:
    (found,) = (one for one in sheet.sections if one.section.id == section)
    return [[field.value for field in row.fields] for row in found.rows if not row.spare]


def test_the_return_note_tells_what_was_noted_and_what_came(forms: Forms, book: qms.Rulebook) -> None:
    sheet = forms.form("return-note").fill(grown(book), book, now=hours(62))
    assert sheet.form.title.text("zh") == "退货单"
    told = {name: sheet.value(name) for name in ("number", "complaint", "quantity", "replacement", "arrived")}
    assert told == {
        "number": "R-1", "complaint": "C-1", "quantity": pcs(500), "replacement": True, "arrived": pcs(498),
    }  # fmt: skip
    assert sheet.value("settled") == sheet.value("counted") == pcs(498)
    assert rows(sheet, "hands") == [
        [hours(1), "customer", "marketing", "N-77"], [hours(2), "marketing", "warehouse", "H-3"],
    ]  # fmt: skip
    assert sheet.value("plan_due") == hours(15)  # 4.3.3/4.3.3: 12 h from the note at hour 3
    assert sheet.value("received") == {"by": "Li", "at": MONDAY}
    assert sheet.missing == ()


def test_the_quality_record_holds_the_first_finding(forms: Forms, book: qms.Rulebook) -> None:
    sheet = forms.form("quality-record").fill(grown(book), book, now=hours(62))
    assert (sheet.form.title.text("zh"), str(sheet.form.clause)) == ("品质投诉记录表", "pcb-maker 4.3")
    assert sheet.value("plan") == "plating voids; strip and replate"
    assert (sheet.value("cause"), sheet.value("responsible"), sheet.value("capability")) == (
        "operation", "production", False,
    )  # fmt: skip
    assert (sheet.value("plan_due"), sheet.value("planned_at"), sheet.value("plan_state")) == (
        hours(15), hours(10), "met",
    )  # fmt: skip
    assert rows(sheet, "inspections") == [[hours(15), "Wang", pcs(460), pcs(38), "thin copper"]]
    assert sheet.missing == ()


# 4.3.3/4.3.4: scrap of a return goes through MRB, and its quantity is written on the disposition.
def test_the_disposition_of_a_return_has_its_scrap_quantity(forms: Forms, book: qms.Rulebook) -> None:
    sheet = forms.form("return-disposition").fill(
        grown(book), book, now=hours(62), by_hand={"disposition": ["inspect", "rework", "scrap"]}
    )
    assert rows(sheet, "scrap") == [[hours(21), "production", pcs(13), "Zhao", "holes torn"]]
    figures = [sheet.value(name) for name in ("counted", "good", "reworked", "scrapped", "open")]
    assert figures == [pcs(498), pcs(460), pcs(25), pcs(13), pcs(0)]
    assert sheet.value("responsible") == "production"
    assert sheet.value("rework_due") == hours(35)  # 4.3.1.6: 24 h from the disposition at hour 11
    assert sheet.fields["instruction"].clause == qms.ClauseRef("4.3.1.5", document="pcb-maker")
    assert sheet.missing == ()


def test_before_anything_is_scrapped_the_disposition_says_what_is_open(
    forms: Forms, book: qms.Rulebook
) -> None:
    sheet = forms.form("return-disposition").fill(grown(book, 8), book, now=hours(16))
    assert (sheet.value("scrapped"), sheet.value("open")) == (0, pcs(38))
    assert rows(sheet, "scrap") == []


def test_a_date_promised_to_the_customer_stands_on_the_disposition_when_it_is_earlier(
    forms: Forms, book: qms.Rulebook
) -> None:
    case = grown(book, 7)
    case = book.of(case).record(
        case, "agreed", at=hours(12), clock="rework", due_at=hours(30), reason="told ACME"
    )
    sheet = forms.form("return-disposition").fill(case, book, now=hours(13))
    assert sheet.value("rework_due") == hours(30)


def test_the_replenishment_request_tells_stock_from_boards_made_anew(
    forms: Forms, book: qms.Rulebook
) -> None:
    sheet = forms.form("replenishment-request").fill(grown(book), book, now=hours(62))
    assert (sheet.form.title.text("zh"), str(sheet.form.clause)) == ("补料申请单", "pcb-maker 4.3.3/4.3.5")
    assert [sheet.value(name) for name in ("scrapped", "shortage", "replenished")] == [
        pcs(13),
        pcs(13),
        pcs(13),
    ]
    assert rows(sheet, "requests") == [[hours(22), "Wang", pcs(5), None]]
    assert rows(sheet, "stock") == [[hours(23), "Sun", pcs(8), "lot 2608"]]
    assert rows(sheet, "made") == [[hours(60), "Ma", pcs(5), None]]
    assert sheet.value("agreed") == {"by": "Li", "at": hours(22.5)}
    assert sheet.missing == ()


def test_a_quantity_that_the_customer_cannot_tell_yet_stands_as_such(
    forms: Forms, book: qms.Rulebook
) -> None:
    case = book.open(
        qms.ReturnOrder(number="R-2", customer="ACME", quantity="undetermined", received_at=MONDAY)
    )
    sheet = forms.form("return-note").fill(case, book, now=MONDAY)
    assert sheet.value("quantity") == "undetermined"
    assert "| 未确定 |" in sheet.to_markdown("zh")
    assert {"product", "defect", "replacement", "counted"} <= {one.field.id for one in sheet.missing}


@pytest.mark.parametrize("steps", range(0, len(STEPS) + 1, 4))
@pytest.mark.parametrize("name", RETURN_FORMS)
def test_at_every_stage_a_form_of_a_return_fits_its_schema(
    forms: Forms, book: qms.Rulebook, name: str, steps: int
) -> None:
    form = forms.form(name)
    sheet = form.fill(grown(book, steps), book, now=hours(62))
    jsonschema.Draft202012Validator(form.json_schema("zh")).validate(sheet.data())
    assert form.title.text("zh") in sheet.to_html("zh")
