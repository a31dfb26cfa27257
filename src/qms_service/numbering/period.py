"""Periods (周期): what a counter starts again with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, Literal

from qms_service.numbering.dates import fiscal_year

Reset = Literal["never", "year", "fiscal-year", "quarter", "month", "week", "day"]


def _week(on: date, _: int) -> str:
    year, week, _day = on.isocalendar()
    return f"{year:04}-W{week:02}"


# The name of the period of a date; the second argument is the first month of the fiscal year.
PERIODS: Final[Mapping[Reset, Callable[[date, int], str]]] = {
    "never": lambda _on, _: "",
    "year": lambda on, _: f"{on.year:04}",
    "fiscal-year": lambda on, start: f"FY{fiscal_year(on, start):04}",
    "quarter": lambda on, _: f"{on.year:04}-Q{(on.month + 2) // 3}",
    "month": lambda on, _: f"{on.year:04}-{on.month:02}",
    "week": _week,
    "day": lambda on, _: on.isoformat(),
}
