"""Zones whose names have more than letters and a slash: pandas columns of them are of no type to narwhals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

import qms_service as qms

NOW = datetime(2026, 4, 10, tzinfo=UTC)
ZONES = (
    "America/New_York",
    "America/Argentina/Buenos_Aires",
    "America/Port-au-Prince",
    "Etc/GMT+5",
    "Asia/Shanghai",
)


def frame_in(zone: str) -> pd.DataFrame:
    """Two clocks: in all of these zones but Shanghai's the first started in the month before."""
    at = (
        pd.Series(pd.to_datetime(["2026-03-01T02:00Z", "2026-03-05T02:00Z"]))
        .dt.as_unit("us")
        .dt.tz_convert(zone)
    )
    return pd.DataFrame({
        "case": ["C-1", "C-2"], "customer": "ACME", "clock": "answer", "state": ["met", "overdue"], "started_at": at,
        "stopped_at": [at[0], pd.NaT], "due_at": at + timedelta(days=1), "original_due_at": at + timedelta(days=1),
    })  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_a_month_is_that_of_the_column_s_own_zone(zone: str) -> None:
    first = "2026-03" if zone == "Asia/Shanghai" else "2026-02"
    rates = dict(qms.analysis.on_time(frame_in(zone)).groupby("month")["met"].sum())
    assert {month for month, met in rates.items() if met} == {first}


@pytest.mark.parametrize("zone", ZONES)
def test_every_measure_reads_it(zone: str) -> None:
    frame = frame_in(zone)
    assert qms.analysis.on_time(frame, counted="gross", now=NOW)["decided"].sum() == 2
    assert qms.analysis.open_and_late(frame, now=NOW)["late"].iloc[-1] == 1
    assert qms.analysis.time_to_step(frame, counted="wall")["done"].tolist() == [1]
    back = qms.analysis.repeats(frame, keys=["customer"], at="started_at", within=timedelta(days=5), now=NOW)
    assert back["came_back"].tolist() == [1]
    by_month = qms.analysis.repeats(
        frame, keys=["customer"], at="started_at", within=timedelta(days=5), now=NOW, by="month"
    )
    assert len(by_month) == (1 if zone == "Asia/Shanghai" else 2)


@pytest.mark.parametrize("zone", ZONES)
def test_its_instants_are_those_of_any_other_zone(zone: str) -> None:
    frame = frame_in(zone)
    frame["utc"] = frame["started_at"].dt.tz_convert("UTC")
    own, utc = (
        qms.analysis.deadlines_frame(
            frame, qms.load_rulebook("pcb-maker"), case="case", events={"forwarded": column}, now=NOW
        )
        for column in ("started_at", "utc")
    )
    pd.testing.assert_frame_equal(own, utc)
    assert own["due_at"].notna().any()
