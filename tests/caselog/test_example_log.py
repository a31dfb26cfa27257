"""The board maker's log: the figures of the report, counted a second time with the standard library alone."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qms_service.caselog import CaseLog, Report, read_log, report_data, report_on, report_text
from qms_service.rulebooks import Rulebook

FOLDER = Path(__file__).parents[2] / "examples" / "board_maker"
MOMENTS = [
    "收到时间", "转品质时间", "初步分析时间", "响应客户时间", "客户书面确认时间", "围堵完成时间", "索样时间", "到样时间",
    "原因报告时间", "经理批准时间", "答复时间", "措施完成时间", "培训时间", "验证时间", "通知单存档时间", "结案时间",
]  # fmt: skip
DEPARTMENTS = {"市场部", "品质部", "品管部", "工程部", "工艺部", "ME", "生产部"}
Cells = dict[str, str]
Counts = dict[tuple[str, str | None], Counter[str]]


def moment(cell: str) -> datetime:
    date, _, time = cell.replace("/", "-").partition(" ")
    year, month, day = date.split("-")
    hour, minute = time.split(":")
    return datetime(int(year), int(month), int(day), int(hour), int(minute))  # noqa: DTZ001  # one zone without changes


def sound(row: list[str], header: list[str], numbers: Counter[str]) -> Cells | None:
    """The row where it can be judged by eye, else None."""
    if len(row) != len(header):
        return None
    cells = {name: "" if cell in ("-", "?") else cell for name, cell in zip(header, row, strict=True)}
    try:
        for name in MOMENTS:
            if cells[name]:
                moment(cells[name])
    except ValueError:
        return None
    whole = cells["数量"].isdigit() and int(cells["数量"]) <= 1_000_000
    answers = all(cells[name] in ("是", "否", "") for name in ("是否成立", "是否我方", "是否有效"))
    stranded = bool(cells["是否成立"]) > bool(cells["初步分析时间"]) or bool(cells["责任部门"]) > bool(
        cells["原因报告时间"]
    )
    owner = cells["责任部门"] in DEPARTMENTS or not cells["责任部门"]
    return cells if whole and answers and owner and not stranded and numbers[cells["客诉编号"]] == 1 else None


def read_by_hand() -> tuple[list[Cells], int]:
    with (FOLDER / "complaints.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    numbers = Counter(row[0] for row in rows)
    return [cells for row in rows if (cells := sound(row, header, numbers))], len(rows)


def outcome(
    start: datetime, stop: datetime | None, limit: timedelta, now: datetime, closed: datetime | None
) -> str:
    if stop is not None:
        return "met" if stop - start <= limit else "met_late"
    if closed is not None:
        return "void"
    return "overdue" if now - start > limit else "open"


def judged_by_hand(cells: Cells, now: datetime) -> Iterator[tuple[str, str | None, str]]:
    """Clock, month and outcome, straight from the sentences of the procedure."""
    at = {name: moment(cells[name]) if cells[name] else None for name in MOMENTS}
    forwarded, analysed, closed = at["转品质时间"], at["初步分析时间"], at["结案时间"]
    stands, ours = cells["是否成立"], cells["是否我方"]

    def judge(
        clock: str, start: datetime | None, stop: str, limit: timedelta, applies: str = "是"
    ) -> tuple[str, str | None, str]:
        month = f"{start:%Y-%m}" if start else None
        if applies != "是":
            return (
                clock,
                month,
                "not_applicable" if applies == "否" else "undecided" if start else "not_started",
            )
        if start is None:
            return clock, month, "not_started"
        return clock, month, outcome(start, at[stop], limit, now, closed)

    yield judge("initial-analysis", forwarded, "初步分析时间", timedelta(hours=12))
    yield judge("customer-response", forwarded, "响应客户时间", timedelta(hours=12))
    yield judge(
        "containment", analysed if stands == "是" else None, "围堵完成时间", timedelta(hours=24), stands
    )
    asked, came, answered = at["索样时间"], at["到样时间"], at["答复时间"]
    wait = (min(came or now, answered or now) - min(asked, answered or now)) if asked else timedelta()
    both = "否" if "否" in (stands, ours) else "是" if stands == ours == "是" else ""
    yield judge("answer", forwarded, "答复时间", timedelta(hours=48) + wait, both)
    yield judge("answer-after-approval", at["经理批准时间"], "答复时间", timedelta(hours=48), both)


@pytest.fixture(scope="module")
def log(book: Rulebook) -> CaseLog:
    return read_log(FOLDER / "complaints.csv", FOLDER / "mapping.toml", book)


@pytest.fixture(scope="module")
def report(log: CaseLog, book: Rulebook) -> Report:
    return report_on(log, book)


def test_the_same_rows_are_read_as_by_hand(log: CaseLog) -> None:
    by_hand, rows = read_by_hand()
    assert [case.number for case in log.cases] == [cells["客诉编号"] for cells in by_hand]
    assert (log.rows, log.rows_read + len(log.rejects)) == (rows, rows) == (348, 348)


def test_every_kind_of_dirt_is_rejected_with_its_reason(log: CaseLog) -> None:
    assert Counter(reject.faults[0].code for reject in log.rejects) == {
        "cell.moment": 3,
        "cell.day-only": 6,
        "cell.number": 2,
        "cell.negative": 2,
        "cell.at-most": 1,
        "cell.value": 5,
        "cell.value.nearest": 1,
        "row.fact-without-event": 2,
        "row.number-twice": 4,
        "row.width": 3,
    }


def test_every_clock_and_month_has_the_counts_made_by_hand(report: Report) -> None:
    by_hand, _ = read_by_hand()
    now = max(moment(cells[name]) for cells in by_hand for name in MOMENTS if cells[name])
    expected: Counts = {}
    for cells in by_hand:
        for clock, month, ended in judged_by_hand(cells, now):
            expected.setdefault((clock, month), Counter())[ended] += 1
    found = {
        (rates.id, month): Counter({str(one): number for one, number in tally.counts})
        for rates in report.clocks
        for month, tally in rates.months
    }
    assert found == expected
    assert str(report.now) == f"{now}+08:00"


def test_each_clock_counts_each_case_once(report: Report) -> None:
    for rates in report.clocks:
        assert rates.total.cases == report.cases == sum(tally.cases for _, tally in rates.months)


def test_late_cases_have_owner_clause_and_lateness(report: Report) -> None:
    assert len(report.late) == sum(rates.total.decided - rates.total.counts[0][1] for rates in report.clocks)
    worst = report.late[0]
    assert worst.late_by == max(one.late_by for one in report.late)
    owners = {(one.clock, one.owner.id) for one in report.late if one.owner}
    assert {clock for clock, owner in owners if owner == "marketing"} == {
        "customer-response"
    }  # not established
    assert {owner for _, owner in owners} == {"marketing", "quality"}
    clauses = {one.clock: one.clause.number for one in report.late if one.clause}
    assert clauses == {
        "initial-analysis": "4.2.4.2",
        "customer-response": "4.2.2",
        "containment": "4.2.4.3",
        "answer": "4.2.4.8.1",
    }


def test_events_before_the_receipt_are_listed_and_their_cases_counted(report: Report, log: CaseLog) -> None:
    assert [(one.event, one.follows) for one in report.disorder] == [("closed", "received")] * 2
    assert {one.case for one in report.disorder} <= {case.number for case in log.cases}


def test_a_file_saved_by_an_older_spreadsheet_gives_the_same_report(
    report: Report, book: Rulebook, tmp_path: Path
) -> None:
    text = (FOLDER / "complaints.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "complaints.csv").write_text(text, encoding="gb18030")
    mapping = (FOLDER / "mapping.toml").read_text(encoding="utf-8").replace('"utf-8"', '"gb18030"')
    (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
    assert report_on(read_log(tmp_path / "complaints.csv", tmp_path / "mapping.toml", book), book) == report


LONG = """
kind     = "complaint"
layout   = "long"
timezone = "Asia/Shanghai"
case     = "no"
date_formats = ["%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"]
subject  = { customer = "customer" }
event    = { name = "event", at = "at" }
facts.analysed       = { established = "a", ours = "b" }
facts.cause_reported = { cause = "a", responsible = "b" }
facts.verified       = { effective = "a" }
"""


def test_the_same_cases_as_rows_of_events_give_the_same_rates(
    log: CaseLog, report: Report, book: Rulebook, tmp_path: Path
) -> None:
    by_hand, _ = read_by_hand()
    names = {columns.at: event for event, columns in log.mapping.events}
    truth = {"是": "true", "否": "false", "": ""}
    rows = []
    for cells in by_hand:
        for column in reversed(MOMENTS):
            a, b = {
                "初步分析时间": (truth[cells["是否成立"]], truth[cells["是否我方"]]),
                "原因报告时间": (cells["原因类别"], cells["责任部门"]),
                "验证时间": (truth[cells["是否有效"]], ""),
            }.get(column, ("", ""))
            if cells[column]:
                rows.append((cells["客诉编号"], cells["客户"], names[column], cells[column], a, b))
    with (tmp_path / "long.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("no", "customer", "event", "at", "a", "b"), *rows])
    (tmp_path / "long.toml").write_text(LONG, encoding="utf-8")
    again = report_on(read_log(tmp_path / "long.csv", tmp_path / "long.toml", book), book)
    assert (again.rows, again.rejected, again.cases) == (len(rows), 0, report.cases)
    assert again.clocks == report.clocks
    assert [(one.case, one.clock, one.late_by) for one in again.late] == [
        (one.case, one.clock, one.late_by) for one in report.late
    ]


def test_the_same_moment_asked_again_gives_the_same_answer_whatever_came_later(
    log: CaseLog, book: Rulebook
) -> None:
    now = datetime.fromisoformat("2025-10-31T18:00+08:00")
    early = report_on(log, book, now=now)
    assert max(month for rates in early.clocks for month, _ in rates.months if month) == "2025-10"


def test_json_and_text_say_the_same(report: Report) -> None:
    data = report_data(report)
    text = report_text(report, late=None)
    clocks = data["clocks"]
    assert isinstance(clocks, list)
    for clock in clocks:
        title = f"{clock['clock_name']} ({clock['clock']})"
        assert f"{title} · {clock['within']} · pcb-maker {clock['clause']}" in text
        assert f"{clock['total']['met']}/{clock['total']['decided']}" in text
    assert text.count("pcb-maker 4.2.4.2") == 1 + sum(one.clock == "initial-analysis" for one in report.late)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_columns_of_the_text_stand_under_each_other(report: Report, lang: str) -> None:
    from qms_service.caselog.report_text import width  # noqa: PLC0415  # only this test measures

    lines = report_text(report, lang, late=3).splitlines()
    months = [line for line in lines if line.startswith("  2025-")]
    assert len({width(line[: line.index("%")]) for line in months}) == 1
    assert "{" not in "".join(lines)


def test_the_log_is_what_its_script_writes(tmp_path: Path) -> None:
    script = (FOLDER / "make_log.py").read_text(encoding="utf-8")
    (tmp_path / "make_log.py").write_text(script, encoding="utf-8")
    space = {"__name__": "__main__", "__file__": str(tmp_path / "make_log.py")}
    exec(compile(script, "make_log.py", "exec"), space)  # noqa: S102  # our own example
    assert (tmp_path / "complaints.csv").read_bytes() == (FOLDER / "complaints.csv").read_bytes()
