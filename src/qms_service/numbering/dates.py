"""Dates in numbers (日期记号): what a business date shows under each token, and the dates that show the same."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

import attrs

CENTURY: Final = 2000  # {YY} stands for the years 2000 to 2099
MONTHS: Final = range(1, 13)
_EVERY_YEAR: Final = range(2000, 2028)  # each weekday of January 1 in a common year and in a leap year

Shown = tuple[tuple[str, int], ...]


def fiscal_year(on: date, start: int) -> int:
    """The year in which the fiscal year of a date starts; `start` is its first month."""
    return on.year if on.month >= start else on.year - 1


@attrs.frozen
class DatePart:
    """A token for a part of the business date.

    Args:
        width: How many digits it has.
        values: The values that it can have.
        value: The one that it has on a date; the second argument is the first month of the fiscal year.
    """

    width: int
    values: range
    value: Callable[[date, int], int]


DATES: Final[Mapping[str, DatePart]] = {
    "YYYY": DatePart(4, range(1, 10_000), lambda on, _: on.year),
    "YY": DatePart(2, range(100), lambda on, _: on.year - CENTURY),
    "MM": DatePart(2, MONTHS, lambda on, _: on.month),
    "DD": DatePart(2, range(1, 32), lambda on, _: on.day),
    "Q": DatePart(1, range(1, 5), lambda on, _: (on.month + 2) // 3),
    "GGGG": DatePart(4, range(1, 10_000), lambda on, _: on.isocalendar().year),
    "WW": DatePart(2, range(1, 54), lambda on, _: on.isocalendar().week),
    "FY": DatePart(4, range(10_000), fiscal_year),
}


def shown(on: date, tokens: Iterable[str], start: int) -> Shown:
    """What a date shows under some tokens."""
    return tuple((name, DATES[name].value(on, start)) for name in tokens)


@lru_cache(maxsize=4096)
def date_showing(parts: Shown, start: int) -> date | None:
    """The first date that shows these values; None where there is none, as for a February 30.

    >>> date_showing((("GGGG", 2025), ("WW", 1)), 1)
    datetime.date(2024, 12, 30)
    """
    if not all(value in DATES[name].values for name, value in parts):
        return None
    given = dict(parts)
    for year in _years(given):
        for month in (given["MM"],) if "MM" in given else MONTHS:
            last = monthrange(year, month)[1]
            for day in (min(given["DD"], last),) if "DD" in given else range(1, last + 1):
                on = date(year, month, day)
                if shown(on, (name for name, _ in parts), start) == parts:
                    return on
    return None


def _years(given: Mapping[str, int]) -> Iterable[int]:
    near: Iterable[int] = _EVERY_YEAR
    if "YYYY" in given:
        near = (given["YYYY"],)
    elif "YY" in given:
        near = (CENTURY + given["YY"],)
    elif "FY" in given:
        near = (given["FY"], given["FY"] + 1)
    elif "GGGG" in given:
        near = range(given["GGGG"] - 1, given["GGGG"] + 2)
    return (year for year in near if date.min.year <= year <= date.max.year)
