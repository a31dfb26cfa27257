"""Duties on calendars that know little, never open, work at night, or change their clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from qms_service import WorkCalendar
from qms_service.deadlines.duties import Duty, duties_between, fulfilment

WEEKDAYS = {day: [("08:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
OVER_THE_END = date(2026, 12, 1), date(2027, 3, 1)


def test_beyond_what_the_calendar_knows_a_date_is_unknown_with_the_reason(factory: WorkCalendar) -> None:
    duty = Duty("sheets", every="month", due="day 5", of="next", shift="next", clause="4.2")
    found = duties_between([duty], *OVER_THE_END, calendar=factory)
    assert [(str(one.period), one.due_on, one.state) for one in found] == [
        ("2026-11", date(2026, 12, 7), None), ("2026-12", None, "unknown"), ("2027-01", None, "unknown"),
    ]  # fmt: skip
    assert str(found[1].finding) == (
        "sheets runs to 2027-01-05 23:59:59.999999 +08:00; the calendar china is known until 2026-12-31 only. [4.2]"
    )
    assert str(found[1].expected_at)[:10] == "2027-01-05"
    assert "known until 2026-12-31" in str(found[1].explain())
    judged = fulfilment(found, [], now=datetime(2027, 6, 1, tzinfo=UTC))
    assert [one.state for one in judged] == [
        "unknown",
        "unknown",
        "unknown",
    ]  # no event is named for the first


def test_a_provisional_date_says_from_when_on_the_calendar_is_not_known(factory: WorkCalendar) -> None:
    duty = Duty("sheets", every="month", due="day 5", of="next", shift="next")
    found = duties_between([duty], *OVER_THE_END, calendar=factory, on_unknown="provisional")
    assert [one.due_on for one in found] == [date(2026, 12, 7), date(2027, 1, 5), date(2027, 2, 5)]
    assert [str(one.provisional_until)[:10] for one in found] == ["None", "2027-01-01", "2027-01-01"]
    assert "provisional: the calendar is not known from 2027-01-01 00:00 +08:00 on" in str(found[1].explain())
    assert "| provisional |" in found.to_markdown()


def test_the_last_working_day_asks_for_all_days_until_the_last() -> None:
    cal = WorkCalendar(timezone="UTC", weekly=WEEKDAYS, known_until=date(2026, 3, 30))
    duties = [Duty("last", every="month", due="last working day"), Duty("first", every="month", due="first working day"),
              Duty("before", every="month", due="day 30", shift="previous"), Duty("plain", every="month", due="end")]  # fmt: skip
    found = duties_between(duties, date(2026, 3, 1), date(2026, 4, 1), calendar=cal)
    assert {one.duty.id: one.due_on for one in found} == {
        "first": date(2026, 3, 2), "before": date(2026, 3, 30), "plain": date(2026, 3, 31), "last": None,
    }  # fmt: skip


def test_what_may_be_skipped_is_listed_as_unknown_and_skipped_provisionally() -> None:
    cal = WorkCalendar(timezone="UTC", weekly=WEEKDAYS, known_until=date(2026, 3, 6))
    log = [Duty("log", every="working day")]
    span = date(2026, 3, 5), date(2026, 3, 10)
    unknown = duties_between(log, *span, calendar=cal)
    assert [(str(one.period), one.state) for one in unknown] == [
        ("2026-03-05", None), ("2026-03-06", None), ("2026-03-07", "unknown"), ("2026-03-08", "unknown"), ("2026-03-09", "unknown"),
    ]  # fmt: skip
    provisional = duties_between(log, *span, calendar=cal, on_unknown="provisional")
    assert [str(one.period) for one in provisional] == ["2026-03-05", "2026-03-06", "2026-03-09"]


ROSTER = WorkCalendar(
    timezone="UTC",
    weekly={},
    name="roster",
    exceptions={date(2026, 5, day): [("08:00", "17:00")] for day in (4, 5, 6, 20, 21)},
)
ON_ROSTER = [
    Duty(due if shift != "previous" else f"{due} or before", every=every, due=due, shift=shift)  # type: ignore[arg-type]
    for every, due, shift in (
        ("week", "3 working d after start", "none"), ("week", "2 working d before end", "none"), ("week", "last working day", "none"),
        ("week", "working day 2", "none"), ("week", "friday", "next"), ("week", "tuesday", "previous"), ("week", "first working day", "skip"),
        ("month", "first working day", "previous"), ("month", "working day 30", "none"),
    )
]  # fmt: skip


def test_a_roster_of_single_days_is_known_where_it_has_days_and_nowhere_else() -> None:
    found = duties_between(ON_ROSTER, date(2026, 4, 1), date(2026, 7, 1), calendar=ROSTER)
    known = {(one.duty.id, str(one.period)): one.due_on for one in found if one.due_on}
    # 4 May itself does not count: 5, 6, 20.
    assert known["3 working d after start", "2026-W19"] == date(2026, 5, 20)
    assert known["working day 2", "2026-W19"] == date(2026, 5, 5)
    assert known["working day 2", "2026-W20"] == date(2026, 5, 20)  # none in that week: the next one
    assert known["friday", "2026-W19"] == date(2026, 5, 20)
    assert known["working day 30", "2026-05"] == date(2026, 5, 21)  # it has five: the last of them
    assert known["tuesday or before", "2026-W26"] == date(2026, 5, 21)
    assert known["2 working d before end", "2026-W19"] == date(2026, 5, 5)
    assert max(one.due_on for one in found if one.due_on) == date(2026, 5, 21)
    unknown = next(one for one in found if one.duty.id == "friday" and str(one.period) == "2026-W22")
    assert str(unknown.finding).startswith("friday: the calendar has not so much working time after")


def test_a_roster_too_has_every_period_once_over_any_split() -> None:
    start, end = date(2026, 3, 1), date(2026, 8, 1)
    whole = duties_between(ON_ROSTER, start, end, calendar=ROSTER)
    days = [start + timedelta(n) for n in range(0, (end - start).days + 1, 3)]
    assert (
        tuple(one for a, b in pairwise(days) for one in duties_between(ON_ROSTER, a, b, calendar=ROSTER))
        == whole.occurrences
    )
    assert len({one.id for one in whole}) == len(whole)


@pytest.mark.parametrize("due", ["5 working d after start", "2 working d before end"])
def test_a_roster_of_fewer_days_than_are_counted_draws_no_far_period_to_itself(due: str) -> None:
    single = WorkCalendar(timezone="UTC", weekly={}, exceptions={date(2026, 2, 10): [("08:00", "17:00")]})
    found = duties_between(
        [Duty("d", every="month", due=due)], date(2024, 1, 1), date(2028, 1, 1), calendar=single
    )
    assert {one.state for one in found} == {"unknown"}
    assert len({one.id for one in found}) == len(found) == 48  # four years of months


def test_a_calendar_that_never_opens_answers_nothing_and_does_not_raise() -> None:
    closed = WorkCalendar(timezone="UTC", weekly={})
    for duty in ON_ROSTER[:7]:
        found = duties_between([duty], date(2026, 3, 2), date(2026, 3, 9), calendar=closed)
        assert [one.state for one in found] in (["unknown"], [])


def test_a_calendar_that_ends_is_not_known_rather_than_closed_for_ever() -> None:
    cal = WorkCalendar(
        timezone="UTC",
        weekly={},
        exceptions={date(2026, 5, 4): [("08:00", "17:00")]},
        known_until=date(2026, 5, 31),
    )
    found = duties_between(
        [Duty("d", every="month", shift="next", starts_on=date(2026, 5, 1))],
        date(2026, 5, 1),
        date(2026, 6, 1),
        calendar=cal,
        on_unknown="provisional",
    )
    assert ["known until 2026-05-31 only" in str(one.finding) for one in found] == [True]


def test_a_night_shift_belongs_to_the_date_it_starts_on() -> None:
    cal = WorkCalendar(timezone="Asia/Shanghai", weekly={day: [("22:00", "06:00")] for day in ("mon", "tue")})
    duties = [Duty("close", every="week", due="last working day, end of day"), Duty("next", every="week", due="wednesday", shift="next"),
              Duty("previous", every="week", due="wednesday", shift="previous")]  # fmt: skip
    found = duties_between(duties, date(2026, 3, 2), date(2026, 3, 10), calendar=cal)
    assert {one.duty.id: (str(one.due_on), str(one.due_at)[:16]) for one in found} == {
        "close": ("2026-03-03", "2026-03-04 06:00"),  # Tuesday's shift closes on Wednesday
        "previous": ("2026-03-03", "2026-03-03 23:59"),
        "next": ("2026-03-09", "2026-03-09 23:59"),
    }


def test_a_close_at_midnight_is_still_of_its_date() -> None:
    cal = WorkCalendar.continuous("Asia/Shanghai")
    duty = Duty("d", every="month", due="last working day, end of day")
    (march,) = duties_between([duty], date(2026, 3, 1), date(2026, 4, 1), calendar=cal)
    assert str(march.due_at) == "2026-03-31 23:59:59.999999+08:00"


@pytest.mark.parametrize(
    ("zone", "day", "due_at"),
    [
        ("America/Havana", date(2026, 3, 7), "2026-03-07 23:59:59.999999-05:00"),  # the 8th begins at 01:00
        (
            "America/Havana",
            date(2026, 10, 31),
            "2026-10-31 23:59:59.999999-04:00",
        ),  # 00:00 comes twice on 1 November
        ("Europe/Berlin", date(2026, 10, 25), "2026-10-25 23:59:59.999999+01:00"),
    ],
)
def test_a_date_ends_with_its_last_microsecond_whatever_the_clocks_do(
    zone: str, day: date, due_at: str
) -> None:
    (one,) = duties_between([Duty("d", every="day")], day, day + timedelta(1), timezone=zone)
    assert str(one.due_at) == due_at


def test_a_time_that_the_clocks_skip_is_the_moment_of_the_change() -> None:
    found = duties_between(
        [Duty("d", every="day", due="end, 02:30")],
        date(2026, 3, 29),
        date(2026, 3, 30),
        timezone="Europe/Berlin",
    )
    assert [str(one.due_at) for one in found] == ["2026-03-29 03:00:00+02:00"]


def test_instants_take_the_zone_of_the_start_where_nothing_else_says_it() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    found = duties_between([Duty("d", every="month")], start, start + timedelta(40))
    assert [str(one.due_at) for one in found] == ["2026-01-31 23:59:59.999999+00:00"]
    assert len(duties_between([Duty("d", every="month")], start, start)) == 0


def test_the_first_and_the_last_years_are_answered_or_left_out_without_an_error() -> None:
    duties = [
        Duty("d", every="month"),
        Duty("y", every="year", of="next"),
        Duty("w", every="week", due="1 week before start"),
    ]
    duties.append(Duty("late", every="10 years", counted_from="start", starts_on=date(9800, 12, 31)))
    duties.append(
        Duty(
            "old",
            ages=[{"every": "day", "up_to": "100 years"}, {"every": "10 years"}],
            counted_from="start",
            starts_on=date(9800, 12, 31),
        )
    )
    for start in (date(3, 1, 1), date(9900, 6, 1), date(9997, 1, 1)):
        found = duties_between(duties, start, start + timedelta(300), timezone="UTC")
        assert all(one.due_on for one in found)
    cal = WorkCalendar(timezone="UTC", weekly=WEEKDAYS)
    moved = duties_between(
        [Duty("d", every="day", shift="previous")], date(3, 1, 1), date(3, 1, 9), calendar=cal
    )
    assert len(moved) >= 4
    ahead = Duty("d", every="month", due="1 working d before start")
    known = WorkCalendar(timezone="UTC", weekly=WEEKDAYS, exceptions={date(2026, 3, 7): [("08:00", "17:00")]})
    (early,) = duties_between([ahead], date(3, 1, 1), date(3, 1, 2), calendar=known)
    assert "outside the years 3 to 9997" in str(early.finding)


def test_what_the_source_lost_of_a_date_is_told_for_each_period() -> None:
    found = duties_between(
        [Duty("review", every="quarter", due="?")], date(2026, 1, 1), date(2027, 1, 1), timezone="UTC"
    )
    assert [(str(one.period), one.state) for one in found] == [
        (f"2026-Q{n}", "unknown") for n in (1, 2, 3, 4)
    ]
    assert "the source lost the date" in str(found[0].finding)
    assert "a date that the source lost" in str(found[0].explain())
