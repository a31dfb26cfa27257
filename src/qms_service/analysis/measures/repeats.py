"""Repeats (重复发生): cases that come back, the same customer, product or defect once more within a window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal, cast

import narwhals as nw
import numpy as np
from narwhals.typing import IntoDataFrameT
from numpy.typing import NDArray

from qms_service.analysis.distinct import distinct_of
from qms_service.analysis.measures.rows import check_kind, in_words
from qms_service.analysis.measures.split import split_by, told_apart
from qms_service.analysis.read import Column, Table, column_of, table_of
from qms_service.errors import AmountError, ColumnError
from qms_service.instants import micros

_COUNTS: Final = ("came_back", "followed", "too_young", "keyless")
_MICROSECOND: Final = timedelta(microseconds=1)


def repeats(
    frame: IntoDataFrameT,
    *,
    keys: Sequence[str],
    at: str,
    within: timedelta,
    now: datetime | None = None,
    by: Literal["month", "all"] | str = "all",  # noqa: PYI051  # the two words, or a column
) -> IntoDataFrameT:
    """How many cases came back: another case with the same keys, later, and not later than `within` after it.

    Numerator: `came_back`, of the followed ones those after which such a case came. Denominator: `followed`, the
    cases whose whole window lies before now; a younger one may still come back and is in `too_young`, whether
    it already did or not, since else the last weeks would look worse than they are. A case without one of its
    keys or without its time is in `keyless`: nobody can say whether it came back. Every row is counted once.
    Window: (at, at + within] of each case. Two cases of one instant are no repeat of each other.
    Source: any frame with a row for each case.

    Args:
        frame: A frame of pandas, polars or pyarrow, a row a case.
        keys: The columns that make two cases the same, such as customer, product and defect.
        at: The column of the instants at which the cases came.
        within: How long a case is followed.
        now: Up to when the frame tells; None: to its last case.
        by: `"all"` for one row, `"month"` of `at`, or the name of a column; each case counts where it came first.

    Returns:
        A frame of the same kind: the column of `by`, `came_back, followed, too_young, keyless, rate`. `rate` is
        from 0 to 1 and null (unknown, not 0) where no case was followed.

    Raises:
        UnknownNameError: There is no such column.
        ColumnError: The frame or a column is of another kind, or no key is given.
        AmountError: `within` is no amount of time above 0.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"customer": ["ACME", "ACME", "Bolt", "ACME"],
    ...     "at": pd.to_datetime(["2026-01-05", "2026-01-20", "2026-01-07", "2026-06-01"], utc=True)})
    >>> repeats(frame, keys=["customer"], at="at", within=pd.Timedelta(days=30))
       came_back  followed  too_young  keyless      rate
    0          1         3          1        0  0.333333
    """
    if not isinstance(within, timedelta) or within <= timedelta(0):
        raise AmountError("measure-within", got=repr(within))
    rows = table_of(frame)
    if isinstance(keys, str) or not keys:
        raise ColumnError("measure-keys", got=repr(keys))
    names = [told_apart(rows, key).name for key in keys]
    check_kind(rows, column_of(rows, at).name, "instant")
    split = split_by(rows, by, at, (*_COUNTS, "rate"))
    told = rows.select(
        *(_key(column_of(rows, name)).alias(f"key {place}") for place, name in enumerate(names)),
        by=split.key,
        at=column_of(rows, at),
    )
    return cast("IntoDataFrameT", split.told(_rates(_judged(told, len(names), within, now))).to_native())


def _key(column: Column) -> Column:
    """A column that every frame can sort: of categories, and of objects of several types, the number of each value."""
    if not isinstance(column.dtype, nw.Object | nw.Categorical | nw.Enum):
        return column
    places, _ = distinct_of(column)
    numbers = nw.new_series("number", places, nw.Int64(), backend=column.implementation).to_frame()
    return numbers.select(nw.when(nw.col("number") >= 0).then(nw.col("number")))["number"]


def _judged(told: Table, keys: int, within: timedelta, now: datetime | None) -> Table:
    """The key of each row that is counted, and a column of 0 and 1 for each count."""
    columns = [*(f"key {place}" for place in range(keys)), "at"]
    whole = ~nw.any_horizontal(*(nw.col(name).is_null() for name in columns), ignore_nulls=True)
    known = told.filter(whole).sort(*columns)
    times = known["at"].dt.timestamp("us").to_numpy().astype(np.int64)
    end = micros(now) if now is not None else int(times.max()) if len(times) else 0
    span = within // _MICROSECOND
    young = times > end - span
    again = _came_again(known, columns[:-1], times, span)
    lost = told.filter(~whole).select("by")
    flags = {
        "came_back": again & ~young,
        "followed": ~young,
        "too_young": young,
        "keyless": np.zeros(len(times), bool),
    }
    counted = known.select("by").with_columns(*_columns(flags, known))
    none = {name: np.full(len(lost), name == "keyless") for name in _COUNTS}
    return nw.concat([counted, lost.with_columns(*_columns(none, lost))])


def _columns(flags: dict[str, NDArray[np.bool_]], like: Table) -> list[nw.Series[Any]]:
    backend = like.implementation
    return [
        nw.new_series(name, flag.astype(np.int64), nw.Int64(), backend=backend)
        for name, flag in flags.items()
    ]


def _came_again(rows: Table, keys: list[str], times: NDArray[np.int64], span: int) -> NDArray[np.bool_]:
    """Whether the next later row of the same keys comes within the span; rows are sorted by keys and time."""
    other = np.ones(len(times), bool)
    if len(times) > 1:
        is_same = nw.all_horizontal(
            *(nw.col(key) == nw.col(key).shift(1) for key in keys), ignore_nulls=False
        )
        same = rows.select(same=is_same)["same"].fill_null(value=False).to_numpy()
        other[1:] = ~same[1:].astype(bool)
    new = other.copy()
    new[1:] |= times[1:] != times[:-1]
    starts = np.flatnonzero(new)  # of each run of equal keys and time
    follows = np.zeros(len(starts), bool)
    follows[:-1] = ~other[starts[1:]] & (times[starts[1:]] - times[starts[:-1]] <= span)
    again: NDArray[np.bool_] = follows[np.cumsum(new) - 1]
    return again


def _rates(judged: Table) -> Table:
    counts = in_words(judged.group_by("by").agg(*(nw.col(name).sum() for name in _COUNTS)))
    followed = nw.when(nw.col("followed") > 0).then(nw.col("followed"))
    return counts.with_columns(rate=nw.col("came_back") / followed)
