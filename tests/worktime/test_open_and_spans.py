"""When it is open: instants, neighbouring edges and stretches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pendulum

from qms_service.worktime import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly={key: [("08:30", "12:00"), ("13:30", "17:30")] for key in ("mon", "tue", "wed", "thu", "fri")},
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall time in Shanghai in March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def test_it_is_open_from_the_opening_to_just_before_the_close() -> None:
    assert FACTORY.is_open(at(2, 8, 30))
    assert FACTORY.is_open(at(2, 12) - timedelta(microseconds=1))
    assert not FACTORY.is_open(at(2, 12))
    assert not FACTORY.is_open(at(2, 8, 30) - timedelta(microseconds=1))


def test_round_the_clock_it_is_always_open() -> None:
    always = WorkCalendar.continuous("Asia/Shanghai")
    assert always.is_open(at(8, 3))
    assert always.next_open(at(8, 3)) == always.previous_close(at(8, 3)) == at(8, 3)


def test_the_next_opening_is_the_instant_itself_when_open() -> None:
    assert FACTORY.next_open(at(2, 9)) == at(2, 9)
    assert FACTORY.next_open(at(2, 12)) == at(2, 13, 30)
    assert FACTORY.next_open(at(6, 17, 30)) == at(9, 8, 30)


def test_the_previous_closing_is_the_instant_itself_when_the_one_before_is_open() -> None:
    assert FACTORY.previous_close(at(2, 9)) == at(2, 9)
    assert FACTORY.previous_close(at(2, 12)) == at(2, 12)
    assert FACTORY.previous_close(at(2, 8, 30)) == at(27, 17, 30) - timedelta(days=28)
    assert FACTORY.previous_close(at(8, 3)) == at(6, 17, 30)


def test_spans_are_clipped_to_the_stretch_asked() -> None:
    assert FACTORY.spans(at(2, 11), at(3, 9)) == [
        (at(2, 11), at(2, 12)),
        (at(2, 13, 30), at(2, 17, 30)),
        (at(3, 8, 30), at(3, 9)),
    ]


def test_spans_are_pendulum_datetimes_in_the_calendars_zone() -> None:
    [(opening, closing)] = FACTORY.spans(
        datetime(2026, 3, 2, 0, tzinfo=UTC), datetime(2026, 3, 2, 4, tzinfo=UTC)
    )
    assert type(opening) is type(closing) is pendulum.DateTime
    assert str(opening) == "2026-03-02 08:30:00+08:00"


def test_there_are_no_spans_when_closed_or_when_the_end_comes_first() -> None:
    assert FACTORY.spans(at(7, 0), at(9, 0)) == []
    assert FACTORY.spans(at(2, 12), at(2, 13)) == []
    assert FACTORY.spans(at(3, 9), at(2, 9)) == []
    assert FACTORY.spans(at(2, 9), at(2, 9)) == []


def test_touching_spans_are_one_stretch_also_across_midnight() -> None:
    shifts = WorkCalendar(
        timezone="Asia/Shanghai",
        weekly={
            "mon": [("06:00", "14:00"), ("14:00", "22:00"), ("22:00", "06:00")],
            "tue": [("06:00", "24:00")],
            "wed": [("00:00", "04:00"), ("05:00", "06:00")],
        },
    )
    assert shifts.spans(at(2, 0), at(5, 0)) == [(at(2, 6), at(4, 4)), (at(4, 5), at(4, 6))]
    assert [shifts.is_working_day(date(2026, 3, day)) for day in (2, 3, 4, 5)] == [True, True, True, False]


def test_round_the_clock_there_is_one_stretch() -> None:
    always = WorkCalendar.continuous("Asia/Shanghai")
    assert always.spans(at(2, 9), at(29, 9)) == [(at(2, 9), at(29, 9))]
    assert always.spans(at(2, 9), at(2, 9)) == []


def test_the_week_of_a_calendar_without_exceptions_written_in_pieces_is_round_the_clock() -> None:
    pieces = WorkCalendar(
        timezone="Asia/Shanghai",
        weekly={
            key: [("12:00", "00:00"), ("00:00", "12:00")]
            for key in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        },
    )
    assert pieces.spans(at(2, 9), at(29, 9)) == [(at(2, 9), at(29, 9))]
