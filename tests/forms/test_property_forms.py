"""The forms of customer property (4.6): the register, the contact note to Production, and a card for each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.forms.conftest import MONDAY

import qms_service as qms
from qms_service.forms import FilledForm, Forms


def days(count: float) -> datetime:
    return MONDAY + timedelta(days=count)


STEPS: tuple[tuple[float, str, dict[str, Any]], ...] = (
    (0.1, "checked", {"by": "Li", "fit": True, "quantity": 2}),
    (0.2, "registered", {"by": "Li", "entry": "2026-14"}),
    (0.3, "contact_note_issued", {"by": "Li", "contact_note": "N-31", "note": "keep dry"}),
    (0.4, "handed_over", {"giver": "marketing", "taker": "production", "receipt": "H-2"}),
    (0.5, "kept", {"by": "Zhao", "department": "production", "place": "rack 4"}),
    (90, "incident_found", {"by": "Zhao", "incident": "I-1", "what": "loss", "lost": 1, "account": "not on its rack"}),
    (90, "inventoried", {"by": "Zhao", "found": 1, "condition": "good"}),
    (91, "customer_notified", {"by": "Li", "incident": "I-1", "proof": "letter of 1 June"}),
)  # fmt: skip


def grown(book: qms.Rulebook, steps: int = len(STEPS)) -> qms.Case:
    """Two fixtures of Monday 2 March 2026, one of them lost in May."""
    lent = qms.CustomerProperty(
        number="P-1", customer="ACME", category="fixture", identification="test jig 7781", owner_number="ACME-F-12",
        quantity=2, received_at=MONDAY,
    )  # fmt: skip
    case = book.open(lent, by="Li", facts={"receipt": "Q-9"})
    for day, name, entry in STEPS[:steps]:
        case = book.of(case).record(case, name, at=days(day), **entry)
    return case


def rows(sheet: FilledForm, section: str) -> list[list[object]]:
    (found,) = (one for one in sheet.sections if one.section.id == section)
    return [[field.value for field in row.fields] for row in found.rows if not row.spare]


def test_the_register_has_a_line_for_each_property_with_its_keeper(forms: Forms, book: qms.Rulebook) -> None:
    drawing = qms.CustomerProperty(
        number="P-2", customer="BETA", category="drawing", identification="7781 rev B", received_at=days(1)
    )
    sheet = forms.form("property-register").fill_list([grown(book), book.open(drawing)], book, now=days(100))
    assert rows(sheet, "properties") == [
        ["P-1", MONDAY, "ACME", "fixture", "test jig 7781", "ACME-F-12", 2, True, "production", "rack 4", 1, "open"],
        ["P-2", days(1), "BETA", "drawing", "7781 rev B", None, None, None, "marketing", None, None, "open"],
    ]  # fmt: skip
    assert "治具" in sheet.to_html("zh")


def test_the_contact_note_tells_production_what_to_keep(forms: Forms, book: qms.Rulebook) -> None:
    sheet = forms.form("contact-note").fill(grown(book), book, now=days(1))
    wanted = {
        "note_no": "N-31", "number": "P-1", "issued_at": days(0.3), "to": "production", "category": "fixture",
        "identification": "test jig 7781", "quantity": 2, "request": "keep dry",
        "issued": {"by": "Li", "at": days(0.3)}, "taken": {"by": "Zhao", "at": days(0.5)},
    }  # fmt: skip
    assert {name: sheet.value(name) for name in wanted} == wanted
    assert sheet.missing == ()


def test_a_drawing_has_no_contact_note(forms: Forms, book: qms.Rulebook) -> None:
    case = book.open(
        qms.CustomerProperty(number="P-2", customer="BETA", category="drawing", received_at=MONDAY)
    )
    sheet = forms.form("contact-note").fill(case, book, now=MONDAY)
    assert sheet.fields["note_no"].state == "not_needed"


def test_the_card_has_the_books_the_hands_and_each_incident(forms: Forms, book: qms.Rulebook) -> None:
    sheet = forms.form("property-card").fill(grown(book), book, now=days(100))
    books = {name: sheet.value(name) for name in ("received", "returned", "lost", "recovered", "in_house")}
    assert books == {"received": 2, "returned": 0, "lost": 1, "recovered": 0, "in_house": 1}
    assert rows(sheet, "hands") == [[days(0.4), "marketing", "production", "H-2"]]
    assert rows(sheet, "inventories") == [[days(90), "Zhao", 1, "good"]]
    assert rows(sheet, "incidents") == [
        ["I-1", days(90), "loss", 1, None, "not on its rack", days(91), "letter of 1 June", None],
    ]  # fmt: skip
    assert [one.field.id for one in sheet.missing] == ["decision", "closed"]


def test_a_notice_older_than_what_is_said_of_the_incident_is_missing_again(
    forms: Forms, book: qms.Rulebook
) -> None:
    case = grown(book)
    case = book.of(case).record(
        case, "incident_found", at=days(95), incident="I-1", what="damage", account="found crushed"
    )
    sheet = forms.form("property-card").fill(case, book, now=days(100))
    assert [one.field.id for one in sheet.missing] == ["notified_at", "proof", "decision", "closed"]
