"""Rows: the columns that are handed in and out, and their answers block by block."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta, tzinfo
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.errors import ColumnError, QmsError
from qms_service.instants import DAY, NAT, beyond_years, from_micros
from qms_service.worktime.batch.kinds import BLOCK, NEVER, Ints, Kernel, Rows, Scalar
from qms_service.worktime.wall import BEGIN, END, midnight

_FEW: Final = 500  # rows that one by one cost less than making the arrays
_SOME: Final = 64  # of a column whose arrays stand already
_FIRST_INSTANT: Final = midnight(date.min.toordinal())
_AFTER_LAST_INSTANT: Final = midnight(date.max.toordinal()) + DAY
_UNITS: Final = ("W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as")


def read_instants(name: str, given: object) -> Ints:
    """A column of instants."""
    column = np.asarray(given)
    if column.dtype.kind != "M" or np.datetime_data(column.dtype)[0] == "generic":
        raise ColumnError("column-instants", name=name, got=_kind(column))
    return _in_micros(name, column, "M8[us]")


def read_amounts(given: object) -> Ints:
    """A column of amounts of time, or one for all rows."""
    column = np.asarray(np.timedelta64(given, "us") if isinstance(given, timedelta) else given)
    if column.dtype.kind != "m" or np.datetime_data(column.dtype)[0] not in _UNITS:
        raise ColumnError("column-amounts", name="amounts", got=_kind(column))
    return _in_micros("amounts", column, "m8[us]")


def read_counts(given: object) -> Ints:
    """Whole numbers; none of them is `NAT`."""
    column = np.asarray(given)
    exact = column.dtype.kind == "i" or (column.dtype.kind == "u" and not np.any(column > NEVER))
    if not exact:
        raise ColumnError("column-counts", name="n", got=_kind(column))
    counts: Ints = np.maximum(_one_dimension("n", column).astype(np.int64, copy=False), -NEVER)
    return counts


def _in_micros(name: str, column: NDArray[Any], unit: str) -> Ints:
    """Microseconds without loss: a finer or a wider unit has to come back the same."""
    _one_dimension(name, column)
    fine = column.astype(unit, copy=False)
    if column.dtype != fine.dtype:
        lost = np.flatnonzero((fine.astype(column.dtype) != column) & ~np.isnat(column))
        if lost.size:
            raise ColumnError(
                "column-inexact", name=name, row=int(lost[0]), got=str(column.reshape(-1)[lost[0]])
            )
    return fine.view(np.int64)


def _one_dimension(name: str, column: NDArray[Any]) -> NDArray[Any]:
    if column.ndim > 1:
        raise ColumnError("column-shape", name=name, got=column.shape)
    return column


def _kind(column: NDArray[Any]) -> str:
    return str(column.dtype)


def as_instants(us: Ints) -> NDArray[np.datetime64]:
    """Microseconds as instants."""
    return us.view("datetime64[us]")


def answer_all(
    names: tuple[str, str],
    one: Ints,
    other: Ints,
    question: Question,
    kernel_of: Callable[[Ints, Rows], Kernel | None],
) -> Ints:
    """All rows, in blocks."""
    try:
        shape = np.broadcast_shapes(one.shape, other.shape)
    except ValueError:
        raise ColumnError("column-lengths", names=names, got=(one.size, other.size)) from None
    rows = np.broadcast_to(one, shape).reshape(-1)
    same = int(other.reshape(-1)[0]) if other.size == 1 else None
    kernel = kernel_of(rows, other if same is None else same) if rows.size > _FEW and same != NAT else None
    out = np.empty(rows.size, np.int64)
    for begin in range(0, rows.size, BLOCK):
        block = slice(begin, begin + BLOCK)
        own = other[block] if same is None else same
        if kernel is None:
            out[block] = NAT
        elif kernel(rows[block], own, out[block]) is True:
            continue
        if out[block].min() == NAT:
            question.ask(rows[block], own, out[block], begin)
    return out.reshape(shape)


def answer_where_known(
    start: Ints, other: int, scalar: Callable[[int], int], kernel_of: Callable[[], Kernel | None]
) -> Ints:
    """All rows, none of which lacks anything, in blocks; `NAT` where the scalar refuses."""
    out = np.full(start.size, NAT, np.int64)
    kernel = kernel_of() if start.size > _SOME else None
    if kernel is not None:
        for begin in range(0, start.size, BLOCK):
            kernel(start[begin : begin + BLOCK], other, out[begin : begin + BLOCK])
    left = np.flatnonzero(out == NAT)
    for row, at in zip(left.tolist(), start[left].tolist(), strict=True):
        with suppress(QmsError):
            out[row] = scalar(at)
    return out


@attrs.frozen
class Question:
    """A question about one row; the zone is that of an answer that is an instant, else both its sides are."""

    scalar: Scalar
    zone: tzinfo | None

    def ask(self, one: Ints, other: Rows, out: Ints, begin: int) -> None:
        """It, for each row of a block that has no answer yet and lacks nothing."""
        others = np.broadcast_to(np.asarray(other), one.shape)
        left = np.flatnonzero((out == NAT) & (one != NAT) & (others != NAT))
        for row, first, second in zip(left.tolist(), one[left].tolist(), others[left].tolist(), strict=True):
            try:
                out[row] = self._answer(first, second)
            except QmsError as error:
                raise type(error)(error.code, **{**error.operands, "row": begin + row}) from error

    def _answer(self, first: int, second: int) -> int:
        """What no datetime can hold cannot be asked, and cannot be answered."""
        for at in (first, second) if self.zone is None else (first,):
            if not _FIRST_INSTANT <= at < _AFTER_LAST_INSTANT:
                raise beyond_years()
        answer = self.scalar(first, second)
        if self.zone is not None and not BEGIN <= answer < END:
            from_micros(answer, self.zone)
        return answer
