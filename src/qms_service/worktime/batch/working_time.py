"""Working time over a block of rows: added, and counted between two instants."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qms_service.instants import NAT, Micros
from qms_service.worktime.batch.kinds import BLOCK, Ends, Ints, Kernel, Rows
from qms_service.worktime.batch.reach import last_known
from qms_service.worktime.batch.spans import Spans
from qms_service.worktime.inside import CalendarInside
from qms_service.worktime.wall import BEGIN, END


def guarded_by(kernel: Kernel, low: Micros, high: Micros, *columns: Ends) -> Kernel:
    """The kernel, with `NAT` for rows that lie outside [low, high), where any row of the columns does."""
    if columns and all(low <= lowest and highest < high for lowest, highest in columns):
        return kernel

    def guarded(start: Ints, other: Rows, out: Ints) -> object:
        if low <= start.min() and start.max() < high:
            return kernel(start, other, out)
        outside = (start < low) | (start >= high)
        kernel(np.where(outside, low, start), other, out)
        out[outside] = NAT
        return False

    return guarded


def itself(at: Ints, _: Rows, out: Ints) -> None:
    """An instant on a calendar that never closes."""
    out[:] = at


def moving(cal: CalendarInside | None) -> Kernel:
    """All time counts."""
    end = END if cal is None else min(END, last_known(cal) + 1)

    def moved(start: Ints, amount: Rows, out: Ints) -> None:
        np.add(start, amount, out=out)
        if out.min() < BEGIN or out.max() >= end:
            out[(out < BEGIN) | (out >= end)] = NAT

    return guarded_by(moved, BEGIN, end)


def counting(spans: Spans) -> Kernel:
    """Work until each instant."""
    index, work = np.empty(BLOCK, np.intp), np.empty(BLOCK, np.int64)
    return lambda at, _, out: spans.worked(at, out, index[: at.size], work[: at.size])


def between(count: Kernel) -> Kernel:
    """The difference of two counts."""
    kept = np.empty(BLOCK, np.int64)

    def difference(start: Ints, end: Rows, out: Ints) -> None:
        until_start = kept[: start.size]
        count(start, 0, until_start)
        count(np.broadcast_to(np.asarray(end), start.shape), 0, out)
        left = None
        if until_start.min() == NAT or out.min() == NAT:
            left = (until_start == NAT) | (out == NAT)
        np.subtract(out, until_start, out=out)
        if left is not None:
            out[left] = NAT

    return difference


def adding(spans: Spans, last: Micros) -> Kernel:
    """The goal is looked up among the totals: one that fills a span exactly is the last of that span."""
    index, work = np.empty(BLOCK, np.intp), np.empty(BLOCK, np.int64)
    total = int(spans.totals[-1])

    def added(start: Ints, amount: Rows, out: Ints) -> None:
        own, spare = index[: start.size], work[: start.size]
        spans.worked(start, out, own, spare)
        ahead = np.greater(amount, 0)
        np.add(out, amount - ahead.astype(np.int64), out=out)
        left = None
        if out.min() < 0 or out.max() >= total:
            left = (out < 0) | (out >= total)
        spans.by_total.count(out, own, spare)
        np.take(spans.bases, own, out=spare, mode="clip")
        np.add(out, spare, out=out)
        if ahead.any():
            np.add(out, ahead, out=out)
        settle(out, left, last)
        still = np.equal(amount, 0)
        if still.any():
            np.copyto(out, start, where=still)

    return added


def adding_ahead(spans: Spans, last: Micros) -> Kernel:
    """The same where every amount goes ahead, which takes fewer steps."""
    index, work = np.empty(BLOCK, np.intp), np.empty(BLOCK, np.int64)
    total = int(spans.totals[-1])

    def added(start: Ints, amount: Rows, out: Ints) -> None:
        own, spare = index[: start.size], work[: start.size]
        spans.worked(start, out, own, spare)
        np.add(out, amount, out=out)
        left = out > total if out.max() > total else None
        spans.reached(out, out, own, spare)
        settle(out, left, last)

    return added


def settle(out: Ints, left: NDArray[np.bool_] | None, last: Micros) -> None:
    """`NAT` for what is left, and for what lies beyond the last instant."""
    if left is not None:
        out[left] = NAT
    if out.max() > last:
        out[out > last] = NAT
