"""When a term is over, each answer read off a wall calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pendulum
import pytest

from qms_service.errors import NaiveInstantError, TermError
from qms_service.instants import from_micros, micros
from qms_service.worktime import Term, WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly={day: [("08:30", "12:00"), ("13:30", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")},
    exceptions={
        date(2026, 3, 6): [("08:30", "12:00")],  # a short Friday
        date(2026, 3, 20): [("10:00", "16:00")],  # late to open
    },
)
ALWAYS = WorkCalendar.continuous("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    """A wall time in Shanghai in 2026; 2 March is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def after(text: str, start: datetime, cal: WorkCalendar | None = FACTORY) -> datetime:
    return Term.parse(text).after(start, cal)


class TestElapsed:
    def test_hours_and_minutes_run_round_the_clock(self) -> None:
        assert after("12 h", at(6, 16)) == at(7, 4)
        assert after("90 min", at(6, 16)) == at(6, 17, 30)

    def test_they_are_real_time_over_a_change_of_the_clock(self) -> None:
        assert (
            str(after("12 h", datetime(2026, 3, 28, 20, tzinfo=BERLIN), None)) == "2026-03-29 09:00:00+02:00"
        )


class TestCalendarDays:
    def test_the_same_wall_time_that_many_days_later(self) -> None:
        assert after("2 d", at(6, 16)) == at(8, 16)
        assert after("1 week", at(6, 16)) == at(13, 16)

    def test_two_days_are_not_always_48_hours(self) -> None:
        start = datetime(2026, 3, 28, 9, tzinfo=BERLIN)
        due = after("2 d", start, None)
        assert str(due) == "2026-03-30 09:00:00+02:00"
        assert due.timestamp() - start.timestamp() == 47 * 3600

    def test_a_missing_day_of_the_month_is_its_last(self) -> None:
        assert after("1 month", at(31, 9, month=1)) == at(28, 9, month=2)
        assert after("1 month", at(28, 9, month=2)) == at(28, 9)
        assert after("13 months", at(31, 9, month=1)) == datetime(2027, 2, 28, 9, tzinfo=SHANGHAI)
        assert after("1 month", at(31, 9, month=12)) == datetime(2027, 1, 31, 9, tzinfo=SHANGHAI)

    def test_they_count_in_the_calendars_zone(self) -> None:
        start = datetime(2026, 3, 28, 9, tzinfo=BERLIN)  # 16:00 in Shanghai, which changes no clock
        assert str(after("2 d", start)) == "2026-03-30 16:00:00+08:00"

    def test_without_a_calendar_they_count_in_the_starts_zone(self) -> None:
        assert str(after("2 d", at(6, 16), None)) == "2026-03-08 16:00:00+08:00"
        offset = datetime(2026, 3, 6, 16, tzinfo=timezone(timedelta(hours=5, minutes=30)))
        assert str(after("2 d", offset, None)) == "2026-03-08 16:00:00+05:30"
        assert str(after("2 d", datetime(2026, 3, 6, 16, tzinfo=UTC), None)) == "2026-03-08 16:00:00+00:00"

    def test_a_zone_of_another_library_changes_its_clock_by_its_own_rules(self) -> None:
        zone = pytest.importorskip("dateutil.tz").gettz("Europe/Berlin")
        start = datetime(2026, 3, 28, 9, tzinfo=zone)
        assert str(after("2 d", start, None)) == "2026-03-30 09:00:00+02:00"

    def test_a_skipped_wall_time_is_the_moment_of_the_change(self) -> None:
        assert (
            str(after("1 d", datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN), None))
            == "2026-03-29 03:00:00+02:00"
        )
        assert (
            str(after("1 month", datetime(2026, 2, 28, 2, 30, tzinfo=BERLIN), None))
            == "2026-03-28 02:30:00+01:00"
        )

    def test_a_repeated_wall_time_is_its_first_occurrence(self) -> None:
        assert (
            str(after("1 d", datetime(2026, 10, 24, 2, 30, tzinfo=BERLIN), None))
            == "2026-10-25 02:30:00+02:00"
        )

    def test_a_start_in_the_second_occurrence_keeps_its_wall_time(self) -> None:
        start = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
        assert str(after("1 d", start, None)) == "2026-10-26 02:30:00+01:00"

    def test_the_fraction_of_a_second_is_kept(self) -> None:
        start = at(6, 16) + timedelta(microseconds=7)
        assert after("1 month", start) == at(6, 16, month=4) + timedelta(microseconds=7)

    @pytest.mark.parametrize("text", ["999999999 d", "999999999 months", "999999999 weeks", "999999999 h"])
    def test_an_answer_beyond_the_years_of_dates_is_refused(self, text: str) -> None:
        with pytest.raises(LookupError, match="9997"):
            after(text, at(6, 16), None)


class TestWorkingTime:
    def test_working_hours_run_on_the_calendar(self) -> None:
        assert after("6 working h", at(5, 16)) == at(9, 9, 30)  # 1.5 h, 3.5 h on the short Friday, 1 h
        assert after("30 working min", at(5, 17, 15)) == at(6, 8, 45)

    def test_working_days_keep_the_wall_time(self) -> None:
        assert after("4 working d", at(9, 10)) == at(13, 10)

    def test_a_day_that_is_closed_at_that_wall_time_gives_the_next_opening(self) -> None:
        assert after("4 working d", at(2, 16)) == at(9, 8, 30)

    def test_round_the_clock_a_working_day_is_a_day(self) -> None:
        assert after("4 working d", at(2, 16), ALWAYS) == at(6, 16)
        assert after("6 working h", at(2, 22), ALWAYS) == at(3, 4)

    @pytest.mark.parametrize("text", ["6 working h", "4 working d", "4 working d, end of day", "same day"])
    def test_it_needs_a_calendar(self, text: str) -> None:
        with pytest.raises(TermError, match=f"{text} runs on working time and needs a calendar"):
            after(text, at(2, 16), None)


class TestEndOfDay:
    def test_it_is_the_close_of_the_nth_working_day(self) -> None:
        assert after("4 working d, end of day", at(9, 10)) == at(13, 17, 30)

    def test_without_rolling_first(self) -> None:
        # The short Friday is closed at 16:00: the day does not move on to Monday.
        assert after("4 working d, end of day", at(2, 16)) == at(6, 12)

    def test_a_day_that_opens_later_is_still_that_day(self) -> None:
        assert after("1 working d, end of day", at(19, 9)) == at(20, 16)

    def test_a_start_outside_working_time_counts_from_the_next_opening(self) -> None:
        assert after("1 working d, end of day", at(8, 10)) == at(10, 17, 30)

    def test_round_the_clock_it_is_midnight(self) -> None:
        assert after("1 working d, end of day", at(2, 16), ALWAYS) == at(4, 0)


class TestSameDay:
    def test_it_is_that_dates_close_after_the_start(self) -> None:
        assert after("same day", at(2, 10)) == at(2, 17, 30)
        assert after("same day", at(2, 7)) == at(2, 17, 30)
        assert after("same day", at(2, 12, 30)) == at(2, 17, 30)

    def test_after_the_close_it_is_the_next_working_days(self) -> None:
        assert after("same day", at(2, 17, 30)) == at(3, 17, 30)
        assert after("same day", at(6, 15)) == at(9, 17, 30)

    def test_round_the_clock_it_is_the_end_of_the_day(self) -> None:
        assert after("same day", at(2, 10), ALWAYS) == at(3, 0)
        assert after("same day", at(3, 0), ALWAYS) == at(4, 0)

    def test_in_a_night_shift_it_is_the_close_of_the_shift(self) -> None:
        night = WorkCalendar(
            timezone="Asia/Shanghai", weekly={"mon": [("22:00", "06:00")], "tue": [("22:00", "06:00")]}
        )
        assert after("same day", at(3, 2), night) == at(3, 6)
        assert after("same day", at(3, 7), night) == at(4, 6)


class TestAnswer:
    def test_it_is_a_pendulum_datetime_in_the_calendars_zone(self) -> None:
        due = after("12 h", datetime(2026, 3, 6, 8, tzinfo=UTC))
        assert type(due) is pendulum.DateTime
        assert str(due) == "2026-03-07 04:00:00+08:00"

    def test_a_naive_start_is_refused(self) -> None:
        for cal in (FACTORY, None):
            with pytest.raises(NaiveInstantError):
                after("12 h", datetime(2026, 3, 6, 8), cal)  # noqa: DTZ001  # the case

    def test_on_unknown_is_one_of_two_words(self) -> None:
        with pytest.raises(TermError, match='Allowed: "refuse", "provisional"'):
            Term.parse("6 working h").after(at(2, 9), FACTORY, on_unknown="guess")  # type: ignore[arg-type]  # the case


class TestBudget:
    """What a clock counts: the measure from the start to `base_us`, then on to the close of that day."""

    def budget(self, text: str, start: datetime) -> timedelta:
        base = Term.parse(text).base_us(micros(start), FACTORY.inside, SHANGHAI)
        return timedelta(microseconds=FACTORY.inside.work_between(micros(start), base))

    def test_it_is_measured_without_the_last_run_to_the_close(self) -> None:
        assert self.budget("4 working d, end of day", at(9, 10)) == timedelta(hours=4 * 7.5)
        assert self.budget("4 working d", at(9, 10)) == timedelta(hours=4 * 7.5)

    def test_of_same_day_there_is_none(self) -> None:
        assert self.budget("same day", at(2, 10)) == timedelta()
        assert self.budget("same day", at(2, 19)) == timedelta()

    @pytest.mark.parametrize(
        ("start", "close"),
        [
            (at(9, 10), at(13, 17, 30)),
            (at(9, 8, 30), at(13, 17, 30)),  # the budget ends at Thursday's close, which is Friday's opening
            (at(8, 3), at(13, 17, 30)),
            (at(2, 16), at(6, 12)),  # the budget ends at the close of the short Friday
            (at(16, 9), at(20, 16)),  # at Friday's late opening
            (at(9, 13, 30), at(13, 17, 30)),
        ],
    )
    def test_the_budget_spent_without_pauses_leads_to_the_same_close(
        self, start: datetime, close: datetime
    ) -> None:
        term = Term.parse("4 working d, end of day")
        budget = FACTORY.inside.work_between(
            micros(start), term.base_us(micros(start), FACTORY.inside, SHANGHAI)
        )
        spent = FACTORY.inside.work_after(micros(start), budget)
        assert from_micros(FACTORY.inside.day_close(spent), SHANGHAI) == close == term.after(start, FACTORY)

    def test_other_terms_do_not_run_on(self) -> None:
        for text in ("12 h", "2 d", "6 working h", "4 working d"):
            base = Term.parse(text).base_us(micros(at(9, 10)), FACTORY.inside, SHANGHAI)
            assert from_micros(base, SHANGHAI) == after(text, at(9, 10))


@pytest.mark.parametrize("junk", [None, 5, "2026-03-02 09:00", date(2026, 3, 2), float("nan"), pd.NaT, pd.NA])
def test_a_start_that_is_no_instant_is_refused_and_shown(junk: Any) -> None:  # noqa: ANN401  # junk
    for cal in (None, WorkCalendar.continuous("Asia/Shanghai")):
        with pytest.raises(NaiveInstantError, match="has no time zone, so it is no instant") as caught:
            Term.parse("2 d").after(junk, cal)
        assert repr(junk) in str(caught.value)


@pytest.mark.parametrize("junk", ["x", 5, [], date(2026, 3, 2)])
def test_what_is_no_calendar_is_refused(junk: Any) -> None:  # noqa: ANN401  # junk
    for term in ("2 d", "2 working d"):
        with pytest.raises(TermError, match=r"is no calendar\. Give a WorkCalendar") as caught:
            Term.parse(term).after(at(2, 9), junk)
        assert "不是日历" in caught.value.text("zh")


@pytest.mark.parametrize("junk", [None, pd.NA, "again"])
def test_an_unknown_word_for_what_lies_beyond_the_calendar_is_refused(junk: Any) -> None:  # noqa: ANN401  # junk
    with pytest.raises(TermError, match='Allowed: "refuse", "provisional"'):
        Term.parse("2 d").after(at(2, 9), None, junk)
