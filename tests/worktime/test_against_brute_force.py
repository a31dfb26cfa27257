"""Random calendars against a minute-by-minute oracle that shares no code with the library.

The oracle looks at every minute of a window on the wall of a zone, by the standard library alone. A wall
time begins at the first minute on which the wall shows at least that much: in a gap the moment of the
change, in a fold the first occurrence.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import attrs
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from qms_service.worktime import Term, WorkCalendar

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)
DAY_MINUTES = 1440
WINDOW_DAYS = 22
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
MinuteSpan = tuple[int, int]
Hours = tuple[MinuteSpan, ...]


class Wall:
    """Every minute of a window: where it begins in UTC, and from which minute on the wall shows a time."""

    def __init__(self, zone: str, first: date) -> None:
        tz = ZoneInfo(zone)
        self.begin = datetime(first.year, first.month, first.day, tzinfo=tz).astimezone(UTC)
        naive = datetime(first.year, first.month, first.day)  # noqa: DTZ001  # what the wall shows
        self.shown = [
            ((self.begin + n * MINUTE).astimezone(tz).replace(tzinfo=None) - naive) // MINUTE
            for n in range(WINDOW_DAYS * DAY_MINUTES)
        ]
        self.first_minute_showing: list[int] = []
        for minute, wall in enumerate(self.shown):
            self.first_minute_showing.extend([minute] * (wall + 1 - len(self.first_minute_showing)))


wall_of = cache(Wall)


class Oracle:
    """The open minutes of a window, one by one."""

    def __init__(self, zone: str, first: date, hours: dict[date, Hours]) -> None:
        self.wall = wall_of(zone, first)
        self.first = first
        self.spans: list[tuple[int, int, int]] = []  # day of the window, opening minute, closing minute
        self.open = bytearray(len(self.wall.shown))
        for number in range(WINDOW_DAYS - 2):
            for start, end in hours[first + timedelta(days=number)]:
                opening = self.wall.first_minute_showing[number * DAY_MINUTES + start]
                closing = self.wall.first_minute_showing[number * DAY_MINUTES + end]
                self.open[opening:closing] = b"\1" * (closing - opening)
                if opening < closing:
                    self.spans.append((number, opening, closing))

    def __repr__(self) -> str:
        return f"Oracle({self.first}, {self.spans})"

    def minute(self, at: datetime) -> int:
        return (at - self.wall.begin) // MINUTE

    def at(self, minute: int) -> datetime:
        return self.wall.begin + minute * MINUTE

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        if end < start:
            return -self.elapsed(end, start)
        total = timedelta()
        for minute in range(self.minute(start), self.minute(end) + 1):
            if self.open[minute]:
                total += max(timedelta(), min(end, self.at(minute + 1)) - max(start, self.at(minute)))
        return total

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """The earliest instant with so much work since the start, walking minute by minute."""
        for minute in range(self.minute(start), len(self.open)):
            if self.open[minute]:
                begin = max(start, self.at(minute))
                here = self.at(minute + 1) - begin
                if here >= amount:
                    return begin + amount
                amount -= here
        return None

    def before(self, start: datetime, amount: timedelta) -> datetime | None:
        """The latest instant with so much work until the start."""
        for minute in range(self.minute(start), -1, -1):
            if self.open[minute]:
                end = min(start, self.at(minute + 1))
                here = end - self.at(minute)
                if here >= amount:
                    return end - amount
                amount -= here
        return None

    def day_of(self, minute: int) -> int | None:
        return next((day for day, opening, closing in self.spans if opening <= minute < closing), None)

    def days_after(self, start: datetime, n: int) -> datetime | None:
        """The definition word by word: the N-th working day at the start's wall time, else the next opening."""
        base = start if self.open[self.minute(start)] else self.next_open(start)
        home = None if base is None else self.day_of(self.minute(base))
        day = None if home is None else self.nth(home, n)
        if base is None or home is None or day is None:
            return None
        target = self.same_wall_time(base, home, day)
        if target is None or self.day_of(self.minute(target)) == day:
            return target
        opening = self.at(min(opening for number, opening, _ in self.spans if number == day))
        return self.next_open(max(target, opening))

    def days_before(self, start: datetime, n: int) -> datetime | None:
        """The mirror image: an instant is worked when the one before it is."""
        base = self.previous_close(start)
        home = None if base is None else self.day_of(self.minute(base - INSTANT))
        day = None if home is None else self.nth(home, -n)
        if base is None or home is None or day is None:
            return None
        target = self.same_wall_time(base, home, day)
        if target is None or self.day_of(self.minute(target - INSTANT)) == day:
            return target
        closing = self.at(max(closing for number, _, closing in self.spans if number == day))
        return self.previous_close(min(target, closing))

    def same_wall_time(self, at: datetime, home: int, day: int) -> datetime | None:
        shown = self.wall.shown[self.minute(at)] + (day - home) * DAY_MINUTES
        if not 0 <= shown < len(self.wall.first_minute_showing):
            return None
        minute = self.wall.first_minute_showing[shown]
        skipped = self.wall.shown[minute] != shown
        return self.at(minute) + (timedelta() if skipped else at - self.at(self.minute(at)))

    def day_close(self, start: datetime, n: int) -> datetime | None:
        base = start if self.open[self.minute(start)] else self.next_open(start)
        home = None if base is None else self.day_of(self.minute(base))
        day = None if home is None else self.nth(home, n)
        return (
            None if day is None else self.at(max(close for number, _, close in self.spans if number == day))
        )

    def nth(self, home: int, n: int) -> int | None:
        days = sorted({number for number, _, _ in self.spans})
        wanted = days.index(home) + n
        return days[wanted] if 0 <= wanted < len(days) else None

    def next_open(self, at: datetime) -> datetime | None:
        minute = self.minute(at)
        if self.open[minute]:
            return at
        found = self.open.find(1, minute)
        return None if found < 0 else self.at(found)

    def previous_close(self, at: datetime) -> datetime | None:
        minute = self.minute(at - INSTANT)
        if self.open[minute]:
            return at
        found = self.open.rfind(1, 0, minute)
        return None if found < 0 else self.at(found + 1)

    def stretches(self, start: int, end: int) -> list[tuple[datetime, datetime]]:
        found = []
        minute = start
        while minute < end:
            closing = minute
            while closing < end and self.open[closing]:
                closing += 1
            if closing > minute:
                found.append((self.at(minute), self.at(closing)))
            minute = closing + 1
        return found


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
