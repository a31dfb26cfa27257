"""The number series of a rulebook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import qms_service as qms
from qms_service.clauses import ClauseRef
from qms_service.rulebooks import Problem

Book = Callable[..., qms.Rulebook]
DAY = date(2026, 3, 2)
WHOLE = """
[numbers.rma]
clause            = "5.10"
label             = { en = "Return", zh = "退货" }
pattern           = "RMA-{plant}-{FY}-{seq:03}"
accepts           = ["R{plant}/{FY}/{seq:03}"]
reset             = "fiscal-year"
overflow          = "widen"
fiscal_year_start = 4
timezone          = "Europe/Berlin"
[numbers.visit]
pattern = "V{seq}"
"""


def problems(book: Book, rules: str) -> list[Problem]:
    with pytest.raises(qms.RulebookError) as caught:
        book(rules)
    return list(caught.value.problems)


def test_a_series_has_what_its_table_says(book: Book) -> None:
    series = book(WHOLE).on(DAY).series("rma")
    assert series.format(DAY, 1000, {"plant": "S1"}) == "RMA-S1-2025-1000"
    assert series.parse("RS1/2025/007").seq == 7
    assert series.clause == ClauseRef("5.10", document="small", edition="1")
    assert series.label is not None
    assert series.label.text("zh") == "退货"
    assert (series.id, series.timezone, series.period(DAY)) == ("rma", "Europe/Berlin", "FY2025")


def test_what_a_table_leaves_out_is_the_usual(book: Book) -> None:
    series = book(WHOLE).on(DAY).series("visit")
    assert (series.timezone, series.reset, series.overflow, series.accepts) == (
        "Asia/Shanghai",
        "never",
        "error",
        (),
    )
    assert str(series.label) == "visit"


def test_a_rulebook_without_numbers_has_none(book: Book) -> None:
    assert book().on(DAY).rules.numbers == {}


@pytest.mark.parametrize("name", ["clam", "lease", 5, None, ["claim"]])
def test_a_series_that_is_not_there_is_met_with_those_that_are(name: object) -> None:
    with pytest.raises(qms.UnknownNameError) as caught:
        qms.load_rulebook("pcb-maker").on(DAY).series(name)  # type: ignore[arg-type]
    assert caught.value.allowed == ("claim",)
    assert "number series" in str(caught.value)
    assert "编号规则" in caught.value.text("zh")


def test_each_mistake_of_a_series_has_its_place(book: Book) -> None:
    found = problems(
        book,
        """
[numbers.claim]
pattern  = "C{YYYY}{seq:02}"
reset    = "month"
accepts  = ["C{YYYY}", "D{MM}{seq:02}"]
patern   = "x"
clause   = 5.10
[numbers.rma]
reset    = "yaer"
pattern  = "R{YYYY}{seq}"
timezone = "Europe/Berln"
fiscal_year_start = 13
[numbers.none]
[numbers.late]
pattern  = "L{YYYY}{seq}"
reset    = "month"
""",
    )
    assert [(one.path, one.code) for one in found] == [
        ("numbers.claim.accepts", "refused"),
        ("numbers.claim.patern", "unknown-key.nearest"),
        ("numbers.claim.clause", "clause-number"),
        ("numbers.rma.reset", "refused"),
        ("numbers.rma.timezone", "refused"),
        ("numbers.rma.fiscal_year_start", "refused"),
        ("numbers.none.pattern", "missing-key"),
        ("numbers.late.pattern", "refused"),
    ]
    lines = {one.path: one.line for one in found}
    assert lines["numbers.rma.reset"] == 23
    assert "did you mean year?" in str(found[3])
    assert "是否指 year" in found[3].text("zh")


def test_a_table_of_numbers_is_a_table(book: Book) -> None:
    assert [one.path for one in problems(book, "[[numbers]]\npattern = 'x'\n")] == ["numbers"]


def test_a_zone_that_cannot_be_read_is_told_once(book: Book) -> None:
    head = 'id = "x"\nedition = "1"\ntimezone = "Mars"\n[lease.events.closed]\n'
    with pytest.raises(qms.RulebookError) as caught:
        book('[numbers.rma]\npattern = "R{seq}"\n', head=head)
    assert [one.path for one in caught.value.problems] == ["timezone"]
