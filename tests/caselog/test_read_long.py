"""A row of a long log is an event; a case is judged on its whole history or not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qms_service.caselog import CaseLog

Read = Callable[..., CaseLog]
ROWS = (
    "C-1,ACME,received,2026-03-02 08:00,",
    "C-2,Beta,received,2026-03-02 08:30,",
    "C-1,ACME,forwarded,2026-03-02 09:00,",
    "C-1,,初步分析,2026-03-02 15:00,yes",
)


def test_the_rows_of_a_case_are_gathered_in_the_order_of_the_file(long: Read) -> None:
    first, second = long(*ROWS).cases
    assert [event.name for event in first.events] == ["received", "forwarded", "analysed"]
    assert first.events[2].facts == {"established": True}
    assert (first.lines, second.lines) == ((2, 4, 5), (3,))


def test_names_to_ignore_are_passed_over_and_counted_as_read(long: Read) -> None:
    log = long(*ROWS, "C-1,ACME,printed,,")
    assert log.rows_read == log.rows == 5
    assert len(log.cases[0].events) == 3


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("C-1,ACME,analized,2026-03-02 10:00,", "row.event"),
        ("C-1,ACME,forwarded,,", "row.no-moment"),
        ("C-1,ACME,forwarded,2026-13-02 10:00,", "cell.moment"),
        ("C-1,ACME,,2026-03-02 10:00,", "row.no-event-name"),
        ("C-1,ACME,forwarded", "row.width"),
        ("C-1,Acme Ltd,forwarded,2026-03-02 10:00,", "row.subject-differs"),
    ],
)
def test_one_bad_row_rejects_every_row_of_its_case_and_is_named(long: Read, row: str, reason: str) -> None:
    log = long(*ROWS, row)
    assert [case.number for case in log.cases] == ["C-2"]
    assert [(reject.line, reject.faults[0].code) for reject in log.rejects] == [
        (2, "row.case-rejected"),
        (4, "row.case-rejected"),
        (5, "row.case-rejected"),
        (6, reason),
    ]
    assert "line 6" in log.rejects[0].reason()
    assert log.rows_read + len(log.rejects) == log.rows


def test_a_misspelt_event_is_answered_with_the_nearest_one(long: Read) -> None:
    assert "Did you mean analysed?" in long("C-1,ACME,analized,2026-03-02 10:00,").rejects[0].reason()


def test_a_row_without_a_number_is_rejected_alone(long: Read) -> None:
    log = long(*ROWS, ",ACME,forwarded,2026-03-02 10:00,")
    assert [reject.line for reject in log.rejects] == [6]
    assert len(log.cases) == 2


def test_a_case_of_ignored_rows_alone_is_rejected(long: Read) -> None:
    (reject,) = long("C-1,ACME,printed,2026-03-02 10:00,").rejects
    assert reject.faults[0].code == "row.no-event"
