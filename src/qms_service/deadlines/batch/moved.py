"""Moved: where a working term is due in rows with pauses, as `Promise` has it for one."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from qms_service.deadlines.batch.counted import Counted
from qms_service.deadlines.batch.kinds import NAT, Bools, Ints
from qms_service.errors import QmsError
from qms_service.worktime import Term
from qms_service.worktime.inside import CalendarInside


def moved_due(term: Term, alone: Ints, start: Ints, counted: Counted, cal: CalendarInside) -> Ints:
    """Where the rows with pauses are due; `NAT` where they have to be asked.

    Args:
        term: A working term.
        alone: Where it is over without a pause, in each of these rows.
        start: Where each starts.
        counted: All rows.
        cal: The calendar that counts.
    """
    measure = counted.measure
    base = _base(term, alone, start, counted, cal)
    goal = measure.total(base)
    due = measure.reach(counted.moved(goal))
    if term.unit == "d":
        budget = goal - counted.start[counted.rows]
        there, at = np.where(budget > 0, measure.reach(goal), start), np.where(budget > 0, due, start)
        if term.end_of_day:
            further = (budget <= 0) | (measure.close(there - 1) != alone)
            due = measure.close(_resumed(at, at - 1, start, further, counted))
        else:
            due = _resumed(at, at, start, there != alone, counted)
    return np.where((base == NAT) | (alone == NAT), NAT, due)


def _base(term: Term, alone: Ints, start: Ints, counted: Counted, cal: CalendarInside) -> Ints:
    """Where the term is over before it runs on to a close; the last microsecond of a day stands for its close."""
    if not term.end_of_day:
        return alone
    base = counted.measure.inside(start, term.amount)
    left = np.flatnonzero(base == NAT)
    for row, at in zip(left.tolist(), start[left].tolist(), strict=True):
        with suppress(QmsError):
            base[row] = cal.within_nth_day(at, term.amount)
    return np.where(base + 1 == alone, alone, base)


def _resumed(at: Ints, else_at: Ints, start: Ints, further: Bools, counted: Counted) -> Ints:
    """Where time counts again after `at`, in the rows that aim further; `else_at` in the others."""
    resumed, among = else_at.copy(), np.flatnonzero(further)
    if among.size:
        resumed[among] = counted.resumed(at[among], start[among], among)
    return resumed
