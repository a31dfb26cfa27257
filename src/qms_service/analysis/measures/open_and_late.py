"""Open and late (未完成与逾期): how many clocks stood open at each month's end, and how many of them were late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Final, cast

import attrs
import narwhals as nw
from narwhals.typing import IntoDataFrameT

from qms_service.analysis.measures.months import NO_MONTH, by_utc, month_now, month_number, month_text
from qms_service.analysis.measures.rows import deadline_rows, in_words, without_target
from qms_service.analysis.read import Table
from qms_service.instants import utc

_COUNTED: Final = ("running", "paused", "overdue", "met", "met_late")


def open_and_late(frame: IntoDataFrameT, *, now: datetime) -> IntoDataFrameT:
    """How many clocks were open at the end of each month, and how many of these were past their due time.

    `open`: started by then and not stopped. `late`: of these, due before then. `share` = late / open.
    Window: the last microsecond of each month, on the clock of the column's zone, from the first start on;
    of the month in which now lies, now itself. A month in which nothing happens has its row too.
    Counted are clocks with a due time that are running, paused, overdue, met or met late; those due "at once",
    undecided, void, not applicable or unknown are not. Due times are those known now: a pause or an extension
    that came after a month's end has moved them for that month too.
    Source: the long result of `deadlines_frame`, columns `clock, state, started_at, stopped_at, due_at,
    original_due_at`.

    Args:
        frame: The long result of `deadlines_frame`: pandas, polars or pyarrow.
        now: The moment at which the frame was judged; aware.

    Returns:
        A frame of the same kind: `clock, month, open, late, share`, sorted by clock and month. `share` is from 0
        to 1 and null (unknown, not 0) where none is open.

    Raises:
        UnknownNameError: A column is missing.
        ColumnError: The frame or a column is of another kind, or its instants have no zone.
        NaiveInstantError: now has no zone.

    >>> import pandas as pd, pendulum
    >>> frame = pd.DataFrame({"clock": "answer", "state": ["met_late", "running"],
    ...     "started_at": pd.to_datetime(["2026-01-05", "2026-02-20"], utc=True),
    ...     "stopped_at": pd.to_datetime(["2026-02-03", None], utc=True),
    ...     "due_at": pd.to_datetime(["2026-01-07", "2026-03-20"], utc=True)})
    >>> frame["original_due_at"] = frame["due_at"]
    >>> open_and_late(frame, now=pendulum.datetime(2026, 3, 2))
        clock    month  open  late  share
    0  answer  2026-01     1     1    1.0
    1  answer  2026-02     1     0    0.0
    2  answer  2026-03     1     0    0.0
    """
    rows = deadline_rows(frame, "clock", "state", "started_at", "stopped_at", "due_at", "original_due_at")
    last = month_now(rows, "started_at", now)
    table: dict[str, list[object]] = {name: [] for name in ("clock", "month", "open", "late", "share")}
    for stock in _stocks(_months(rows, nw.lit(utc(now)))):
        for month, is_open, late in stock.months(last):
            values = (stock.clock, month_text(month), is_open, late, late / is_open if is_open else None)
            for column, value in zip(table.values(), values, strict=True):
                column.append(value)
    kinds = dict(zip(table, (nw.String(), nw.String(), nw.Int64(), nw.Int64(), nw.Float64()), strict=True))
    return cast("IntoDataFrameT", nw.from_dict(table, kinds, backend=rows.implementation).to_native())


@attrs.define
class _Stock:
    """What one clock gains and loses in each month."""

    clock: str
    opened: Counter[int] = attrs.field(factory=Counter)
    late: Counter[int] = attrs.field(factory=Counter)

    def months(self, last: int) -> Iterator[tuple[int, int, int]]:
        """Each month with what is open and what is late at its end."""
        span = range(min(self.opened), last + 1)
        is_open = accumulate(self.opened[month] for month in span)
        return zip(span, is_open, accumulate(self.late[month] for month in span), strict=True)


def _months(rows: Table, now: nw.Expr) -> Table:
    """How many clocks there are of each month of start, of stop, and from which on they were late."""
    started, stopped, due = nw.col("started_at"), nw.col("stopped_at"), nw.col("due_at")
    counted = rows.filter(
        nw.col("state").is_in(_COUNTED) & ~without_target() & (by_utc(rows, "started_at") <= now)
    )
    is_late = (by_utc(rows, "due_at") < now).fill_null(value=False)
    has_stopped = (by_utc(rows, "stopped_at") <= now).fill_null(value=False)
    groups = (
        counted.select(
            "clock",
            start=month_number(started),
            stop=nw.when(has_stopped).then(month_number(stopped)).otherwise(NO_MONTH),
            late=nw.when(is_late).then(month_number(due + timedelta(microseconds=1))).otherwise(NO_MONTH),
        )
        .group_by("clock", "start", "stop", "late")
        .agg(rows=nw.len())
    )
    return in_words(groups).sort("clock")


def _stocks(months: Table) -> Iterator[_Stock]:
    stocks: dict[str, _Stock] = {}
    for clock, start, stop, late, number in months.iter_rows():
        stock = stocks.setdefault(clock, _Stock(clock))
        stock.opened[start] += number
        stop = stop and max(start, stop)  # noqa: PLW2901  # a stop before the start leaves it never open
        if stop:
            stock.opened[stop] -= number
        late_from = max(start, late)
        if late and not (stop and stop <= late_from):
            stock.late[late_from] += number
            stock.late[stop] -= number  # of one that has not stopped under 0, which no month has
    yield from stocks.values()
