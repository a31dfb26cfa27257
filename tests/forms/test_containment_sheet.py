"""The containment sheet (4.2.4.6): every place with what is suspect there, or why nothing is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import jsonschema
import pytest
from tests.forms.conftest import MONDAY

import qms_service as qms
from qms_service.forms import FilledForm, Forms


def pcs(amount: int) -> qms.Quantity:
    return qms.Quantity(amount=amount, unit="pcs")


def hours(count: float) -> datetime:
    return MONDAY + timedelta(hours=count)


# Nothing waits to be cut and nothing is in transit; 120 + 80 in the house, 300 in the warehouse, 500 at the customer.
STEPS: tuple[tuple[float, str, dict[str, Any]], ...] = (
    (1, "stop_notice_issued", {"by": "Wang", "line": "plating 2"}),
    (2, "place_not_applicable", {"place": "uncut", "reason": "no order is due"}),
    (2, "place_listed", {"by": "Wu", "place": "in_process", "suspect": pcs(120)}),
    (3, "place_listed", {"by": "Wu", "place": "finished", "suspect": pcs(80)}),
    (4, "place_listed", {"by": "Sun", "place": "warehouse", "suspect": pcs(300)}),
    (4, "place_not_applicable", {"place": "in_transit", "reason": "nothing shipped since"}),
    (5, "place_listed", {"by": "Li", "place": "at_customer", "suspect": pcs(500)}),
    (6, "contained", {"by": "Wang"}),
    (8, "place_checked", {"by": "Wu", "place": "in_process", "good": pcs(100), "bad": pcs(5)}),
    (9, "place_checked", {"by": "Wu", "place": "in_process", "good": pcs(15), "bad": pcs(0)}),
    (10, "place_checked", {"by": "Wu", "place": "finished", "good": pcs(79), "bad": pcs(1)}),
    (20, "place_checked", {"by": "Sun", "place": "warehouse", "good": pcs(290), "bad": pcs(10)}),
    (40, "place_checked", {"by": "Li", "place": "at_customer", "good": pcs(470), "bad": pcs(30)}),
    (50, "clean_point_set", {"by": "Wang", "first_good": "lot 2611", "marked": "green dot"}),
    (60, "stop_notice_lifted", {"by": "Wang", "line": "plating 2"}),
    (300, "action_verified", {"by": "Wang", "effective": True, "action": "8D-1"}),
    (301, "released", {"by": "Wang"}),
    (302, "closed", {"by": "Wang"}),
)  # fmt: skip


def grown(book: qms.Rulebook, steps: int = len(STEPS)) -> qms.Case:
    """The containment of Monday 2 March 2026, 09:00, with so many of its steps."""
    subject = qms.Containment(
        number="CT-1", complaint="C-1", customer="ACME", product="PCB-7781", defect="open", begun_at=MONDAY
    )
    case = book.open(subject, by="Wang")
    for hour, name, entry in STEPS[:steps]:
        case = book.of(case).record(case, name, at=hours(hour), **entry)
    return case


def rows(sheet: FilledForm, section: str) -> list[list[object]]:
    (found,) = (one for one in sheet.sections if one.section.id == section)
    return [[field.value for field in row.fields] for row in found.rows if not row.spare]


def test_each_place_has_a_row_with_its_quantities_or_its_reason(forms: Forms, book: qms.Rulebook) -> None:
    sheet = forms.form("containment-sheet").fill(grown(book), book, now=hours(303))
    assert (str(sheet.form.clause), sheet.form.landscape) == ("pcb-maker 4.2.4.6", True)
    assert rows(sheet, "places") == [
        ["uncut", None, None, None, None, None, None, "no order is due"],
        ["in_process", pcs(120), pcs(115), pcs(5), pcs(0), "Wu", hours(9), None],
        ["finished", pcs(80), pcs(79), pcs(1), pcs(0), "Wu", hours(10), None],
        ["warehouse", pcs(300), pcs(290), pcs(10), pcs(0), "Sun", hours(20), None],
        ["in_transit", None, None, None, None, None, None, "nothing shipped since"],
        ["at_customer", pcs(500), pcs(470), pcs(30), pcs(0), "Li", hours(40), None],
    ]
    assert rows(sheet, "stops") == [["plating 2", hours(1), "Wang", hours(60), "Wang"]]
    assert (sheet.value("due"), sheet.value("done_at"), sheet.value("state")) == (hours(24), hours(6), "met")
    assert (sheet.value("first_good"), sheet.value("effective"), sheet.value("released_at")) == (
        "lot 2611", True, hours(301),
    )  # fmt: skip
    assert sheet.missing == ()


def test_a_place_of_which_nothing_is_told_is_missing_and_one_without_goods_is_not(
    forms: Forms, book: qms.Rulebook
) -> None:
    sheet = forms.form("containment-sheet").fill(grown(book, 4), book, now=hours(4))
    (places,) = (one for one in sheet.sections if one.section.id == "places")
    states = {str(row.fields[0].value): [field.state for field in row.fields[1:5]] for row in places.rows}
    assert states["uncut"] == ["not_needed"] * 4
    assert states["finished"][0] == "filled"
    assert states["warehouse"] == ["missing"] * 4
    assert (
        "| 待开料（有货期之板） | 不适用 | 不适用 | 不适用 | 不适用 |  |  | no order is due |"
        in sheet.to_markdown("zh")
    )


def test_a_line_that_is_stopped_again_is_not_lifted(forms: Forms, book: qms.Rulebook) -> None:
    case = grown(book, 15)
    case = book.of(case).record(case, "stop_notice_issued", at=hours(70), by="Wu", line="plating 2")
    sheet = forms.form("containment-sheet").fill(case, book, now=hours(71))
    assert rows(sheet, "stops") == [["plating 2", hours(70), "Wu", None, None]]


@pytest.mark.parametrize("steps", range(0, len(STEPS) + 1, 6))
def test_at_every_stage_it_fits_its_schema(forms: Forms, book: qms.Rulebook, steps: int) -> None:
    form = forms.form("containment-sheet")
    sheet = form.fill(grown(book, steps), book, now=hours(303))
    jsonschema.Draft202012Validator(form.json_schema("zh")).validate(sheet.data())
    assert "围堵清单" in sheet.to_html("zh")
