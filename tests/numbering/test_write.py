"""How a number is written: its business date, its scope, its serial."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_service.errors import NaiveInstantError, NumberError, NumberOverflowError
from qms_service.numbering import NumberSeries

from .oracle import write

DAY = date(2026, 3, 2)
CLAIM = NumberSeries(id="claim", pattern="MRKT-{YYYY}{MM}{seq:02}", reset="month", timezone="Asia/Shanghai")
PLANT = NumberSeries(id="rma", pattern="{plant}-{YYYY}-{seq:03}", reset="year", timezone="UTC")
YEARS = (datetime(1990, 1, 1), datetime(2037, 1, 1))  # noqa: DTZ001  # hypothesis adds the zone
ZONES = (
    "Pacific/Kiritimati",
    "Asia/Shanghai",
    "Europe/Berlin",
    "UTC",
    "America/New_York",
    "Pacific/Pago_Pago",
)


def test_the_example_of_the_clause() -> None:
    assert CLAIM.format(date(2011, 5, 1), 1) == "MRKT-20110501"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{YYYY}-{seq}", "2026-7"),
        ("{YY}-{seq:03}", "26-007"),
        ("{YYYY}{MM}{DD}-{seq:01}", "20260302-7"),
        ("{YYYY}Q{Q}-{seq}", "2026Q1-7"),
        ("{GGGG}W{WW}-{seq}", "2026W10-7"),
        ("FY{FY}-{seq}", "FY2025-7"),
        ("年{YYYY}第{seq:04}号", "年2026第0007号"),
    ],
)
def test_each_token_shows_its_part_of_the_date(pattern: str, text: str) -> None:
    series = NumberSeries(id="x", pattern=pattern, timezone="UTC", fiscal_year_start=4)
    assert series.format(DAY, 7) == text


def test_days_around_new_year_belong_to_their_week() -> None:
    series = NumberSeries(id="x", pattern="{GGGG}{WW}-{seq}", reset="week", timezone="UTC")
    days = {date(2024, 12, 29): "202452", date(2024, 12, 30): "202501", date(2027, 1, 3): "202653"}
    for day, week in days.items():
        assert series.format(day, 1) == f"{week}-1"
        assert series.period(day) == f"{week[:4]}-W{week[4:]}"


@pytest.mark.parametrize(
    ("reset", "period"),
    [
        ("never", ""),
        ("year", "2026"),
        ("fiscal-year", "FY2025"),
        ("quarter", "2026-Q1"),
        ("month", "2026-03"),
        ("week", "2026-W10"),
        ("day", "2026-03-02"),
    ],
)
def test_each_reset_has_its_period(reset: Any, period: str) -> None:  # noqa: ANN401
    series = NumberSeries(
        id="x", pattern="{YYYY}{MM}{DD}-{seq}", reset=reset, timezone="UTC", fiscal_year_start=4
    )
    assert series.period(DAY) == period
    assert series.slot(DAY).period == period


@given(
    at=st.datetimes(*YEARS, timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
)
def test_an_instant_has_the_date_that_the_zone_shows(at: datetime, zone: str) -> None:
    series = NumberSeries(id="x", pattern="{YYYY}{MM}{DD}-{seq}", reset="day", timezone=zone)
    there = at.astimezone(ZoneInfo(zone)).date()
    assert series.business_date(at) == there
    assert series.format(at, 3) == f"{there:%Y%m%d}-3"
    assert series.period(pendulum.instance(at)) == there.isoformat()


def test_an_hour_before_midnight_east_and_west_of_utc() -> None:
    at = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    assert CLAIM.format(at, 1) == "MRKT-20260101"
    west = NumberSeries(id="c", pattern="{YYYY}{MM}{seq:02}", reset="month", timezone="America/New_York")
    assert west.format(at + timedelta(hours=12), 1) == "20251201"


def test_an_instant_on_the_clock_of_the_series_has_the_date_that_it_shows() -> None:
    assert CLAIM.business_date(pendulum.datetime(2026, 3, 2, 0, 30, tz="Asia/Shanghai")) == DAY


def test_a_date_is_taken_as_it_is() -> None:
    assert CLAIM.business_date(pendulum.date(2026, 3, 2)) == DAY
    assert type(CLAIM.business_date(pendulum.date(2026, 3, 2))) is date


@pytest.mark.parametrize("at", [datetime(2026, 3, 2), "2026-03-02", None, pd.NaT, 5])  # noqa: DTZ001
def test_what_is_no_date_is_refused(at: Any) -> None:  # noqa: ANN401
    with pytest.raises(NaiveInstantError):
        CLAIM.format(at, 1)


@pytest.mark.parametrize("seq", [0, -1, True, 1.0, "1", None])
def test_a_serial_is_a_whole_number_from_one(seq: Any) -> None:  # noqa: ANN401
    with pytest.raises(NumberError, match="whole number from 1"):
        CLAIM.format(DAY, seq)


def test_the_hundredth_of_two_digits_is_refused_with_the_last_and_what_to_do() -> None:
    with pytest.raises(NumberOverflowError) as caught:
        CLAIM.format(DAY, 100)
    assert caught.value.last == 99
    assert str(caught.value) == (
        "Series claim has no number behind MRKT-20260399 in this period. Let it have more digits with "
        'overflow="widen" where its pattern can still be read then, or begin a new series.'
    )
    assert "MRKT-20260399" in caught.value.text("zh")


def test_a_series_that_widens_goes_on_until_no_column_can_hold_the_serial() -> None:
    series = NumberSeries(id="x", pattern="C{YYYY}-{seq:02}", reset="year", timezone="UTC", overflow="widen")
    assert [series.format(DAY, seq) for seq in (1, 99, 100, 10**17)] == [
        "C2026-01",
        "C2026-99",
        "C2026-100",
        "C2026-100000000000000000",
    ]
    with pytest.raises(NumberOverflowError, match="Begin a new series"):
        series.format(DAY, 10**18)
    assert series.slot(DAY).last == 10**18 - 1 < 2**63


@pytest.mark.parametrize("scope", [None, {}, {"plant": "A", "line": "1"}, {"line": "1"}])
def test_a_scope_has_exactly_the_names_of_the_pattern(scope: dict[str, str] | None) -> None:
    with pytest.raises(NumberError, match="needed is exactly plant"):
        PLANT.format(DAY, 1, scope)
    with pytest.raises(NumberError, match="needed is exactly –"):
        CLAIM.slot(DAY, {"plant": "A"})


@pytest.mark.parametrize("value", ["", "A-1", "A 1", "é", "１", 1, None])
def test_a_value_of_a_scope_has_letters_and_digits(value: Any) -> None:  # noqa: ANN401
    with pytest.raises(NumberError, match="A–Z, a–z"):
        PLANT.format(DAY, 1, {"plant": value})


@pytest.mark.parametrize("year", [1999, 2100])
def test_a_year_of_two_digits_stands_for_one_century(year: int) -> None:
    series = NumberSeries(id="x", pattern="{YY}-{seq}", reset="year", timezone="UTC")
    assert series.format(date(2000, 1, 1), 1) == "00-1"
    assert series.format(date(2099, 12, 31), 1) == "99-1"
    with pytest.raises(NumberError, match="2000 to 2099"):
        series.format(date(year, 6, 1), 1)


def test_a_slot_is_one_counter_seen_from_one_date() -> None:
    slot = PLANT.slot(DAY, {"plant": "S1"})
    assert (slot.series, slot.period, dict(slot.scope), slot.on) == ("rma", "2026", {"plant": "S1"}, DAY)
    assert (slot.before, slot.after, slot.width, slot.last) == ("S1-2026-", "", 3, 999)
    assert slot.number(7) == "S1-2026-007" == write(PLANT.pattern, DAY, 7, {"plant": "S1"})
    assert slot.overflow().last == 999


@pytest.mark.parametrize("scope", ["A", 5, {1: "A"}])
def test_a_scope_that_is_no_table_is_told_what_is_needed(scope: Any) -> None:  # noqa: ANN401  # the mistake that is tested
    plants = NumberSeries(id="rma", pattern="{plant}-{YYYY}-{seq}", reset="year", timezone="UTC")
    with pytest.raises(NumberError) as refused:
        plants.format(date(2026, 3, 2), 1, scope)
    assert (refused.value.code, refused.value.operands["allowed"]) == ("number-scope", ("plant",))
