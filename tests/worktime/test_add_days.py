"""N working days: the same wall time on the N-th working day, each answer read off a wall calendar."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from qms_service.errors import AmountError, CalendarError
from qms_service.worktime import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly={key: [("08:30", "12:00"), ("13:30", "17:30")] for key in WEEKDAYS},
    exceptions={
        date(2026, 3, 6): [("08:30", "12:00")],  # a short Friday
        date(2026, 3, 14): [("08:30", "12:00"), ("13:30", "17:30")],  # a make-up Saturday
        date(2026, 3, 18): [],
        date(2026, 3, 20): [("10:00", "16:00")],  # late to open, without a break
    },
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall time in Shanghai in March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def test_the_same_wall_time_on_the_nth_working_day() -> None:
    assert FACTORY.add_days(at(2, 10), 3) == at(5, 10)
    assert FACTORY.add_days(at(5, 10), 2) == at(9, 10)


def test_a_make_up_saturday_is_a_working_day() -> None:
    assert FACTORY.add_days(at(13, 10), 1) == at(14, 10)


def test_a_closed_date_is_none() -> None:
    assert FACTORY.add_days(at(17, 10), 1) == at(19, 10)


def test_a_start_outside_working_time_counts_from_the_next_opening() -> None:
    assert FACTORY.add_days(at(8, 10), 1) == at(10, 8, 30)  # Sunday counts from Monday 08:30
    assert FACTORY.add_days(at(2, 19), 1) == at(4, 8, 30)
    assert FACTORY.add_days(at(2, 12, 15), 1) == at(3, 13, 30)


def test_a_start_at_the_close_is_outside() -> None:
    assert FACTORY.add_days(at(2, 17, 30), 1) == at(4, 8, 30)


def test_a_day_that_is_closed_at_that_wall_time_gives_the_next_opening() -> None:
    assert FACTORY.add_days(at(5, 16), 1) == at(9, 8, 30)  # the short Friday is over, so Monday
    assert FACTORY.add_days(at(19, 9), 1) == at(20, 10)  # it has not opened yet


def test_the_closing_instant_counts_as_closed() -> None:
    assert FACTORY.add_days(at(20, 12), 1) == at(23, 13, 30)
    at_noon = WorkCalendar(
        timezone="Asia/Shanghai", weekly={"mon": [("08:00", "17:00")], "tue": [("08:00", "12:00")]}
    )
    assert at_noon.add_days(at(2, 12), 1) == at(9, 8)


def test_backward_is_the_mirror_image_from_the_previous_closing() -> None:
    assert FACTORY.add_days(at(5, 10), -3) == at(2, 10)
    assert FACTORY.add_days(at(8, 10), -1) == at(5, 12)  # counts from the close of the short Friday
    assert FACTORY.add_days(at(9, 16), -1) == at(6, 12)  # the short Friday was closed by then


def test_backward_the_opening_instant_counts_as_closed() -> None:
    assert FACTORY.add_days(at(4, 8, 30), -1) == at(2, 17, 30)  # as the close of Tuesday, one day back
    assert FACTORY.add_days(at(3, 17, 30), -1) == at(2, 17, 30)


def test_no_days_are_the_next_opening() -> None:
    assert FACTORY.add_days(at(2, 10), 0) == at(2, 10)
    assert FACTORY.add_days(at(8, 10), 0) == at(9, 8, 30)


def test_years_are_looked_up_in_both_directions() -> None:
    plain = WorkCalendar(timezone="Asia/Shanghai", weekly={key: [("08:30", "17:30")] for key in WEEKDAYS})
    assert plain.add_days(at(2, 10), 5 * 520) == datetime(2036, 2, 18, 10, tzinfo=SHANGHAI)
    assert plain.add_days(datetime(2036, 2, 18, 10, tzinfo=SHANGHAI), -5 * 520) == at(2, 10)


def test_round_the_clock_every_day_is_a_working_day() -> None:
    always = WorkCalendar.continuous("Asia/Shanghai")
    assert always.add_days(at(6, 0), 3) == at(9, 0)
    assert always.add_days(at(6, 23, 59), -3) == at(3, 23, 59)
    assert always.add_days(at(6, 0), -3) == at(3, 0)


class TestNightShift:
    NIGHT = WorkCalendar(timezone="Asia/Shanghai", weekly={key: [("22:00", "06:00")] for key in WEEKDAYS})

    def test_after_midnight_it_is_still_the_day_on_which_the_span_started(self) -> None:
        assert self.NIGHT.add_days(at(3, 2), 1) == at(4, 2)
        assert self.NIGHT.add_days(at(7, 2), 1) == at(10, 2)  # Friday's shift; the next is Monday's

    def test_before_midnight_too(self) -> None:
        assert self.NIGHT.add_days(at(6, 23), 1) == at(9, 23)

    def test_backward_from_the_closing_in_the_morning(self) -> None:
        assert self.NIGHT.add_days(at(10, 6), -1) == at(7, 6)

    def test_the_night_of_the_day_before_is_not_the_nth_day(self) -> None:
        mixed = WorkCalendar(
            timezone="Asia/Shanghai",
            weekly={"mon": [("00:00", "08:00")], "tue": [("22:00", "06:00")], "wed": [("22:00", "06:00")]},
        )
        assert mixed.add_days(at(2, 2), 2) == at(4, 22)  # Wednesday 02:00 belongs to Tuesday's shift
        assert mixed.add_days(at(5, 5), -2) == at(2, 8)  # Tuesday 05:00 is after Monday's shift

    def test_backward_the_morning_of_the_day_after_is_not_the_nth_day(self) -> None:
        mixed = WorkCalendar(
            timezone="Asia/Shanghai",
            weekly={"mon": [("08:00", "17:00")], "tue": [("00:00", "04:00")], "wed": [("22:00", "06:00")]},
        )
        assert mixed.add_days(at(5, 2), -2) == at(2, 17)  # Tuesday 02:00 is Tuesday's own


class TestChangesOfTheClock:
    EARLY = WorkCalendar(
        timezone="Europe/Berlin", weekly={key: [("00:00", "12:00")] for key in (*WEEKDAYS, "sat", "sun")}
    )
    ZONE = ZoneInfo("Europe/Berlin")

    def test_a_skipped_wall_time_is_the_moment_of_the_change(self) -> None:
        due = self.EARLY.add_days(datetime(2026, 3, 28, 2, 30, tzinfo=self.ZONE), 1)
        assert str(due) == "2026-03-29 03:00:00+02:00"

    def test_a_repeated_wall_time_is_its_first_occurrence(self) -> None:
        due = self.EARLY.add_days(datetime(2026, 10, 24, 2, 30, tzinfo=self.ZONE), 1)
        assert str(due) == "2026-10-25 02:30:00+02:00"

    def test_a_working_day_is_not_always_the_same_number_of_hours(self) -> None:
        start = datetime(2026, 3, 28, 10, tzinfo=self.ZONE)
        due = self.EARLY.add_days(start, 1)
        assert str(due) == "2026-03-29 10:00:00+02:00"
        assert due.timestamp() - start.timestamp() == 23 * 3600


@pytest.mark.parametrize("n", [1.5, "3", None])
def test_the_number_of_days_is_whole(n: object) -> None:
    with pytest.raises(AmountError, match="whole number"):
        FACTORY.add_days(at(2, 9), n)  # type: ignore[arg-type]  # the case


class TestIsWorkingDay:
    def test_a_date_on_which_a_span_starts(self) -> None:
        assert FACTORY.is_working_day(date(2026, 3, 14))
        assert not FACTORY.is_working_day(date(2026, 3, 18))
        assert not FACTORY.is_working_day(date(2026, 3, 8))

    def test_the_morning_after_a_night_shift_is_none(self) -> None:
        assert not TestNightShift.NIGHT.is_working_day(date(2026, 3, 7))

    @pytest.mark.parametrize("day", [at(2, 9), "2026-03-02", 20260302])
    def test_a_datetime_or_text_is_no_date(self, day: object) -> None:
        with pytest.raises(CalendarError, match=r"datetime\.date"):
            FACTORY.is_working_day(day)  # type: ignore[arg-type]  # the case
