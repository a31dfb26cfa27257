"""Whole columns of working time, against plain numpy.

A factory in Shanghai with a lunch break over ten years, 2017 to 2026, with the published holidays and make-up days.
A million random instants. The measure of an addition is `datetime64[us] + timedelta64[us]`, that of whole working days
`numpy.busday_offset`, which knows the holidays but no make-up days: for it nobody has any. Before anything is timed
the answers are compared, with the scalar and with the rival.

Run: python -m benchmarks.worktime_columns
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Final

import numpy as np
from benchmarks.measured import Row, Words, best
from numpy.typing import NDArray

from qms_service.instants import HOUR
from qms_service.worktime import Term, WorkCalendar, china_years

ROWS: Final = 1_000_000
CHECKED: Final = 5_000
ROUNDS: Final = 25
DAY: Final = (("08:30", "12:00"), ("13:30", "17:30"))
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri")
PUBLISHED: Final = [day for year in china_years() for day in year.days if 2017 <= day.on.year <= 2026]  # noqa: PLR2004  # the ten years
HOLIDAYS: Final = {day.on: () for day in PUBLISHED if not day.worked}
MAKEUP: Final = {day.on: DAY for day in PUBLISHED if day.worked}
FACTORY: Final = WorkCalendar(
    timezone="Asia/Shanghai", weekly=dict.fromkeys(WEEKDAYS, DAY), exceptions={**HOLIDAYS, **MAKEUP}
)
NO_MAKEUP: Final = WorkCalendar(
    timezone="Asia/Shanghai", weekly=dict.fromkeys(WEEKDAYS, DAY), exceptions=HOLIDAYS
)
BEIJING: Final = np.timedelta64(8, "h")
PLAIN: Final = Words(" `datetime64 + timedelta64`, on the wall", " `datetime64 + timedelta64`，不问是否上班")
Instants = NDArray[np.datetime64]


def columns() -> tuple[Instants, NDArray[np.timedelta64], Instants]:
    """Starts in 2017 to 2025, amounts up to 80 hours, ends up to two weeks later."""
    random = np.random.default_rng(2026)
    first = np.datetime64("2017-01-03", "us")
    starts = first + random.integers(0, 9 * 365 * 24 * HOUR, ROWS).astype("timedelta64[us]")
    amounts = random.integers(1, 80 * HOUR, ROWS).astype("timedelta64[us]")
    return starts, amounts, starts + random.integers(0, 14 * 24 * HOUR, ROWS).astype("timedelta64[us]")


def same(answer: NDArray[Any], scalar: Callable[..., int], *rows: NDArray[Any]) -> None:
    """The first rows are what the scalar says."""
    few = [column[:CHECKED].astype(np.int64).tolist() for column in rows]
    assert answer[:CHECKED].astype(np.int64).tolist() == [scalar(*row) for row in zip(*few, strict=True)]


def check(starts: Instants, amounts: NDArray[np.timedelta64], ends: Instants, opened: Instants) -> None:
    """Ours against the scalar, and in every row against the rival."""
    inside = FACTORY.inside
    same(FACTORY.add_many(starts, amounts), inside.add, starts, amounts)
    same(FACTORY.elapsed_many(starts, ends), inside.elapsed, starts, ends)
    same(FACTORY.add_days_many(starts, 4), lambda at: inside.add_days(at, 4), starts)
    days = (opened + BEIJING).astype("datetime64[D]")
    ours = (NO_MAKEUP.add_days_many(opened, 4) + BEIJING).astype("datetime64[D]")
    assert (ours == np.busday_offset(days, 4, holidays=list(HOLIDAYS))).all()


def rows(*, quick: bool = False) -> Iterator[Row]:
    """Compare the answers, then the times: what working time costs beyond time on the wall."""
    starts, amounts, ends = columns()
    check(starts, amounts, ends, NO_MAKEUP.add_days_many(starts, 0))
    plain, add, add_each, elapsed = best(
        {
            "plain": lambda: starts + amounts,
            "add": lambda: FACTORY.add_many(starts, timedelta(hours=6)),
            "add each": lambda: FACTORY.add_many(starts, amounts),
            "elapsed": lambda: FACTORY.elapsed_many(starts, ends),
        },
        1 if quick else ROUNDS,
    ).values()
    for seconds, what in (
        (add, Words(f"{ROWS:,} additions of one amount, `add_many`", f"{ROWS:,} 次加同一时长，`add_many`")),
        (add_each, Words("the same with an amount in each row", "同上，每行一个时长")),
        (elapsed, Words(f"{ROWS:,} times elapsed, `elapsed_many`", f"{ROWS:,} 次求已用时间，`elapsed_many`")),
    ):
        yield Row(what=what, ours=seconds, theirs=plain, packages=("numpy",), rival=PLAIN)


def main() -> None:
    """Compare the answers, then the times."""
    starts, amounts, ends = columns()
    opened = NO_MAKEUP.add_days_many(starts, 0)
    check(starts, amounts, ends, opened)
    days, holidays = (opened + BEIJING).astype("datetime64[D]"), np.busdaycalendar(holidays=list(HOLIDAYS))
    four_days, close = Term.parse("4 working d"), Term.parse("4 working d, end of day")
    took = best(
        {
            "datetime64 + timedelta64": lambda: starts + amounts,
            "add_many, one amount": lambda: FACTORY.add_many(starts, timedelta(hours=6)),
            "add_many, an amount a row": lambda: FACTORY.add_many(starts, amounts),
            "elapsed_many": lambda: FACTORY.elapsed_many(starts, ends),
            "add_days_many": lambda: NO_MAKEUP.add_days_many(opened, 4),
            "4 working d": lambda: four_days.after_many(starts, FACTORY),
            "4 working d, end of day": lambda: close.after_many(starts, FACTORY),
            "numpy.busday_offset": lambda: np.busday_offset(days, 4, busdaycal=holidays),
        },
        ROUNDS,
    )
    plain, rival = took["datetime64 + timedelta64"], took["numpy.busday_offset"]
    print(f"{ROWS:,} rows, numpy {np.__version__}{'':10} ms   × plain add   busday_offset ÷")
    for name, seconds in took.items():
        print(f"  {name:28} {seconds * 1e3:8.2f} {seconds / plain:12.1f} {rival / seconds:15.1f}")
    print("goals: add ≤ 12 × plain, elapsed ≤ 14 ×; add_days ≥ 20 times faster than busday_offset")


if __name__ == "__main__":
    main()
