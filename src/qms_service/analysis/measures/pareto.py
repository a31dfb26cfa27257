"""Pareto (帕累托): which values come most often, and how few of them make up most rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, cast

import narwhals as nw
from narwhals.typing import IntoDataFrameT

from qms_service.analysis.measures.rows import in_words
from qms_service.analysis.measures.split import in_order, told_apart
from qms_service.analysis.read import Table, table_of
from qms_service.errors import AmountError, ColumnError


def pareto(frame: IntoDataFrameT, column: str, *, top: int | None = None) -> IntoDataFrameT:
    """The values of a column by how often they occur, the most frequent first.

    Numerator: the rows with the value. Denominator: all rows of the frame, those without a value too; they are
    a row of their own, whose value is null. Window: all rows of the frame. Source: any frame with the column;
    of a long result of `deadlines_frame` filter one clock first, for there a case has several rows.

    Args:
        frame: A frame of pandas, polars or pyarrow.
        column: The column, such as a joined cause or product.
        top: How many rows to give; the shares are still of all. None: every value.

    Returns:
        A frame of the same kind: the column, `count`, `share` and `cumulative` from 0 to 1. Values of one count
        stand in their own order, a missing one last.

    Raises:
        UnknownNameError: There is no such column.
        ColumnError: The frame is of another kind, the column has the name of one of the result, or holds lists
            or the like.
        AmountError: `top` is no whole number from 1.

    >>> import pandas as pd
    >>> pareto(pd.DataFrame({"cause": ["drill", "etch", "drill", None]}), "cause")
       cause  count  share  cumulative
    0  drill      2   0.50        0.50
    1   etch      1   0.25        0.75
    2    NaN      1   0.25        1.00
    """
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise AmountError("measure-top", got=repr(top))
    rows = table_of(frame)
    if told_apart(rows, column).name in ("count", "share", "cumulative"):
        raise ColumnError("measure-by", got=column)
    counted = in_words(rows.select(value=nw.col(column)).group_by("value").agg(count=nw.len()))
    number = nw.col("count").cast(nw.Int64)
    ranked = in_order(counted.with_columns(number, fewer=0 - number), "fewer", "value").drop("fewer")
    counts = ranked["count"].to_list()
    told = ranked.with_columns(
        _shares("share", counts, rows), _shares("cumulative", tuple(accumulate(counts)), rows)
    )
    first = told if top is None else told.head(top)
    return cast("IntoDataFrameT", nw.maybe_reset_index(first.rename({"value": column})).to_native())


def _shares(name: str, counts: Sequence[int], of: Table) -> nw.Series[Any]:
    shares = [count / len(of) for count in counts]  # a frame may multiply by 1 / n, which rounds twice
    return nw.new_series(name, shares, nw.Float64(), backend=of.implementation)
