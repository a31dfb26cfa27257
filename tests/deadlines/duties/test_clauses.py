"""The recurring obligations of the source procedures, each with the dates that its clause names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from qms_service import WorkCalendar
from qms_service.deadlines.duties import Duty, duties_between

YEAR = date(2026, 1, 1), date(2027, 1, 1)
ZONE = "Asia/Shanghai"


def due_dates(
    duty: Duty, calendar: WorkCalendar | None = None, objects: Mapping[str, object] | None = None
) -> list[str]:
    found = duties_between([duty], *YEAR, calendar=calendar, timezone=ZONE, objects=objects)
    return [f"{one.due_on:%m-%d}" for one in found]


def test_pcb_maker_4_2_4_10_sums_up_the_customer_feedback_of_every_month() -> None:
    assert due_dates(Duty("summary", every="month", clause="4.2.4.10")) == [
        "01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31",
    ]  # fmt: skip


def test_pcb_maker_4_5_2_surveys_at_least_once_a_year() -> None:
    (survey,) = duties_between([Duty("survey", every="year", clause="4.5.2")], *YEAR, timezone=ZONE)
    assert (str(survey.period), survey.due_on) == ("2026", date(2026, 12, 31))


def test_service_inspection_collects_last_months_sheets_by_the_5th_that_day_included() -> None:
    sheets = duties_between([Duty("sheets", every="month", due="day 5", of="next")], *YEAR, timezone=ZONE)
    assert [(str(one.period), f"{one.due_on:%m-%d}") for one in sheets][:3] == [
        ("2025-12", "01-05"), ("2026-01", "02-05"), ("2026-02", "03-05"),
    ]  # fmt: skip
    assert len(sheets) == 12


def test_a_factory_that_reads_by_the_5th_as_before_it_writes_before() -> None:
    assert due_dates(Duty("sheets", every="month", due="before day 5", of="next"))[:2] == ["01-04", "02-04"]


def test_service_inspection_reports_on_the_month_and_on_the_quarter_by_the_10th() -> None:
    monthly = Duty("monthly", every="month", due="day 10", of="next")
    quarterly = Duty("quarterly", every="quarter", due="day 10 of month 1", of="next")
    assert due_dates(monthly)[::3] == due_dates(quarterly) == ["01-10", "04-10", "07-10", "10-10"]


def test_service_inspection_analyses_the_quarter_by_the_15th_of_its_first_month() -> None:
    duty = Duty("analysis", every="quarter", due="day 15 of month 1")
    assert due_dates(duty) == ["01-15", "04-15", "07-15", "10-15"]


@pytest.mark.parametrize("due", ["before month 4", "before april", "day 31 of march", "march"])
def test_comms_equipment_5_4_1_plans_the_year_before_april_which_is_31_march(due: str) -> None:
    assert due_dates(Duty("plan", every="year", due=due, clause="5.4.1")) == ["03-31"]


def test_a_factory_that_reads_by_april_as_its_end_writes_april() -> None:
    assert due_dates(Duty("plan", every="year", due="april")) == ["04-30"]


@pytest.mark.parametrize("due", ["month 12", "december"])
def test_project_service_greets_its_customers_every_december(due: str) -> None:
    (greeting,) = duties_between([Duty("new-year", every="year", due=due)], *YEAR, timezone=ZONE)
    assert (greeting.opens_on, greeting.due_on) == (date(2026, 12, 1), date(2026, 12, 31))


def test_project_service_meets_every_friday_at_the_end_of_the_afternoon(factory: WorkCalendar) -> None:
    meetings = duties_between(
        [Duty("meeting", every="week", due="friday, end of day", shift="skip")], *YEAR, calendar=factory
    )
    assert str(meetings[0].due_at) == "2026-01-09 17:30:00+08:00"  # 2 January is a holiday
    missing = {one.isocalendar().week for one in (date(2026, 2, 20), date(2026, 5, 1), date(2026, 6, 19), date(2026, 9, 25), date(2026, 10, 2))}  # fmt: skip
    weeks = {one.due_on.isocalendar().week for one in meetings if one.due_on}
    assert set(range(2, 53)) - weeks == missing


def test_project_service_calls_monthly_up_to_one_year_and_quarterly_after() -> None:
    calls = Duty("calls", ages=[{"every": "month", "up_to": "1 year"}, {"every": "quarter"}], per="project")
    handed_over = {"project": {"P-1": date(2025, 5, 20)}}
    assert due_dates(calls, objects=handed_over) == [
        "01-31",
        "02-28",
        "03-31",
        "04-30",
        "05-31",
        "06-30",
        "09-30",
        "12-31",
    ]


def test_urgent_normal_surveys_quarterly_and_instrument_maker_half_yearly() -> None:
    assert due_dates(Duty("survey", every="quarter")) == ["03-31", "06-30", "09-30", "12-31"]
    assert due_dates(Duty("survey", every="half-year")) == ["06-30", "12-31"]


def test_mall_reports_weekly_over_the_year_end() -> None:
    weekly = duties_between([Duty("leasing", every="week", due="end")], *YEAR, timezone=ZONE)
    assert [weekly[0].due_on, weekly[-1].due_on] == [date(2026, 1, 4), date(2026, 12, 27)]
    assert [str(weekly[0].period), str(weekly[-1].period), len(weekly)] == ["2026-W01", "2026-W52", 52]


def test_it_service_desk_checks_three_times_a_day() -> None:
    found = duties_between(
        [Duty("check", every="day", times=3)], date(2026, 2, 27), date(2026, 3, 2), timezone=ZONE
    )
    assert [(str(one.period), one.duty.times) for one in found] == [
        ("2026-02-27", 3),
        ("2026-02-28", 3),
        ("2026-03-01", 3),
    ]


def test_oem_supplier_4_1_4_keeps_its_log_every_working_day_make_up_days_too(factory: WorkCalendar) -> None:
    found = duties_between(
        [Duty("log", every="working day")], date(2026, 2, 13), date(2026, 3, 1), calendar=factory
    )
    assert [f"{one.due_on:%m-%d}" for one in found] == [
        "02-13",
        "02-14",
        "02-24",
        "02-25",
        "02-26",
        "02-27",
        "02-28",
    ]


def test_service_windows_checks_at_irregular_times_which_are_listed_and_never_computed() -> None:
    found = duties_between([Duty("spot-check", every="?", clause="5")], *YEAR, timezone=ZONE)
    assert len(found) == 0
    (listed,) = found.unplaced
    assert (listed.duty.id, listed.state, listed.due_on) == ("spot-check", "unknown", None)
    assert "irregular" in str(listed.finding)


def test_a_day_that_the_month_does_not_have_is_its_last() -> None:
    assert due_dates(Duty("d", every="month", due="day 31"))[:4] == ["01-31", "02-28", "03-31", "04-30"]


def test_a_closed_day_moves_over_a_named_holiday(factory: WorkCalendar) -> None:
    sheets = Duty("sheets", every="month", due="day 5", of="next", shift="next", clause="4.2")
    april = duties_between([sheets], date(2026, 4, 1), date(2026, 5, 1), calendar=factory)[0]
    assert (april.said_on, april.due_on) == (date(2026, 4, 5), date(2026, 4, 7))
    assert str(april.explain()) == (
        "sheets: due on 2026-04-07 [4.2]\n"
        "  every month, due: day 5 of the next period; a closed day moves to the next working day\n"
        "  period 2026-03: 2026-03-01 to 2026-03-31\n"
        "  2026-04-05 to 2026-04-06 closed: Tomb-Sweeping Day 清明节\n"
        "  from 2026-04-05 to 2026-04-07\n"
        "  calendar edition 国办发明电〔2025〕7号"
    )


def test_the_week_of_a_long_holiday_hands_in_on_the_first_working_day_after(factory: WorkCalendar) -> None:
    weekly = Duty("report", every="week", due="last working day")
    found = duties_between([weekly], date(2026, 2, 16), date(2026, 3, 1), calendar=factory)
    assert [(str(one.period), f"{one.due_on:%m-%d}") for one in found] == [
        ("2026-W08", "02-24"),
        ("2026-W09", "02-28"),
    ]


def test_working_days_are_counted_from_a_date_that_does_not_count_itself(factory: WorkCalendar) -> None:
    """Thursday 1 to Saturday 3 January are closed, Sunday 4 January is worked."""
    started = Duty("plan", every="month", due="5 working d after start")
    assert due_dates(started, factory)[0] == "01-08"  # 4, 5, 6, 7, 8
    # 2, 3, then after the holiday 7, 8, 9; the 1st is worked.
    assert due_dates(started, factory)[3] == "04-09"
    ahead = Duty("notice", every="quarter", due="3 working d before end")
    assert due_dates(ahead, factory)[0] == "03-26"  # 30, 27, 26
