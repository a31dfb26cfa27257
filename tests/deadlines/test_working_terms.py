"""Clocks in working time: budgets, pauses in and outside working time, the last run to a close."""

from __future__ import annotations

from datetime import date, timedelta

import pendulum
import pytest
from pendulum import DateTime

from qms_service.deadlines import Clock
from qms_service.errors import TermError
from qms_service.worktime import Term, WorkCalendar

DAY = (("08:30", "12:00"), ("13:30", "17:30"))
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly=dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], DAY),
    exceptions={date(2026, 3, 14): [("08:30", "12:00")]},
)
NINE_TO_FIVE = WorkCalendar(
    timezone="Asia/Shanghai", weekly=dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], (("09:00", "17:00"),))
)


def at(day: int, hour: int = 0, minute: int = 0) -> DateTime:
    return pendulum.datetime(2026, 3, day, hour, minute, tz="Asia/Shanghai")  # 2 March 2026 is a Monday


def due(
    within: str, start: DateTime, *pauses: tuple[DateTime, DateTime | None], now: DateTime | None = None
) -> DateTime | None:
    clock = Clock("plan", start="applied", stop="planned", within=within, clause="5.2")
    events = {"applied": start, "planned": None}
    return clock.deadline(events, now=now or at(31), calendar=FACTORY, pauses=pauses).due_at


def test_nine_o_clock_and_8_working_hours_end_at_the_close_not_next_morning() -> None:
    clock = Clock("repair", start="called", stop="repaired", within="8 working h")
    d = clock.deadline({"called": at(2, 9), "repaired": None}, now=at(2, 10), calendar=NINE_TO_FIVE)
    assert d.due_at == at(2, 17)


def test_a_hold_of_three_days_moves_a_working_target_by_the_working_time_held() -> None:
    """Adding the hold's wall time to the due time is the classic bug."""
    # Due Friday 17:30; held Friday 17:00 to Monday 09:00: half an hour of work before and after the weekend.
    assert due("10 working h", at(5, 15), (at(6, 17), at(9, 9))) == at(9, 9, 30)


def test_a_hold_overnight_moves_nothing() -> None:
    # 2.5 h on Monday, 7.5 h on Tuesday.
    assert (
        due("10 working h", at(2, 15), (at(2, 18), at(3, 8)))
        == due("10 working h", at(2, 15))
        == at(3, 17, 30)
    )


def test_four_working_days_end_at_the_same_wall_time_on_the_fourth_working_day() -> None:
    assert due("4 working d", at(2, 10)) == at(6, 10)
    assert due("4 working d", at(5, 10)) == at(11, 10)


@pytest.mark.parametrize(
    "start", [at(7, 15), at(8), at(9, 8, 30)], ids=["Saturday", "Sunday", "at the opening"]
)
def test_a_start_outside_working_time_counts_from_the_next_opening_and_ends_at_an_opening(
    start: DateTime,
) -> None:
    assert due("4 working d", start) == at(13, 8, 30)


def test_working_days_that_end_at_an_opening_still_do_after_a_whole_day_s_pause() -> None:
    assert due("4 working d", at(2, 8, 30), (at(3, 8, 30), at(4, 8, 30))) == at(9, 8, 30)


def test_a_pause_over_the_weekend_leaves_a_due_time_at_the_opening() -> None:
    assert due("4 working d", at(3, 8, 30), (at(6, 18), at(9, 8))) == at(9, 8, 30)
    assert due("4 working d", at(3, 8, 30), (at(6, 18), at(9, 8, 30))) == at(9, 8, 30)


def test_a_pause_that_runs_over_the_opening_moves_the_due_time_to_its_end() -> None:
    assert due("4 working d", at(3, 8, 30), (at(6, 18), at(9, 10))) == at(9, 10)


def test_a_pause_that_begins_at_the_due_time_comes_too_late_to_move_it() -> None:
    assert due("4 working d", at(3, 8, 30), (at(9, 8, 30), at(9, 10))) == at(9, 8, 30)
    assert due("6 working h", at(2, 8, 30), (at(2, 16), at(2, 17))) == at(2, 16)


def test_a_half_day_that_is_closed_at_that_wall_time_sends_the_due_time_to_the_next_opening() -> None:
    # Thursday 15:00 and two working days: Saturday the 14th works until noon only.
    assert due("2 working d", at(12, 15)) == at(16, 8, 30)


def test_end_of_day_is_the_close_of_the_nth_working_day() -> None:
    assert due("4 working d, end of day", at(2, 10)) == at(6, 17, 30)
    assert due("4 working d, end of day", at(7, 10)) == at(13, 17, 30)
    assert due("2 working d, end of day", at(12, 15)) == at(14, 12)


def test_a_pause_within_the_day_leaves_the_end_of_day_where_it_was() -> None:
    assert due("4 working d, end of day", at(2, 10), (at(3, 9), at(3, 11))) == at(6, 17, 30)


def test_a_pause_that_pushes_the_budget_into_the_next_day_moves_the_end_of_day() -> None:
    # The budget ends Friday 10:00; 6 h of work lost use up the day: exactly at the close, and a minute more.
    assert due("4 working d, end of day", at(2, 10), (at(3, 8, 30), at(3, 16))) == at(6, 17, 30)
    assert due("4 working d, end of day", at(2, 10), (at(3, 8, 30), at(3, 16, 1))) == at(9, 17, 30)


def test_the_last_run_to_the_close_is_not_in_the_budget() -> None:
    clock = Clock("plan", start="applied", stop="planned", within="1 working d, end of day")
    d = clock.deadline({"applied": at(2, 10), "planned": None}, now=at(3, 12), calendar=FACTORY)
    assert (d.state, d.budget) == ("running", timedelta(hours=7, minutes=30))
    assert d.remaining == timedelta(hours=-2)
    assert d.due_at == at(3, 17, 30)


def test_same_day_is_the_close_of_the_day_it_starts_on() -> None:
    assert due("same day", at(2, 10)) == at(2, 17, 30)
    assert due("same day", at(2, 17, 30)) == at(3, 17, 30)
    assert due("same day", at(7, 10)) == at(9, 17, 30)
    assert due("same day", at(14, 11)) == at(14, 12)


def test_same_day_from_a_weekend_waits_for_a_pause_over_the_first_day() -> None:
    assert due("same day", at(7, 10), (at(7, 10), at(10, 8))) == at(10, 17, 30)


def test_same_day_waits_for_a_pause_that_lay_over_its_start() -> None:
    assert due("same day", at(2, 10), (at(2, 9), at(3, 9))) == at(3, 17, 30)
    assert due("same day", at(2, 10), (at(2, 10), at(3, 9))) == at(3, 17, 30)
    assert due("same day", at(2, 10), (at(2, 11), at(3, 9))) == at(2, 17, 30)


def test_same_day_on_a_continuous_calendar_is_the_end_of_the_day() -> None:
    clock = Clock("answer", start="asked", stop="answered", within="same day")
    always = WorkCalendar.continuous("Asia/Shanghai")
    d = clock.deadline({"asked": at(7, 10), "answered": None}, now=at(7, 11), calendar=always)
    assert d.due_at == at(8)


@pytest.mark.parametrize(
    "within",
    [
        "90 min",
        "12 h",
        "2 d",
        "1 week",
        "1 month",
        "6 working h",
        "30 working min",
        "4 working d",
        "4 working d, end of day",
        "same day",
    ],
)
@pytest.mark.parametrize(
    "start", [at(2, 8, 30), at(2, 10), at(2, 12), at(2, 17, 30), at(6, 17), at(8, 3), at(12, 15)]
)
def test_without_pauses_a_clock_is_due_when_its_term_is_over(within: str, start: DateTime) -> None:
    assert due(within, start) == Term.parse(within).after(start, FACTORY)


def test_a_working_term_without_a_calendar_is_refused() -> None:
    clock = Clock("plan", start="applied", stop="planned", within="4 working d")
    with pytest.raises(TermError, match="calendar"):
        clock.deadline({"applied": at(2, 10), "planned": None}, now=at(3))


def test_working_amounts_count_working_time_and_wall_counts_real_time() -> None:
    clock = Clock("plan", start="applied", stop="planned", within="10 working h")
    d = clock.deadline(
        {"applied": at(2, 15), "planned": at(3, 11)},
        now=at(9),
        calendar=FACTORY,
        pauses=[(at(2, 17), at(3, 9))],
    )
    assert (d.gross, d.paused, d.net) == (timedelta(hours=5), timedelta(hours=1), timedelta(hours=4))
    assert (d.budget, d.remaining, d.wall) == (timedelta(hours=10), timedelta(hours=6), timedelta(hours=20))


def test_a_warning_moves_with_pauses_as_the_due_time_does() -> None:
    clock = Clock("plan", start="applied", stop="planned", within="10 working h", warn="6 working h")
    events = {"applied": at(2, 9), "planned": None}
    assert clock.deadline(events, now=at(2, 10), calendar=FACTORY).warn_at == at(2, 16, 30)
    d = clock.deadline(events, now=at(2, 18), calendar=FACTORY, pauses=[(at(2, 10), at(2, 11))])
    assert (d.warn_at, d.due_at) == (at(2, 17, 30), at(3, 14))
