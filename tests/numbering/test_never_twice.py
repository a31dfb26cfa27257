"""Documents in any order, dated back or ahead, on either side of midnight or New Year, never get one number twice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.numbering import NumberSeries

ZONES = ["Pacific/Kiritimati", "Asia/Shanghai", "Australia/Lord_Howe", "Europe/Berlin", "UTC", "America/New_York",
         "Pacific/Pago_Pago"]  # fmt: skip
SERIES = [
    ("{seq}", "never"),
    ("{YYYY}-{seq:03}", "year"),
    ("FY{FY}-{seq:03}", "fiscal-year"),
    ("{YYYY}{MM}-{seq:03}", "fiscal-year"),
    ("{YY}Q{Q}-{seq:03}", "quarter"),
    ("{YYYY}{MM}{seq:03}", "month"),
    ("{FY}{MM}{seq:03}", "month"),
    ("{GGGG}{WW}{seq:03}", "week"),
    ("{YYYY}{MM}{DD}{seq:03}", "week"),
    ("{YYYY}{MM}{DD}{seq:03}", "day"),
    ("{YYYY}{WW}{DD}{seq:03}", "day"),
]
EDGES = st.sampled_from([datetime(2024, 12, 31, 12), datetime(2025, 3, 30, 1), datetime(2026, 1, 1, 0)])  # noqa: DTZ001
MOMENTS = st.builds(
    lambda edge, minutes: edge.replace(tzinfo=UTC) + timedelta(minutes=minutes),
    EDGES,
    st.integers(-4000, 4000),
) | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def first_day(reset: str, day: date, start: int) -> date:
    """The first day of the period of a day, by the calendar alone."""
    if reset == "never":
        return date(2000, 1, 1)
    if reset == "week":
        return day - timedelta(days=day.weekday())
    while True:
        month = {"year": day.month == 1, "fiscal-year": day.month == start, "quarter": day.month % 3 == 1}
        if reset == "day" or (day.day == 1 and month.get(reset, True)):
            return day
        day -= timedelta(days=1)


@settings(max_examples=200, deadline=None)
@given(
    kind=st.sampled_from(SERIES),
    zone=st.sampled_from(ZONES),
    start=st.integers(1, 12),
    moments=st.lists(MOMENTS | st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=1, max_size=40),
)
def test_no_two_documents_share_a_number(kind: Any, zone: str, start: int, moments: list[date]) -> None:  # noqa: ANN401
    pattern, reset = kind
    series = NumberSeries(id="x", pattern=pattern, reset=reset, timezone=zone, fiscal_year_start=start)
    counters, expected, numbers = Counter[object](), Counter[date](), list[str]()
    for at in moments:
        slot = series.slot(at)
        counters[slot.series, slot.scope, slot.period] += 1
        day = at.astimezone(ZoneInfo(zone)).date() if isinstance(at, datetime) else at
        expected[first_day(reset, day, start)] += 1
        numbers.append(slot.number(counters[slot.series, slot.scope, slot.period]))
        parts = series.parse(numbers[-1])
        assert parts.period == slot.period
        assert parts.seq == expected[first_day(reset, day, start)]
    assert len(set(numbers)) == len(numbers)
    assert sorted(counters.values()) == sorted(expected.values())


@settings(max_examples=50, deadline=None)
@given(
    plants=st.lists(st.text("A1", min_size=1, max_size=3), min_size=1, max_size=30),
    days=st.lists(st.dates(date(2025, 12, 25), date(2026, 1, 7)), min_size=30, max_size=30),
)
def test_each_value_of_a_scope_counts_by_itself(plants: list[str], days: list[date]) -> None:
    series = NumberSeries(id="x", pattern="{plant}{YYYY}{seq:02}", reset="year", timezone="UTC")
    counters, numbers = Counter[tuple[str, int]](), list[str]()
    for plant, day in zip(plants, days, strict=False):
        counters[plant, day.year] += 1
        numbers.append(series.format(day, counters[plant, day.year], {"plant": plant}))
        assert (series.parse(numbers[-1]).plant, series.parse(numbers[-1]).year) == (plant, day.year)
    assert len(set(numbers)) == len(numbers)
