"""Reach: from when to when the rows of a column and their answers lie."""

from __future__ import annotations

from contextlib import suppress

from qms_service.errors import QmsError
from qms_service.instants import Micros
from qms_service.worktime.batch.kinds import Ends, Ints, Rows, Scalar
from qms_service.worktime.inside import CalendarInside
from qms_service.worktime.wall import BEGIN, END


def ends_of(column: Rows) -> Ends:
    """The lowest and the highest."""
    return (column, column) if isinstance(column, int) else (int(column.min()), int(column.max()))


def bounds(cal: CalendarInside | None, us: Ints, ends: Ends) -> Ends | None:
    """The earliest and the latest of the rows that can have an answer."""
    end = END if cal is None else min(END, last_known(cal) + 1)
    if ends[0] >= BEGIN and ends[1] < end:
        return ends
    able = us[(us >= BEGIN) & (us < end)]
    return ends_of(able) if able.size else None


def extremes_of(
    cal: CalendarInside | None, start: Ints, starts: Ends, others: Ends, scalar: Scalar
) -> Ends | None:
    """The earliest and the latest instant of the rows and, where they have one, of their answers."""
    found = bounds(cal, start, starts)
    if found is None:
        return None
    reached = list(found)
    for at, count in zip(found, others, strict=True):
        with suppress(QmsError):  # the row itself will say so
            reached.append(scalar(at, count))
    return max(BEGIN, min(reached)), min(END - 1, max(reached))


def joined(one: Ends | None, other: Ends | None) -> Ends | None:
    """From the earlier begin to the later end of two reaches."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def last_known(cal: CalendarInside) -> Micros:
    """The last instant that a calendar knows."""
    return END if cal.horizon_us is None else cal.horizon_us
