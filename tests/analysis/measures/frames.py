"""Long results of `deadlines_frame` built by hand, in each kind of frame; and results as plain rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
from hypothesis import strategies as st

Row = dict[str, Any]
Frame = Any  # of whichever kind
Word = Any  # chosen by a test among those that are allowed
Bad = Any  # what a type checker would not let through
ZONE = "Asia/Shanghai"
SHANGHAI = ZoneInfo(ZONE)
NOW = datetime(2026, 4, 10, 9, tzinfo=SHANGHAI)
COLUMNS = {
    "case": "text", "clock": "category", "state": "category", "started_at": "instant", "due_at": "instant",
    "stopped_at": "instant", "original_due_at": "instant", "gross": "duration", "net": "duration",
}  # fmt: skip
STATES = (
    "not_started", "undecided", "running", "paused", "met", "met_late", "overdue", "not_applicable", "void",
    "unknown",
)  # fmt: skip
_ARROW = {
    "text": pa.string(),
    "category": pa.dictionary(pa.int32(), pa.string()),
    "instant": pa.timestamp("us", ZONE),
    "duration": pa.duration("us"),
}
_POLARS: dict[str, pl.DataType] = {
    "text": pl.String(),
    "category": pl.Categorical(),
    "instant": pl.Datetime("us", ZONE),
    "duration": pl.Duration("us"),
}


def _kinds(rows: Sequence[Row]) -> dict[str, str]:
    return COLUMNS | {name: "category" for row in rows[:1] for name in row if name not in COLUMNS}


def as_arrow(rows: Sequence[Row]) -> pa.Table:
    columns = {
        name: pa.array([row.get(name) for row in rows], _ARROW[kind if kind != "category" else "text"])
        for name, kind in _kinds(rows).items()
    }
    kinds = _kinds(rows)
    return pa.table(
        {
            name: column.dictionary_encode() if kinds[name] == "category" else column
            for name, column in columns.items()
        }
    )


def as_polars(rows: Sequence[Row]) -> pl.DataFrame:
    kinds = _kinds(rows)
    return pl.DataFrame(
        {
            name: pl.Series([_utc(row.get(name)) for row in rows], dtype=_through(kind)).cast(_POLARS[kind])
            for name, kind in kinds.items()
        }
    )


def _through(kind: str) -> pl.DataType:
    return (
        pl.Datetime("us", "UTC")
        if kind == "instant"
        else pl.String()
        if kind == "category"
        else _POLARS[kind]
    )


def _utc(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def as_pandas(rows: Sequence[Row]) -> pd.DataFrame:
    dtypes = {
        "text": "str", "category": "category", "instant": f"datetime64[us, {ZONE}]", "duration": "timedelta64[us]",
    }  # fmt: skip
    return pd.DataFrame(
        {
            name: pd.Series([_utc(row.get(name)) for row in rows], dtype="object").astype(dtypes[kind])  # type: ignore[call-overload]  # the stubs know names alone
            for name, kind in _kinds(rows).items()
        }
    )


KINDS: dict[str, Callable[[Sequence[Row]], Any]] = {
    "pandas": as_pandas, "polars": as_polars, "pyarrow": as_arrow,
}  # fmt: skip


def rows_of(frame: object) -> list[Row]:
    """A result as plain rows; what is missing is None, whatever mark its kind has for it."""
    table = nw.from_native(frame, eager_only=True)  # type: ignore[call-overload]
    return [
        {name: None if value is None or value is pd.NaT or value != value else _plain(value) for name, value in row.items()}  # noqa: PLR0124
        for row in table.iter_rows(named=True)
    ]  # fmt: skip


def _plain(value: object) -> object:
    return value.to_pytimedelta() if isinstance(value, pd.Timedelta) else value


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


_EARLIEST = datetime(2025, 12, 30, tzinfo=UTC)
instants = st.integers(0, 24 * 100).map(lambda hours: _EARLIEST + timedelta(hours=hours))
durations = st.integers(0, 40).map(lambda tens: timedelta(minutes=10 * tens, microseconds=tens % 3))


@st.composite
def deadlines(draw: st.DrawFn) -> Row:
    """Any row that a result may hold, with dirt in it."""
    started = draw(st.none() | instants)
    due = draw(st.none() | instants)
    return {
        "case": "C",
        "clock": draw(st.sampled_from(["answer", "analysis"])),
        "state": draw(st.sampled_from(STATES)),
        "started_at": started,
        "due_at": due,
        "stopped_at": draw(st.none() | instants),
        "original_due_at": draw(st.sampled_from([due, started]) | st.none() | instants),
        "gross": draw(st.none() | durations),
        "net": draw(st.none() | durations),
        "product": draw(st.sampled_from(["P1", "P2", None])),
    }


histories = st.lists(deadlines(), max_size=25)
kinds = st.sampled_from(sorted(KINDS))


def month_of(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(SHANGHAI):%Y-%m}"
