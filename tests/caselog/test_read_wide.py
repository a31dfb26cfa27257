"""A row of a wide log is a case; what cannot be read is rejected with its reason."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qms_service.caselog import CaseLog, read_log, report_on
from qms_service.rulebooks import Rulebook

Read = Callable[..., CaseLog]
Files = Callable[..., tuple[Path, Path]]
ZONED = """
kind     = "complaint"
timezone = { column = "zone", names = { "上海" = "Asia/Shanghai" } }
case     = "no"
subject  = { customer = "customer" }
events   = { received = "received" }
"""
GOOD = "C-1,ACME,2026-03-02 08:00,2026-03-02 09:00,2026-03-02 15:00,yes,QA,"


def test_a_row_becomes_a_case_with_its_events_in_the_order_of_the_mapping(wide: Read) -> None:
    log = wide(GOOD)
    (case,) = log.cases
    assert case.number == "C-1"
    assert case.case.subject.facts == {"customer": "ACME"}
    assert [event.name for event in case.events] == ["received", "forwarded", "analysed"]
    assert case.events[1].event(2, case.events[1].moment.earliest).at == datetime(
        2026, 3, 2, 1, 0, tzinfo=UTC
    )
    assert (log.rows, log.rows_read, log.rejects) == (1, 1, ())


def test_a_department_is_known_by_each_of_its_names(wide: Read) -> None:
    spellings = ["quality", "Quality", "品质部", "品管部", "QA", "质检"]
    rows = [GOOD.replace("C-1", f"C-{n}").replace("QA", spelling) for n, spelling in enumerate(spellings)]
    log = wide(*rows, more='departments = { "质检" = "quality" }')
    assert [case.events[2].facts["responsible"] for case in log.cases] == ["quality"] * 6


def test_empty_cells_and_missing_marks_mean_not_known(wide: Read) -> None:
    log = wide(
        GOOD.replace("QA,", "?,-"),
        "C-2,ACME,2026-03-02 08:00,,,,/,n/a",
        more='missing = ["?", "-", "/", "n/a"]',
    )
    assert [len(case.events) for case in log.cases] == [3, 1]


def test_a_line_without_content_is_no_row(wide: Read) -> None:
    assert wide(GOOD, "", ",,,,,,,", "  ").rows == 1


@pytest.mark.parametrize(
    ("spoilt", "column", "got", "reason"),
    [
        (("2026-03-02 09:00", "2026-02-30 09:00"), "forwarded", "2026-02-30 09:00", "cell.moment"),
        (("2026-03-02 09:00", "2026-03-02"), "forwarded", "2026-03-02", "cell.day-only"),
        (("2026-03-02 09:00", "yesterday"), "forwarded", "yesterday", "cell.moment"),
        (("yes", "maybe"), "stands", "maybe", "cell.value"),
        (("QA", "压合课"), "department", "压合课", "cell.value"),
        (("2026-03-02 15:00", ""), "stands", "yes", "row.fact-without-event"),
        (("C-1", ""), "no", None, "row.no-number"),
        (("C-1", "?"), "no", None, "row.no-number"),
        (("ACME,", ""), "", "7", "row.width"),
        (("ACME", "ACME,Ltd"), "", "9", "row.width"),
        (("ACME", '"ACME'), "", '"', "row.quotes"),
        (("ACME", ""), "", None, "finding.missing-fact"),
        ((",yes", ","), "", None, "finding.missing-fact"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_with_its_place_and_reason(
    wide: Read, spoilt: tuple[str, str], column: str, got: str | None, reason: str
) -> None:
    log = wide(GOOD.replace("C-1", "C-0"), GOOD.replace(*spoilt), GOOD.replace("C-1", "C-2"))
    (reject,) = log.rejects
    assert (reject.line, reject.column, reject.faults[0].code) == (3, column, reason)
    assert got is None or got in str(reject.got)
    assert [case.number for case in log.cases] == ["C-0", "C-2"]
    assert log.rows_read + len(log.rejects) == log.rows == 3
    assert reject.reason("en") != reject.reason("zh")
    assert "{" not in reject.reason("en") + reject.reason("zh")


def test_all_faults_of_a_row_are_told_at_once(wide: Read) -> None:
    (reject,) = wide(GOOD.replace("09:00", "29:00").replace("yes", "perhaps")).rejects
    assert [fault.column for fault in reject.faults] == ["forwarded", "stands"]


def test_one_number_on_two_rows_rejects_both(wide: Read) -> None:
    log = wide(GOOD, GOOD.replace("C-1", "C-2"), GOOD)
    assert [(reject.line, reject.case) for reject in log.rejects] == [(2, "C-1"), (4, "C-1")]
    assert "line 4" in log.rejects[0].reason()
    assert [case.number for case in log.cases] == ["C-2"]


def test_a_row_without_any_moment_is_rejected(wide: Read) -> None:
    (reject,) = wide("C-1,ACME,,,,,,").rejects
    assert reject.faults[0].code == "row.no-event"


def test_a_case_closed_before_it_was_received_is_read(wide: Read) -> None:
    assert wide(GOOD + "2025-03-02 08:00").rejects == ()


def test_a_quote_that_does_not_close_loses_no_row_below_it(wide: Read) -> None:
    rows = [GOOD.replace("C-1", f"C-{n}") for n in range(5)]
    rows[1] = rows[1].replace("ACME", '"ACME')
    rows[3] = rows[3].replace("ACME", '"ACME, Ltd"')
    log = wide(*rows)
    assert [reject.line for reject in log.rejects] == [3]
    assert [case.number for case in log.cases] == ["C-0", "C-2", "C-3", "C-4"]


def test_a_quote_that_closes_in_a_later_row_swallows_none(wide: Read) -> None:
    rows = [GOOD.replace("C-1", f"C-{n}") for n in range(5)]
    rows[1] = rows[1].replace("ACME", '"ACME')
    rows[3] = rows[3].replace("ACME", '",Ltd"')
    log = wide(*rows)
    assert [reject.line for reject in log.rejects] == [3]
    assert [case.number for case in log.cases] == ["C-0", "C-2", "C-3", "C-4"]


def test_a_quoted_cell_may_hold_a_line_break(wide: Read) -> None:
    log = wide(GOOD.replace("ACME", '"ACME\nLtd"'), GOOD.replace("C-1", "C-2"))
    assert [case.case.subject.facts["customer"] for case in log.cases] == ["ACME\nLtd", "ACME"]
    assert [case.lines for case in log.cases] == [(2,), (4,)]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("2026-03-29 02:30", "cell.skipped-time"), ("2026-10-25 02:30", "cell.repeated-time")],
)
def test_a_wall_time_that_does_not_exist_or_exists_twice_is_rejected(
    wide: Read, cell: str, reason: str
) -> None:
    (reject,) = wide(f"C-1,ACME,2026-01-02 08:00,{cell},,,,", zone="Europe/Berlin").rejects
    assert (reject.column, reject.faults[0].code) == ("forwarded", reason)


def test_a_moment_outside_the_days_of_the_log_is_rejected(wide: Read) -> None:
    log = wide(
        GOOD.replace("2026-03-02 09:00", "2062-03-02 09:00"), more="between = [2026-01-01, 2026-12-31]"
    )
    assert log.rejects[0].faults[0].code == "cell.outside"


@pytest.mark.parametrize(
    "cell", ["0001-01-01 00:00", "9999-12-31 23:59", "1899-12-31 12:00", "2200-01-01 00:00", "0001-01-01"]
)
@pytest.mark.parametrize("between", ["", "between = [0001-01-01, 9999-12-31]"])
def test_a_moment_outside_the_years_that_any_log_can_hold_is_rejected(
    wide: Read, book: Rulebook, cell: str, between: str
) -> None:
    log = wide(GOOD, GOOD.replace("C-1", "C-2").replace("2026-03-02 09:00", cell), more=between)
    assert [(reject.case, reject.faults[0].code) for reject in log.rejects] == [("C-2", "cell.outside")]
    assert report_on(log, book).cases == 1


def test_midnight_can_stand_for_a_time_never_entered(wide: Read) -> None:
    row = GOOD.replace("2026-03-02 09:00", "2026-03-02 00:00")
    assert wide(row).rejects == ()
    assert wide(row, more='midnight = "date"').rejects[0].faults[0].code == "cell.day-only"


def test_full_width_digits_are_digits(wide: Read) -> None:
    assert wide(GOOD.replace("2026-03-02 09:00", "２０２６-03-02 09：00")).rejects == ()


def test_a_column_that_stands_twice_matters_only_where_it_is_used(files: Files, book: Rulebook) -> None:
    text = "no,note,note,customer,received,zone\nC-1,a,b,ACME,2026-03-02 08:00,上海\n"
    (case,) = read_log(*files(ZONED, text), book).cases
    assert case.case.subject.facts["customer"] == "ACME"


def test_an_offset_in_the_cell_is_stronger_than_the_zone(wide: Read) -> None:
    (case,) = wide(GOOD.replace("2026-03-02 09:00", "2026-03-02T09:00+01:00")).cases
    assert case.events[1].moment.starts_at == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_a_zone_column_gives_each_row_its_zone(files: Files, book: Rulebook) -> None:
    zones = ("上海", "Europe/Berlin", "Mars", "-", "Asia", "x" * 300)
    rows = [f"C-{n},ACME,2026-03-02 08:00,{zone}" for n, zone in enumerate(zones)]
    log = read_log(*files(ZONED, "\n".join(("no,customer,received,zone", *rows))), book)
    assert [str(case.events[0].moment.starts_at) for case in log.cases] == [
        "2026-03-02 08:00:00+08:00",
        "2026-03-02 08:00:00+01:00",
    ]
    assert [reject.faults[0].code for reject in log.rejects] == [
        "cell.zone",
        "row.no-zone",
        "cell.zone",
        "cell.zone",
    ]


@pytest.mark.parametrize(
    "note", ["x" * 300_000, f'"{"x" * 300_000}"', "x" * 131_073], ids=["bare", "quoted", "one too long"]
)
def test_a_cell_longer_than_a_cell_can_be_is_called_so(wide: Read, note: str) -> None:
    before = csv.field_size_limit()
    log = wide(GOOD.replace("C-1", "C-0"), GOOD.replace("ACME", note), GOOD.replace("C-1", "C-2"))
    (reject,) = log.rejects
    assert (reject.line, reject.faults[0].code) == (3, "row.too-long")
    assert "more than 131072 letters" in reject.reason()
    assert "超过 131072 个字符" in reject.reason("zh")
    assert [case.number for case in log.cases] == ["C-0", "C-2"]
    assert csv.field_size_limit() == before


def test_the_longest_cell_is_read(wide: Read) -> None:
    assert not wide(GOOD.replace("ACME", "x" * 131_072)).rejects


def test_a_quote_that_swallows_a_long_log_is_told_too(wide: Read) -> None:
    rows = [GOOD.replace("C-1", f"C-{number}") for number in range(2, 2002)]
    log = wide(GOOD.replace("ACME", '"ACME'), *rows)
    (reject,) = log.rejects
    assert reject.line == 2
    assert "where a quotation mark opens and does not close, close it" in reject.reason()
    assert len(log.cases) == 2000
