"""What a duty cannot be, with what is allowed; and what cannot be asked of duties."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from qms_service import WorkCalendar
from qms_service.deadlines.duties import AgeBand, Due, Duty, Every, FulfilledBy, duties_between
from qms_service.errors import (
    ClauseError,
    DutyError,
    InstantRangeError,
    NaiveInstantError,
    SelectorError,
    ZoneError,
)

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


@pytest.mark.parametrize(
    "junk",
    ["", "monthly", "0 months", "1.5 months", "a month", "100 days", "every month", 1, None, True, b"month"],
)
def test_what_is_no_frequency_is_refused_with_those_that_are(junk: object) -> None:
    if junk is None:
        assert Duty("d").irregular
        return
    with pytest.raises(DutyError, match="half-year"):
        Duty("d", every=junk)


def test_a_frequency_is_at_most_ten_years() -> None:
    assert str(Every.parse("10 years")) == "10 years"
    with pytest.raises(DutyError, match="at least every 10 years"):
        Every.parse("11 years")


@pytest.mark.parametrize(
    "junk",
    ["", "day", "day 0", "day 32", "day 05", "5", "the 5th", "Freitag", "fifth friday", "month 0", "month 37",
     "day 5 of", "day 5 of summer", "after month 3", "5 working d of start", "0 d after start", "367 d after start",
     "53 weeks before end", "end, 24:00", "end, 5 pm", "end,", "end, 17:00, end of day", "?, 17:00", "working day 0",
     "d after start", "5 h after start", "friday of week 2", 5, None, date(2026, 1, 5)],
)  # fmt: skip
def test_what_is_no_date_of_a_period_is_refused_with_those_that_are(junk: object) -> None:
    with pytest.raises(DutyError, match="day 15 of month 1, month 12, before month 4"):
        Duty("d", every="month", due=junk)


@pytest.mark.parametrize(
    ("every", "due", "told"),
    [
        ("quarter", "day 5", "Say of which month"),
        ("week", "day 5", "Say of which month"),
        ("month", "month 1", "at least two months"),
        ("quarter", "month 4", "does not have"),
        ("quarter", "before month 4", "does not have"),
        ("week", "day 1 of month 1", "does not have"),
        ("half-year", "april", "Only a year has each name once"),
        ("month", "friday", "first friday"),
        ("year", "friday of month 2", "first friday"),
        ("week", "last friday", 'the day alone \\("friday"\\)'),
        ("day", "first working day", 'every "working day"'),
        ("working day", "working day 2", 'every "working day"'),
        ("month", "end, end of day", 'shift "next", "previous" or "skip"'),
        ("month", "7 d after first working day, end of day", 'shift "next"'),
    ],
)
def test_a_date_that_the_period_does_not_have_is_refused_with_what_to_say(
    every: str, due: str, told: str
) -> None:
    with pytest.raises(DutyError, match=told):
        Duty("d", every=every, due=due)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"every": "month", "ages": [{"every": "month", "up_to": "1 year"}, {"every": "year"}]}, "both every and ages"),
        ({"every": "5 months"}, "no periods of 5 months"),
        ({"every": "2 weeks"}, 'counted_from="start"'),
        ({"every": "2 weeks", "counted_from": "start"}, "Give starts_on"),
        ({"ages": [{"every": "month", "up_to": "1 year"}, {"every": "year"}]}, "Give starts_on"),
        ({"every": "month", "due": "day 5", "counted_from": "start", "starts_on": JAN}, "Say of which month"),
        ({"every": "week", "due": "friday", "counted_from": "start", "starts_on": JAN}, "day of a week"),
        ({"every": "working day", "shift": "next"}, "each of which has one"),
        ({"every": "working day", "of": "next"}, "1 working d after start"),
        ({"starts_on": FEB, "ends_on": FEB}, "not after it starts"),
        ({"starts_on": "2026-01-01"}, "A date such as"),
        ({"ends_on": datetime(2026, 1, 1, tzinfo=UTC)}, "zone of its own"),
        ({"ends_on": date(9999, 12, 31)}, "Where it stands for no date, leave it out"),
        ({"starts_on": date(1, 1, 1)}, "outside the years 3 to 9800"),
        ({"ages": [{"every": "month", "up_to": "101 years"}, {"every": "year"}]}, "at most 100 years"),
        ({"every": "month", "of": "last"}, "allowed is this, next"),
        ({"every": "month", "shift": 1}, "allowed is none, next, previous, skip"),
        ({"every": "month", "counted_from": []}, "allowed is calendar, start"),
        ({"every": "month", "times": 0}, "whole number from 1"),
        ({"every": "month", "times": True}, "whole number from 1"),
        ({"every": "month", "times": "3"}, "whole number from 1"),
        ({"every": "month", "per": ""}, "per is a text or None"),
        ({"every": "month", "by": 3}, "by is a text or None"),
        ({"every": "month", "label": {}}, "a label is a text"),
        ({"every": "month", "label": {"en": 3}}, "a label is a text"),
        ({"every": "month", "fulfilled_by": 3}, "the name of an event"),
        ({"every": "month", "fulfilled_by": ""}, "the name of an event"),
        ({"every": "month", "fulfilled_by": {"kind": "summary"}}, "the event at least"),
        ({"every": "month", "fulfilled_by": {"event": "e", "kind": 3}}, "kind=3"),
        ({"every": "month", "fulfilled_by": {"event": "e", "when": 3}}, "the event at least"),
        ({"every": "month", "fulfilled_by": {"event": "e", "counts_for": "first"}}, "allowed is own, oldest"),
        ({"ages": "month"}, "in order of age"),
        ({"ages": ["month"]}, "in order of age"),
        ({"ages": [{"every": "month"}]}, "in order of age"),
        ({"ages": [{"every": "?", "up_to": "1 year"}, {"every": "month"}]}, "in order of age"),
        ({"ages": [{"every": "month", "up_to": "1 year"}]}, "in order of age"),
        ({"ages": [{"every": "month"}, {"every": "year"}]}, "in order of age"),
        ({"ages": [{"every": "month", "until": "1 year"}, {"every": "year"}]}, "in order of age"),
        ({"ages": [{"every": "month", "up_to": "2 years"}, {"every": "week", "up_to": "1 year"}, {"every": "year"}]}, "in order of age"),
        ({"ages": [{"every": "month", "up_to": "1 year"}, {"every": "week", "up_to": "12 months"}, {"every": "year"}]}, "in order of age"),
        ({"ages": [{"every": "month", "up_to": "young"}, {"every": "year"}]}, "18 months"),
        ({"ages": [{"every": "month", "up_to": 0}, {"every": "year"}]}, "18 months"),
        ({"ages": [{"every": "month", "up_to": 1.5}, {"every": "year"}]}, "18 months"),
    ],
)  # fmt: skip
def test_a_duty_that_cannot_be_is_refused_with_what_to_do(parts: dict[str, Any], told: str) -> None:
    with pytest.raises(DutyError, match=told):
        Duty("d", **parts)


def test_an_object_that_ends_with_the_mark_of_a_table_is_told_of_it() -> None:
    duty = Duty("d", every="month", per="project")
    with pytest.raises(DutyError, match="leave it out"):
        duties_between(
            [duty], JAN, FEB, timezone="UTC", objects={"project": {"P-1": (JAN, date(9999, 12, 31))}}
        )


@pytest.mark.parametrize("junk", ["", "  ", None, 3, "report/2026"])
def test_a_duty_has_a_name_which_no_object_and_period_of_another_can_make_up(junk: object) -> None:
    with pytest.raises(DutyError, match="needs a name"):
        Duty(junk, every="month")  # type: ignore[arg-type]


def test_other_parts_say_what_they_say_elsewhere() -> None:
    with pytest.raises(ClauseError):
        Duty("d", every="month", clause=4.2)  # type: ignore[arg-type]
    with pytest.raises(SelectorError):
        Duty("d", every="month", fulfilled_by={"event": "e", "where": 3})


def test_values_are_taken_as_they_are_and_have_one_hash() -> None:
    done = FulfilledBy("compiled", where={"topic": ["complaints", "claims"]})
    bands = (AgeBand(every=Every(1, "month"), up_to=12), AgeBand(every=Every.parse("quarter")))
    one = Duty("d", ages=bands, due=Due.parse("end"), per="project", fulfilled_by=done, label="Calls")
    two = Duty("d", ages=[{"every": "month", "up_to": "1 year"}, {"every": "3 months"}], due="END", per="project",
               fulfilled_by={"event": "compiled", "where": {"topic": ["complaints", "claims"]}}, label={"en": "Calls"})  # fmt: skip
    assert one == two
    assert len({one, two}) == 1
    assert (one.name("zh"), str(one.due)) == ("Calls", "end")


def test_a_range_that_cannot_be_is_refused() -> None:
    duty = Duty("d", every="month")
    with pytest.raises(DutyError, match="Dates need a zone"):
        duties_between([duty], JAN, FEB)
    with pytest.raises(DutyError, match="Dates need a zone"):
        duties_between([duty], JAN, FEB, timezone=["UTC"])  # type: ignore[arg-type]
    with pytest.raises(DutyError, match="Swap them"):
        duties_between([duty], FEB, JAN, timezone="UTC")
    with pytest.raises(DutyError, match="two dates, or two instants"):
        duties_between([duty], JAN, datetime(2026, 2, 1, tzinfo=UTC), timezone="UTC")
    with pytest.raises(DutyError, match="two dates, or two instants"):
        duties_between([duty], "2026-01-01", FEB, timezone="UTC")  # type: ignore[arg-type]
    with pytest.raises(NaiveInstantError):
        duties_between([duty], datetime(2026, 1, 1), datetime(2026, 2, 1))  # noqa: DTZ001  # that is the mistake
    with pytest.raises(ZoneError):
        duties_between([duty], JAN, FEB, timezone="Asia/Shangai")
    with pytest.raises(InstantRangeError):
        duties_between([duty], date(1, 1, 1), FEB, timezone="UTC")
    with pytest.raises(InstantRangeError):
        duties_between([duty], JAN, date(9999, 12, 31), timezone="UTC")


def test_what_is_no_list_of_duties_is_refused(factory: WorkCalendar) -> None:
    duty = Duty("d", every="month")
    for junk in (duty, "d", None, [3]):
        with pytest.raises(DutyError, match="list of Duty"):
            duties_between(junk, JAN, FEB, timezone="UTC")  # type: ignore[arg-type]
    with pytest.raises(DutyError, match="Two duties have the name d"):
        duties_between([duty, Duty("d", every="year")], JAN, FEB, timezone="UTC")
    with pytest.raises(DutyError, match="allowed is refuse, provisional"):
        duties_between([duty], JAN, FEB, calendar=factory, on_unknown="guess")  # type: ignore[arg-type]
    with pytest.raises(DutyError, match="WorkCalendar or None"):
        duties_between([duty], JAN, FEB, calendar="factory")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "parts",
    [
        {"shift": "next"},
        {"due": "last working day"},
        {"due": "3 working d before end"},
        {"every": "working day"},
    ],
)
def test_a_duty_on_working_days_needs_a_calendar(parts: dict[str, Any]) -> None:
    with pytest.raises(DutyError, match="Duty d runs on working days"):
        duties_between([Duty("d", **{"every": "month"} | parts)], JAN, FEB, timezone="UTC")


@pytest.mark.parametrize(
    "junk",
    [3, ["P-1"], {"project": "P-1"}, {"project": 3}, {"project": [3]}, {"project": [""]}, {"project": {"P-1": "2026-01-01"}},
     {"project": {"P-1": (JAN, FEB, FEB)}}, {"project": {"P-1": datetime(2026, 1, 1, tzinfo=UTC)}}],
)  # fmt: skip
def test_objects_are_a_table_by_fact(junk: object) -> None:
    with pytest.raises(DutyError, match="objects is a table by fact"):
        duties_between([Duty("d", every="month", per="project")], JAN, FEB, timezone="UTC", objects=junk)  # type: ignore[arg-type]
