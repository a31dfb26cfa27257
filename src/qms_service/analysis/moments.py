"""Moments of a column (时间列): its cells as microseconds UTC, block by block, and what cannot be read of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, Final

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray
from pendulum.tz.timezone import Timezone

from qms_service.analysis import reasons, walls
from qms_service.analysis.read import Column, in_utc, kind_of, type_of
from qms_service.analysis.reasons import Reasons
from qms_service.errors import ColumnError, NaiveInstantError
from qms_service.instants import NAT, Micros, is_missing, micros
from qms_service.worktime.batch.kinds import Ints
from qms_service.worktime.wall import BEGIN, END

_LAST: Final = int(np.iinfo(np.int64).max)
Faults = NDArray[np.int16]
_PER_MICRO: Final = {"s": (1_000_000, 1), "ms": (1_000, 1), "us": (1, 1), "ns": (1, 1_000)}
_OBJECTS: Final = (nw.Object, nw.String, nw.Categorical, nw.Unknown)
_TO_INSTANTS: Final = {
    "pandas": 'pandas.to_datetime(frame["{name}"])',
    "polars": 'frame["{name}"].str.to_datetime()',
    "pyarrow": 'pyarrow.compute.strptime(table["{name}"], format="%Y-%m-%d %H:%M", unit="us")',
}


@attrs.frozen(kw_only=True, eq=False)
class Moments:
    """A column of instants.

    Args:
        name: Its name.
        cells: The column: instants with a zone or without, or objects that are read cell by cell.
        zone: The zone of what has none.
        reasons: Where the faults get their numbers.
    """

    name: str
    cells: Column
    zone: Timezone | None
    reasons: Reasons

    @classmethod
    def of(cls, name: str, column: Column, zone: Timezone | None, reasons: Reasons) -> Moments:
        """The column, when it can hold instants.

        Raises:
            ColumnError: It holds dates, text or something else that is no instant.
            NaiveInstantError: Its instants have no zone, and none is given.
        """
        dtype = type_of(column)
        if isinstance(dtype, nw.Datetime):
            if dtype.time_zone is None and zone is None:
                raise NaiveInstantError("frame-naive", column=name)
        elif isinstance(dtype, _OBJECTS):
            _check_cells(name, column, zone)
        elif column.null_count() < len(column):
            raise _refusal(name, column)
        return cls(name=name, cells=column, zone=zone, reasons=reasons)

    def read(self, cells: Column) -> tuple[Ints, Faults | None]:
        """The instants of some of its cells, `NAT` where there is none; and their faults, None where nothing is wrong."""
        dtype = type_of(self.cells)
        if not isinstance(dtype, nw.Datetime):
            return self._one_by_one(cells)
        at, faults = self._in_micros(in_utc(cells).to_numpy())
        return (at, faults) if dtype.time_zone else self._from_wall(at, faults)

    def _in_micros(self, stored: NDArray[Any]) -> tuple[Ints, Faults | None]:
        times, parts = _PER_MICRO[np.datetime_data(stored.dtype)[0]]
        own: Ints = stored.view(np.int64)
        first, last = max(BEGIN * parts // times, NAT + 1), min((END - 1) * parts // times, _LAST)
        if first <= own.min(initial=last) and own.max(initial=first) <= last:
            return (np.floor_divide(own, parts) if parts > 1 else own * times), None
        left = (own < first) | (own > last)  # missing, or beyond all years
        kept = np.where(left, 0, own)
        at = np.floor_divide(kept, parts) if parts > 1 else kept * times
        at[left] = NAT
        return at, self._faulty(at, left & (own != NAT), reasons.YEARS)

    def _from_wall(self, wall: Ints, faults: Faults | None) -> tuple[Ints, Faults | None]:
        there = wall != NAT
        if self.zone is None or not there.any():
            return wall, faults
        shown = wall if there.all() else np.where(there, wall, wall[there.argmax()])
        at, verdicts = walls.walls_of(self.zone, shown).instants(shown)
        if shown is not wall:
            at[~there] = NAT
        if verdicts is not None:
            for verdict, code in ((walls.SKIPPED, reasons.SKIPPED), (walls.REPEATED, reasons.REPEATED)):
                faults = self._faulty(at, there & (verdicts == verdict), code, faults)
        return at, faults

    def _faulty(
        self, at: Ints, rows: NDArray[np.bool_], code: str, faults: Faults | None = None
    ) -> Faults | None:
        """Notes a fault of some rows, which have no instant then."""
        if not rows.any():
            return faults
        faults = np.zeros(at.size, np.int16) if faults is None else faults
        faults[rows] = self.reasons.number(code)
        at[rows] = NAT
        return faults

    def _one_by_one(self, cells: Column) -> tuple[Ints, Faults | None]:
        at = np.full(len(cells), NAT, np.int64)
        faults: Faults | None = None
        for row, cell in enumerate(cells.to_list()):
            if is_missing(cell):
                continue
            try:
                at[row] = instant_of(cell, self.name, self.zone)
            except (ColumnError, NaiveInstantError) as error:
                faults = np.zeros(at.size, np.int16) if faults is None else faults
                faults[row] = self.reasons.number(error.code)
        return at, faults


def instant_of(cell: object, column: str, zone: Timezone | None) -> Micros:
    """The instant of one cell.

    Raises:
        ColumnError: It is none; the code is the reason of its row.
        NaiveInstantError: It has no zone, and none is given.
    """
    cell = cell.astype("M8[us]").item() if isinstance(cell, np.datetime64) else cell
    if not isinstance(cell, datetime):
        raise ColumnError(reasons.MOMENT, column=column, got=repr(cell))
    if cell.utcoffset() is not None:
        return _in_years(micros(cell), cell, column)
    if zone is None:
        raise NaiveInstantError(reasons.NAIVE, column=column, got=cell)
    wall = np.array([_in_years(micros(cell.replace(tzinfo=UTC)), cell, column)])
    at, verdict = walls.walls_of(zone, wall).instants(wall)
    if verdict is not None and verdict[0] != walls.FITS:
        code = reasons.SKIPPED if verdict[0] == walls.SKIPPED else reasons.REPEATED
        raise ColumnError(code, column=column, got=cell, zone=zone.name)
    return int(at[0])


def _in_years(at: Micros, cell: datetime, column: str) -> Micros:
    if not BEGIN <= at < END:
        raise ColumnError(reasons.YEARS, column=column, got=cell)
    return at


def _check_cells(name: str, column: Column, zone: Timezone | None) -> None:
    """Refuses a column of objects of which none can be an instant."""
    naive = strange = False
    for cell in _cells(column):
        if is_missing(cell):
            continue
        if not isinstance(cell, datetime):
            strange = True
        elif zone is not None or cell.utcoffset() is not None:
            return
        else:
            naive = True
    if naive:
        raise NaiveInstantError("frame-naive", column=name)
    if strange:
        raise _refusal(name, column)


def _cells(column: Column) -> Iterable[object]:
    for begin in range(0, len(column), 4096):
        yield from column[begin : begin + 4096].to_list()


def _refusal(name: str, column: Column) -> ColumnError:
    """What to do with a column of text, of dates, or of something else."""
    first = next((cell for cell in _cells(column) if not is_missing(cell)), None)
    got = str(column.dtype)
    if isinstance(first, str):
        return ColumnError(
            "frame-text", column=name, got=repr(first), do=_TO_INSTANTS[kind_of(column)].format(name=name)
        )
    if isinstance(first, date):
        return ColumnError("frame-dates", column=name, got=first)
    return ColumnError("frame-instants", column=name, got=got)
