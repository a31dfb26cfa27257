"""Adding working time, against pandas `CustomBusinessHour` and `businesstimedelta`.

A factory in Shanghai with a lunch break over ten years, 2017 to 2026, closed on the published public holidays.
The rivals know no make-up working days, so nobody has any here. Each adds 6 and 30 working hours to the same
random minutes; pandas is given its best, one offset built beforehand. Before anything is timed the answers are
compared: pandas moves an answer at a close to the next opening, and that is the only difference allowed.

Run: python -m benchmarks.worktime
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

import businesstimedelta
import pandas as pd
import pytz  # type: ignore[import-untyped]  # the zones that businesstimedelta understands
from benchmarks.measured import Row, Words, best, table

from qms_service.instants import HOUR, micros, utc
from qms_service.worktime import WorkCalendar
from qms_service.worktime.china_years import china_years

ZONE = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
FIRST_YEAR, LAST_YEAR = 2017, 2026
HOLIDAYS = sorted(
    day.on
    for year in china_years()
    for day in year.days
    if not day.worked and FIRST_YEAR <= day.on.year <= LAST_YEAR
)
CAL = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly=dict.fromkeys(WEEKDAYS, (("08:30", "12:00"), ("13:30", "17:30"))),
    exceptions=dict.fromkeys(HOLIDAYS, ()),
)
Item = TypeVar("Item")
AMOUNTS = (6, 30)
ROUNDS = 5
FEW = 50  # starts that the slowest rival is asked
OFFSET = Words(" `CustomBusinessHour`, offset built beforehand", " `CustomBusinessHour`，偏移量事先建好")


def starts(count: int) -> list[datetime]:
    """Random minutes of 2017 to 2025, on any day and at any time of it."""
    random = Random(2026)  # noqa: S311  # the same sample in every run
    begin = datetime(FIRST_YEAR, 1, 3, tzinfo=ZONE)
    return [begin + timedelta(minutes=random.randrange(9 * 365 * 1440)) for _ in range(count)]


def pandas_offset(hours: int) -> pd.offsets.CustomBusinessHour:
    """The rival's calendar; building it is not timed."""
    opens, closes = [time(8, 30), time(13, 30)], [time(12), time(17, 30)]
    return pd.offsets.CustomBusinessHour(n=hours, start=opens, end=closes, holidays=HOLIDAYS)


def business_time(hours: int) -> businesstimedelta.BusinessTimeDelta:
    """The other rival's calendar and amount; building them is not timed."""
    zone = pytz.timezone("Asia/Shanghai")
    days = [0, 1, 2, 3, 4]
    work = businesstimedelta.WorkDayRule(time(8, 30), time(17, 30), working_days=days, tz=zone)
    lunch = businesstimedelta.LunchTimeRule(time(12), time(13, 30), working_days=days, tz=zone)
    closed = businesstimedelta.HolidayRule(HOLIDAYS, tz=zone)
    return businesstimedelta.BusinessTimeDelta(businesstimedelta.Rules([work, lunch, closed]), hours=hours)


def check(sample: Sequence[datetime], hours: int) -> None:
    """The rivals give our answer, or pandas the opening after it."""
    offset, amount = pandas_offset(hours), business_time(hours)
    for number, start in enumerate(sample):
        ours = CAL.add(start, timedelta(hours=hours))
        rival = (pd.Timestamp(start.replace(tzinfo=None)) + offset).tz_localize(ZONE)
        assert micros(rival) in (micros(ours), CAL.inside.next_open(micros(ours))), (start, ours, rival)
        if number < FEW:
            other = utc(start) + amount
            assert micros(other) == micros(ours), (start, ours, other)


def seconds_each(action: Callable[[Item], object], sample: Sequence[Item], rounds: int) -> float:
    """The best of some rounds over the sample, in seconds of processor time for one action."""

    def once() -> None:
        for item in sample:
            action(item)

    return best({"once": once}, rounds)["once"] / len(sample)


def rows(*, quick: bool = False, amounts: Sequence[int] = AMOUNTS[:1]) -> Iterator[Row]:
    """Compare the answers, then the times."""
    sample = starts(50 if quick else 500)
    for hours in amounts:
        check(sample, hours)
    for hours in amounts:
        yield from _rows(hours, sample, 1 if quick else ROUNDS)


def _rows(hours: int, sample: list[datetime], rounds: int) -> Iterator[Row]:
    many = sample * 20
    integers, amount_us, amount = [micros(start) for start in many], hours * HOUR, timedelta(hours=hours)
    inside = CAL.inside
    naive = [pd.Timestamp(start.replace(tzinfo=None)) for start in sample]
    in_utc = [utc(start) for start in sample[:FEW]]
    offset, business = pandas_offset(hours), business_time(hours)
    by_pandas = seconds_each(lambda start: start + offset, naive, rounds)
    by_business = seconds_each(lambda start: start + business, in_utc, rounds)
    by_inside = seconds_each(lambda start: inside.work_after(start, amount_us), integers, rounds)
    by_add = seconds_each(lambda start: CAL.add(start, amount), many, rounds)
    add = Words(
        f"{hours} working hours added on ten years of a calendar with a lunch break, `WorkCalendar.add`",
        f"在十年、有午休的日历上加 {hours} 个工作小时，`WorkCalendar.add`",
    )
    yield Row(what=add, ours=by_add, theirs=by_pandas, packages=("pandas",), rival=OFFSET)
    yield Row(what=add, ours=by_add, theirs=by_business, packages=("businesstimedelta",))
    inner = Words("the same inside, in whole numbers", "同上，内部以整数计算")
    yield Row(what=inner, ours=by_inside, theirs=by_pandas, packages=("pandas",), rival=OFFSET)


if __name__ == "__main__":
    print(table(rows(amounts=AMOUNTS)))
    print("goals: integers ≥ 100 × pandas; add ≥ 10 × pandas and ≥ 100 × businesstimedelta")
