"""Starts and ends of duties and of their objects; how often by age; periods counted from a start."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.deadlines.duties import Duty, DutyCalendar, duties_between

BY_AGE = [{"every": "month", "up_to": "1 year"}, {"every": "quarter"}]


def over(duty: Duty, start: date, end: date, **objects: object) -> DutyCalendar:
    return duties_between([duty], start, end, timezone="Asia/Shanghai", objects=objects)


def spans(found: DutyCalendar) -> list[tuple[str, str, str]]:
    return [
        (str(one.period), f"{one.period.starts_on:%y-%m-%d}", f"{one.period.last_on:%y-%m-%d}")
        for one in found
        if one.period
    ]


def test_the_month_of_the_birthday_runs_to_its_end_and_the_quarter_begins_after_it() -> None:
    calls = Duty("calls", ages=BY_AGE, per="project")
    found = over(calls, date(2026, 1, 1), date(2026, 12, 1), project={"P-1": date(2025, 2, 10)})
    assert spans(found) == [
        ("2026-01", "26-01-01", "26-01-31"),
        ("2026-02", "26-02-01", "26-02-28"),  # one year old on the 10th
        ("2026-Q1", "26-03-01", "26-03-31"),  # what is left of the quarter
        ("2026-Q2", "26-04-01", "26-06-30"),
        ("2026-Q3", "26-07-01", "26-09-30"),
    ]


def test_a_birthday_on_the_first_of_a_month_begins_the_next_frequency() -> None:
    calls = Duty("calls", ages=BY_AGE, per="project")
    found = over(calls, date(2026, 3, 1), date(2026, 8, 1), project={"P-1": date(2025, 4, 1)})
    assert [name for name, _, _ in spans(found)] == ["2026-03", "2026-Q2"]


def test_counted_from_the_hand_over_there_are_twelve_months_and_then_quarters() -> None:
    calls = Duty("calls", ages=BY_AGE, per="project", counted_from="start")
    found = over(calls, date(2025, 1, 1), date(2026, 9, 1), project={"P-1": date(2025, 1, 31)})
    assert [str(one.due_on) for one in found] == [
        "2025-02-27", "2025-03-30", "2025-04-29", "2025-05-30", "2025-06-29", "2025-07-30", "2025-08-30",
        "2025-09-29", "2025-10-30", "2025-11-29", "2025-12-30", "2026-01-30", "2026-04-29", "2026-07-30",
    ]  # fmt: skip


def test_the_age_is_that_of_the_object_also_where_the_duty_begins_later() -> None:
    calls = Duty("calls", ages=BY_AGE, per="project", starts_on=date(2026, 2, 5))
    found = over(calls, date(2025, 1, 1), date(2026, 8, 1), project={"P-1": date(2025, 4, 15)})
    assert spans(found) == [
        ("2026-02", "26-02-05", "26-02-28"),
        ("2026-03", "26-03-01", "26-03-31"),
        ("2026-04", "26-04-01", "26-04-30"),
        ("2026-Q2", "26-05-01", "26-06-30"),
    ]


@settings(deadline=None, max_examples=60)
@given(
    st.dates(date(2020, 1, 1), date(2024, 12, 31)),
    st.sampled_from(("1 month", "5 months", "1 year", "18 months")),
    st.sampled_from(("week", "month", "10 days")),
    st.sampled_from(("quarter", "year", "5 months")),
    st.booleans(),
)
def test_every_date_from_the_start_lies_in_exactly_one_period(
    born: date, up_to: str, young: str, old: str, from_start: bool
) -> None:
    if not from_start:
        young, old = young.replace("10 days", "week"), old.replace("5 months", "half-year")
    duty = Duty(
        "d", ages=[{"every": young, "up_to": up_to}, {"every": old}], per="project",
        counted_from="start" if from_start else "calendar",
    )  # fmt: skip
    found = over(duty, born - timedelta(900), born + timedelta(1500), project={"P": born})
    reached = born
    for one in found:
        assert one.period is not None
        assert one.period.starts_on == reached
        assert one.period.starts_on <= one.period.last_on
        reached = one.period.ends_on
    assert reached > born + timedelta(1100)
    assert len({one.id for one in found}) == len(found)


def test_a_project_that_ends_is_called_no_longer() -> None:
    calls = Duty("calls", every="month", per="project")
    ends = {"P-1": (date(2026, 1, 10), date(2026, 3, 15)), "P-2": (None, date(2026, 2, 1))}
    found = over(calls, date(2026, 1, 1), date(2026, 7, 1), project=ends)
    assert [one.id for one in found] == ["calls/P-1/2026-01", "calls/P-2/2026-01", "calls/P-1/2026-02"]


def test_a_project_that_begins_after_the_duty_has_ended_is_never_called() -> None:
    calls = Duty("calls", every="month", per="project", ends_on=date(2026, 3, 1))
    found = over(calls, date(2026, 1, 1), date(2026, 7, 1), project={"P-1": date(2026, 3, 1)})
    assert (len(found), found.unplaced) == (0, ())


def test_nothing_is_due_before_a_duty_begins_or_after_it_ends() -> None:
    inside = Duty("d", every="month", due="day 5", starts_on=date(2026, 2, 10), ends_on=date(2026, 5, 5))
    assert [str(one.due_on) for one in over(inside, date(2026, 1, 1), date(2027, 1, 1))] == [
        "2026-03-05",
        "2026-04-05",
    ]
    on_the_days = Duty("d", every="month", due="day 5", starts_on=date(2026, 2, 5), ends_on=date(2026, 4, 6))
    assert [
        one.due_on.month for one in over(on_the_days, date(2026, 1, 1), date(2027, 1, 1)) if one.due_on
    ] == [2, 3, 4]


def test_the_last_report_is_handed_in_after_the_duty_has_ended() -> None:
    report = Duty(
        "d", every="month", due="day 5", of="next", starts_on=date(2026, 2, 10), ends_on=date(2026, 4, 1)
    )
    found = over(report, date(2026, 1, 1), date(2027, 1, 1))
    assert [(name, start, str(one.due_on)) for (name, start, _), one in zip(spans(found), found, strict=True)] == [
        ("2026-02", "26-02-10", "2026-03-05"), ("2026-03", "26-03-01", "2026-04-05"),
    ]  # fmt: skip


def test_what_is_due_ahead_of_a_period_that_begins_with_the_duty_is_not_asked_for() -> None:
    ahead = Duty("d", every="month", due="3 d before start", starts_on=date(2026, 3, 1))
    assert [str(one.due_on) for one in over(ahead, date(2026, 1, 1), date(2026, 5, 1))] == [
        "2026-03-29",
        "2026-04-28",
    ]


def test_a_quarter_cut_by_the_birthday_asks_for_nothing_before_it_begins() -> None:
    calls = Duty("d", ages=BY_AGE, per="project", due="start")
    found = over(calls, date(2026, 1, 1), date(2026, 12, 1), project={"P-1": date(2025, 1, 15)})
    assert [one.id for one in found] == ["d/P-1/2026-01", "d/P-1/2026-Q2", "d/P-1/2026-Q3", "d/P-1/2026-Q4"]


def test_who_has_no_start_on_record_is_listed_beside() -> None:
    calls = Duty("calls", ages=BY_AGE, per="project")
    found = over(calls, date(2026, 1, 1), date(2026, 3, 1), project={"P-1": None, "P-2": date(2025, 9, 1)})
    assert [one.object for one in found] == ["P-2", "P-2"]
    assert [(one.object, one.state) for one in found.unplaced] == [("P-1", "unknown")]
    assert "the start of P-1, which is not on record" in str(found.unplaced[0].finding)
    nobody = over(calls, date(2026, 1, 1), date(2026, 3, 1))
    assert "owed to each project, and none was given" in str(nobody.unplaced[0].finding)
    assert over(calls, date(2026, 1, 1), date(2026, 3, 1), project={}).unplaced == ()


def test_a_duty_of_its_own_age_counts_from_its_start() -> None:
    duty = Duty(
        "d", ages=[{"every": "week", "up_to": "1 month"}, {"every": "month"}], starts_on=date(2026, 1, 15)
    )
    found = over(duty, date(2026, 1, 1), date(2026, 5, 1))
    assert [str(one.period) for one in found] == [
        "2026-W03", "2026-W04", "2026-W05", "2026-W06", "2026-W07", "2026-02", "2026-03", "2026-04",
    ]  # fmt: skip


def test_an_age_that_is_over_before_its_period_begins_has_no_period() -> None:
    """Six months old on 15 July, in a year that runs to December: there is no half-year left to be monthly in."""
    ages = [
        {"every": "year", "up_to": "6 months"},
        {"every": "month", "up_to": "8 months"},
        {"every": "quarter"},
    ]
    found = over(Duty("d", ages=ages, starts_on=date(2026, 1, 15)), date(2026, 1, 1), date(2027, 5, 1))
    assert [str(one.period) for one in found] == ["2026", "2027-Q1"]


def test_names_of_periods_are_those_that_people_write() -> None:
    found = {every: over(Duty("d", every=every), date(2026, 12, 1), date(2027, 1, 5))[0].period for every in
             ("day", "week", "month", "2 months", "quarter", "4 months", "half-year", "year")}  # fmt: skip
    assert {every: str(period) for every, period in found.items()} == {
        "day": "2026-12-01", "week": "2026-W49", "month": "2026-12", "2 months": "2026-11-01", "quarter": "2026-Q4",
        "4 months": "2026-09-01", "half-year": "2026-H2", "year": "2026",
    }  # fmt: skip
