"""The forms of a visit (4.1①): the notice to the departments, and the record of what was said and done."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import jsonschema
from tests.forms.conftest import MONDAY
from tests.forms.test_property_forms import rows

import qms_service as qms
from qms_service.forms import Forms


def days(count: float) -> datetime:
    return MONDAY + timedelta(days=count)


HEAD = {"role": "department_head", "department": "quality", "by": "Wang"}
STEPS: tuple[tuple[float, str, dict[str, Any]], ...] = (
    (0.1, "notice_issued", {"by": "Li", "about": "maker of pumps", "focus": ["etching", "traceability"],
                            "departments": ["quality", "production"]}),
    (1, "reception_arranged", {"by": "Li", "note": "car at 8:00"}),
    (2, "prepared", {"by": "Li", "past_complaints": ["C-1"], "past_suggestions": [], "lead": "quality"}),
    (7, "held", {"by": "Li"}),
    (7, "attended", {**HEAD, "persons": ["Zhou"]}),
    (7, "absence_excused", {"department": "production", "reason": "audit elsewhere"}),
    (7.1, "remark_recorded", {"by": "Wang", "remark": "S-1", "statement": "mark the etched lots"}),
    (7.1, "remark_recorded", {"by": "Wang", "remark": "S-2", "statement": "clean floor, well done"}),
    (7.2, "question_asked", {"question": "Q-1", "statement": "how long is the bath used"}),
    (7.2, "question_answered", {"by": "Sun", "question": "Q-1", "answer": "eight hours"}),
    (8, "record_compiled", HEAD),
    (9, "measure_decided", {"remark": "S-1", "measure": "a label for each lot", "responsible": "production",
                            "due": date(2026, 3, 20)}),
    (9, "measure_not_needed", {"remark": "S-2", "reason": "praise"}),
    (15, "measure_done", {"remark": "S-1"}),
    (29, "followed_up", {"by": "Li", "remark": "S-1", "effective": True}),
    (30, "closed", {"by": "Li"}),
)  # fmt: skip


def grown(book: qms.Rulebook, steps: int = len(STEPS)) -> qms.Case:
    """The visit announced on Monday 2 March 2026 and held a week later."""
    visit = qms.Visit(
        number="V-1", customer="ACME", purpose="process audit", visit_on=date(2026, 3, 9), announced_at=MONDAY
    )
    case = book.open(visit)
    for day, name, entry in STEPS[:steps]:
        case = book.of(case).record(case, name, at=days(day), **entry)
    return case


def test_the_notice_tells_the_departments_who_comes_and_what_is_looked_at(
    forms: Forms, book: qms.Rulebook
) -> None:
    sheet = forms.form("visit-notice").fill(grown(book), book, now=days(3))
    wanted = {
        "customer": "ACME", "visit_on": date(2026, 3, 9), "purpose": "process audit", "about": "maker of pumps",
        "focus": ("etching", "traceability"), "departments": ("quality", "production"), "lead": "quality",
        "complaints": ("C-1",), "reception": "car at 8:00", "issued": {"by": "Li", "at": days(0.1)},
    }  # fmt: skip
    assert {name: sheet.value(name) for name in wanted} == wanted
    assert sheet.missing == ()


def test_the_record_has_who_was_there_each_question_and_each_remark_with_its_measure(
    forms: Forms, book: qms.Rulebook
) -> None:
    sheet = forms.form("visit-record").fill(grown(book), book, now=days(30))
    assert rows(sheet, "attendance") == [["quality", "Wang", ("Zhou",)]]
    assert rows(sheet, "absences") == [["production", "audit elsewhere"]]
    assert rows(sheet, "questions") == [["Q-1", "how long is the bath used", "eight hours", "Sun"]]
    assert rows(sheet, "remarks") == [
        ["S-1", "mark the etched lots", "a label for each lot", "production", date(2026, 3, 20), days(15), True, None],
        ["S-2", "clean floor, well done", None, None, None, None, None, "praise"],
    ]  # fmt: skip
    assert sheet.value("compiled") == {"by": "Wang", "at": days(8)}
    assert sheet.missing == ()


def test_what_a_remark_still_lacks_is_marked(forms: Forms, book: qms.Rulebook) -> None:
    sheet = forms.form("visit-record").fill(grown(book, 11), book, now=days(8))
    lacking = [one.field.id for one in sheet.missing]
    assert lacking == ["measure", "done_at", "effective", "measure", "done_at", "effective", "closed"]


def test_that_there_were_no_past_complaints_is_on_record_and_not_missing(
    forms: Forms, book: qms.Rulebook
) -> None:
    visit = qms.Visit(number="V-1", customer="ACME", announced_at=MONDAY)
    rules, case = book.on(MONDAY), book.open(visit)
    case = rules.record(case, "prepared", at=days(2), past_complaints=[])
    form = forms.form("visit-record")
    sheet = form.fill(case, book, now=days(3))
    assert (sheet.fields["complaints"].state, sheet.value("complaints")) == ("filled", ())
    assert sheet.fields["suggestions"].state == "blank"  # nobody said whether there were any
    assert "| 以往投诉 | 无 |" in sheet.to_markdown("zh")
    assert "| Past complaints | none |" in sheet.to_markdown("en")
    jsonschema.validate(sheet.data(), form.json_schema("en"))
    assert sheet.data()["complaints"] == []
