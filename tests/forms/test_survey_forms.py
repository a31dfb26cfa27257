"""The forms of a survey: the questionnaire that customers fill in (4.9.8), and its summary report (4.5.5)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.forms.conftest import MONDAY

import qms_service as qms
from qms_service.forms import Forms


def grown(book: qms.Rulebook) -> qms.Case:
    """The survey of 2026: two asked, one answered."""
    survey = qms.Subject(
        "survey", number="S-2026", opened_at=MONDAY, facts={"title": "Customers", "period": "2026"}
    )
    case = book.open(survey)
    for day, name, facts in (
        (1, "customers_chosen", {"customers": ["ACME", "BETA"]}),
        (2, "sent", {}),
        (30, "scored", {"asked": 2, "answered": 1, "score": Decimal("85.5")}),
        (31, "analysed", {"dissatisfied": ["delivery"], "improvements": ["B-1"]}),
        (32, "reported", {}),
    ):
        case = book.of(case).record(case, name, at=MONDAY + timedelta(days=day), by="Li", facts=facts)
    return case


def test_the_questionnaire_has_no_items_of_ours_and_full_marks_of_100(
    forms: Forms, book: qms.Rulebook
) -> None:
    form = forms.form("questionnaire")
    blank = form.fill(grown(book), book, now=MONDAY + timedelta(days=3))
    (items,) = (one for one in blank.sections if one.section.id == "items")
    assert all(field.value is None for row in items.rows for field in row.fields)
    assert "总分（满分100）" in blank.to_markdown("zh")
    answered = form.read(
        {
            "customer": "ACME",
            "items": [{"item": "delivery", "full": "20", "marks": "12", "remark": "late"}],
            "total": "85",
        }
    )
    sheet = form.fill(grown(book), book, now=MONDAY + timedelta(days=20), by_hand=answered)
    assert (sheet.value("customer"), sheet.value("total")) == ("ACME", Decimal(85))


def test_the_report_has_the_score_with_who_was_asked_and_what_they_lack(
    forms: Forms, book: qms.Rulebook
) -> None:
    sheet = forms.form("survey-report").fill(grown(book), book, now=MONDAY + timedelta(days=40))
    wanted = {
        "customers": ("ACME", "BETA"), "asked": 2, "answered": 1, "score": Decimal("85.5"),
        "dissatisfied": ("delivery",), "improvements": ("B-1",),
        "reported": {"by": "Li", "at": MONDAY + timedelta(days=32)},
    }  # fmt: skip
    assert {name: sheet.value(name) for name in wanted} == wanted
    assert sheet.missing == ()


def test_an_analysis_of_an_older_score_counts_no_longer(forms: Forms, book: qms.Rulebook) -> None:
    case = grown(book)
    later = MONDAY + timedelta(days=33)
    case = book.of(case).record(case, "scored", at=later, facts={"asked": 2, "answered": 2})
    sheet = forms.form("survey-report").fill(case, book, now=later)
    assert [one.field.id for one in sheet.missing] == ["score", "dissatisfied", "analysis", "improvements"]
