"""Years of duties (可推算的年份): within which a duty, or its object, may begin and end."""

from __future__ import annotations

from datetime import date
from typing import Final

from qms_service.errors import DutyError
from qms_service.instants import FIRST_YEAR

LAST_BOUND: Final = 9800  # a hundred years old and a period of ten later is a date too


def in_duty_years(day: date) -> date:
    """The date, when duties can be reckoned from it.

    Raises:
        DutyError: It lies outside, as the mark of a table for "no end" does.

    >>> in_duty_years(date(2026, 3, 2))
    datetime.date(2026, 3, 2)
    """
    if FIRST_YEAR <= day.year <= LAST_BOUND:
        return day
    raise DutyError("duty-years", got=day, first=str(FIRST_YEAR), last=str(LAST_BOUND))
