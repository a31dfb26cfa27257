"""Whole columns of business days and of working time, against what numpy, polars and pandas have for them.

The calendar of `benchmarks.worktime_columns`, closed on the published holidays and without make-up days, because no
rival knows any. Business days: four days after a million instants within working time, which is the same day for all;
numpy and polars are given dates, made beforehand, and answer with dates. Working time between two openings is whole
days of seven and a half hours, so that `numpy.busday_count` can say the same. pandas adds hours to a column one by one:
it is given a sample, and its time taken for as many rows as ours.

Run: python -m benchmarks.business_days
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
import polars as pl
from benchmarks.measured import Row, Words, best, table
from benchmarks.worktime_columns import BEIJING, HOLIDAYS, NO_MAKEUP, columns
from numpy.typing import NDArray

ROUNDS, SAMPLE, DAYS = 7, 5_000, 4
HOURS: Final = timedelta(hours=6)
WORKING_DAY: Final = np.timedelta64(450, "m")
Column = NDArray[Any]


def rows(*, quick: bool = False) -> Iterator[Row]:
    """Compare the answers, then the times."""
    rounds = 1 if quick else ROUNDS
    starts, _, ends = columns()
    opened, later = NO_MAKEUP.add_days_many(starts, 0), NO_MAKEUP.add_days_many(ends, 0)
    yield from _days(opened, rounds)
    yield from _between(_opening(opened), _opening(later), rounds)
    yield from _hours(starts, rounds)


def _date(instants: Column) -> Column:
    """The dates of instants, on the calendar's clock."""
    return (instants + BEIJING).astype("datetime64[D]")


def _opening(instants: Column) -> Column:
    """08:30 of the dates of instants."""
    return _date(instants).astype("datetime64[us]") + np.timedelta64(510, "m") - BEIJING


def _days(opened: Column, rounds: int) -> Iterator[Row]:
    dates, closed = _date(opened), np.busdaycalendar(holidays=list(HOLIDAYS))
    frame, after = pl.DataFrame({"on": dates}), pl.col("on").dt.add_business_days(DAYS, holidays=[*HOLIDAYS])
    answer = _date(NO_MAKEUP.add_days_many(opened, DAYS))
    assert (answer == np.busday_offset(dates, DAYS, busdaycal=closed)).all()
    assert (answer == frame.select(after)["on"].to_numpy()).all()
    own, by_numpy, by_polars = best(
        {
            "own": lambda: NO_MAKEUP.add_days_many(opened, DAYS),
            "numpy": lambda: np.busday_offset(dates, DAYS, busdaycal=closed),
            "polars": lambda: frame.select(after),
        },
        rounds,
    ).values()
    what = Words(
        f"{len(opened):,} instants {DAYS} working days later, `add_days_many`",
        f"{len(opened):,} 个时刻之后 {DAYS} 个工作日，`add_days_many`",
    )
    dates_only = Words(" `busday_offset`, dates only", " `busday_offset`，只有日期")
    yield Row(what=what, ours=own, theirs=by_numpy, packages=("numpy",), rival=dates_only)
    dates_only = Words(" `add_business_days`, dates only", " `add_business_days`，只有日期")
    yield Row(what=what, ours=own, theirs=by_polars, packages=("polars",), rival=dates_only)


def _between(begins: Column, ends: Column, rounds: int) -> Iterator[Row]:
    dates, later, closed = _date(begins), _date(ends), np.busdaycalendar(holidays=list(HOLIDAYS))
    answer = NO_MAKEUP.elapsed_many(begins, ends) / WORKING_DAY
    assert (answer == np.busday_count(dates, later, busdaycal=closed)).all()
    own, by_numpy = best(
        {
            "own": lambda: NO_MAKEUP.elapsed_many(begins, ends),
            "numpy": lambda: np.busday_count(dates, later, busdaycal=closed),
        },
        rounds,
    ).values()
    yield Row(
        what=Words(
            f"working time between {len(begins):,} pairs of instants, `elapsed_many`",
            f"{len(begins):,} 对时刻之间的工作时间，`elapsed_many`",
        ),
        ours=own,
        theirs=by_numpy,
        packages=("numpy",),
        rival=Words(" `busday_count`, dates only", " `busday_count`，只有日期"),
    )


def _hours(starts: Column, rounds: int) -> Iterator[Row]:
    hours = int(HOURS / timedelta(hours=1))
    offset = pd.offsets.CustomBusinessHour(
        n=hours, start=[time(8, 30), time(13, 30)], end=[time(12), time(17, 30)], holidays=list(HOLIDAYS)
    )
    sample = pd.Series(starts[:SAMPLE] + BEIJING)
    answer = NO_MAKEUP.add_many(starts[:SAMPLE], HOURS) + BEIJING
    theirs = _added(sample, offset).to_numpy()
    next_opening = NO_MAKEUP.add_many(starts[:SAMPLE], HOURS + timedelta(microseconds=1)) + BEIJING
    moved = next_opening - np.timedelta64(1, "us")  # pandas moves an answer at a close to the next opening
    assert ((theirs == answer) | (theirs == moved)).all()
    own, by_pandas = best(
        {"own": lambda: NO_MAKEUP.add_many(starts, HOURS), "pandas": lambda: _added(sample, offset)}, rounds
    ).values()
    yield Row(
        what=Words(
            f"{hours} working hours added to {len(starts):,} instants, `add_many`",
            f"给 {len(starts):,} 个时刻加 {hours} 个工作小时，`add_many`",
        ),
        ours=own,
        theirs=by_pandas / SAMPLE * len(starts),
        packages=("pandas",),
        rival=Words(
            f" `CustomBusinessHour` on a column, from {SAMPLE:,} rows",
            f" `CustomBusinessHour` 用于整列，由 {SAMPLE:,} 行推算",
        ),
    )


def _added(sample: pd.Series[Any], offset: pd.offsets.CustomBusinessHour) -> pd.Series[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pd.errors.PerformanceWarning)  # that it goes row by row is known
        return sample + offset


if __name__ == "__main__":
    print(table(rows()))
