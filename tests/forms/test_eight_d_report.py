"""The corrective action report in eight disciplines (4.2.3, 4.9.2): a row for each cause and each action."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import jsonschema
import pytest
from tests.forms.conftest import MONDAY

import qms_service as qms
from qms_service.forms import FilledForm, Forms


def days(count: float) -> datetime:
    return MONDAY + timedelta(days=count)


STEPS: tuple[tuple[float, str, dict[str, Any]], ...] = (
    (0.1, "team_named", {"leader": "Wang", "members": ["Zhao", "Sun"], "sponsor": "Chen"}),
    (0.2, "problem_stated", {"statement": "vias are open", "is_what": "PCB-7781, lot 2609", "is_not": "PCB-7780",
                             "quantity": 30}),
    (0.5, "contained", {"containment": "CT-1", "proof": "no bad board left after the check"}),
    (1, "cause_proposed", {"cause": "K1", "cell": "technical_occurrence", "nature": "machine",
                           "statement": "anode bags torn"}),
    (1, "cause_proposed", {"cause": "K2", "cell": "technical_occurrence", "nature": "person",
                           "statement": "wrong current set"}),
    (1, "cause_proposed", {"cause": "K3", "cell": "technical_non_detection", "nature": "method",
                           "statement": "no slice taken of each lot"}),
    (2, "cause_verified", {"cause": "K1", "method": "torn bag put in", "result": "voids came back"}),
    (2, "cause_rejected", {"cause": "K2", "method": "log of the rectifier", "reason": "current was right"}),
    (2, "cause_verified", {"cause": "K3", "method": "records", "result": "one slice a day"}),
    (3, "action_planned", {"action": "A1", "cause": "K1", "statement": "bags changed each month", "owner": "Zhao",
                           "due": date(2026, 3, 10), "means": "process"}),
    (3, "action_planned", {"action": "A2", "cause": "K3", "statement": "one slice of each lot", "owner": "Sun",
                           "due": date(2026, 3, 8), "means": "inspection"}),
    (3, "action_planned", {"action": "A3", "cause": "K1", "statement": "operators told", "owner": "Zhao",
                           "due": date(2026, 3, 8), "means": "training"}),
    (4, "actions_approved", {"by": "Chen", "role": "quality_manager"}),
    (8, "action_implemented", {"action": "A1", "cut_in": date(2026, 3, 11)}),
    (6, "action_implemented", {"action": "A2", "cut_in": date(2026, 3, 9)}),
    (9, "action_dropped", {"action": "A3", "reason": "part of A1"}),
    (30, "effect_measured", {"action": "A1", "measure": "voids per 1000", "before": 60, "after": 1}),
    (30, "effect_measured", {"action": "A2", "measure": "bad lots that left", "before": 3, "after": 0}),
    (31, "verified", {"by": "Wang", "effective": True}),
    (32, "document_revised", {"by": "Zhao", "document": "WI-PL-04", "revision": "C"}),
    (33, "prevention_taken", {"measure": "bags on the maintenance plan", "cause": "K1", "owner": "Zhao"}),
    (34, "looked_across", {"scope": "plating 1 and 3", "result": "two bags changed"}),
    (35, "closed", {"by": "Wang", "assessment": "no void in 20 lots"}),
)  # fmt: skip
ORDERED = sorted(STEPS, key=lambda step: step[0])


def grown(book: qms.Rulebook, steps: int = len(STEPS)) -> qms.Case:
    """The report asked for on Monday 2 March 2026, with so many of its steps."""
    subject = qms.CorrectiveAction(
        number="8D-1",
        complaints=["C-1", "C-4"],
        customer="ACME",
        product="PCB-7781",
        defect="open",
        raised_at=MONDAY,
    )
    case = book.open(subject, by="Wang")
    for day, name, entry in ORDERED[:steps]:
        case = book.of(case).record(case, name, at=days(day), **entry)
    return case


def rows(sheet: FilledForm, section: str) -> dict[object, list[object]]:
    (found,) = (one for one in sheet.sections if one.section.id == section)
    every = ([field.value for field in row.fields] for row in found.rows if not row.spare)
    return {row[0]: row[1:] for row in every}


def test_all_disciplines_stand_on_the_report(forms: Forms, book: qms.Rulebook) -> None:
    sheet = forms.form("eight-d-report").fill(grown(book), book, now=days(36))
    assert (sheet.form.title.text("zh"), str(sheet.form.clause)) == ("改善行动报告（8D）", "pcb-maker 4.9.2")
    titles = [one.section.title.text("en").split()[0] for one in sheet.sections]
    assert list(dict.fromkeys(titles)) == [f"D{number}" for number in range(9)]
    wanted = {
        "complaints": ("C-1", "C-4"), "leader": "Wang", "members": ("Zhao", "Sun"), "is_not": "PCB-7780",
        "how_many": 30, "containment": "CT-1", "contained_at": days(0.5), "approved": {"by": "Chen", "at": days(4)},
        "effective": True, "scope": "plating 1 and 3", "assessment": "no void in 20 lots",
        "closed": {"by": "Wang", "at": days(35)},
    }  # fmt: skip
    assert {name: sheet.value(name) for name in wanted} == wanted
    assert rows(sheet, "d7") == {"WI-PL-04": ["C", days(32), "Zhao"]}
    assert rows(sheet, "preventions") == {"bags on the maintenance plan": ["K1", "Zhao", None, None]}
    assert sheet.missing == ()


def test_each_cause_has_a_row_with_what_became_of_it(forms: Forms, book: qms.Rulebook) -> None:
    sheet = forms.form("eight-d-report").fill(grown(book), book, now=days(36))
    assert rows(sheet, "d4") == {
        "K1": ["technical_occurrence", "machine", "anode bags torn", days(2), None, "torn bag put in", "voids came back"],
        "K2": ["technical_occurrence", "person", "wrong current set", None, days(2), "log of the rectifier",
               "current was right"],
        "K3": ["technical_non_detection", "method", "no slice taken of each lot", days(2), None, "records",
               "one slice a day"],
    }  # fmt: skip
    assert "| K2 | 技术：发生 | 人 | wrong current set | 不适用 | 2026-03-04 09:00 |" in sheet.to_markdown(
        "zh"
    )


def test_each_action_has_a_row_with_its_cut_in_and_its_effect(forms: Forms, book: qms.Rulebook) -> None:
    sheet = forms.form("eight-d-report").fill(grown(book), book, now=days(36))
    assert rows(sheet, "d5")["A3"] == [
        "K1",
        "operators told",
        "training",
        "Zhao",
        date(2026, 3, 8),
        None,
        "part of A1",
    ]
    assert rows(sheet, "d6") == {
        "A1": ["Zhao", days(8), date(2026, 3, 11), "voids per 1000", 60, 1, None],
        "A2": ["Sun", days(6), date(2026, 3, 9), "bad lots that left", 3, 0, None],
        "A3": ["Zhao", None, None, None, None, None, None],
    }


# What was verified or approved was another text: edit the cause, and both are asked for again.
def test_a_cause_that_is_reworded_is_unverified_and_the_plan_unapproved(
    forms: Forms, book: qms.Rulebook
) -> None:
    case = grown(book, 13)
    case = book.of(case).record(
        case, "cause_proposed", at=days(4.5), cause="K1", cell="technical_occurrence", nature="machine",
        statement="anode bags torn at the seam",
    )  # fmt: skip
    sheet = forms.form("eight-d-report").fill(case, book, now=days(5))
    assert rows(sheet, "d4")["K1"][2:5] == ["anode bags torn at the seam", None, None]
    assert rows(sheet, "d4")["K3"][3] == days(2)
    assert {"verified_at", "approved"} <= {one.field.id for one in sheet.missing}
    assert "actions_approved is older than the newest cause_proposed" in sheet.to_html()


def test_a_cause_that_is_verified_after_it_was_rejected_is_verified(forms: Forms, book: qms.Rulebook) -> None:
    case = grown(book, 9)
    case = book.of(case).record(
        case, "cause_verified", at=days(2.5), cause="K2", method="second test", result="it was"
    )
    sheet = forms.form("eight-d-report").fill(case, book, now=days(5))
    assert rows(sheet, "d4")["K2"][3:] == [days(2.5), None, "second test", "it was"]


def test_where_there_is_nothing_to_contain_the_reason_stands_instead(
    forms: Forms, book: qms.Rulebook
) -> None:
    case = grown(book, 2)
    case = book.of(case).record(case, "containment_not_needed", at=days(0.4), reason="prototype, one board")
    sheet = forms.form("eight-d-report").fill(case, book, now=days(1))
    assert sheet.value("needless") == "prototype, one board"
    states = {sheet.fields[name].state for name in ("containment", "contained_at", "proof")}
    assert states == {"not_needed"}


@pytest.mark.parametrize("steps", range(0, len(STEPS) + 1, 6))
def test_at_every_stage_it_fits_its_schema(forms: Forms, book: qms.Rulebook, steps: int) -> None:
    form = forms.form("eight-d-report")
    sheet = form.fill(grown(book, steps), book, now=days(36))
    jsonschema.Draft202012Validator(form.json_schema("zh")).validate(sheet.data())
    assert "改善行动报告（8D）" in sheet.to_html("zh")
