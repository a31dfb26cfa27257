"""What a report says of unusual logs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from qms_service.caselog import CaseLog, Outcome, report_data, report_on, report_text
from qms_service.errors import LogError, NaiveInstantError
from qms_service.rulebooks import Rulebook

Read = Callable[..., CaseLog]


def test_a_log_without_a_readable_case_gives_no_report(wide: Read, book: Rulebook) -> None:
    with pytest.raises(LogError, match="none of its 1 rows"):
        report_on(wide("C-1,ACME,yesterday,,,,,"), book)


def test_a_naive_moment_is_refused(wide: Read, book: Rulebook) -> None:
    with pytest.raises(NaiveInstantError):
        report_on(wide("C-1,ACME,2026-03-02 08:00,,,,,"), book, now=datetime(2026, 3, 2))  # noqa: DTZ001  # the mistake under test


def test_a_rate_without_a_denominator_is_a_dash_and_never_nought(wide: Read, book: Rulebook) -> None:
    report = report_on(wide("C-1,ACME,2026-03-02 08:00,2026-03-02 09:00,,,,"), book)
    assert all(rates.total.rate is None for rates in report.clocks)
    assert "%" not in report_text(report)
    assert report.late == ()
    assert "No case is late." in report_text(report)


def test_a_month_is_that_of_the_start_in_the_zone_of_the_rulebook(wide: Read, book: Rulebook) -> None:
    row = "C-1,ACME,2026-02-28 08:00,2026-02-28 20:30,2026-02-28 21:00,yes,,"
    report = report_on(wide(row, zone="UTC"), book)
    assert report.zone == "Asia/Shanghai"
    assert [month for month, _ in report.clocks[0].months] == ["2026-03"]


def test_events_after_the_moment_asked_are_not_seen(wide: Read, book: Rulebook) -> None:
    log = wide("C-1,ACME,2026-03-02 08:00,2026-03-02 09:00,2026-03-02 20:00,yes,,")
    at_noon = report_on(log, book, now=datetime.fromisoformat("2026-03-02T12:00+08:00"))
    assert at_noon.clocks[0].total[Outcome.OPEN] == 1
    assert report_on(log, book).clocks[0].total[Outcome.MET] == 1


def test_a_stop_before_its_start_is_listed_and_its_clock_runs_on(wide: Read, book: Rulebook) -> None:
    log = wide("C-1,ACME,2026-03-01 08:00,2026-03-02 09:00,2026-03-02 08:00,yes,,")
    report = report_on(log, book, now=datetime.fromisoformat("2026-03-03T09:00+08:00"))
    assert [(one.event, one.follows) for one in report.disorder] == [("analysed", "forwarded")]
    line = "C-1 (line 2): Initial analysis 2026-03-02 08:00 +08:00, before Complaint record or handling sheet"
    assert line in report_text(report)
    assert "C-1（第 2 行）：初步分析 2026-03-02 08:00 +08:00，早于 客诉处置单交品质部" in report_text(
        report, "zh"
    )
    late = next(one for one in report.late if one.clock == "initial-analysis")
    assert (late.outcome, late.late_by, late.stopped_at) == (Outcome.OVERDUE, timedelta(hours=12), None)
    assert report_data(report, "zh")["disorder"] == [
        {
            "case": "C-1",
            "line": 2,
            "event": "analysed",
            "event_name": "初步分析",
            "at": "2026-03-02T08:00:00+08:00",
            "follows": "forwarded",
            "follows_name": "客诉处置单交品质部",
            "follows_at": "2026-03-02T09:00:00+08:00",
        }
    ]


@pytest.mark.parametrize(
    ("lang", "title", "late", "not_told"),
    [
        (
            "en",
            "Initial analysis (initial-analysis) · 12 h",
            "C-1   Initial analysis  Quality",
            "Containment (",
        ),
        ("zh", "初步分析（initial-analysis） · 12 h", "C-1   初步分析  品质部", "围堵（containment）"),
    ],
)
def test_clocks_and_departments_bear_their_names_in_the_language_of_the_reader(
    wide: Read, book: Rulebook, *, lang: str, title: str, late: str, not_told: str
) -> None:
    report = report_on(wide("C-1,ACME,2026-03-02 08:00,2026-03-02 09:00,2026-03-03 15:00,yes,,"), book)
    text = report_text(report, lang)
    assert title in text
    assert late in text
    assert not_told in text
    assert text.count("initial-analysis") == 1


def test_progress_is_told_case_by_case(wide: Read, book: Rulebook) -> None:
    log = wide("C-1,ACME,2026-03-02 08:00,,,,,", "C-2,ACME,2026-03-02 08:00,,,,,")
    told: list[tuple[int, int]] = []
    report_on(log, book, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_a_clock_whose_stop_the_log_never_tells_is_not_judged(wide: Read, long: Read, book: Rulebook) -> None:
    report = report_on(wide("C-1,ACME,2026-03-02 08:00,2026-03-02 09:00,,,,"), book)
    assert [rates.id for rates in report.clocks] == ["initial-analysis"]
    assert report.not_told == ("customer-response", "containment", "answer", "answer-after-approval")
    assert "Not judged, because the log has no column" in report_text(report)
    assert [rates.id for rates in report_on(long("C-1,ACME,forwarded,2026-03-02 08:00,"), book).clocks] == [
        "initial-analysis"
    ]


def test_a_log_without_any_row_says_so_and_speaks_of_no_rejects(wide: Read, book: Rulebook) -> None:
    with pytest.raises(LogError, match=r"log\.csv has a header and no rows below it") as caught:
        report_on(wide(), book)
    assert "reject" not in caught.value.text()
    assert "下面没有数据行" in caught.value.text("zh")
