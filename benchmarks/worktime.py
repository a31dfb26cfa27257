"""Adding working time, against pandas `CustomBusinessHour` and `businesstimedelta`.

A factory in Shanghai with a lunch break over ten years, 2017 to 2026, closed on the published public holidays.
The rivals know no make-up working days, so nobody has any here. Each adds 6 and 30 working hours to the same
random minutes; pandas is given its best, one offset built beforehand. Before anything is timed the answers are
compared: pandas moves an answer at a close to the next opening, and that is the only difference allowed.

Run: python benchmarks/worktime.py
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from importlib.metadata import version
from random import Random
from time import process_time
from typing import TypeVar
from zoneinfo import ZoneInfo

import businesstimedelta
import pandas as pd
import pytz  # type: ignore[import-untyped]  # the zones that businesstimedelta understands

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


def microseconds_each(action: Callable[[Item], object], sample: Sequence[Item]) -> float:
    """The best of some rounds over the sample, in µs of processor time for one action."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = process_time()
        for item in sample:
            action(item)
        best = min(best, process_time() - begin)
    return best / len(sample) * 1e6


def report(hours: int, sample: list[datetime]) -> None:
    """One block of the table."""
    many = sample * 20
    integers, amount_us, amount = [micros(start) for start in many], hours * HOUR, timedelta(hours=hours)
    inside = CAL.inside
    naive = [pd.Timestamp(start.replace(tzinfo=None)) for start in sample]
    in_utc = [utc(start) for start in sample[:FEW]]
    offset, business = pandas_offset(hours), business_time(hours)
    pandas_us = microseconds_each(lambda start: start + offset, naive)
    business_us = microseconds_each(lambda start: start + business, in_utc)
    inside_us = microseconds_each(lambda start: inside.work_after(start, amount_us), integers)
    public_us = microseconds_each(lambda start: CAL.add(start, amount), many)
    print(f"{hours} working hours{'':23} µs each   × pandas   × businesstimedelta")
    for name, took in (
        (f"pandas {version('pandas')} CustomBusinessHour", pandas_us),
        (f"businesstimedelta {version('businesstimedelta')}", business_us),
        ("qms_service, integers", inside_us),
        ("qms_service, WorkCalendar.add", public_us),
    ):
        print(f"  {name:35} {took:9.2f} {pandas_us / took:10.1f} {business_us / took:14.1f}")


def main() -> None:
    """Compare the answers, then the times."""
    sample = starts(500)
    for hours in AMOUNTS:
        check(sample, hours)
    for hours in AMOUNTS:
        report(hours, sample)
    print("goals: integers ≥ 100 × pandas; add ≥ 10 × pandas and ≥ 100 × businesstimedelta")


if __name__ == "__main__":
    main()
