"""The years at either end of dates, where a zone's clock would show a year 0 or 10000."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pendulum
import pytest

from qms_service.errors import CalendarHorizonError, FactValueError, InstantRangeError
from qms_service.facts import FactType
from qms_service.instants import from_micros, instant, micros, utc

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES: tuple[tzinfo, ...] = (
    SHANGHAI, ZoneInfo("America/New_York"), timezone(timedelta(hours=8)), timezone(timedelta(hours=-8)), UTC,
)  # fmt: skip


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("wall", [datetime.min, datetime(2, 12, 31), datetime(9998, 1, 1), datetime.max])  # noqa: DTZ001, DTZ901  # what the wall shows
def test_an_instant_of_a_year_that_no_calendar_computes_is_refused(wall: datetime, zone: tzinfo) -> None:
    with pytest.raises(InstantRangeError, match="outside the years 3 to 9997") as refused:
        instant(wall.replace(tzinfo=zone))
    assert isinstance(refused.value, ValueError)
    assert isinstance(refused.value, CalendarHorizonError)
    assert refused.value.known_until is None
    assert refused.value.operands["got"] == str(wall.replace(tzinfo=zone))


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("wall", [datetime(3, 1, 1), datetime(9997, 12, 31, 23, 59)])  # noqa: DTZ001  # what the wall shows
def test_the_first_and_the_last_year_are_taken(wall: datetime, zone: tzinfo) -> None:
    at = wall.replace(tzinfo=zone)
    assert instant(at) == at


def test_a_pendulum_instant_is_no_exception() -> None:
    with pytest.raises(InstantRangeError, match="9999-12-31"):
        instant(pendulum.datetime(9999, 12, 31, tz="Asia/Shanghai"))


def test_what_no_clock_shows_cannot_be_handed_out() -> None:
    before = micros(datetime(1, 1, 1, tzinfo=SHANGHAI))
    with pytest.raises(InstantRangeError):
        from_micros(before, UTC)
    with pytest.raises(InstantRangeError):
        utc(datetime(1, 1, 1, tzinfo=SHANGHAI))


def test_such_an_instant_as_a_fact_is_a_mistake_in_that_fact() -> None:
    with pytest.raises(FactValueError, match="agreed_at"):
        FactType(kind="instant").read("agreed_at", datetime(9999, 12, 31, tzinfo=UTC))
