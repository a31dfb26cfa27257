"""What is due on which date, found day by day: no arithmetic of periods, nothing of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

ONE = timedelta(1)
Works = Callable[[date], bool]


def days(first: date, until: date) -> list[date]:
    return [date.fromordinal(day) for day in range(first.toordinal(), until.toordinal())]


def begins_period(day: date, every: str) -> bool:
    """Whether a period of the calendar begins on a date."""
    return {
        "day": True,
        "week": day.weekday() == 0,
        "month": day.day == 1,
        "2 months": day.day == 1 and day.month in (1, 3, 5, 7, 9, 11),
        "quarter": day.day == 1 and day.month in (1, 4, 7, 10),
        "half-year": day.day == 1 and day.month in (1, 7),
        "year": day.day == 1 and day.month == 1,
    }[every]


def periods(first: date, until: date, every: str) -> Iterator[list[date]]:
    """The whole periods from `first`, itself the beginning of one, as their dates."""
    own: list[date] = []
    for day in days(first, until):
        if own and begins_period(day, every):
            yield own
            own = []
        own.append(day)


def later(day: date, n: int, works: Works) -> date:
    """The n-th working day after a date."""
    while n:
        day += ONE
        n -= works(day)
    return day


def earlier(day: date, n: int, works: Works) -> date:
    while n:
        day -= ONE
        n -= works(day)
    return day


def month_of(period: list[date], n: int) -> list[date]:
    months = sorted({(day.year, day.month) for day in period})
    return [day for day in period if (day.year, day.month) == months[n - 1]]


def nth_working(period: list[date], n: int, works: Works) -> date:
    open_days = [day for day in period if works(day)]
    if not open_days:
        return later(period[-1], 1, works)
    return open_days[-1] if n < 0 else open_days[min(n, len(open_days)) - 1]


def nth_weekday(period: list[date], weekday: int, n: int) -> date:
    found = [day for day in period if day.weekday() == weekday]
    return found[n - 1 if n > 0 else n]


def said(due: str, period: list[date], works: Works) -> date:  # noqa: C901, PLR0911, PLR0912  # a line for each rule
    """The date that a rule says, for the rules that the tests use."""
    match due:
        case "start":
            return period[0]
        case "end":
            return period[-1]
        case "day 5":
            return period[4]
        case "day 31":
            return [day for day in period if day.day <= 31][-1]
        case "day 15 of month 1":
            return month_of(period, 1)[14]
        case "day 31 of month 2":
            return month_of(period, 2)[-1]
        case "month 2":
            return month_of(period, 2)[-1]
        case "before month 2":
            return month_of(period, 1)[-1]
        case "friday":
            return nth_weekday(period, 4, 1)
        case "third tuesday":
            return nth_weekday(period, 1, 3)
        case "last sunday":
            return nth_weekday(period, 6, -1)
        case "first working day":
            return nth_working(period, 1, works)
        case "last working day":
            return nth_working(period, -1, works)
        case "working day 7":
            return nth_working(period, 7, works)
        case "5 working d after start":
            return later(period[0], 5, works)
        case "3 working d before end":
            return earlier(period[-1], 3, works)
        case "10 d after end":
            return period[-1] + 10 * ONE
        case "1 week before start":
            return period[0] - 7 * ONE
    raise AssertionError(due)


def moved(day: date, shift: str, works: Works) -> date | None:
    if works(day) or shift == "none":
        return day
    return {"next": later, "previous": earlier}[shift](day, 1, works) if shift != "skip" else None
