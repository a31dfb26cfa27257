"""Instants: what is taken, what is refused, and which marks of a table mean that nothing is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from qms_service.errors import NaiveInstantError
from qms_service.instants import instant, is_missing, utc, zone_of


class Mute(tzinfo):
    """A zone that cannot tell its offset."""

    def utcoffset(self, _at: datetime | None) -> timedelta:
        raise NotImplementedError

    def dst(self, _at: datetime | None) -> timedelta:
        raise NotImplementedError

    def tzname(self, _at: datetime | None) -> str:
        raise NotImplementedError


class Garbled(Mute):
    def utcoffset(self, _at: datetime | None) -> Any:  # noqa: ANN401  # the mistake
        return "+08:00"

    def __repr__(self) -> str:
        return "Garbled()"


class Berlin(tzinfo):
    """A zone of the caller's own, under a name that no list of zones has."""

    def __init__(self, name: str) -> None:
        self.key = name

    def utcoffset(self, _at: datetime | None) -> timedelta:
        return timedelta(hours=1)

    def dst(self, _at: datetime | None) -> timedelta:
        return timedelta(0)

    def tzname(self, _at: datetime | None) -> str:
        return "CET"


@pytest.mark.parametrize("mark", [None, float("nan"), pd.NaT, pd.NA, np.float64("nan"), np.datetime64("NaT")])
def test_the_marks_of_tables_mean_that_nothing_is_there(mark: object) -> None:
    assert is_missing(mark)


@pytest.mark.parametrize(
    "value", [0, "", False, Decimal("sNaN"), np.array([1, 2]), datetime(2026, 3, 2, tzinfo=UTC)]
)
def test_a_value_is_no_mark(value: object) -> None:
    assert not is_missing(value)


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (None, "None has no time zone"),
        (5, "5 has no time zone"),
        ("2026-03-02", "'2026-03-02' has no time zone"),
        (pd.NaT, "NaT has no time zone"),
        (pd.NA, "<NA> has no time zone"),
        (datetime(2026, 3, 2, 9), "2026-03-02 09:00 has no time zone"),  # noqa: DTZ001  # the mistake
        (datetime(2026, 3, 2, 9, tzinfo=Mute()), "datetime.datetime(2026, 3, 2, 9, 0, tzinfo="),
        (datetime(2026, 3, 2, 9, tzinfo=Garbled()), "tzinfo=Garbled()) has no time zone"),
    ],
)  # fmt: skip
def test_what_is_no_instant_is_refused_and_shown_as_it_is(got: object, said: str) -> None:
    for read in (instant, utc):
        with pytest.raises(NaiveInstantError) as refused:
            read(got)
        assert said in str(refused.value)
        assert refused.value.text("zh")


@pytest.mark.parametrize("name", ["my/berlin", "../etc", "/abs", "", "a\0b"])
def test_a_zone_under_a_name_that_nobody_knows_keeps_its_own_rules(name: str) -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=Berlin(name))
    assert utc(at) == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert zone_of(at) is at.tzinfo
    assert instant(at).utcoffset() == timedelta(hours=1)


def test_a_zone_with_a_known_name_is_that_zone() -> None:
    assert str(zone_of(datetime(2026, 3, 2, tzinfo=ZoneInfo("Europe/Berlin")))) == "Europe/Berlin"
    assert instant(datetime(2026, 3, 2, tzinfo=timezone(timedelta(hours=-3)))).utcoffset() == timedelta(
        hours=-3
    )
    assert str(zone_of(datetime(2026, 3, 2, tzinfo=UTC))) == "UTC"
