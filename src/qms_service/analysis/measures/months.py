"""Months (月份): of instants on the clock of their zone, as numbers to reckon with and as texts."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import narwhals as nw

from qms_service.analysis.read import Table, type_of
from qms_service.errors import ColumnError
from qms_service.instants import utc

NO_MONTH: Final = 0
_MONTHS: Final = 12


def month_number(at: nw.Expr) -> nw.Expr:
    """The month of an instant, counted from year 0; `NO_MONTH` where there is none."""
    return (at.dt.year() * _MONTHS + at.dt.month()).fill_null(NO_MONTH).cast(nw.Int64)


def month_text(number: int) -> str | None:
    """The month of a number; None for `NO_MONTH`.

    >>> month_text(2026 * 12 + 3), month_text(NO_MONTH)
    ('2026-03', None)
    """
    year, month = divmod(number - 1, _MONTHS)
    return None if number == NO_MONTH else f"{year:04}-{month + 1:02}"


def month_now(rows: Table, name: str, now: datetime) -> int:
    """The month of a moment in the zone of a column.

    Raises:
        ColumnError: The column has no zone.
        NaiveInstantError: The moment has none.
    """
    there = nw.new_series("now", [utc(now)], nw.Datetime("us", "UTC"), backend=rows.implementation)
    number = there.to_frame().select(month_number(nw.col("now").dt.convert_time_zone(zone_name(rows, name))))
    return int(number.item())


def by_utc(rows: Table, name: str) -> nw.Expr:
    """A column of instants to compare with a moment in UTC, for a frame compares within one zone alone.

    Raises:
        ColumnError: It has no zone.
    """
    return nw.col(name).cast(nw.Datetime(_with_zone(rows, name).time_unit, "UTC"))


def zone_name(rows: Table, name: str) -> str:
    """The zone of a column of instants.

    Raises:
        ColumnError: It has none.
    """
    return str(_with_zone(rows, name).time_zone)


def _with_zone(rows: Table, name: str) -> nw.Datetime:
    found = type_of(rows[name])
    if not isinstance(found, nw.Datetime) or found.time_zone is None:
        raise ColumnError("measure-zone", name=name, got=str(rows.schema[name]))
    return found
