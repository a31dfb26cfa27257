"""Dates of documents (单据日期列): on which business date each document of a frame stands, and whether its number says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray
from pendulum.tz.timezone import Timezone

from qms_service.analysis.moments import Moments
from qms_service.analysis.read import Column, type_of
from qms_service.analysis.reasons import Reasons
from qms_service.errors import ColumnError, QmsError
from qms_service.instants import DAY, EPOCH_DAY, NAT, from_micros, is_missing, zone
from qms_service.numbering import NumberSeries
from qms_service.numbering.batch import NumberColumns
from qms_service.numbering.dates import shown
from qms_service.worktime.batch.kinds import Ints
from qms_service.worktime.batch.on_wall import Changes


@attrs.frozen(kw_only=True, eq=False)
class Dates:
    """The dates of the documents.

    Args:
        cells: The column.
        at: The instants, `NAT` where there are none; None for a column of dates.
        zone: The zone in which they are shown.
        days: The business dates, counted from 1970; `NAT` for none.
        odd: Rows with something that is no date.
        start: The month with which the fiscal year of the series starts.
    """

    cells: Column
    at: Ints | None
    zone: Timezone
    days: Ints
    odd: NDArray[np.bool_]
    start: int

    @classmethod
    def of(cls, column: Column, name: str, series: NumberSeries, timezone: str | None) -> Dates:
        """The dates of a column, on the clock of the series.

        Raises:
            ColumnError: It holds something else.
            NaiveInstantError: Its instants have no zone, and none is given.
        """
        home, start = zone(series.timezone), series.fiscal_year_start
        if isinstance(type_of(column), nw.Datetime):
            given = Moments.of(name, column, zone(timezone) if timezone else None, Reasons(()))
            at, faults = given.read(column)
            odd = np.zeros(at.size, np.bool_) if faults is None else faults > 0
            return cls(cells=column, at=at, zone=home, days=_days(at, home), odd=odd, start=start)
        if column.dtype == nw.Date:
            days = column.to_numpy().astype("M8[D]").view(np.int64)
            return cls(
                cells=column, at=None, zone=home, days=days, odd=np.zeros(days.size, np.bool_), start=start
            )
        if column.dtype != nw.Object and column.null_count() < len(column):
            raise ColumnError("audit-frame-dates", name=name, got=str(column.dtype))
        read = [_day(cell, series) for cell in column.to_list()]
        days = np.array([NAT if day is None else day for day in read], np.int64)
        odd = np.array([day is None for day in read], np.bool_)
        return cls(cells=column, at=None, zone=home, days=days, odd=odd, start=start)

    def value(self, row: int) -> object:
        """The date of a row, as an audit takes it."""
        if self.at is None or self.odd[row]:
            return self.cells[row]
        at = int(self.at[row])
        return None if at == NAT else from_micros(at, self.zone)

    def beside(self, found: NumberColumns) -> NDArray[np.bool_]:
        """Rows with a number that does not show its date."""
        differ = np.zeros(self.days.size, np.bool_)
        on = found.on.view(np.int64)
        for place, tokens in enumerate(found.shown):
            own = np.flatnonzero((found.spelling == place) & (self.days != NAT))
            days, places = np.unique(np.concatenate([on[own], self.days[own]]), return_inverse=True)
            labels: dict[object, int] = {}
            codes = [
                labels.setdefault(shown(date.fromordinal(day + EPOCH_DAY), tokens, self.start), len(labels))
                for day in days.tolist()
            ]
            one, other = np.array(codes, np.intp)[places].reshape(2, -1)
            differ[own] = one != other
        return differ


def _days(at: Ints, home: Timezone) -> Ints:
    there = at != NAT
    if not there.any():
        return at
    first, last = int(at[there].min()) // DAY, int(at[there].max()) // DAY
    ahead = Changes.between(home, first - 2, last + 3).ahead(np.where(there, at, at[there][0]))
    return np.where(there, (at + ahead) // DAY, NAT)


def _day(cell: Any, series: NumberSeries) -> int | None:  # noqa: ANN401  # whatever stands there
    """The day of a cell, `NAT` for none; None where it is no date."""
    if is_missing(cell):
        return NAT
    try:
        return series.business_date(cell).toordinal() - EPOCH_DAY
    except QmsError:
        return None
