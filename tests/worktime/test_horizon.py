"""An unpublished holiday year is unknown, not workday: asking beyond it refuses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from qms_service.errors import CalendarError, CalendarHorizonError, NeverOpenError
from qms_service.worktime import Term, WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Callable

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
KNOWN = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly={key: [("08:30", "12:00"), ("13:30", "17:30")] for key in WEEKDAYS},
    exceptions={date(2026, 10, 1): []},
    known_until=date(2026, 12, 31),  # a Thursday
    name="factory",
)


def at(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    """A wall time in Shanghai."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


NEW_YEAR = at(1, 1, 0, year=2027)
BEYOND: dict[str, Callable[[], object]] = {
    "add": lambda: KNOWN.add(at(12, 31, 16), timedelta(hours=2)),
    "add from beyond": lambda: KNOWN.add(at(1, 4, 9, year=2027), timedelta(hours=2)),
    "add back from beyond": lambda: KNOWN.add(at(1, 4, 9, year=2027), timedelta(hours=-2)),
    "elapsed": lambda: KNOWN.elapsed(at(12, 31, 16), at(1, 1, 1, year=2027)),
    "elapsed backward": lambda: KNOWN.elapsed(at(1, 1, 1, year=2027), at(12, 31, 16)),
    "is_open": lambda: KNOWN.is_open(NEW_YEAR),
    "is_working_day": lambda: KNOWN.is_working_day(date(2027, 1, 1)),
    "add_days": lambda: KNOWN.add_days(at(12, 31, 16), 1),
    "add_days back from beyond": lambda: KNOWN.add_days(at(1, 4, 9, year=2027), -1),
    "spans": lambda: KNOWN.spans(at(12, 31, 16), at(1, 1, 1, year=2027)),
    "next_open": lambda: KNOWN.next_open(at(12, 31, 18)),
    "previous_close": lambda: KNOWN.previous_close(at(1, 1, 1, year=2027)),
    "working hours": lambda: Term.parse("2 working h").after(at(12, 31, 16), KNOWN),
    "working days": lambda: Term.parse("1 working d").after(at(12, 31, 16), KNOWN),
    "end of day": lambda: Term.parse("1 working d, end of day").after(at(12, 31, 16), KNOWN),
    "same day": lambda: Term.parse("same day").after(at(12, 31, 18), KNOWN),
}


@pytest.mark.parametrize("question", BEYOND)
def test_a_question_beyond_the_horizon_is_refused(question: str) -> None:
    with pytest.raises(CalendarHorizonError) as refusal:
        BEYOND[question]()
    assert "factory is known until 2026-12-31" in str(refusal.value)
    assert 'on_unknown="provisional"' in str(refusal.value)


def test_everything_up_to_the_last_known_midnight_is_answered() -> None:
    assert KNOWN.add(at(12, 31, 16), timedelta(hours=1.5)) == at(12, 31, 17, 30)
    assert KNOWN.elapsed(at(12, 31, 16), NEW_YEAR) == timedelta(hours=1.5)
    assert KNOWN.spans(at(12, 31, 16), NEW_YEAR) == [(at(12, 31, 16), at(12, 31, 17, 30))]
    assert KNOWN.previous_close(NEW_YEAR) == at(12, 31, 17, 30)
    assert KNOWN.is_working_day(date(2026, 12, 31))
    assert not KNOWN.is_open(NEW_YEAR - timedelta(microseconds=1))
    assert KNOWN.add_days(at(12, 30, 16), 1) == at(12, 31, 16)
    assert Term.parse("1 working d, end of day").after(at(12, 30, 16), KNOWN) == at(12, 31, 17, 30)


def test_going_back_from_known_time_is_answered() -> None:
    assert KNOWN.add(NEW_YEAR, timedelta(hours=-1.5)) == at(12, 31, 16)
    assert KNOWN.add_days(at(12, 31, 16), -1) == at(12, 30, 16)


def test_zero_asks_nothing_of_the_calendar() -> None:
    assert KNOWN.add(at(1, 4, 9, year=2027), timedelta()) == at(1, 4, 9, year=2027)


def test_provisional_goes_on_by_the_weekly_pattern() -> None:
    start = at(12, 31, 16)
    assert Term.parse("2 working h").after(start, KNOWN, on_unknown="provisional") == at(1, 1, 9, year=2027)
    assert Term.parse("1 working d").after(start, KNOWN, on_unknown="provisional") == at(1, 1, 16, year=2027)


def test_calendar_and_elapsed_terms_do_not_consult_the_horizon() -> None:
    start = at(12, 31, 16)
    assert Term.parse("12 h").after(start, KNOWN) == at(1, 1, 4, year=2027)
    assert Term.parse("2 d").after(start, KNOWN) == at(1, 2, 16, year=2027)
    assert Term.parse("1 month").after(start, KNOWN) == at(1, 31, 16, year=2027)


def test_the_night_shift_of_the_last_known_date_is_known_to_its_end() -> None:
    night = WorkCalendar(
        timezone="Asia/Shanghai",
        weekly={key: [("22:00", "06:00")] for key in WEEKDAYS},
        known_until=date(2026, 12, 31),
    )
    assert night.add(at(12, 31, 23), timedelta(hours=7)) == at(1, 1, 6, year=2027)
    assert night.is_open(at(1, 1, 5, year=2027))
    with pytest.raises(CalendarHorizonError):
        night.is_open(at(1, 1, 6, year=2027))


def test_a_date_belongs_to_the_calendars_zone_for_the_horizon_too() -> None:
    last_instant = datetime(2026, 12, 31, 16, tzinfo=ZoneInfo("UTC")) - timedelta(microseconds=1)
    assert not KNOWN.is_open(last_instant)
    with pytest.raises(CalendarHorizonError):
        KNOWN.is_open(last_instant + timedelta(microseconds=1))


def test_without_hours_to_the_horizon_the_future_is_unknown_and_the_past_never_open() -> None:
    closed = WorkCalendar(timezone="Asia/Shanghai", weekly={}, known_until=date(2026, 12, 31))
    with pytest.raises(CalendarHorizonError):
        closed.next_open(at(3, 2, 9))
    with pytest.raises(NeverOpenError):
        closed.previous_close(at(3, 2, 9))


def test_a_round_the_clock_calendar_may_end_too() -> None:
    always = WorkCalendar(
        timezone="Asia/Shanghai",
        weekly={key: [("00:00", "24:00")] for key in (*WEEKDAYS, "sat", "sun")},
        known_until=date(2026, 12, 31),
    )
    assert always.add(at(12, 31, 16), timedelta(hours=8)) == NEW_YEAR
    with pytest.raises(CalendarHorizonError):
        always.add(at(12, 31, 16), timedelta(hours=9))
    with pytest.raises(CalendarHorizonError):
        always.add_days(at(12, 31, 0), 1)


def test_a_calendar_may_be_known_for_ever() -> None:
    forever = WorkCalendar(
        timezone="Asia/Shanghai", weekly={"mon": [("08:00", "12:00")]}, known_until=date.max
    )
    assert forever.is_working_day(date(2126, 3, 4))


def test_the_last_date_of_all_is_beyond_the_horizon_too() -> None:
    with pytest.raises(CalendarHorizonError, match="9999-12-31"):
        KNOWN.is_working_day(date.max)


def test_an_exception_after_the_horizon_contradicts_it() -> None:
    with pytest.raises(CalendarError, match="2027-02-06, but the calendar is known until 2026-12-31"):
        WorkCalendar(
            timezone="Asia/Shanghai",
            weekly={},
            exceptions={date(2027, 2, 6): []},
            known_until=date(2026, 12, 31),
        )
