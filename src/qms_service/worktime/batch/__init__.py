"""Columns (整列计算): a calendar and its terms over whole columns of numpy.

The scalar is the reference. What a few look-ups in arrays can answer is answered so, block by block. A row that needs
a closer look (an hour that the clock repeats, a horizon, an error) is asked one by one, and so are the rows of a short
column, which must not pay for arrays. Inside, a column is int64 microseconds; what is not answered yet is `NAT`.
"""

from __future__ import annotations

from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING

from qms_service.errors import MissingExtraError
from qms_service.instants import DAY, HOUR, MINUTE, Micros
from qms_service.worktime.compiled import Compiled
from qms_service.worktime.wall import BEGIN, END

try:
    import numpy as np
    from numpy.typing import NDArray

    from qms_service.worktime.batch.kinds import MOST_DAYS, NEVER, Ints, Kernel, Rows, Scalar
    from qms_service.worktime.batch.on_wall import months_later, on_wall
    from qms_service.worktime.batch.reach import bounds, ends_of, extremes_of, joined, last_known
    from qms_service.worktime.batch.rows import (
        Question,
        answer_all,
        answer_where_known,
        as_instants,
        read_amounts,
        read_counts,
        read_instants,
    )
    from qms_service.worktime.batch.spans import spans_over
    from qms_service.worktime.batch.working_days import closing, either_way
    from qms_service.worktime.batch.working_time import (
        adding,
        adding_ahead,
        between,
        counting,
        guarded_by,
        itself,
        moving,
    )
except ModuleNotFoundError as missing:
    raise MissingExtraError("missing-extra", what=__name__, package="numpy", extra="analysis") from missing

if TYPE_CHECKING:
    from qms_service.worktime.inside import CalendarInside
    from qms_service.worktime.term import Term


def add(cal: CalendarInside, starts: object, amounts: object) -> NDArray[np.datetime64]:
    """`WorkCalendar.add_many`."""
    start, amount = read_instants("starts", starts), read_amounts(amounts)
    kernel = partial(_adding, cal)
    return as_instants(answer_all(("starts", "amounts"), start, amount, Question(cal.add, cal.zone), kernel))


def elapsed(cal: CalendarInside, starts: object, ends: object) -> NDArray[np.timedelta64]:
    """`WorkCalendar.elapsed_many`."""
    start, end = read_instants("starts", starts), read_instants("ends", ends)

    def kernel(start: Ints, end: Rows) -> Kernel | None:
        starts, ends = ends_of(start), ends_of(end)
        extremes = joined(bounds(cal, start, starts), bounds(cal, np.asarray(end), ends))
        if not isinstance(cal.segments, Compiled):
            reach = BEGIN, min(END, last_known(cal) + 1)
            return between(guarded_by(itself, *reach))
        table = spans_over(cal, cal.segments, extremes)
        return (
            None if table is None else between(guarded_by(counting(table), *table.reach(cal), starts, ends))
        )

    answer = answer_all(("starts", "ends"), start, end, Question(cal.elapsed, None), kernel)
    return answer.view("timedelta64[us]")


def add_days(cal: CalendarInside, starts: object, n: object) -> NDArray[np.datetime64]:
    """`WorkCalendar.add_days_many`."""
    start, count = read_instants("starts", starts), read_counts(n)
    kernel = partial(_adding_days, cal)
    return as_instants(answer_all(("starts", "n"), start, count, Question(cal.add_days, cal.zone), kernel))


def after(term: Term, starts: object, cal: CalendarInside | None, zone: tzinfo) -> NDArray[np.datetime64]:
    """`Term.after_many`."""
    quick = cal is not None and term.working and not term.end_of_day and term.amount <= MOST_DAYS
    if cal is not None and quick:
        if term.unit == "d":
            return add_days(cal, starts, term.amount)
        return add(cal, starts, np.timedelta64(term.amount * _length(term), "us"))
    start = read_instants("starts", starts)

    def scalar(start: int, _: int) -> int:
        return term.after_us(start, cal, zone, provisional=False)

    def kernel(start: Ints, _: Rows) -> Kernel | None:
        if term.amount > MOST_DAYS:
            return None
        return _term_kernel(term, start, cal, zone, scalar)

    return as_instants(answer_all(("starts", "term"), start, np.asarray(0), Question(scalar, zone), kernel))


def after_where_known(term: Term, start: Ints, cal: CalendarInside | None, zone: tzinfo) -> Ints:
    """Where a term is over, for each row; `NAT` where it refuses."""
    amount = term.amount * _length(term) if term.unit in ("h", "min") else term.amount

    def scalar(start: int, _: int = 0) -> int:
        return term.after_us(start, cal, zone, provisional=False)

    def kernel() -> Kernel | None:
        if term.amount > MOST_DAYS:
            return None
        if cal is None or not term.working or term.end_of_day:
            return _term_kernel(term, start, cal, zone, scalar)
        return (_adding_days if term.unit == "d" else _adding)(cal, start, amount)

    return answer_where_known(start, amount, scalar, kernel)


def _adding(cal: CalendarInside, start: Ints, amount: Rows) -> Kernel | None:
    starts, amounts = ends_of(start), ends_of(amount)
    extremes = extremes_of(cal, start, starts, amounts, cal.add)
    if not isinstance(cal.segments, Compiled):
        return None if extremes is None else moving(cal)
    table = spans_over(cal, cal.segments, extremes)
    if table is None:
        return None
    ahead = amounts[0] > 0 and amounts[1] < NEVER
    add_up = adding_ahead if ahead else adding
    return guarded_by(add_up(table, last_known(cal)), *table.reach(cal), starts)


def _adding_days(cal: CalendarInside, start: Ints, count: Rows) -> Kernel | None:
    starts, counts = ends_of(start), ends_of(count)
    extremes = extremes_of(cal, start, starts, counts, cal.add_days)
    if not isinstance(cal.segments, Compiled):
        last = last_known(cal) - 1
        return on_wall(cal.zone, extremes, last, lambda wall, n: wall + np.multiply(n, DAY))
    table = spans_over(cal, cal.segments, extremes)
    if table is None:
        return None
    kernel = either_way(table, count, counts, last_known(cal) - 1, starts)
    return guarded_by(kernel, *table.reach(cal), starts)


def _term_kernel(
    term: Term, start: Ints, cal: CalendarInside | None, zone: tzinfo, scalar: Scalar
) -> Kernel | None:
    extremes = extremes_of(cal if term.working else None, start, ends_of(start), (0, 0), scalar)
    if term.end_of_day and cal is not None and isinstance(cal.segments, Compiled):
        table = spans_over(cal, cal.segments, extremes)
        if table is None:
            return None
        return guarded_by(closing(table, term.amount, last_known(cal)), *table.reach(cal))
    last = last_known(cal) if term.working and cal is not None else END
    if term.end_of_day:
        days = (term.amount + 1) * DAY
        return on_wall(zone, extremes, last, lambda wall, _: wall - wall % DAY + days)
    if term.unit == "month":
        return on_wall(zone, extremes, last, lambda wall, _: months_later(wall, term.amount))
    if term.unit in ("h", "min"):
        ahead, amount = moving(None), term.amount * _length(term)
        return lambda start, _, out: ahead(start, amount, out)
    days = term.amount * (7 if term.unit == "week" else 1) * DAY
    return on_wall(zone, extremes, last, lambda wall, _: wall + days)


def _length(term: Term) -> Micros:
    return HOUR if term.unit == "h" else MINUTE
