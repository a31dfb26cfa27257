"""A list has a row for each case, and one case that cannot be read stops no other (4.9.4)."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from tests.forms.conftest import MONDAY, Grown, Small

import qms_service as qms
from qms_service.forms import FilledForm, Forms

NOW = MONDAY + timedelta(days=4)


def column(filled: FilledForm, name: str) -> list[object]:
    rows = filled.sections[1].rows
    return [field.value for row in rows for field in row.fields if field.field.id == name]


def test_each_complaint_has_its_row_in_the_order_given(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    cases = [grown(12, number="C-2"), grown(2, number="C-1"), grown(7, number="C-3")]
    filled = forms.form("follow-up-list").fill_list(iter(cases), book, now=MONDAY + timedelta(hours=400))
    assert column(filled, "number") == ["C-2", "C-1", "C-3"]
    assert column(filled, "status") == ["closed", "open", "open"]
    assert column(filled, "answer") == ["met", "overdue", "met"]
    assert column(filled, "responsible") == ["production", None, "production"]


def test_a_case_that_the_rulebook_does_not_know_has_a_row_that_says_so(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    strange = attrs.evolve(grown(1, number="C-9"), pin=qms.Pin(rulebook="other", edition="7", digest="ab"))
    lease = attrs.evolve(
        grown(1), subject=qms.Subject("lease", number="L-1", opened_at=MONDAY), pin=grown(1).pin
    )
    cases = [grown(2), strange, lease, "C-8", grown(3, number="C-3")]
    filled = forms.form("follow-up-list").fill_list(cases, book, now=NOW)  # type: ignore[arg-type]  # one is no case
    assert column(filled, "number") == ["C-1", "C-9", "L-1", "'C-8'", "C-3"]
    assert column(filled, "customer") == ["ACME", None, None, None, "ACME"]
    text = filled.to_markdown().replace("\\", "")
    assert "Case C-9 is pinned to other edition 7" in text
    assert "Unknown kind of case lease" in text
    assert "A case is needed" in text
    assert "个案 C-9" in filled.to_markdown("zh")


def test_beside_its_rows_a_list_knows_the_moment_and_what_was_written_by_hand(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    filled = forms.form("follow-up-list").fill_list([grown(1)], book, now=NOW, by_hand={"kept": "Li"})
    assert (filled.value("as_of"), filled.value("kept")) == (NOW, "Li")
    assert (filled.case, filled.pin) == ("", None)


def test_a_list_of_nothing_is_a_list(forms: Forms, book: qms.Rulebook) -> None:
    filled = forms.form("follow-up-list").fill_list([], book, now=NOW)
    assert filled.sections[1].rows == ()
    assert filled.missing == ()


def test_a_list_is_not_filled_from_one_case_nor_a_form_from_many(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    with pytest.raises(qms.EntryError, match="fill_list"):
        forms.form("follow-up-list").fill(grown(1), book, now=NOW)
    with pytest.raises(qms.EntryError, match=r"fill\(case"):
        forms.form("complaint-record").fill_list([grown(1)], book, now=NOW)


@pytest.mark.parametrize("cases", [None, 5, "C-1", {"C-1": None}])
def test_what_is_no_list_of_cases_is_said(forms: Forms, book: qms.Rulebook, cases: object) -> None:
    with pytest.raises(qms.EntryError, match=r"\[case\]"):
        forms.form("follow-up-list").fill_list(cases, book, now=NOW)  # type: ignore[arg-type]  # the point


PLAIN = """
[forms.all]
kind  = "lease"
title = { en = "All leases", zh = "租约清单" }
[forms.all.sections.by_hand]
title = { en = "Remarks", zh = "备注" }
lines = 1
columns.a = { en = "A", zh = "甲" }
columns.b = { en = "B", zh = "乙" }
columns.c = { en = "C", zh = "丙" }
[forms.all.sections.rows]
title = { en = "Leases", zh = "租约" }
rows  = "cases"
lines = 3
columns.number = "case.id"
"""
LEASE = '[lease]\nopening = "signed"\n[lease.events.signed]\n[lease.events.closed]\n'


def test_a_list_has_room_for_more_and_tables_of_another_width(small: Small) -> None:
    book, forms = small(LEASE, PLAIN)
    leases = [book.open(qms.Subject("lease", number=f"L-{n}", opened_at=MONDAY)) for n in (1, 2)]
    filled = forms.form("all").fill_list(leases, book, now=NOW)
    assert [row.fields[0].value for row in filled.sections[1].rows] == ["L-1", "L-2", None]
    text = filled.to_markdown("zh")
    assert text.startswith("# 租约清单\n\n## 备注\n")
    assert "| 甲 | 乙 | 丙 |" in text
    rows = filled.to_html().split("<tr>")[1:]
    assert {sum(int(part.partition('"')[0]) for part in row.split('colspan="')[1:]) for row in rows} == {12}
