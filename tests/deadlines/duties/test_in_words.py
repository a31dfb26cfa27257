"""Duties, calendars and explanations as a reader sees them, in English and Chinese."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from qms_service import WorkCalendar
from qms_service.deadlines.duties import Duty, DutyCalendar, duties_between, fulfilment
from qms_service.deadlines.duties.in_words import DutyWords
from qms_service.events import Event
from qms_service.markup import Words

MONTHLY: dict[str, Any] = {"every": "month"}


@pytest.mark.parametrize(
    ("parts", "en", "zh"),
    [
        ({"every": "day", "times": 3}, "every day, due: the last day; 3 times each", "每日，到期：最后一天；每期 3 次"),
        ({"every": "working day"}, "every working day, due: the last day", "每个工作日，到期：最后一天"),
        ({"every": "2 months", "due": "start"}, "every 2 months, due: the first day", "每 2 个月，到期：首日"),
        ({"every": "2 years", "counted_from": "start", "starts_on": date(2026, 1, 1)}, "every 2 years, due: the last day", "每 2 年，到期：最后一天"),
        ({"every": "10 days", "counted_from": "start", "starts_on": date(2026, 1, 1)}, "every 10 days, due: the last day", "每 10 天，到期：最后一天"),
        ({"every": "2 weeks", "counted_from": "start", "starts_on": date(2026, 1, 1)}, "every 2 weeks, due: the last day", "每 2 周，到期：最后一天"),
        ({"every": "month", "due": "?"}, "every month, due: a date that the source lost", "每月，到期：原文缺失的日期"),
        ({"every": "?"}, "at irregular times", "不定期"),
        ({"every": "month", "due": "third friday"}, "every month, due: the third Friday", "每月，到期：第三个星期五"),
        ({"every": "month", "due": "working day 3, 17:30"}, "every month, due: working day 3, by 17:30", "每月，到期：第 3 个工作日 17:30 前"),
        ({"every": "month", "due": "1 working d after start"}, "every month, due: the working day after the first day", "每月，到期：首日之后第一个工作日"),
        ({"every": "month", "due": "2 weeks before end"}, "every month, due: 14 days before the last day", "每月，到期：最后一天之前 14 天"),
        ({"every": "month", "due": "before day 5"}, "every month, due: the day before day 5", "每月，到期： 5 日的前一天"),
        ({"every": "year", "due": "before april"}, "every year, due: before April", "每年，到期：4 月之前"),
        ({"every": "year", "due": "7 d after april"}, "every year, due: 7 days after the last day of April", "每年，到期：4 月最后一天之后 7 天"),
        ({"every": "quarter", "due": "month 2"}, "every quarter, due: the last day of month 2, done within it", "每季度，到期：第 2 个月内、于该月最后一天"),
        ({"every": "half-year", "due": "last working day of month 1, end of day"}, "every half-year, due: the last working day of month 1, by the close of work", "每半年，到期：第 1 个月最后一个工作日下班前"),
        ({"every": "week", "due": "friday", "shift": "previous"}, "every week, due: Friday; a closed day moves to the working day before", "每周，到期：星期五；逢非工作日提前至上一个工作日"),
        ({"every": "quarter", "per": "customer"}, "every quarter, due: the last day; for each customer", "每季度，到期：最后一天；对每个客户"),
        ({"ages": [{"every": "month", "up_to": "1 year"}, {"every": "quarter"}], "per": "project"},
         "every month up to 12 months old, every quarter after that, due: the last day; for each project",
         "12 个月以内每月，此后每季度，到期：最后一天；对每个project"),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_words(parts: dict[str, Any], en: str, zh: str) -> None:
    duty = Duty("d", **parts)
    assert DutyWords(Words()).rule(duty) == en
    assert DutyWords(Words(lang="zh")).rule(duty) == zh


@pytest.fixture
def april(factory: WorkCalendar) -> DutyCalendar:
    duties = [
        Duty("sheets", every="month", due="day 5", of="next", shift="next", by="quality", clause="4.2",
             label={"en": "Sheets <b>|", "zh": "巡检表"}, fulfilled_by="collected"),
        Duty("calls", every="quarter", due="day 10 of month 1, 17:00", per="customer"),
        Duty("spot-check", every="?"),
        Duty("follow-up", ages=[{"every": "month", "up_to": "1 year"}, {"every": "quarter"}], per="project"),
    ]  # fmt: skip
    objects = {"customer": ["ACME"], "project": {"P-1": None}}
    return duties_between(duties, date(2026, 4, 1), date(2026, 5, 1), calendar=factory, objects=objects)


def test_a_calendar_is_a_table_of_markdown_with_the_columns_that_have_something(april: DutyCalendar) -> None:
    assert april.to_markdown() == str(april) == (
        "**Duties from 2026-04-01 00:00 +08:00 until before 2026-05-01 00:00 +08:00: 2**\n"
        "\n"
        "| due on | duty | period | for | state | by | clause | remark |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n"
        "| 2026-04-07 Tue | Sheets <b>\\| | 2026-03 |  |  | quality | 4.2 | 2026-04-05 to 2026-04-06 closed: Tomb-Sweeping Day 清明节 |\n"
        "| 2026-04-10 Fri 17:00 | calls | 2026-Q2 | ACME |  |  |  |  |\n"
        "| ? | spot-check |  |  | unknown |  |  | spot-check comes at irregular times, or the source lost how often; it is listed and never computed. |\n"
        "| ? | follow-up |  | P-1 | unknown |  |  | follow-up counts from the start of P-1, which is not on record.<br>every month up to 12 months old, every quarter after that, due: the last day; for each project |\n"
    )  # fmt: skip
    few = duties_between([Duty("d", every="month")], date(2026, 4, 1), date(2026, 5, 1), timezone="UTC")
    assert "| due on | duty | period | clause |\n" in few.to_markdown()


def test_a_notebook_shows_it_in_html_with_every_text_escaped(april: DutyCalendar) -> None:
    shown = april._repr_html_()
    assert "Sheets &lt;b&gt;|" in shown
    assert "<b>" not in shown
    assert "周二" in april.to_html("zh")
    assert "巡检表" in april.to_html("zh")


def test_it_is_a_sequence(april: DutyCalendar) -> None:
    assert (len(april), april[0].duty.id, [one.duty.id for one in april]) == (
        2,
        "sheets",
        ["sheets", "calls"],
    )
    assert april.of("sheets") == (april[0],)
    assert april.of("calls", "Bolt") == ()


def test_an_explanation_tells_who_where_and_what_was_done(april: DutyCalendar) -> None:
    done = [Event("collected", datetime(2026, 4, 9, 2, tzinfo=UTC))]
    found = fulfilment(april, done, now=datetime(2026, 4, 10, tzinfo=UTC))
    assert found[0].clause is not None
    text = str(found[0].explain())
    assert text.startswith("Sheets <b>|, met late: due on 2026-04-07 [4.2]\n")
    assert text.endswith(
        "  done: collected at 2026-04-09 02:00 +00:00\n  late by 34:00:00.000001 h\n  calendar edition 国办发明电〔2025〕7号"
    )
    assert str(found[1].explain()).splitlines() == [
        "calls (ACME), due: due on 2026-04-10",
        "  every quarter, due: day 10 of month 1, by 17:00; for each customer",
        "  period 2026-Q2: 2026-04-01 to 2026-06-30",
    ]
    assert found.unplaced[0].explain().text("zh") == (
        "spot-check（未知）：无到期日\n  不定期\n  spot-check 不定期，或原文缺失频次；只列出，不推算。"
    )


def test_further_languages_come_as_an_argument(april: DutyCalendar) -> None:
    own = {"vi": {"duty.column.duty": "nhiệm vụ"}}
    assert "nhiệm vụ" in april.to_markdown("vi", own)
    assert "nhiệm vụ" in april.to_html("vi", own)


def test_what_is_due_says_itself_in_a_line() -> None:
    named: dict[str, Any] = {"label": {"en": "Sheets", "zh": "巡检表"}, "clause": "4.2"}
    sheets = Duty("sheets", **MONTHLY, due="day 5", fulfilled_by="collected", **named)
    [one] = duties_between([sheets], date(2026, 3, 1), date(2026, 4, 1), timezone="Asia/Shanghai")
    assert str(one) == "Sheets: due on 2026-03-05 [4.2]"
    [late] = fulfilment([one], (), now=datetime(2026, 3, 9, tzinfo=UTC))
    assert late.text("zh") == "巡检表（已逾期）：2026-03-05 到期 [4.2]"
