"""Adding and measuring working time, each expected value counted by hand from the hours given."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pendulum
import pytest

from qms_service.errors import AmountError, NaiveInstantError, NeverOpenError
from qms_service.instants import micros
from qms_service.worktime import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
FACTORY_DAY = [("08:30", "12:00"), ("13:30", "17:30")]  # 7.5 h
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly=dict.fromkeys(WEEKDAYS, FACTORY_DAY),
    exceptions={date(2026, 2, 14): [("08:30", "12:00")], date(2026, 2, 17): []},
)


def at(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    """A wall time in Shanghai in 2026; 2 March is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def hours(amount: float) -> timedelta:
    return timedelta(hours=amount)


def test_six_hours_after_friday_afternoon_end_on_monday() -> None:
    assert FACTORY.add(at(6, 16), hours(6)) == at(9, 14, 30)


def test_filling_a_span_exactly_ends_at_its_close() -> None:
    assert FACTORY.add(at(2, 8, 30), hours(3.5)) == at(2, 12)
    assert FACTORY.add(at(2, 8, 30), hours(7.5)) == at(2, 17, 30)


def test_a_start_at_lunch_counts_from_the_next_opening() -> None:
    assert FACTORY.add(at(2, 12, 15), hours(1)) == at(2, 14, 30)


def test_a_start_on_sunday_counts_from_monday() -> None:
    assert FACTORY.add(at(8, 11), hours(1)) == at(9, 9, 30)


def test_a_negative_amount_goes_back_over_the_weekend() -> None:
    assert FACTORY.add(at(9, 9, 30), hours(-2)) == at(6, 16, 30)


def test_going_back_by_a_whole_span_ends_at_its_opening_not_at_the_close_before() -> None:
    assert FACTORY.add(at(2, 17, 30), hours(-4)) == at(2, 13, 30)
    assert FACTORY.add(at(2, 20), hours(-7.5)) == at(2, 8, 30)


def test_zero_gives_the_start_back_even_when_closed() -> None:
    assert FACTORY.add(at(8, 11), timedelta()) == at(8, 11)


def test_a_fraction_of_a_second_is_exact() -> None:
    assert FACTORY.add(at(2, 11, 59), timedelta(minutes=1, microseconds=1)) == datetime(
        2026, 3, 2, 13, 30, 0, 1, tzinfo=SHANGHAI
    )
    assert FACTORY.elapsed(at(2, 17, 29), at(3, 8, 30) + timedelta(microseconds=7)) == timedelta(
        minutes=1, microseconds=7
    )


def test_a_make_up_saturday_counts_and_a_closed_date_does_not() -> None:
    assert FACTORY.add(at(13, 17, month=2), hours(1)) == at(14, 9, month=2)
    assert FACTORY.add(at(16, 17, month=2), hours(1)) == at(18, 9, month=2)


def test_the_answer_is_a_pendulum_datetime_in_the_calendars_zone() -> None:
    start = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
    answer = FACTORY.add(start, hours(6))
    assert type(answer) is pendulum.DateTime
    assert str(answer) == "2026-03-09 14:30:00+08:00"
    assert answer.timezone_name == "Asia/Shanghai"


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 3, 6, 16, tzinfo=SHANGHAI),
        pendulum.datetime(2026, 3, 6, 16, tz="Asia/Shanghai"),
        datetime(2026, 3, 6, 16, tzinfo=timezone(timedelta(hours=8))),
        datetime(2026, 3, 6, 8, tzinfo=UTC),
        pendulum.datetime(2026, 3, 6, 9, tz="Europe/Berlin"),
    ],
)
def test_any_aware_datetime_is_taken(start: datetime) -> None:
    assert FACTORY.add(start, hours(6)) == at(9, 14, 30)


def test_any_timedelta_is_taken_also_one_of_pendulum() -> None:
    assert FACTORY.add(at(6, 16), pendulum.duration(hours=6)) == at(9, 14, 30)
    assert FACTORY.add(at(9, 14, 30), -pendulum.duration(hours=6)) == at(6, 16)


def test_elapsed_is_negative_when_the_end_comes_first() -> None:
    assert FACTORY.elapsed(at(6, 16), at(9, 14, 30)) == hours(6)
    assert FACTORY.elapsed(at(9, 14, 30), at(6, 16)) == hours(-6)


def test_elapsed_is_half_open() -> None:
    assert FACTORY.elapsed(at(2, 12), at(2, 13, 30)) == timedelta()
    assert FACTORY.elapsed(at(2, 8, 30), at(2, 8, 30)) == timedelta()


def test_elapsed_of_a_week_is_five_days() -> None:
    assert FACTORY.elapsed(at(2, 0), at(9, 0)) == 5 * hours(7.5)


def test_years_ahead_and_back_are_looked_up() -> None:
    far = FACTORY.add(at(2, 8, 30), 5 * 52 * 20 * hours(7.5))  # 20 times 52 weeks of five days
    assert far == at(2, 8, 30) + timedelta(weeks=52 * 20, days=-3, hours=9)
    assert FACTORY.add(far, -5 * 52 * 20 * hours(7.5)) == at(2, 8, 30)


def test_the_day_belongs_to_the_calendars_zone_and_not_to_utc() -> None:
    closed_monday = WorkCalendar(
        timezone="Asia/Shanghai",
        weekly={key: [("00:00", "24:00")] for key in (*WEEKDAYS, "sat", "sun")},
        exceptions={date(2026, 3, 2): []},
    )
    sunday_in_utc = datetime(2026, 3, 1, 20, tzinfo=UTC)  # Monday 04:00 in Shanghai
    assert not closed_monday.is_open(sunday_in_utc)
    assert closed_monday.add(sunday_in_utc, hours(1)) == at(3, 1)


def test_years_back_are_looked_up_without_having_been_asked_for() -> None:
    plain = WorkCalendar(timezone="Asia/Shanghai", weekly={"mon": [("08:30", "09:30")]})
    assert plain.add(at(2, 8, 30), hours(-520)) == at(2, 8, 30) - timedelta(weeks=520)


def test_very_short_spans_among_long_ones_are_found_too() -> None:
    # Ten spans of a second, ten seconds apart, before an ordinary afternoon: 4 h and 10 s a day.
    seconds = [(f"08:00:{n}0", f"08:00:{n}1") for n in range(6)] + [
        (f"08:01:{n}0", f"08:01:{n}1") for n in range(4)
    ]
    gauge = WorkCalendar(timezone="Asia/Shanghai", weekly={"mon": [*seconds, ("13:30", "17:30")]})
    monday = at(2, 0)
    for n in range(10):
        tick = at(2, 8) + timedelta(seconds=10 * n)
        assert gauge.add(monday, timedelta(seconds=n + 1)) == tick + timedelta(seconds=1)
        assert gauge.add(tick, timedelta(milliseconds=500)) == tick + timedelta(milliseconds=500)
        assert gauge.add(tick + timedelta(seconds=1), timedelta(seconds=10 - n)) == at(2, 13, 30) + timedelta(
            seconds=1
        )
    assert gauge.add(monday, 3 * timedelta(hours=4, seconds=10)) == at(16, 17, 30)
    assert gauge.elapsed(monday, at(2, 8, 1)) == timedelta(seconds=6)


def test_threads_that_ask_for_different_years_agree_with_one_that_asks_for_all() -> None:
    shared = WorkCalendar(timezone="Asia/Shanghai", weekly=dict.fromkeys(WEEKDAYS, FACTORY_DAY))
    starts = [datetime(year, 6, 15, 10, tzinfo=SHANGHAI) for year in range(2000, 2040)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda start: shared.add(start, hours(300)), starts * 3))
    alone = WorkCalendar(timezone="Asia/Shanghai", weekly=dict.fromkeys(WEEKDAYS, FACTORY_DAY))
    assert answers == [alone.add(start, hours(300)) for start in starts] * 3


def test_in_whole_numbers_zero_gives_the_start_back_too() -> None:
    closed = micros(at(8, 11))
    assert FACTORY.inside.work_after(closed, 0) == FACTORY.inside.work_before(closed, 0) == closed


class TestNeverOpen:
    CLOSED = WorkCalendar(timezone="Asia/Shanghai", weekly={})
    ONE_DAY = WorkCalendar(
        timezone="Asia/Shanghai", weekly={}, exceptions={date(2026, 3, 4): [("09:00", "10:00")]}
    )

    def test_a_calendar_without_hours_never_opens(self) -> None:
        for amount in (hours(1), hours(-1)):
            with pytest.raises(NeverOpenError, match="2026-03-02 09:00"):
                self.CLOSED.add(at(2, 9), amount)
        assert self.CLOSED.elapsed(at(2, 9), at(3, 9)) == timedelta()
        assert self.CLOSED.spans(at(2, 9), at(3, 9)) == []

    def test_the_last_open_date_is_found_and_nothing_after_it(self) -> None:
        assert self.ONE_DAY.add(at(2, 9), hours(1)) == at(4, 10)
        assert self.ONE_DAY.add(at(5, 9), hours(-1)) == at(4, 9)
        with pytest.raises(NeverOpenError, match="after"):
            self.ONE_DAY.add(at(2, 9), hours(1.5))
        with pytest.raises(NeverOpenError, match="before"):
            self.ONE_DAY.add(at(5, 9), hours(-1.5))
        with pytest.raises(NeverOpenError):
            self.ONE_DAY.next_open(at(4, 10))
        with pytest.raises(NeverOpenError):
            self.ONE_DAY.previous_close(at(4, 9))
        with pytest.raises(NeverOpenError):
            self.ONE_DAY.add_days(at(2, 9), 1)
        with pytest.raises(NeverOpenError):
            self.ONE_DAY.add_days(at(5, 9), -1)


class TestBadInput:
    def test_a_naive_datetime_is_refused_with_the_way_out(self) -> None:
        with pytest.raises(NaiveInstantError, match="tz="):
            FACTORY.add(datetime(2026, 3, 2, 9), hours(1))  # noqa: DTZ001  # the case
        with pytest.raises(ValueError, match="no time zone"):
            FACTORY.elapsed(at(2, 9), datetime(2026, 3, 2, 9))  # noqa: DTZ001  # the case

    @pytest.mark.parametrize("amount", [6, 6.0, "6 h", None])
    def test_an_amount_is_a_timedelta(self, amount: object) -> None:
        with pytest.raises(AmountError, match="timedelta"):
            FACTORY.add(at(2, 9), amount)  # type: ignore[arg-type]  # the case

    def test_the_error_is_a_type_error_too(self) -> None:
        with pytest.raises(TypeError):
            FACTORY.add(at(2, 9), 6)  # type: ignore[arg-type]  # the case

    @pytest.mark.parametrize("cal", [FACTORY, WorkCalendar.continuous("Asia/Shanghai")])
    def test_an_answer_beyond_the_years_of_dates_is_refused_at_once(self, cal: WorkCalendar) -> None:
        with pytest.raises(LookupError, match="9997"):
            cal.add(at(2, 9), timedelta.max)
        with pytest.raises(LookupError, match="9997"):
            cal.add(at(2, 9), timedelta.min)
