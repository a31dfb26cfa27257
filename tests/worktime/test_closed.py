"""Why it is closed, stretch by stretch: what an explanation lists."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from qms_service.instants import from_micros, micros
from qms_service.worktime import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = [("08:30", "12:00"), ("13:30", "17:30")]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly={day: DAY for day in WEEKDAYS},  # noqa: C420  # fromkeys would share the list
    exceptions={
        date(2026, 2, 12): [("10:00", "12:00")],  # a short day
        date(2026, 2, 14): DAY,  # a make-up Saturday
        date(2026, 2, 16): [],
        date(2026, 2, 17): [],
        date(2026, 2, 18): [],
    },
    exception_names={date(2026, 2, 16): "Spring Festival", date(2026, 2, 17): "Spring Festival"},
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall time in Shanghai in February 2026; the 9th is a Monday."""
    return datetime(2026, 2, day, hour, minute, tzinfo=SHANGHAI)


def stretches(cal: WorkCalendar, start: datetime, end: datetime) -> list[str]:
    """From when to when in February, and why."""
    return [
        f"{from_micros(one.start_us, SHANGHAI):D HH:mm}–{from_micros(one.end_us, SHANGHAI):D HH:mm} {one.reason}"
        for one in cal.inside.closed_stretches(micros(start), micros(end))
    ]


def test_nights_and_breaks() -> None:
    assert stretches(FACTORY, at(9, 7), at(10, 9)) == [
        "9 07:00–9 08:30 night",
        "9 12:00–9 13:30 break",
        "9 17:30–10 08:30 night",
    ]


def test_a_weekend_runs_from_midnight_to_midnight() -> None:
    assert stretches(FACTORY, at(6, 17), at(9, 9)) == [
        "6 17:30–7 00:00 night",
        "7 00:00–9 00:00 weekend",
        "9 00:00–9 08:30 night",
    ]


def test_a_named_holiday_is_told_from_a_closed_date_without_a_name() -> None:
    assert stretches(FACTORY, at(14, 16), at(19, 9)) == [
        "14 17:30–15 00:00 night",
        "15 00:00–16 00:00 weekend",
        "16 00:00–18 00:00 holiday:Spring Festival",
        "18 00:00–19 00:00 exception",
        "19 00:00–19 08:30 night",
    ]


def test_what_a_short_day_loses_is_the_exception_and_the_rest_is_night() -> None:
    assert stretches(FACTORY, at(12, 0), at(13, 0)) == [
        "12 00:00–12 08:30 night",
        "12 08:30–12 10:00 exception",
        "12 12:00–12 17:30 exception",
        "12 17:30–13 00:00 night",
    ]


def test_a_make_up_saturday_has_nights_and_breaks_like_any_day() -> None:
    assert stretches(FACTORY, at(14, 0), at(15, 0)) == [
        "14 00:00–14 08:30 night",
        "14 12:00–14 13:30 break",
        "14 17:30–15 00:00 night",
    ]


def test_between_night_shifts_it_is_closed_by_day() -> None:
    shifts = WorkCalendar(
        timezone="Asia/Shanghai",
        weekly={"mon": [("22:00", "06:00")], "tue": [("22:00", "06:00")]},
        exceptions={date(2026, 2, 10): [("20:00", "21:00")]},
    )
    assert stretches(shifts, at(9, 21), at(12, 0)) == [
        "9 21:00–9 22:00 night",
        "10 06:00–10 20:00 night",
        "10 21:00–11 00:00 exception",
        "11 00:00–12 00:00 weekend",
    ]


def test_round_the_clock_nothing_is_closed() -> None:
    assert stretches(WorkCalendar.continuous("Asia/Shanghai"), at(9, 0), at(12, 0)) == []


def test_a_calendar_without_hours_is_one_weekend() -> None:
    never = WorkCalendar(timezone="Asia/Shanghai", weekly={})
    assert stretches(never, at(9, 5), at(20, 6)) == ["9 05:00–20 06:00 weekend"]
    assert stretches(never, at(9, 5), at(9, 5)) == []


def test_the_close_of_the_working_day_is_that_of_the_next_one_where_it_is_closed() -> None:
    assert FACTORY.inside.day_close(micros(at(9, 12))) == micros(at(9, 17, 30))
    assert FACTORY.inside.day_close(micros(at(9, 17, 30))) == micros(at(10, 17, 30))
