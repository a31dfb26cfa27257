"""Random calendars against an oracle that looks at every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from qms_service.worktime import Term, WorkCalendar

from .oracle import DAY_MINUTES, WINDOW_DAYS, Hours, Oracle

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Each window holds a change of the clock or a change of the year near its middle.
WINDOWS = (
    ("Europe/Berlin", date(2026, 3, 18)),
    ("Europe/Berlin", date(2026, 10, 14)),
    ("America/New_York", date(2026, 2, 25)),
    ("America/New_York", date(2026, 10, 21)),
    ("Asia/Shanghai", date(2025, 12, 20)),
    ("Australia/Lord_Howe", date(2026, 3, 25)),
    ("Australia/Lord_Howe", date(2026, 9, 23)),
    ("America/Havana", date(2026, 2, 25)),
    ("America/Havana", date(2026, 10, 21)),
)


@attrs.frozen
class Case:
    """A calendar of the library, the oracle of the same calendar, and a few instants in its middle."""

    cal: WorkCalendar
    oracle: Oracle
    one: datetime
    other: datetime


def text(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def written(hours: Hours) -> list[tuple[str, str]]:
    """The hours as a calendar writes them; an end past midnight is the time of the next day."""
    return [(text(start), text(end if end <= DAY_MINUTES else end - DAY_MINUTES)) for start, end in hours]


@st.composite
def day_hours(draw: st.DrawFn, *, nights: bool) -> Hours:
    """Up to three spans; with nights none starts before 05:00, so that a shift until then never overlaps."""
    lowest = 300 if nights else 0
    cuts = draw(st.lists(st.integers(lowest // 15, 96), max_size=6, unique=True))
    edges = [cut * 15 for cut in sorted(cuts)]
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    free = max([lowest, *(end for _, end in spans)])
    if nights and free < DAY_MINUTES and draw(st.booleans()):
        start = draw(st.integers(free // 15, 95)) * 15
        spans.append((start, DAY_MINUTES + draw(st.integers(0, 20)) * 15))
    return tuple(spans)


def windows() -> st.SearchStrategy[tuple[str, date]]:
    return st.sampled_from(WINDOWS)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, first = draw(windows())
    nights = draw(st.booleans())
    week = draw(st.lists(day_hours(nights=nights), min_size=7, max_size=7))
    dates = [first + timedelta(days=number) for number in range(WINDOW_DAYS)]
    exceptions = draw(st.dictionaries(st.sampled_from(dates), day_hours(nights=nights), max_size=6))
    hours = {day: exceptions.get(day, week[day.weekday()]) for day in dates}
    cal = WorkCalendar(
        timezone=zone,
        weekly={WEEKDAYS[n]: written(own) for n, own in enumerate(week)},
        exceptions={day: written(own) for day, own in exceptions.items()},
    )
    oracle = Oracle(zone, first, hours)
    return Case(cal, oracle, draw(instants(oracle)), draw(instants(oracle)))


@st.composite
def instants(draw: st.DrawFn, oracle: Oracle) -> datetime:
    """Somewhere in the middle of the window: at random, or at an edge, or a microsecond beside one."""
    low, high = 5 * DAY_MINUTES, 17 * DAY_MINUTES
    edges = [edge for _, *both in oracle.spans for edge in both if low <= edge < high]
    anywhere = st.integers(low, high)
    minute = draw(st.one_of(anywhere, st.sampled_from(edges)) if edges else anywhere)
    fine = draw(st.sampled_from((0, 0, 0, 1, -1, 30_000_000, 59_999_999)))
    return oracle.at(minute) + timedelta(microseconds=fine)


# A busy machine is no finding.
unhurried = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AMOUNTS = st.one_of(
    st.integers(1, 40 * 4).map(lambda quarters: timedelta(minutes=15 * quarters)),
    st.integers(1, 40 * 3600 * 10**6).map(lambda micros: timedelta(microseconds=micros)),
)


def in_utc(at: datetime) -> datetime:
    """Python calls two zones' datetimes unequal whenever one of them lies in a fold."""
    return at.astimezone(UTC)


@unhurried
@given(case=cases())
def test_elapsed_is_the_open_minutes_between(case: Case) -> None:
    assert case.cal.elapsed(case.one, case.other) == case.oracle.elapsed(case.one, case.other)


@unhurried
@given(case=cases(), amount=AMOUNTS)
def test_add_is_the_earliest_instant_with_so_much_work(case: Case, amount: timedelta) -> None:
    expected = case.oracle.after(case.one, amount)
    assume(expected is not None)
    assert in_utc(case.cal.add(case.one, amount)) == expected


@unhurried
@given(case=cases(), amount=AMOUNTS)
def test_add_goes_back_to_the_latest_instant_with_so_much_work(case: Case, amount: timedelta) -> None:
    expected = case.oracle.before(case.one, amount)
    assume(expected is not None)
    assert in_utc(case.cal.add(case.one, -amount)) == expected


@unhurried
@given(case=cases())
def test_is_open_in_the_open_minutes_only(case: Case) -> None:
    assert case.cal.is_open(case.one) == bool(case.oracle.open[case.oracle.minute(case.one)])


@unhurried
@given(case=cases())
def test_next_open_and_previous_close_are_the_nearest(case: Case) -> None:
    following, previous = case.oracle.next_open(case.one), case.oracle.previous_close(case.one)
    assume(following is not None and previous is not None)
    assert in_utc(case.cal.next_open(case.one)) == following
    assert in_utc(case.cal.previous_close(case.one)) == previous


@unhurried
@given(case=cases())
def test_spans_are_the_runs_of_open_minutes(case: Case) -> None:
    start, end = sorted(case.oracle.minute(at) for at in (case.one, case.other))
    found = case.cal.spans(case.oracle.at(start), case.oracle.at(end))
    assert [(in_utc(opening), in_utc(closing)) for opening, closing in found] == case.oracle.stretches(
        start, end
    )


@unhurried
@given(case=cases())
def test_a_working_day_is_a_date_on_which_a_span_starts(case: Case) -> None:
    working = {number for number, _, _ in case.oracle.spans}
    for number in range(WINDOW_DAYS - 2):
        assert case.cal.is_working_day(case.oracle.first + timedelta(days=number)) == (number in working)


@unhurried
@given(case=cases(), n=st.integers(1, 6))
def test_add_days_is_the_wall_time_on_the_nth_working_day(case: Case, n: int) -> None:
    expected = case.oracle.days_after(case.one, n)
    assume(expected is not None)
    assert in_utc(case.cal.add_days(case.one, n)) == expected


@unhurried
@given(case=cases(), n=st.integers(1, 6))
def test_add_days_back_is_the_mirror_image(case: Case, n: int) -> None:
    expected = case.oracle.days_before(case.one, n)
    assume(expected is not None)
    assert in_utc(case.cal.add_days(case.one, -n)) == expected


@unhurried
@given(case=cases(), n=st.integers(0, 6))
def test_end_of_day_is_the_close_of_the_nth_working_day(case: Case, n: int) -> None:
    expected = case.oracle.day_close(case.one, n)
    assume(expected is not None)
    term = Term.parse(f"{n} working d, end of day" if n else "same day")
    assert in_utc(term.after(case.one, case.cal)) == expected


@unhurried
@given(case=cases(), n=st.integers(1, 5))
def test_closed_stretches_fill_what_is_not_open(case: Case, n: int) -> None:
    start = int(case.one.timestamp()) * 10**6
    end = start + n * 86_400 * 10**6
    inside = case.cal.inside
    open_time = sum(closing - opening for opening, closing in inside.open_spans(start, end))
    closed = list(inside.closed_stretches(start, end))
    assert open_time + sum(stretch.end_us - stretch.start_us for stretch in closed) == end - start
    assert not any(inside.is_open(stretch.start_us) for stretch in closed)
    assert not any(inside.is_open(stretch.end_us - 1) for stretch in closed)
