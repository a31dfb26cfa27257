"""Clocks over the changes of the clock in Europe/Berlin."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pendulum
import pytest

from qms_service.deadlines import Clock
from qms_service.worktime import WorkCalendar

BERLIN = "Europe/Berlin"
SHIFT = (("06:00", "14:00"),)
PLANT = WorkCalendar(
    timezone=BERLIN, weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), SHIFT)
)
NIGHTS = WorkCalendar(
    timezone=BERLIN,
    weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), (("22:00", "06:00"),)),
)


def clock(within: str) -> Clock:
    return Clock("answer", start="asked", stop="answered", within=within)


def due(within: str, start: datetime, calendar: WorkCalendar | None = None) -> str:
    events = {"asked": start, "answered": None}
    return str(clock(within).deadline(events, now=start, calendar=calendar).due_at)


@pytest.mark.parametrize(
    ("day", "elapsed", "days"),
    [
        (date(2026, 3, 28), "2026-03-30 13:00:00+02:00", "2026-03-30 12:00:00+02:00"),
        (date(2026, 10, 24), "2026-10-26 11:00:00+01:00", "2026-10-26 12:00:00+01:00"),
    ],
    ids=["an hour skipped", "an hour repeated"],
)
def test_two_days_are_not_always_48_hours(day: date, elapsed: str, days: str) -> None:
    noon = pendulum.datetime(day.year, day.month, day.day, 12, tz=BERLIN)
    assert due("48 h", noon) == elapsed
    assert due("2 d", noon) == days


def test_a_wall_time_in_the_gap_is_the_moment_of_the_change() -> None:
    assert due("1 d", pendulum.datetime(2026, 3, 28, 2, 30, tz=BERLIN)) == "2026-03-29 03:00:00+02:00"


def test_a_wall_time_in_the_fold_is_its_first_occurrence() -> None:
    assert due("1 d", pendulum.datetime(2026, 10, 24, 2, 30, tz=BERLIN)) == "2026-10-25 02:30:00+02:00"


def test_days_count_in_the_calendar_s_zone_not_in_the_start_s() -> None:
    start = datetime(2026, 3, 27, 23, 30, tzinfo=UTC)  # 00:30 in Berlin
    assert due("1 d", start) == "2026-03-28 23:30:00+00:00"
    assert due("2 d", start, PLANT) == "2026-03-30 00:30:00+02:00"


def test_a_night_shift_over_the_change_counts_real_hours() -> None:
    spring = pendulum.datetime(2026, 3, 28, 22, tz=BERLIN)
    assert due("7 working h", spring, NIGHTS) == "2026-03-29 06:00:00+02:00"
    autumn = pendulum.datetime(2026, 10, 24, 22, tz=BERLIN)
    assert due("9 working h", autumn, NIGHTS) == "2026-10-25 06:00:00+01:00"


def test_events_within_the_repeated_hour_keep_their_real_order() -> None:
    first = datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=ZoneInfo(BERLIN))
    second = datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=ZoneInfo(BERLIN))
    d = clock("1 h").deadline({"asked": first, "answered": second}, now=second + timedelta(days=1))
    assert (d.state, d.gross, d.wall) == ("met", timedelta(minutes=40), timedelta(minutes=40))
    back = clock("1 h").deadline(
        {"asked": second, "answered": first}, now=datetime(2026, 10, 25, 1, 20, tzinfo=UTC)
    )
    assert back.state == "running"


def test_a_stop_at_the_due_time_in_another_zone_is_met() -> None:
    start = pendulum.datetime(2026, 3, 28, 12, tz=BERLIN)
    stop = datetime(2026, 3, 30, 11, tzinfo=UTC)
    d = clock("48 h").deadline({"asked": start, "answered": stop}, now=stop)
    assert (d.state, str(d.stopped_at)) == ("met", "2026-03-30 13:00:00+02:00")


def test_without_a_calendar_instants_stand_in_the_start_s_zone() -> None:
    start = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo(BERLIN))
    now = datetime(2026, 3, 28, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
    d = clock("1 h").deadline({"asked": start, "answered": None}, now=now)
    assert (str(d.started_at), str(d.due_at)) == ("2026-03-28 12:00:00+01:00", "2026-03-28 13:00:00+01:00")
