"""Reading (读取): a column of numbers taken apart block by block, spelling by spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.instants import NAT
from qms_service.numbering.batch.cells import Letters, Words
from qms_service.numbering.batch.columns import REASONS, NumberColumns
from qms_service.numbering.batch.found import Distinct, Found, Rows
from qms_service.numbering.batch.layout import Layout, layouts
from qms_service.numbering.spelling import Spelling

if TYPE_CHECKING:
    from qms_service.numbering.series import NumberSeries

_BLOCK: Final = 1 << 14  # rows whose letters stay in the processor's cache
_FEW: Final = 64  # rows that one by one cost less than making the arrays
FORM, ZERO, DATE, NO_TEXT, MISSING = range(len(REASONS))


@attrs.frozen(eq=False)
class Reading:
    """A series, each of its spellings with the layouts that arrays can take apart."""

    series: NumberSeries
    spellings: tuple[tuple[Spelling, tuple[Layout, ...]], ...]
    width: int

    @classmethod
    def of(cls, series: NumberSeries) -> Self:
        """Those of a series."""
        spellings = tuple((spelling, layouts(spelling)) for spelling in series.spellings)
        longest = max((layout.length for _, several in spellings for layout in several), default=0)
        return cls(series, spellings, longest + 1)

    def columns(self, cells: NDArray[Any]) -> NumberColumns:
        """What each cell tells."""
        size, distinct = cells.size, Distinct(self.series)
        seq, day = np.full(size, -1, np.int64), np.full(size, NAT)
        period, scope, spelling, reason = np.full((4, size), -1, np.int32)
        for begin in range(0, size, _BLOCK):
            block = slice(begin, begin + _BLOCK)
            own = Block(
                cells[block],
                seq[block],
                day[block],
                period[block],
                scope[block],
                spelling[block],
                reason[block],
            )
            self._read(own, distinct, arrays=size > _FEW)
        return NumberColumns(
            seq=seq,
            on=day.view("M8[D]"),
            period=period,
            periods=tuple(distinct.periods),
            scope=scope,
            scopes=tuple(distinct.scopes),
            spelling=spelling,
            spellings=tuple(one.text for one, _ in self.spellings),
            reason=reason,
            names=self.series.spellings[0].scope,
            shown=tuple(one.dates for one, _ in self.spellings),
            fiscal_year_start=self.series.fiscal_year_start,
        )

    def _read(self, block: Block, distinct: Distinct, *, arrays: bool) -> None:
        letters = Letters.of(block.cells, self.width if arrays else 1)
        block.reason[:] = FORM
        block.reason[letters.no_text] = NO_TEXT
        block.reason[letters.missing] = MISSING
        for place, (spelling, several) in enumerate(self.spellings):
            for layout in several if arrays else ():
                open_rows = block.open_rows()
                if open_rows.size:
                    block.take_over(place, _laid_out(layout, letters.at, open_rows, distinct))
            left = block.open_rows()
            if arrays and several:
                left = _beyond(spelling, several, letters.at, left)
            if left.size:
                block.take_over(place, _one_by_one(spelling, block.cells, left, distinct))


@attrs.frozen(eq=False)
class Block:
    """The cells of a block, and the columns that are filled in."""

    cells: NDArray[Any]
    seq: NDArray[np.int64]
    day: NDArray[np.int64]
    period: NDArray[np.int32]
    scope: NDArray[np.int32]
    spelling: NDArray[np.int32]
    reason: NDArray[np.int32]

    def open_rows(self) -> Rows:
        """Rows with a text that no spelling has read yet."""
        return np.flatnonzero((self.spelling < 0) & (self.reason < NO_TEXT))

    def take_over(self, spelling: int, found: Found) -> None:
        """What a spelling has found; of a row that is no number still, why not."""
        no_serial, no_date = found.seq < 1, found.day == NAT
        self.reason[found.rows] = np.where(no_serial, ZERO, np.where(no_date, DATE, -1))
        good = ~(no_serial | no_date)
        rows = found.rows[good]
        self.seq[rows], self.day[rows] = found.seq[good], found.day[good]
        self.period[rows], self.scope[rows] = found.period[good], found.scope[good]
        self.spelling[rows] = spelling


def _laid_out(layout: Layout, at: Words, rows: Rows, distinct: Distinct) -> Found:
    whole = rows.size == at.shape[1]
    fits = layout.fits(at if whole else at[:, rows])
    if not (whole and fits.all()):
        rows = rows[fits]
        at = at[:, rows]
    dates, own_date = np.unique(layout.dates(at), return_inverse=True)
    scopes, own_scope = np.unique(layout.scopes(at), return_inverse=True)
    dated = np.array([distinct.dated_as(date, layout) for date in dates.tolist()], np.int64).reshape(-1, 2)
    places = np.array([distinct.scope(layout.scope(value)) for value in scopes.tolist()], np.int64)
    return Found(
        rows=rows,
        seq=layout.serials(at),
        day=dated[own_date, 0],
        period=dated[own_date, 1],
        scope=places[own_scope],
    )


def _beyond(spelling: Spelling, several: tuple[Layout, ...], at: Words, rows: Rows) -> Rows:
    """Rows longer than any layout, where a scope may be as long."""
    return rows[at[several[-1].length, rows] != 0] if spelling.scope else rows[:0]


def _one_by_one(spelling: Spelling, cells: NDArray[Any], rows: Rows, distinct: Distinct) -> Found:
    read = [(row, raw) for row in rows.tolist() if (raw := spelling.raw(str(cells[row]))) is not None]
    dated = np.array([distinct.dated(raw.shown) for _, raw in read], np.int64).reshape(-1, 2)
    return Found(
        rows=np.array([row for row, _ in read], np.intp),
        seq=np.array([raw.seq for _, raw in read], np.int64),
        day=dated[:, 0],
        period=dated[:, 1],
        scope=np.array([distinct.scope(raw.scope) for _, raw in read], np.int64),
    )
