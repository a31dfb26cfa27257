"""A notebook shows a deadline as a card and its explanation as a ledger, in either language."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.shown_html import read_html

import qms_service as qms

SHANGHAI = ZoneInfo("Asia/Shanghai")
NASTY = "<script>alert(1)</script>"
DAY = [("08:30", "12:00"), ("13:30", "17:30")]
FACTORY = qms.WorkCalendar(
    timezone="Asia/Shanghai", weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY), edition="2026-a"
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def analysis(
    events: Mapping[str, datetime | None], now: datetime, within: str = "12 h", **more: object
) -> qms.Deadline:
    clock = qms.Clock(
        "initial-analysis",
        start="forwarded",
        stop="analysed",
        within=within,
        clause="4.2.4.2",
        label={"en": "Initial analysis", "zh": "初步分析"},
    )
    return clock.deadline(events, now=now, **more)  # type: ignore[arg-type]


def test_a_deadline_is_a_card_with_its_state_its_times_and_its_clause() -> None:
    late = analysis({"forwarded": at(2, 9), "analysed": at(2, 23)}, at(3, 9), pauses=[(at(2, 10), at(2, 11))])
    shown = read_html(late._repr_html_())
    assert shown.captions == ["Initial analysis"]
    assert shown.card() == {
        "state": "met late",
        "clause": "4.2.4.2",
        "within": "12 h",
        "started": "2026-03-02 09:00 +08:00",
        "due": "2026-03-02 22:00 +08:00",
        "stopped": "2026-03-02 23:00 +08:00",
        "gross": "14:00 h",
        "net": "13:00 h",
        "paused": "1:00 h",
        "remaining": "-1:00 h",
        "late by": "1:00 h",
        "first due": "2026-03-02 21:00 +08:00",
    }


def test_the_card_in_chinese_has_the_same_figures_under_chinese_names() -> None:
    running = analysis({"forwarded": at(2, 9), "analysed": None}, at(2, 10))
    shown = read_html(running.to_html("zh"))
    assert (shown.captions, shown.langs) == (["初步分析"], ["zh"])
    assert shown.card() == {
        "状态": "进行中",
        "条款": "4.2.4.2",
        "时限": "12 h",
        "开始": "2026-03-02 09:00 +08:00",
        "到期": "2026-03-02 21:00 +08:00",
        "停止": "–",
        "毛用时": "1:00 h",
        "净用时": "1:00 h",
        "暂停用时": "0:00 h",
        "剩余": "11:00 h",
    }


def test_an_unknown_deadline_says_why() -> None:
    calendar = qms.WorkCalendar(timezone="Asia/Shanghai", weekly={"mon": DAY}, known_until=date(2026, 3, 2))
    unknown = analysis(
        {"forwarded": at(2, 9), "analysed": None}, at(2, 10), within="3 working d", calendar=calendar
    )
    card = read_html(unknown.to_html()).card()
    assert card["state"] == "unknown"
    assert "is known until 2026-03-02 only" in card["reason"]
    assert card["due"] == "–"


def test_a_provisional_answer_says_so() -> None:
    calendar = qms.WorkCalendar(
        timezone="Asia/Shanghai", weekly=dict.fromkeys(("mon", "tue"), DAY), known_until=date(2026, 3, 2)
    )
    answer = analysis(
        {"forwarded": at(2, 9), "analysed": None},
        at(2, 10),
        within="1 working d",
        calendar=calendar,
        on_unknown="provisional",
    )
    assert read_html(answer.to_html()).card()["provisional beyond"] == "2026-03-03 00:00 +08:00"


def test_a_clock_without_a_label_is_shown_by_its_name_and_an_urgency_in_words() -> None:
    clock = qms.Clock("call-back", start="called", stop="answered", within="at once")
    shown = read_html(clock.deadline({"called": at(2, 9)}, now=at(2, 10)).to_html("zh"))
    assert shown.captions == ["call-back"]
    assert shown.card()["时限"] == "立即"


def test_an_explanation_is_its_ledger_and_the_sum_of_what_counted() -> None:
    answer = analysis(
        {"forwarded": at(2, 11), "analysed": None}, at(2, 12), within="2 working h", calendar=FACTORY
    )
    shown = read_html(answer.explain()._repr_html_())
    assert shown.captions == [
        "Initial analysis: running, due 2026-03-02 14:30 +08:00 (2 working h) [4.2.4.2]"
    ]
    head, *segments, total, clause, calendar = shown.tables[0]
    assert head == ["from", "to", "counted", "running total", "reason"]
    assert segments == [
        ["2026-03-02 11:00 +08:00", "2026-03-02 12:00 +08:00", "1:00 h", "1:00 h", "working time"],
        ["2026-03-02 12:00 +08:00", "2026-03-02 13:30 +08:00", "–", "1:00 h", "break"],
        ["2026-03-02 13:30 +08:00", "2026-03-02 14:30 +08:00", "1:00 h", "2:00 h", "working time"],
    ]
    assert total == ["counted in all", "", "2:00 h", "", ""]
    assert clause == ["clause", "4.2.4.2", "", "", ""]
    assert calendar == ["edition of the calendar", "2026-a", "", "", ""]


def test_the_ledger_in_chinese_names_the_reason_of_a_pause() -> None:
    answer = analysis(
        {"forwarded": at(2, 9), "analysed": None}, at(2, 12), pauses=[(at(2, 10), at(2, 11), "等待样板")]
    )
    rows = read_html(answer.explain().to_html("zh")).tables[0]
    assert rows[0] == ["自", "至", "计入", "累计", "原因"]
    assert rows[2][2:] == ["–", "1:00 h", "暂停：等待样板"]
    assert rows[-2:] == [["合计计入", "", "12:00 h", "", ""], ["条款", "4.2.4.2", "", "", ""]]


def test_a_date_agreed_with_the_customer_stands_above_the_ledger() -> None:
    answer = analysis({"forwarded": at(2, 9), "analysed": None}, at(2, 10), agreed=at(4, 9))
    assert (
        "agreed with the customer: due 2026-03-04 09:00 +08:00"
        in read_html(answer.explain().to_html()).captions[0].split("\n")[1]
    )


def test_a_clock_that_has_not_started_has_a_clause_and_no_ledger() -> None:
    answer = analysis({"forwarded": None}, at(2, 10))
    assert read_html(answer.explain().to_html()).tables == [[["clause", "4.2.4.2"]]]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_script_in_a_reason_or_a_name_stays_a_text(lang: str) -> None:
    clock = qms.Clock(NASTY, start="forwarded", stop="analysed", within="12 h", clause=NASTY)
    answer = clock.deadline({"forwarded": at(2, 9)}, now=at(2, 12), pauses=[(at(2, 10), at(2, 11), NASTY)])
    card, ledger = read_html(answer.to_html(lang)), read_html(answer.explain().to_html(lang))
    assert "script" not in card.tags | ledger.tags
    assert (card.captions[0], card.tables[0][1][1]) == (NASTY, NASTY)
    assert ledger.tables[0][2][4].endswith(NASTY)


def test_who_reads_texts_alone_never_loads_the_tables() -> None:
    code = (
        "import sys, pendulum, qms_service as qms\n"
        "noon = pendulum.datetime(2026, 3, 2, 12, tz='Asia/Shanghai')\n"
        "clock = qms.Clock('repair', start='reported', stop='repaired', within='6 h')\n"
        "print(clock.deadline({'reported': noon}, now=noon).explain())\n"
        "assert not {'qms_service.markup', 'qms_service.deadlines.html'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
