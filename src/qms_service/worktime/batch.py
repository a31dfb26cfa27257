"""Columns (整列计算): a calendar and its terms over whole columns of numpy.

The scalar is the reference. What a few look-ups in arrays can answer is answered so, block by block. A row that needs
a closer look (an hour that the clock repeats, a horizon, an error) is asked one by one, and so are the rows of a short
column, which must not pay for arrays. Inside, a column is int64 microseconds; what is not answered yet is `NAT`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

import attrs

from qms_service.errors import ColumnError, MissingExtraError, QmsError
from qms_service.instants import DAY, HOUR, MINUTE, Micros, beyond_years, from_micros
from qms_service.worktime.compiled import Compiled
from qms_service.worktime.wall import BEGIN, END, midnight, offset_at, offsets_of

try:
    import numpy as np
    from numpy.typing import NDArray
except ModuleNotFoundError as missing:
    raise MissingExtraError("missing-extra", what=__name__, package="numpy", extra="analysis") from missing

if TYPE_CHECKING:
    from qms_service.worktime.inside import CalendarInside
    from qms_service.worktime.table import Table
    from qms_service.worktime.term import Term

Ints = NDArray[np.int64]
Rows = Ints | int  # a column, or one number for all rows
Scalar = Callable[[int, int], int]
Kernel = Callable[[Ints, Rows, Ints], None]

NAT: Final = int(np.iinfo(np.int64).min)
_NEVER: Final = 1 << 61
_BLOCK: Final = 1 << 15  # rows whose buffers stay in the processor's cache
_FEW: Final = 500  # rows that one by one cost less than making the arrays
_CROWD: Final = 64  # buckets for each edge, at most
_MOST_DAYS: Final = 4_000_000  # more than there are in all years
_FIRST_INSTANT: Final = midnight(date.min.toordinal())
_AFTER_LAST_INSTANT: Final = midnight(date.max.toordinal()) + DAY
_UNITS: Final = ("W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as")


def add(cal: CalendarInside, starts: object, amounts: object) -> NDArray[np.datetime64]:
    """`WorkCalendar.add_many`."""
    start, amount = _read_instants("starts", starts), _read_amounts(amounts)

    def kernel(start: Ints, amount: Rows) -> Kernel | None:
        extremes = _extremes(cal, start, amount, cal.add)
        if not isinstance(cal.segments, Compiled):
            return None if extremes is None else _moving(cal)
        table = _spans(cal, cal.segments, extremes)
        if table is None:
            return None
        ahead = np.min(amount) > 0 and np.max(amount) < _NEVER
        adding = _adding_ahead if ahead else _adding
        return _guarded(adding(table, _last_known(cal)), *table.reach(cal), start)

    return _instants(_answer(("starts", "amounts"), start, amount, _Question(cal.add, cal.zone), kernel))


def elapsed(cal: CalendarInside, starts: object, ends: object) -> NDArray[np.timedelta64]:
    """`WorkCalendar.elapsed_many`."""
    start, end = _read_instants("starts", starts), _read_instants("ends", ends)

    def kernel(start: Ints, end: Rows) -> Kernel | None:
        extremes = _joined(_bounds(cal, start), _bounds(cal, np.asarray(end)))
        if not isinstance(cal.segments, Compiled):
            reach = BEGIN, min(END, _last_known(cal) + 1)
            return _between(_guarded(_itself, *reach))
        table = _spans(cal, cal.segments, extremes)
        return (
            None
            if table is None
            else _between(_guarded(_counting(table), *table.reach(cal), start, np.asarray(end)))
        )

    answer = _answer(("starts", "ends"), start, end, _Question(cal.elapsed, None), kernel)
    return answer.view("timedelta64[us]")


def add_days(cal: CalendarInside, starts: object, n: object) -> NDArray[np.datetime64]:
    """`WorkCalendar.add_days_many`."""
    start, count = _read_instants("starts", starts), _read_counts(n)

    def kernel(start: Ints, count: Rows) -> Kernel | None:
        extremes = _extremes(cal, start, count, cal.add_days)
        if not isinstance(cal.segments, Compiled):
            last = _last_known(cal) - 1
            return _on_wall(cal.zone, extremes, last, lambda wall, n: wall + np.multiply(n, DAY))
        table = _spans(cal, cal.segments, extremes)
        if table is None:
            return None
        return _guarded(_either_way(table, count, _last_known(cal) - 1), *table.reach(cal), start)

    return _instants(_answer(("starts", "n"), start, count, _Question(cal.add_days, cal.zone), kernel))


def after(term: Term, starts: object, cal: CalendarInside | None, zone: tzinfo) -> NDArray[np.datetime64]:
    """`Term.after_many`."""
    quick = cal is not None and term.working and not term.end_of_day and term.amount <= _MOST_DAYS
    if cal is not None and quick:
        if term.unit == "d":
            return add_days(cal, starts, term.amount)
        return add(cal, starts, np.timedelta64(term.amount * _length(term), "us"))
    start = _read_instants("starts", starts)

    def scalar(start: int, _: int) -> int:
        return term.after_us(start, cal, zone, provisional=False)

    def kernel(start: Ints, _: Rows) -> Kernel | None:
        if term.amount > _MOST_DAYS:
            return None
        return _term_kernel(term, start, cal, zone, scalar)

    return _instants(_answer(("starts", "term"), start, np.asarray(0), _Question(scalar, zone), kernel))


def _term_kernel(
    term: Term, start: Ints, cal: CalendarInside | None, zone: tzinfo, scalar: Scalar
) -> Kernel | None:
    extremes = _extremes(cal if term.working else None, start, 0, scalar)
    if term.end_of_day and cal is not None and isinstance(cal.segments, Compiled):
        table = _spans(cal, cal.segments, extremes)
        if table is None:
            return None
        return _guarded(_closing(table, term.amount, _last_known(cal)), *table.reach(cal))
    last = _last_known(cal) if term.working and cal is not None else END
    if term.end_of_day:
        days = (term.amount + 1) * DAY
        return _on_wall(zone, extremes, last, lambda wall, _: wall - wall % DAY + days)
    if term.unit == "month":
        return _on_wall(zone, extremes, last, lambda wall, _: _months_later(wall, term.amount))
    if term.unit in ("h", "min"):
        ahead, amount = _moving(None), term.amount * _length(term)
        return lambda start, _, out: ahead(start, amount, out)
    days = term.amount * (7 if term.unit == "week" else 1) * DAY
    return _on_wall(zone, extremes, last, lambda wall, _: wall + days)


def _length(term: Term) -> Micros:
    return HOUR if term.unit == "h" else MINUTE


# --- rows: what is handed in, and what is handed out


def _read_instants(name: str, given: object) -> Ints:
    column = np.asarray(given)
    if column.dtype.kind != "M" or np.datetime_data(column.dtype)[0] == "generic":
        raise ColumnError("column-instants", name=name, got=_kind(column))
    return _in_micros(name, column, "M8[us]")


def _read_amounts(given: object) -> Ints:
    column = np.asarray(np.timedelta64(given, "us") if isinstance(given, timedelta) else given)
    if column.dtype.kind != "m" or np.datetime_data(column.dtype)[0] not in _UNITS:
        raise ColumnError("column-amounts", name="amounts", got=_kind(column))
    return _in_micros("amounts", column, "m8[us]")


def _read_counts(given: object) -> Ints:
    """Whole numbers; none of them is `NAT`."""
    column = np.asarray(given)
    exact = column.dtype.kind == "i" or (column.dtype.kind == "u" and not np.any(column > _NEVER))
    if not exact:
        raise ColumnError("column-counts", name="n", got=_kind(column))
    counts: Ints = np.maximum(_one_dimension("n", column).astype(np.int64, copy=False), -_NEVER)
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


def _instants(us: Ints) -> NDArray[np.datetime64]:
    return us.view("datetime64[us]")


def _answer(
    names: tuple[str, str],
    one: Ints,
    other: Ints,
    question: _Question,
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
    for begin in range(0, rows.size, _BLOCK):
        block = slice(begin, begin + _BLOCK)
        own = other[block] if same is None else same
        if kernel is None:
            out[block] = NAT
        else:
            kernel(rows[block], own, out[block])
        if out[block].min() == NAT:
            question.ask(rows[block], own, out[block], begin)
    return out.reshape(shape)


@attrs.frozen
class _Question:
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


# --- what the rows reach


def _bounds(cal: CalendarInside | None, us: Ints) -> tuple[Micros, Micros] | None:
    """The earliest and the latest of the rows that can have an answer."""
    end = END if cal is None else min(END, _last_known(cal) + 1)
    low, high = int(us.min()), int(us.max())
    if low >= BEGIN and high < end:
        return low, high
    able = us[(us >= BEGIN) & (us < end)]
    return (int(able.min()), int(able.max())) if able.size else None


def _extremes(
    cal: CalendarInside | None, start: Ints, other: Rows, scalar: Scalar
) -> tuple[Micros, Micros] | None:
    """The earliest and the latest instant of the rows and, where they have one, of their answers."""
    found = _bounds(cal, start)
    if found is None:
        return None
    reached = list(found)
    for at, count in zip(found, (int(np.min(other)), int(np.max(other))), strict=True):
        with suppress(QmsError):  # the row itself will say so
            reached.append(scalar(at, count))
    return max(BEGIN, min(reached)), min(END - 1, max(reached))


def _joined(
    one: tuple[Micros, Micros] | None, other: tuple[Micros, Micros] | None
) -> tuple[Micros, Micros] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _last_known(cal: CalendarInside) -> Micros:
    return END if cal.horizon_us is None else cal.horizon_us


def _spans(cal: CalendarInside, segments: Compiled, extremes: tuple[Micros, Micros] | None) -> _Spans | None:
    """The arrays of the calendar's table, made once for each table; None where it never opens."""
    if extremes is None:
        return None
    table = segments.table_over(*extremes)
    kept = segments.columns
    if not isinstance(kept, _Spans) or kept.table is not table:
        if not table.days:
            return None
        segments.columns = kept = _Spans.of(table, cal.zone)
    return kept


# --- look-ups


@attrs.frozen(kw_only=True, eq=False)
class _Edges:
    """Ascending numbers, and how many of them are not after a value.

    `first[j]` is the number of edges not after the begin of bucket j, which is `width` wide. Where all edges lie on
    begins (the hours of a factory are whole minutes), that is the answer; with the width below the shortest distance
    of two edges, what remains is one comparison. Where either makes too many buckets, the edges are searched.
    """

    values: Ints
    first: NDArray[np.intp] | None
    origin: int
    width: np.uint64
    exact: bool

    @classmethod
    def of(cls, edges: Ints, low: int) -> Self:
        """The edges, for values that are not below `low`."""
        distances, values = np.diff(edges), np.append(edges, _NEVER)
        grain = int(np.gcd.reduce(distances)) or DAY
        shortest = int(distances.min()) if distances.size else DAY
        for width, exact in ((grain, True), (shortest, False)):
            origin = int(edges[0]) - max(0, (int(edges[0]) - low) // width + 1) * width
            buckets = (int(edges[-1]) - origin) // width + 1
            if buckets <= _CROWD * edges.size:
                begins = origin + np.arange(buckets) * width
                first = edges.searchsorted(begins, "right" if exact else "left")
                return cls(values=values, first=first, origin=origin, width=np.uint64(width), exact=exact)
        return cls(values=values, first=None, origin=low, width=np.uint64(1), exact=False)

    def count(self, at: Ints, index: NDArray[np.intp], work: Ints) -> None:
        """Into `index`, for each value the number of edges that are not after it."""
        if self.first is None:
            index[:] = self.values.searchsorted(at, side="right")
            return
        np.subtract(at, self.origin, out=work)
        whole = work.view(np.uint64)
        np.floor_divide(whole, self.width, out=whole)
        self.first.take(work, out=index, mode="clip")
        if not self.exact:
            self.values.take(index, out=work, mode="clip")
            np.add(index, work <= at, out=index)

    def counted(self, at: Ints) -> NDArray[np.intp]:
        """`count` in an array of its own."""
        index = np.empty(at.size, np.intp)
        self.count(at, index, np.empty(at.size, np.int64))
        return index


@attrs.frozen(kw_only=True, eq=False)
class _Spans:
    """The spans of a table as arrays; one more span at the end that never comes.

    A span is looked up by its close, so that a closed instant finds the next one to open. `totals` is the work
    before each span, and `bases` what that is to be added to for an instant of the span.
    """

    table: Table
    zone: tzinfo
    by_close: _Edges
    by_total: _Edges
    by_goal: _Edges
    totals: Ints
    bases: Ints

    @classmethod
    def of(cls, table: Table, zone: tzinfo) -> Self:
        totals = np.array(table.totals, np.int64)
        return cls(
            table=table,
            zone=zone,
            by_close=_Edges.of(np.array(table.closes[1:], np.int64), table.low),
            by_total=_Edges.of(totals[1:], 0),
            by_goal=_Edges.of(totals[1:] + 1, 0),  # one that fills a span is still of that span
            totals=totals,
            bases=np.array([*table.bases[1:], _NEVER], np.int64),
        )

    def reach(self, cal: CalendarInside) -> tuple[Micros, Micros]:
        """From where to where an instant can be looked up."""
        return self.table.low, min(self.table.high, _last_known(cal) + 1)

    def worked(self, at: Ints, out: Ints, index: NDArray[np.intp], work: Ints) -> None:
        """Work until each instant."""
        self.by_close.count(at, index, work)
        np.take(self.bases, index, out=work, mode="clip")
        np.subtract(at, work, out=work)
        np.take(self.totals, index, out=out, mode="clip")
        np.maximum(out, work, out=out)

    @cached_property
    def ahead(self) -> _Days:
        """The working days, for counting on."""
        table = self.table
        day = np.array(table.days)
        dates = np.array(table.dates)
        shown, steady = _midnights(dates, self.zone)
        return _Days.of(
            opens=np.array(table.opens[:-1], np.int64),
            by_close=self.by_close,
            rank=dates.searchsorted(day),
            shown=shown,
            steady=steady,
        )

    @cached_property
    def back(self) -> _Days:
        """The working days, for counting back: time runs the other way, and a close is an opening."""
        return self.ahead.mirrored(-self.table.high)


@attrs.frozen(kw_only=True, eq=False)
class _Days:
    """The spans with their working days, each a rank among them; one more span at the end that never comes.

    Args:
        opens: Where each span opens.
        by_close: Where it closes.
        rank: Its working day.
        first: Where each working day opens.
        last: Where it closes.
        shown: The instant of its midnight.
        steady: Whether the clock does not change on it; else it is not answered here.
    """

    opens: Ints
    by_close: _Edges
    rank: NDArray[np.intp]
    first: Ints
    last: Ints
    shown: Ints
    steady: NDArray[np.bool_]

    @classmethod
    def of(
        cls, *, opens: Ints, by_close: _Edges, rank: NDArray[np.intp], shown: Ints, steady: NDArray[np.bool_]
    ) -> Self:
        ranks = np.arange(shown.size)
        return cls(
            opens=np.append(opens, _NEVER),
            by_close=by_close,
            rank=np.append(rank, shown.size),
            first=opens[rank.searchsorted(ranks)],
            last=by_close.values[rank.searchsorted(ranks, side="right") - 1],
            shown=shown,
            steady=steady,
        )

    def mirrored(self, low: int) -> _Days:
        """The same days while time runs the other way."""
        return _Days.of(
            opens=-self.by_close.values[-2::-1],
            by_close=_Edges.of(-self.opens[-2::-1], low),
            rank=self.shown.size - 1 - self.rank[-2::-1],
            shown=-self.shown[::-1],
            steady=self.steady[::-1],
        )

    def moves(self, n: int) -> Ints:
        """What takes a span to the n-th working day after its own, when it then lies within one span of that day."""
        home = self.rank[:-1]
        goal, able = self._goals(home, n)
        move = np.where(able, self.shown[goal] - self.shown[home], 0)
        opens, closes = self.opens[:-1] + move, self.by_close.values[:-1] + move
        there = self.by_close.counted(opens)
        able &= (self.opens[there] <= opens) & (closes <= self.by_close.values[there])
        able &= self.rank[there] == goal
        return np.append(np.where(able, move, _NEVER), _NEVER)

    def closes_after(self, n: int) -> Ints:
        """For each span the close of the n-th working day after its own."""
        goal = self.rank[:-1] + n
        there = goal < self.last.size
        return np.append(np.where(there, self.last[np.where(there, goal, 0)], _NEVER), _NEVER)

    def later(self, start: Ints, n: Rows) -> Ints:
        """The n-th working day, wherever that leads; what has to be asked one by one is `_NEVER`."""
        index = self.by_close.counted(start)
        base, home = np.maximum(start, self.opens[index]), self.rank[index]
        able = home < self.shown.size
        home = np.where(able, home, 0)
        goal, reached = self._goals(home, n)
        able &= reached
        target = np.where(able, base + self.shown[goal] - self.shown[home], start)
        there = self.by_close.counted(target)
        within = (self.opens[there] <= target) & (self.rank[there] == goal)
        onward = np.maximum(target, self.first[goal])
        rolled = np.maximum(onward, self.opens[self.by_close.counted(onward)])
        return np.where(able, np.where(within, target, rolled), _NEVER)

    def _goals(self, home: NDArray[np.intp], n: Rows) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        goal = home + n
        able = (goal >= 0) & (goal < self.shown.size)
        goal = np.where(able, goal, 0)
        return goal, able & self.steady[goal] & self.steady[home]


def _midnights(dates: NDArray[np.int64], zone: tzinfo) -> tuple[Ints, NDArray[np.bool_]]:
    """The midnights of dates, and from which the clock does not change until the next but one."""
    first = int(dates[0])
    offsets = np.array([offsets_of(midnight(day), zone) for day in range(first, int(dates[-1]) + 3)])
    own = dates - first
    around = np.stack([offsets[own], offsets[own + 1], offsets[own + 2]]).transpose(1, 0, 2)
    walls = (dates - date(1970, 1, 1).toordinal()) * DAY
    return walls - offsets[own, 0], np.ptp(around.reshape(dates.size, -1), axis=1) == 0


# --- kernels


def _guarded(kernel: Kernel, low: Micros, high: Micros, *columns: Ints) -> Kernel:
    """The kernel, with `NAT` for rows that lie outside [low, high), where any row of the columns does."""
    if columns and all(low <= column.min() and column.max() < high for column in columns):
        return kernel

    def guarded(start: Ints, other: Rows, out: Ints) -> None:
        if low <= start.min() and start.max() < high:
            kernel(start, other, out)
            return
        outside = (start < low) | (start >= high)
        kernel(np.where(outside, low, start), other, out)
        out[outside] = NAT

    return guarded


def _itself(at: Ints, _: Rows, out: Ints) -> None:
    out[:] = at


def _moving(cal: CalendarInside | None) -> Kernel:
    """All time counts."""
    end = END if cal is None else min(END, _last_known(cal) + 1)

    def moved(start: Ints, amount: Rows, out: Ints) -> None:
        np.add(start, amount, out=out)
        if out.min() < BEGIN or out.max() >= end:
            out[(out < BEGIN) | (out >= end)] = NAT

    return _guarded(moved, BEGIN, end)


def _counting(spans: _Spans) -> Kernel:
    index, work = np.empty(_BLOCK, np.intp), np.empty(_BLOCK, np.int64)
    return lambda at, _, out: spans.worked(at, out, index[: at.size], work[: at.size])


def _between(count: Kernel) -> Kernel:
    """The difference of two counts."""
    kept = np.empty(_BLOCK, np.int64)

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


def _adding(spans: _Spans, last: Micros) -> Kernel:
    """The goal is looked up among the totals: one that fills a span exactly is the last of that span."""
    index, work = np.empty(_BLOCK, np.intp), np.empty(_BLOCK, np.int64)
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
        _settle(out, left, last)
        still = np.equal(amount, 0)
        if still.any():
            np.copyto(out, start, where=still)

    return added


def _adding_ahead(spans: _Spans, last: Micros) -> Kernel:
    """The same where every amount goes ahead, which takes fewer steps."""
    index, work = np.empty(_BLOCK, np.intp), np.empty(_BLOCK, np.int64)
    total = int(spans.totals[-1])

    def added(start: Ints, amount: Rows, out: Ints) -> None:
        own, spare = index[: start.size], work[: start.size]
        spans.worked(start, out, own, spare)
        np.add(out, amount, out=out)
        left = out > total if out.max() > total else None
        spans.by_goal.count(out, own, spare)
        spans.bases.take(own, out=spare, mode="clip")
        np.add(out, spare, out=out)
        _settle(out, left, last)

    return added


def _settle(out: Ints, left: NDArray[np.bool_] | None, last: Micros) -> None:
    """`NAT` for what is left, and for what lies beyond the last instant."""
    if left is not None:
        out[left] = NAT
    if out.max() > last:
        out[out > last] = NAT


def _either_way(spans: _Spans, n: Rows, last: Micros) -> Kernel:
    """Working days: one number for all rows, or for each its own."""
    if isinstance(n, int):
        return _days_ahead(spans.ahead, n, last) if n >= 0 else _days_back(_days_ahead(spans.back, -n, END))

    def moved(start: Ints, n: Rows, out: Ints) -> None:
        back = np.less(n, 0)
        if not back.all():
            out[:] = spans.ahead.later(start, np.maximum(n, 0))
            _settle(out, None, last)
        if back.any():
            other = spans.back.later(-start, np.maximum(np.negative(n), 0))
            _settle(other, None, END)
            np.copyto(out, -other, where=back)

    return moved


def _days_ahead(days: _Days, n: int, last: Micros) -> Kernel:
    index, work = np.empty(_BLOCK, np.intp), np.empty(_BLOCK, np.int64)
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
            _settle(out, None, last)

    return moved


def _days_back(ahead: Kernel) -> Kernel:
    def moved(start: Ints, n: Rows, out: Ints) -> None:
        ahead(-start, n, out)
        np.negative(out, out=out)

    return moved


def _closing(spans: _Spans, n: int, last: Micros) -> Kernel:
    """The close of a working day."""
    index, work = np.empty(_BLOCK, np.intp), np.empty(_BLOCK, np.int64)
    closes = spans.ahead.closes_after(n)

    def closed(start: Ints, _: Rows, out: Ints) -> None:
        spans.by_close.count(start, index[: start.size], work[: start.size])
        np.take(closes, index[: start.size], out=out, mode="clip")
        _settle(out, None, last)

    return closed


def _on_wall(
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
        able &= (goal >= BEGIN) & (goal < END) & (out <= last) & (np.abs(n) < _MOST_DAYS)
        out[~able] = NAT

    return _guarded(moved, BEGIN, min(END, last + 1))


def _months_later(wall: Ints, months: int) -> Ints:
    """The same day of the month, or its last."""
    day = wall // DAY
    month = day.astype("M8[D]").astype("M8[M]")
    there = month + months
    first, after = (of.astype("M8[D]").astype(np.int64) for of in (there, there + 1))
    on = np.minimum(day - month.astype("M8[D]").astype(np.int64), after - first - 1)
    later: Ints = (first + on) * DAY + wall % DAY
    return later
