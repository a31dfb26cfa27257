"""Working days over a block of rows: counted on either way, and their closes."""

from __future__ import annotations

import numpy as np

from qms_service.instants import Micros
from qms_service.worktime.batch.days import Days
from qms_service.worktime.batch.kinds import BLOCK, Ints, Kernel, Rows
from qms_service.worktime.batch.spans import Spans
from qms_service.worktime.batch.working_time import settle
from qms_service.worktime.wall import END


def either_way(spans: Spans, n: Rows, last: Micros) -> Kernel:
    """Working days: one number for all rows, or for each its own."""
    if isinstance(n, int):
        return _days_ahead(spans.ahead, n, last) if n >= 0 else _days_back(_days_ahead(spans.back, -n, END))

    def moved(start: Ints, n: Rows, out: Ints) -> None:
        back = np.less(n, 0)
        if not back.all():
            out[:] = spans.ahead.later(start, np.maximum(n, 0))
            settle(out, None, last)
        if back.any():
            other = spans.back.later(-start, np.maximum(np.negative(n), 0))
            settle(other, None, END)
            np.copyto(out, -other, where=back)

    return moved


def _days_ahead(days: Days, n: int, last: Micros) -> Kernel:
    index, work = np.empty(BLOCK, np.intp), np.empty(BLOCK, np.int64)
    moves = days.moves(n)

    def moved(start: Ints, _: Rows, out: Ints) -> None:
        own, spare = index[: start.size], work[: start.size]
        days.by_close.count(start, own, spare)
        np.take(days.opens, own, out=out, mode="clip")
        np.maximum(out, start, out=out)
        np.take(moves, own, out=spare, mode="clip")
        np.add(out, spare, out=out)
        if out.max() > last:
            far = np.flatnonzero(out > last)
            out[far] = days.later(start[far], n)
            settle(out, None, last)

    return moved


def _days_back(ahead: Kernel) -> Kernel:
    def moved(start: Ints, n: Rows, out: Ints) -> None:
        ahead(-start, n, out)
        np.negative(out, out=out)

    return moved


def closing(spans: Spans, n: int, last: Micros) -> Kernel:
    """The close of a working day."""
    index, work = np.empty(BLOCK, np.intp), np.empty(BLOCK, np.int64)
    closes = spans.ahead.closes_after(n)

    def closed(start: Ints, _: Rows, out: Ints) -> None:
        spans.by_close.count(start, index[: start.size], work[: start.size])
        np.take(closes, index[: start.size], out=out, mode="clip")
        settle(out, None, last)

    return closed
