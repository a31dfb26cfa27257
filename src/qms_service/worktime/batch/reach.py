"""Reach: from when to when the rows of a column and their answers lie."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from qms_service.errors import QmsError
from qms_service.instants import Micros
from qms_service.worktime.batch.kinds import Ints, Rows, Scalar
from qms_service.worktime.inside import CalendarInside
from qms_service.worktime.wall import BEGIN, END


def bounds(cal: CalendarInside | None, us: Ints) -> tuple[Micros, Micros] | None:
    """The earliest and the latest of the rows that can have an answer."""
    end = END if cal is None else min(END, last_known(cal) + 1)
    low, high = int(us.min()), int(us.max())
    if low >= BEGIN and high < end:
        return low, high
    able = us[(us >= BEGIN) & (us < end)]
    return (int(able.min()), int(able.max())) if able.size else None


def extremes_of(
    cal: CalendarInside | None, start: Ints, other: Rows, scalar: Scalar
) -> tuple[Micros, Micros] | None:
    """The earliest and the latest instant of the rows and, where they have one, of their answers."""
    found = bounds(cal, start)
    if found is None:
        return None
    reached = list(found)
    for at, count in zip(found, (int(np.min(other)), int(np.max(other))), strict=True):
        with suppress(QmsError):  # the row itself will say so
            reached.append(scalar(at, count))
    return max(BEGIN, min(reached)), min(END - 1, max(reached))


def joined(
    one: tuple[Micros, Micros] | None, other: tuple[Micros, Micros] | None
) -> tuple[Micros, Micros] | None:
    """From the earlier begin to the later end of two reaches."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def last_known(cal: CalendarInside) -> Micros:
    """The last instant that a calendar knows."""
    return END if cal.horizon_us is None else cal.horizon_us
