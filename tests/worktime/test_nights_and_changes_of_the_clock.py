"""Shifts past midnight, work round the clock, and nights in which the clock changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qms_service.worktime import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall time in Shanghai in March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def hours(amount: float) -> timedelta:
    return timedelta(hours=amount)


class TestNightShift:
    NIGHT = WorkCalendar(
        timezone="Asia/Shanghai",
        weekly={key: [("22:00", "06:00")] for key in WEEKDAYS},
        exceptions={date(2026, 3, 4): []},
    )

    def test_a_shift_past_midnight_is_one_span(self) -> None:
        assert self.NIGHT.add(at(2, 23), hours(5)) == at(3, 4)

    def test_closing_a_date_removes_all_of_the_shift_that_begins_on_it(self) -> None:
        assert self.NIGHT.add(at(3, 22), hours(9)) == at(5, 23)  # 8 h until Wednesday 06:00, then Thursday
        assert not self.NIGHT.is_open(at(5, 2))

    def test_the_shift_of_the_day_before_a_closed_date_is_kept(self) -> None:
        assert self.NIGHT.is_open(at(4, 2))

    def test_fridays_shift_runs_into_saturday(self) -> None:
        assert self.NIGHT.is_open(at(7, 5, 59))
        assert not self.NIGHT.is_open(at(7, 6))

    @pytest.mark.parametrize("year", [2025, 2026])
    def test_the_last_night_of_the_year_is_known_on_new_years_morning(self, year: int) -> None:
        morning = datetime(year, 1, 1, 5, tzinfo=SHANGHAI)
        assert self.fresh().is_open(morning)
        assert self.fresh().elapsed(morning, morning + hours(12)) == hours(1)
        assert self.fresh().spans(morning, morning + hours(12)) == [(morning, morning + hours(1))]
        assert self.fresh().is_working_day(date(year - 1, 12, 31))

    def fresh(self) -> WorkCalendar:
        """A calendar that has not been asked yet."""
        return WorkCalendar(
            timezone="Asia/Shanghai",
            weekly={day: [("22:00", "06:00")] for day in WEEKDAYS},  # fromkeys would share the list
        )

    def test_twenty_four_hours_from_eight_to_eight(self) -> None:
        plant = WorkCalendar(timezone="Asia/Shanghai", weekly={"mon": [("08:00", "08:00")]})
        assert plant.elapsed(at(2, 0), at(4, 0)) == hours(24)
        assert plant.add(at(2, 20), hours(12)) == at(3, 8)


class TestRoundTheClock:
    ALWAYS = WorkCalendar.continuous("Asia/Shanghai")

    def test_working_time_is_real_time(self) -> None:
        assert self.ALWAYS.add(at(6, 16), hours(60)) == at(9, 4)
        assert self.ALWAYS.add(at(9, 4), hours(-60)) == at(6, 16)
        assert self.ALWAYS.elapsed(at(6, 16), at(9, 4)) == hours(60)

    def test_a_century_needs_no_table(self) -> None:
        assert self.ALWAYS.add(at(6, 16), timedelta(days=36_525)) == datetime(2126, 3, 7, 16, tzinfo=SHANGHAI)

    def test_one_closed_date_is_left_out(self) -> None:
        but_new_year = WorkCalendar(
            timezone="Asia/Shanghai",
            weekly={key: [("00:00", "12:00"), ("12:00", "24:00")] for key in (*WEEKDAYS, "sat", "sun")},
            exceptions={date(2026, 3, 3): []},
        )
        assert but_new_year.add(at(2, 12), hours(24)) == at(4, 12)
        assert but_new_year.add(at(4, 12), hours(-24)) == at(2, 12)


class TestChangesOfTheClock:
    BERLIN = WorkCalendar(
        timezone="Europe/Berlin", weekly={"sat": [("22:00", "06:00")], "sun": [("20:00", "24:00")]}
    )
    ZONE = ZoneInfo("Europe/Berlin")

    def berlin(self, month: int, day: int, hour: int, *, fold: int = 0) -> datetime:
        return datetime(2026, month, day, hour, tzinfo=self.ZONE, fold=fold)

    def test_the_night_of_spring_has_seven_hours(self) -> None:
        assert self.BERLIN.elapsed(self.berlin(3, 28, 22), self.berlin(3, 29, 6)) == hours(7)
        assert self.BERLIN.add(self.berlin(3, 28, 22), hours(5)) == self.berlin(3, 29, 4)

    def test_the_night_of_autumn_has_nine_hours(self) -> None:
        assert self.BERLIN.elapsed(self.berlin(10, 24, 22), self.berlin(10, 25, 6)) == hours(9)
        assert str(self.BERLIN.add(self.berlin(10, 24, 22), hours(5))) == "2026-10-25 02:00:00+01:00"

    def test_an_edge_in_a_skipped_hour_is_the_moment_of_the_change(self) -> None:
        early = WorkCalendar(timezone="Europe/Berlin", weekly={"sun": [("02:30", "05:00")]})
        assert early.next_open(self.berlin(3, 29, 0)) == self.berlin(3, 29, 3)
        assert early.elapsed(self.berlin(3, 29, 0), self.berlin(3, 29, 12)) == hours(2)

    def test_an_edge_in_a_repeated_hour_is_its_first_occurrence(self) -> None:
        early = WorkCalendar(timezone="Europe/Berlin", weekly={"sun": [("02:30", "05:00")]})
        assert str(early.next_open(self.berlin(10, 25, 0))) == "2026-10-25 02:30:00+02:00"
        assert early.elapsed(self.berlin(10, 25, 0), self.berlin(10, 25, 12)) == hours(3.5)

    def test_a_span_inside_a_skipped_hour_does_not_exist(self) -> None:
        gone = WorkCalendar(timezone="Europe/Berlin", weekly={"sun": [("02:10", "02:50")]})
        assert gone.elapsed(self.berlin(3, 29, 0), self.berlin(3, 29, 12)) == timedelta()
        assert not gone.is_working_day(date(2026, 3, 29))
        assert gone.is_working_day(date(2026, 4, 5))

    def test_lord_howe_moves_by_half_an_hour(self) -> None:
        island = WorkCalendar(timezone="Australia/Lord_Howe", weekly={"sun": [("01:00", "03:00")]})
        zone = ZoneInfo("Australia/Lord_Howe")
        spring, autumn = datetime(2026, 10, 4, tzinfo=zone), datetime(2026, 4, 5, tzinfo=zone)
        assert island.elapsed(spring, spring + timedelta(days=1)) == hours(1.5)
        assert island.elapsed(autumn, autumn + timedelta(days=1)) == hours(2.5)

    def test_a_date_that_the_zone_skipped_is_no_working_day(self) -> None:
        samoa = WorkCalendar.continuous("Pacific/Apia")
        assert not samoa.is_working_day(date(2011, 12, 30))
        assert samoa.is_working_day(date(2011, 12, 31))
