"""What is counted on the wall of a zone over a block of rows: calendar days and months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qms_service.instants import DAY, Micros
from qms_service.worktime.batch.kinds import MOST_DAYS, NAT, Ints, Kernel, Rows
from qms_service.worktime.batch.working_time import guarded_by
from qms_service.worktime.wall import BEGIN, END, offset_at

_DAYS: Final = 1024  # so that one block of rows uses the offsets of the one before
_FIRST_DAY: Final = BEGIN // DAY - 2
_LAST_DAY: Final = END // DAY + 4


def on_wall(
    zone: tzinfo, extremes: tuple[Micros, Micros] | None, last: Micros, move: Callable[[Ints, Rows], Ints]
) -> Kernel | None:
    """What is counted on the wall of a zone, on days around which its clock does not change."""
    if extremes is None:
        return None
    first = max(_FIRST_DAY, (extremes[0] // DAY - 2) // _DAYS * _DAYS)
    offsets, steady = _offsets(zone, first, min(_LAST_DAY, -(-(extremes[1] // DAY + 4) // _DAYS) * _DAYS))

    def moved(start: Ints, n: Rows, out: Ints) -> None:
        day = start // DAY - first
        offset = offsets.take(day, mode="clip")
        goal = move(start + offset, n)
        there = (goal - offset) // DAY - first
        able = steady.take(day, mode="clip") & steady.take(there, mode="clip")
        able &= (day >= 0) & (day < steady.size) & (there >= 0) & (there < steady.size)
        np.subtract(goal, offsets.take(there, mode="clip"), out=out)
        able &= (goal >= BEGIN) & (goal < END) & (out <= last) & (np.abs(n) < MOST_DAYS)
        out[~able] = NAT

    return guarded_by(moved, BEGIN, min(END, last + 1))


@lru_cache(maxsize=16)
def _offsets(zone: tzinfo, first: int, after: int) -> tuple[Ints, NDArray[np.bool_]]:
    """What the wall of a zone is ahead of UTC at the midnights of days, and on which it does not change nearby."""
    offsets = np.array([offset_at(day * DAY, zone) for day in range(first, after)])
    steady = np.zeros(offsets.size, np.bool_)
    changes = np.diff(offsets) != 0
    steady[1:-2] = ~(changes[:-2] | changes[1:-1] | changes[2:])
    return offsets, steady


def months_later(wall: Ints, months: int) -> Ints:
    """The same day of the month, or its last."""
    day = wall // DAY
    month = day.astype("M8[D]").astype("M8[M]")
    there = month + months
    first, after = (of.astype("M8[D]").astype(np.int64) for of in (there, there + 1))
    on = np.minimum(day - month.astype("M8[D]").astype(np.int64), after - first - 1)
    later: Ints = (first + on) * DAY + wall % DAY
    return later
