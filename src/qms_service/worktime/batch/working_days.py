"""Working days over a block of rows: counted on either way, and their closes."""

from __future__ import annotations

from typing import Final

import numpy as np

from qms_service.instants import Micros
from qms_service.worktime.batch.days import Days
from qms_service.worktime.batch.kinds import BLOCK, Ends, Ints, Kernel, Rows
from qms_service.worktime.batch.spans import Spans
from qms_service.worktime.batch.working_time import settle
from qms_service.worktime.wall import END

_CELLS: Final = 4  # of a table for each number of days, for each row


def either_way(spans: Spans, n: Rows, counts: Ends, last: Micros, starts: Ends) -> Kernel:
    """Working days: one number for all rows, or for each its own."""
    if isinstance(n, int):
        if n < 0:
            return _back(_counted(spans.back, (-n, -n), 0, END))
        return _days_on_grid(spans, n, last, starts[1]) or _counted(spans.ahead, counts, 0, last)
    lowest, highest = counts
    if highest < 0:
        return _back(_counted(spans.back, (-highest, -lowest), n.size, END))
    ahead = _counted(spans.ahead, (max(lowest, 0), highest), n.size, last)
    if lowest >= 0:
        return ahead
    back = _back(_counted(spans.back, (0, -lowest), n.size, END))
    other = np.empty(BLOCK, np.int64)

    def moved(start: Ints, n: Rows, out: Ints) -> None:
        ahead(start, np.maximum(n, 0), out)
        back(start, np.minimum(n, 0), other[: start.size])
        np.copyto(out, other[: start.size], where=np.less(n, 0))

    return moved


def _counted(days: Days, counts: Ends, rows: int, last: Micros) -> Kernel:
    """On from the span of each row, by a table of moves for each number of days where there are few for the rows."""
    each = days.opens.size
    if (counts[1] - counts[0] + 1) * each > max(each, _CELLS * rows):
        return _one_way(days, last)
    index, work = np.empty(BLOCK, np.intp), np.empty(BLOCK, np.int64)
    moves = np.concatenate([days.moves(n) for n in range(counts[0], counts[1] + 1)])

    def moved(start: Ints, n: Rows, out: Ints) -> None:
        own, spare = index[: start.size], work[: start.size]
        days.by_close.count(start, own, spare)
        np.take(days.opens, own, out=out, mode="clip")
        np.maximum(out, start, out=out)
        if not isinstance(n, int):
            np.multiply(n - counts[0], each, out=spare)
            np.add(own, spare, out=own)
        np.take(moves, own, out=spare, mode="clip")
        np.add(out, spare, out=out)
        _settle_far(days, start, n, out, last)

    return moved


def _one_way(days: Days, last: Micros) -> Kernel:
    def moved(start: Ints, n: Rows, out: Ints) -> None:
        out[:] = days.later(start, n)
        settle(out, None, last)

    return moved


def _days_on_grid(spans: Spans, n: int, last: Micros, latest: Micros) -> Kernel | None:
    """Where the latest row has an answer, and no bucket until then is without one, no row needs another look."""
    grid, moves, days = spans.grid, spans.moves, spans.ahead
    if grid is None or moves is None:
        return None
    work, spare, answer = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.empty(1, np.int64)
    spread, known_until = moves.of(n)
    grid.most(spread, np.array([latest]), answer, work[:1], spare[:1])
    sure = bool(latest < known_until and answer[0] <= last)

    def moved(start: Ints, _: Rows, out: Ints) -> bool:
        grid.most(spread, start, out, work[: start.size], spare[: start.size])
        if not sure:
            _settle_far(days, start, n, out, last)
        return sure

    return moved


def _settle_far(days: Days, start: Ints, n: Rows, out: Ints, last: Micros) -> None:
    """Rows that the table of moves does not tell, or that lie beyond the last instant."""
    if out.max() > last:
        far = np.flatnonzero(out > last)
        out[far] = days.later(start[far], n if isinstance(n, int) else n[far])
        settle(out, None, last)


def _back(ahead: Kernel) -> Kernel:
    def moved(start: Ints, n: Rows, out: Ints) -> None:
        ahead(-start, -n, out)
        np.negative(out, out=out)

    return moved


def closing(spans: Spans, n: int, last: Micros) -> Kernel:
    """The close of a working day."""
    index, work = np.empty(BLOCK, np.intp), np.empty(BLOCK, np.int64)
    edges = spans.by_close

    def looked_up(start: Ints, _: Rows, out: Ints) -> None:
        edges.look_up(spread, start, out, work[: start.size])
        settle(out, None, last)

    def counted(start: Ints, _: Rows, out: Ints) -> None:
        edges.count(start, index[: start.size], work[: start.size])
        np.take(closes, index[: start.size], out=out, mode="clip")
        settle(out, None, last)

    if spans.closes is not None:
        spread = spans.closes.of(n)
        return looked_up
    closes = spans.ahead.closes_after(n)
    return counted
