"""An audit of numbers over a frame: what the audit of a list finds, each find with its row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service.analysis import audit_frame
from qms_service.errors import ColumnError, NaiveInstantError, UnknownNameError
from qms_service.instants import is_missing
from qms_service.numbering import LedgerEntry

CLAIMS = qms.NumberSeries(
    id="claim", pattern="MRKT-{YYYY}{MM}{seq:02}", reset="month", timezone="Asia/Shanghai",
    accepts=["MARKT-{YYYY}{MM}{seq:02}"],
)  # fmt: skip
PLANTS = qms.NumberSeries(id="rma", pattern="{plant}-{YYYY}-{seq}", reset="year", timezone="Europe/Berlin")
FOREVER = qms.NumberSeries(id="c", pattern="C{seq:03}", reset="never", timezone="UTC")
BERLIN = ZoneInfo("Europe/Berlin")
FINDINGS = ("duplicates", "holes", "disorder", "voided", "malformed")
KINDS: dict[str, Callable[[Any], Any]] = {"polars": pl.DataFrame, "pandas": pd.DataFrame, "pyarrow": pa.table}


def cells(frame: Any, column: str) -> list[Any]:  # noqa: ANN401  # a frame of any kind
    return [None if is_missing(value) else value for value in nw.from_native(frame)[column].to_list()]


def told(found: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401  # a frame of any kind
    names = ("finding", "row", "number", "first_row", "period", "seq", "last", "text")
    return [*zip(*(cells(found, name) for name in names), strict=True)]


def wanted(audit: qms.NumberAudit) -> list[tuple[Any, ...]]:
    """The same of the audit of a list."""
    return [
        (item.code, getattr(item, "row", None), getattr(item, "got", None) or getattr(item, "number", None),
         *(getattr(item, name, None) for name in ("first_row", "period", "seq", "last")), item.text())
        for field in FINDINGS for item in getattr(audit, field)
    ]  # fmt: skip


@st.composite
def columns(draw: st.DrawFn, series: qms.NumberSeries) -> tuple[list[str | None], list[date | None]]:
    """Numbers mostly in line, now and then twice, left out, swapped or broken; and dates mostly beside them."""
    numbers: list[str | None] = []
    dates: list[date | None] = []
    for month in draw(st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True)):
        on = date(2026, month, draw(st.integers(1, 28)))
        for seq in draw(
            st.lists(st.integers(1, 6), max_size=6)
            | st.integers(0, 8).map(lambda last: [*range(1, last + 1)])
        ):
            scope = {"plant": draw(st.sampled_from(["S1", "S2"]))} if series is PLANTS else None
            numbers.append(series.format(on, seq, scope))
            dates.append(draw(st.sampled_from([on, on, on, None, on + timedelta(days=40)])))
    if draw(st.booleans()):
        place = draw(st.integers(0, len(numbers)))
        numbers.insert(place, draw(st.sampled_from([None, "", "MRKT-2026130", "C000", "?"])))
        dates.insert(place, date(2026, 1, 1))
    return numbers, dates


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("series", [CLAIMS, PLANTS, FOREVER], ids=lambda series: series.id)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_is_found_is_what_the_audit_of_a_list_finds(
    kind: str, series: qms.NumberSeries, data: st.DataObject
) -> None:
    numbers, dates = data.draw(columns(series))
    frame = KINDS[kind]({"no": numbers, "on": dates})
    assert told(audit_frame(frame, series, number="no")) == wanted(qms.audit_numbers(series, numbers))
    assert told(audit_frame(frame, series, number="no", date="on")) == wanted(
        qms.audit_numbers(series, numbers, dates=dates)
    )
    assert type(audit_frame(frame, series, number="no")) is type(frame)


@pytest.mark.parametrize("kind", KINDS)
def test_instants_fall_on_the_dates_of_the_series_own_zone(kind: str) -> None:
    at = [datetime(2026, 3, 31, 20, tzinfo=UTC), datetime(2026, 3, 31, 12, tzinfo=UTC), None]
    numbers = ["MRKT-20260401", "MRKT-20260402", "MRKT-20260403"]
    found = audit_frame(
        KINDS[kind]({"no": numbers, "at": at, "case": ["a", "b", "c"]}),
        CLAIMS,
        number="no",
        date="at",
        case="case",
    )
    assert told(found) == wanted(qms.audit_numbers(CLAIMS, numbers, dates=at))
    assert (cells(found, "finding"), cells(found, "row"), cells(found, "case")) == (
        ["disorder.date"],
        [1],
        ["b"],
    )


@pytest.mark.parametrize("kind", KINDS)
def test_instants_without_a_zone_need_one(kind: str) -> None:
    at = [datetime(2026, 3, 31, 20), datetime(2026, 3, 29, 2, 30), datetime(2026, 4, 1)]  # noqa: DTZ001  # the case
    frame = KINDS[kind]({"no": ["MRKT-20260401", "MRKT-20260402", "MRKT-20260403"], "at": at})
    with pytest.raises(NaiveInstantError, match="timezone"):
        audit_frame(frame, CLAIMS, number="no", date="at")
    found = audit_frame(frame, CLAIMS, number="no", date="at", timezone="Europe/Berlin")
    assert cells(found, "finding") == ["malformed"]  # an hour that Berlin skips
    assert cells(found, "row") == [1]


def test_objects_of_pandas_are_read_one_by_one() -> None:
    dates = [date(2026, 4, 1), "yesterday", None, datetime(2026, 3, 31, 20, tzinfo=BERLIN)]
    numbers = [f"MRKT-2026040{seq}" for seq in (1, 2, 3, 4)]
    found = audit_frame(pd.DataFrame({"no": numbers, "on": dates}), CLAIMS, number="no", date="on")
    assert told(found) == wanted(qms.audit_numbers(CLAIMS, numbers, dates=dates))
    assert cells(found, "row") == [1]


@pytest.mark.parametrize("kind", KINDS)
def test_the_ledger_says_what_became_of_a_hole(kind: str) -> None:
    noon = datetime(2026, 4, 1, 12, tzinfo=UTC)
    with qms.adapters.memory.open().transaction() as work:
        numbers = [work.numbers.reserve(CLAIMS, at=noon) for _ in range(3)]
        work.numbers.void(CLAIMS, numbers[-1], reason="not sent", at=noon)
        ledger: list[LedgerEntry] = [*work.numbers.ledger(CLAIMS)]
    numbers = ["MRKT-20260401"]
    found = audit_frame(KINDS[kind]({"no": numbers}), CLAIMS, number="no", ledger=ledger)
    assert told(found) == wanted(qms.audit_numbers(CLAIMS, numbers, ledger=ledger))
    assert cells(found, "finding") == ["hole.reserved", "hole.void"]


def test_texts_in_the_readers_language_and_the_scope_beside_them() -> None:
    found = audit_frame(pl.DataFrame({"no": ["S1-2026-1", "S1-2026-3"]}), PLANTS, number="no", lang="zh")
    assert (cells(found, "scope"), cells(found, "period")) == (["plant=S1"], ["2026"])
    assert cells(found, "text")[0] == qms.audit_numbers(PLANTS, ["S1-2026-1", "S1-2026-3"]).holes[0].text(
        "zh"
    )


def test_nothing_is_found_where_nothing_is() -> None:
    for numbers in ([], ["C001", "C002"], [None]):
        frame = pl.DataFrame(
            {"no": numbers, "at": [None] * len(numbers)},
            schema={"no": pl.String, "at": pl.Datetime("us", "UTC")},
        )
        assert told(audit_frame(frame, FOREVER, number="no", date="at")) == wanted(
            qms.audit_numbers(FOREVER, numbers)
        )


def test_what_are_no_numbers_and_no_dates_is_refused() -> None:
    with pytest.raises(ColumnError) as raised:
        audit_frame(pl.DataFrame({"no": [20110501]}), CLAIMS, number="no")
    assert raised.value.code == "audit-frame-numbers"
    with pytest.raises(ColumnError) as raised:
        audit_frame(pl.DataFrame({"no": ["x"], "on": [1.5]}), CLAIMS, number="no", date="on")
    assert raised.value.code == "audit-frame-dates"
    with pytest.raises(UnknownNameError, match="no"):
        audit_frame(pl.DataFrame({"no": ["x"]}), CLAIMS, number="number")
