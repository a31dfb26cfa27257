"""What is counted on the wall of a zone over a block of rows: calendar days and months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

import numpy as np

from qms_service.instants import DAY, Micros
from qms_service.worktime.batch.kinds import MOST_DAYS, NAT, Ints, Kernel, Rows
from qms_service.worktime.batch.working_time import guarded_by
from qms_service.worktime.wall import BEGIN, END, offset_at


def on_wall(
    zone: tzinfo, extremes: tuple[Micros, Micros] | None, last: Micros, move: Callable[[Ints, Rows], Ints]
) -> Kernel | None:
    """What is counted on the wall of a zone, on days around which its clock does not change."""
    if extremes is None:
        return None
    first = extremes[0] // DAY - 2
    offsets = np.array([offset_at(day * DAY, zone) for day in range(first, extremes[1] // DAY + 4)])
    steady = np.zeros(offsets.size, np.bool_)
    changes = np.diff(offsets) != 0
    steady[1:-2] = ~(changes[:-2] | changes[1:-1] | changes[2:])

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


def months_later(wall: Ints, months: int) -> Ints:
    """The same day of the month, or its last."""
    day = wall // DAY
    month = day.astype("M8[D]").astype("M8[M]")
    there = month + months
    first, after = (of.astype("M8[D]").astype(np.int64) for of in (there, there + 1))
    on = np.minimum(day - month.astype("M8[D]").astype(np.int64), after - first - 1)
    later: Ints = (first + on) * DAY + wall % DAY
    return later
