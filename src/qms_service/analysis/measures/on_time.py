"""On time (按时率): of the decided cases with a target, the share that kept it."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, cast

import narwhals as nw
from narwhals.typing import IntoDataFrameT

from qms_service.analysis.measures.months import by_utc
from qms_service.analysis.measures.rows import check_choice, deadline_rows, in_words, without_target
from qms_service.analysis.measures.split import split_by
from qms_service.analysis.read import Table
from qms_service.errors import NaiveInstantError
from qms_service.instants import utc

COUNTS: Final = ("met", "met_late", "overdue", "open", "outside", "unknown")
_RATED: Final = ("running", "paused", "overdue", "met", "met_late")
_OPEN: Final = ("running", "paused")


def on_time(
    frame: IntoDataFrameT,
    *,
    by: Literal["month", "all"] | str = "month",  # noqa: PYI051  # the two words, or a column
    counted: Literal["net", "gross"] = "net",
    now: datetime | None = None,
) -> IntoDataFrameT:
    """How many clocks were kept, and the share of these in all that are decided.

    Numerator: `met`. Denominator: `decided` = `met` + `met_late` + `overdue`; one that is overdue counts as
    late although nobody has stopped it. Beside it, in no rate, stand `open` (running or paused and not yet
    due), `unknown` (the state is unknown) and `outside` (not started, undecided, not applicable, void, or
    without a target: "at once" and "in good time"). Every row of the frame is counted once.
    Window: the cases whose clock started in the month, on the clock of the column's zone; a month counts
    what became of its cases until now, so that a young month is not finished.
    Source: the long result of `deadlines_frame`, columns `clock, state, started_at, stopped_at, due_at,
    original_due_at`.

    Args:
        frame: The long result of `deadlines_frame`: pandas, polars or pyarrow.
        by: `"month"` of `started_at`, `"all"` for one row a clock, or the name of a column.
        counted: `"net"` goes by the state, so that pauses, extensions and agreed dates move the target.
            `"gross"` goes by the first target: the stop, or now, is not later than `original_due_at`.
        now: The moment at which the frame was judged; `"gross"` alone needs it.

    Returns:
        A frame of the same kind: `clock`, the column of `by`, `met, met_late, overdue, decided, open, outside,
        unknown, rate`, sorted by clock and `by`. `rate` is from 0 to 1 and null (unknown, not 0) where nothing
        is decided.

    Raises:
        UnknownNameError: A column is missing, or `by` names none.
        ColumnError: The frame or a column is of another kind.
        NaiveInstantError: `"gross"` without now.

    >>> import pandas as pd
    >>> at = pd.to_datetime(["2026-03-02T01:00Z"] * 3)
    >>> later = at + pd.Timedelta("12h")
    >>> frame = pd.DataFrame({"clock": "answer", "state": ["met", "overdue", "running"], "started_at": at,
    ...                       "due_at": later, "original_due_at": later})
    >>> on_time(frame)[["clock", "month", "met", "decided", "open", "rate"]]
        clock    month  met  decided  open  rate
    0  answer  2026-03    1        2     1   0.5
    """
    check_choice(counted, ("net", "gross"))
    gross = counted == "gross"
    needed = ("clock", "state", "started_at", "due_at", "original_due_at", *(("stopped_at",) * gross))
    rows = deadline_rows(frame, *needed)
    split = split_by(rows, by, "started_at", ("clock", "decided", "rate", *COUNTS))
    told = rows.select(
        "clock",
        "state",
        by=split.key,
        has_target=~without_target(),
        is_late=_is_late(rows, now) if gross else nw.lit(False),  # noqa: FBT003  # a column of it
    )
    groups = told.group_by("clock", "by", "state", "has_target", "is_late").agg(rows=nw.len())
    return cast(
        "IntoDataFrameT", split.told(_rates(_counts(in_words(groups), gross=gross)), "clock").to_native()
    )


def _is_late(rows: Table, now: datetime | None) -> nw.Expr:
    """Whether the stop, or else now, is past the first due time."""
    if now is None:
        raise NaiveInstantError("measure-now", got=None)
    stopped, due = nw.col("stopped_at"), nw.col("original_due_at")
    is_past = by_utc(rows, "original_due_at") < nw.lit(utc(now))
    return nw.when(stopped.is_null()).then(is_past).otherwise(stopped > due).fill_null(value=False)


def _outcome(state: str | None, *, has_target: bool, is_late: bool, gross: bool) -> str:
    if state == "unknown" or not isinstance(state, str):
        return "unknown"
    if state not in _RATED or not has_target:
        return "outside"
    if not gross:
        return "open" if state in _OPEN else state
    if state in ("met", "met_late"):
        return "met_late" if is_late else "met"
    return "overdue" if is_late else "open"


def _counts(groups: Table, *, gross: bool) -> Table:
    outcomes = [
        _outcome(row["state"], has_target=row["has_target"], is_late=row["is_late"], gross=gross)
        for row in groups.iter_rows(named=True)
    ]
    named = groups.with_columns(
        nw.new_series("outcome", outcomes, nw.String(), backend=groups.implementation)
    )
    number = nw.col("rows").cast(nw.Int64)
    each = {name: nw.when(nw.col("outcome") == name).then(number).otherwise(0) for name in COUNTS}
    return named.with_columns(**each).group_by("clock", "by").agg(*(nw.col(name).sum() for name in COUNTS))


def _rates(counts: Table) -> Table:
    decided = nw.col("met") + nw.col("met_late") + nw.col("overdue")
    return counts.with_columns(decided=decided).select(
        "clock", "by", "met", "met_late", "overdue", "decided", "open", "outside", "unknown",
        rate=nw.col("met") / nw.when(nw.col("decided") > 0).then(nw.col("decided")),
    )  # fmt: skip
