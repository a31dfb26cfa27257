"""Time to each step (各步骤用时): from the start of a clock to its stop, the median and other percentiles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Final, Literal, cast

import narwhals as nw
import numpy as np
from narwhals.typing import IntoDataFrameT
from numpy.typing import NDArray

from qms_service.analysis.measures.rows import check_choice, deadline_rows
from qms_service.analysis.read import Table
from qms_service.errors import AmountError

_DONE: Final = ("met", "met_late")
_OPEN: Final = ("undecided", "running", "paused", "overdue")
_WHOLE: Final = 100


def time_to_step(
    frame: IntoDataFrameT,
    *,
    counted: Literal["net", "gross", "wall"] = "net",
    percentiles: Sequence[float | Fraction] = (50, 80, 90, 95),
) -> IntoDataFrameT:
    """How long each step took: `p50` is the median, and nine of ten took no longer than `p90`.

    Counted: the clocks that were stopped (`met` or `met_late`), in `done`. Those that still run are in no
    percentile, since nobody knows how long they will take; `open` says how many they are. Where many are
    open, the percentiles flatter. One that was stopped beyond what its calendar knows has no figure and is in
    neither.
    Window: all rows of the frame; filter it first for a shorter one.
    Source: the long result of `deadlines_frame`, columns `clock, state` and `net`, `gross`, or `started_at` and
    `stopped_at`.

    Args:
        frame: The long result of `deadlines_frame`: pandas, polars or pyarrow.
        counted: `"net"` and `"gross"` are in the measure of the clock: working time for a term in working
            time; `"net"` is without pauses. `"wall"` is real time, what the other side waited.
        percentiles: From 0 to 100; each becomes a column `p<percentile>`.

    Returns:
        A frame of the same kind: `clock, done, open` and a column of durations for each percentile, null
        (unknown, not 0) where nothing was done. Sorted by clock. A percentile p of n times in order lies at
        place (n - 1) p / 100 from the first, between two of them in proportion (Hyndman and Fan's type 7, as
        in numpy, pandas and the PERCENTILE.INC of spreadsheets), rounded half up to whole microseconds.

    Raises:
        UnknownNameError: A column is missing, or `counted` is another word.
        ColumnError: The frame or a column is of another kind.
        AmountError: A percentile is no number from 0 to 100.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"clock": "answer", "state": ["met", "met", "overdue"],
    ...                       "net": pd.to_timedelta(["4h", "6h", "50h"])})
    >>> time_to_step(frame, percentiles=[50])
        clock  done  open             p50
    0  answer     2     1 0 days 05:00:00
    """
    check_choice(counted, ("net", "gross", "wall"))
    shares = {_column(one): _share(one) for one in percentiles}
    needed = ("started_at", "stopped_at") if counted == "wall" else (counted,)
    rows = deadline_rows(frame, "clock", "state", *needed)
    took = nw.col("stopped_at") - nw.col("started_at") if counted == "wall" else nw.col(counted)
    told = rows.select("clock", "state", took=took)
    kinds = {"clock": nw.String(), "done": nw.Int64(), "open": nw.Int64()}
    kinds |= {name: nw.Duration("us") for name in shares}
    clocks = sorted(clock for clock in told["clock"].unique().to_list() if isinstance(clock, str))
    lines = [_line(clock, told, tuple(shares.values())) for clock in clocks]
    table = {name: [line[place] for line in lines] for place, name in enumerate(kinds)}
    return cast("IntoDataFrameT", nw.from_dict(table, kinds, backend=rows.implementation).to_native())


def _line(clock: str, rows: Table, shares: Sequence[Fraction]) -> tuple[object, ...]:
    """A row of the result."""
    mine = rows.filter(nw.col("clock") == clock)
    took = mine.filter(nw.col("state").is_in(_DONE))["took"].drop_nulls()
    times = took.dt.total_microseconds().to_numpy()
    still = len(mine.filter(nw.col("state").is_in(_OPEN)))
    return clock, len(times), still, *_quantiles(times, shares)


def _share(percentile: object) -> Fraction:
    try:
        share = Fraction(str(percentile)) / _WHOLE
    except (ValueError, ZeroDivisionError):
        raise AmountError("measure-percentile", got=repr(percentile)) from None
    if isinstance(percentile, bool) or not 0 <= share <= 1:
        raise AmountError("measure-percentile", got=repr(percentile))
    return share


def _column(percentile: object) -> str:
    return f"p{percentile}".removesuffix(".0")


def _quantiles(times: NDArray[np.int64], shares: Sequence[Fraction]) -> list[timedelta | None]:
    """Each in whole numbers, for a float has not every microsecond of a long time."""
    if not len(times):
        return [None] * len(shares)
    places = [share * (len(times) - 1) for share in shares]
    below = [int(place) for place in places]
    above = [min(place + 1, len(times) - 1) for place in below]
    ranked = np.partition(times, sorted({*below, *above}))
    found: list[timedelta | None] = []
    for place, low, high in zip(places, below, above, strict=True):
        first, last = int(ranked[low]), int(ranked[high])
        exact = first + (last - first) * (place - low)
        found.append(timedelta(microseconds=int((exact + Fraction(1, 2)) // 1)))
    return found
