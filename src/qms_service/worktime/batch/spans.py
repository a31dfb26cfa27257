"""Spans: the working time of a calendar's table as arrays."""

from __future__ import annotations

from datetime import tzinfo
from functools import cached_property
from typing import Self

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.instants import Micros
from qms_service.worktime.batch.days import Days, midnights
from qms_service.worktime.batch.edges import Edges
from qms_service.worktime.batch.grid import Grid
from qms_service.worktime.batch.kept import Kept
from qms_service.worktime.batch.kinds import NEVER, Ints
from qms_service.worktime.batch.reach import last_known
from qms_service.worktime.compiled import Compiled
from qms_service.worktime.inside import CalendarInside
from qms_service.worktime.table import Table


@attrs.frozen(kw_only=True, eq=False)
class Spans:
    """The spans of a table as arrays; one more span at the end that never comes.

    A span is looked up by its close, so that a closed instant finds the next one to open. `totals` is the work
    before each span, and `bases` what that is to be added to for an instant of the span.
    """

    table: Table
    zone: tzinfo
    by_close: Edges
    by_total: Edges
    by_goal: Edges
    totals: Ints
    bases: Ints

    @classmethod
    def of(cls, table: Table, zone: tzinfo) -> Self:
        """The arrays of a table."""
        totals = np.array(table.totals, np.int64)
        return cls(
            table=table,
            zone=zone,
            by_close=Edges.of(np.array(table.closes[1:], np.int64), table.low),
            by_total=Edges.of(totals[1:], 0),
            by_goal=Edges.of(totals[1:] + 1, 0),  # one that fills a span is still of that span
            totals=totals,
            bases=np.array([*table.bases[1:], NEVER], np.int64),
        )

    def reach(self, cal: CalendarInside) -> tuple[Micros, Micros]:
        """From where to where an instant can be looked up."""
        return self.table.low, min(self.table.high, last_known(cal) + 1)

    @cached_property
    def grid(self) -> Grid | None:
        """Buckets of which each is wholly open or wholly closed."""
        closes = self.by_close.values[:-1]
        return Grid.of(np.array(self.table.opens[:-1], np.int64), closes, self.table.low)

    @cached_property
    def by_bucket(self) -> Ints | None:
        """For each bucket of the grid what `Grid.least` makes the work of; None where that cannot tell."""
        if self.grid is None or self.table.low < 2 * self.totals[-1]:
            return None
        return self.grid.spread(self.bases, self.totals)

    def worked(self, at: Ints, out: Ints, index: NDArray[np.intp], work: Ints) -> None:
        """Work until each instant."""
        if self.grid is not None and self.by_bucket is not None:
            self.grid.least(self.by_bucket, at, out, index.view(np.int64), work)
            return
        self.by_close.count(at, index, work)
        np.take(self.bases, index, out=work, mode="clip")
        np.subtract(at, work, out=work)
        np.take(self.totals, index, out=out, mode="clip")
        np.maximum(out, work, out=out)

    @cached_property
    def by_goal_bucket(self) -> Ints | None:
        """For each bucket of the goals what is to be added to one for its instant."""
        return self.by_goal.spread(self.bases) if self.by_goal.exact else None

    def reached(self, goal: Ints, out: Ints, index: NDArray[np.intp], work: Ints) -> None:
        """The earliest instant with each running total, above 0 and not above all."""
        if self.by_goal_bucket is not None:
            self.by_goal.look_up(self.by_goal_bucket, goal, work, index.view(np.int64))
        else:
            self.by_goal.count(goal, index, work)
            self.bases.take(index, out=work, mode="clip")
        np.add(goal, work, out=out)

    @cached_property
    def ahead(self) -> Days:
        """The working days, for counting on."""
        table = self.table
        day = np.array(table.days)
        dates = np.array(table.dates)
        shown, steady = midnights(dates, self.zone)
        return Days.of(
            opens=np.array(table.opens[:-1], np.int64),
            by_close=self.by_close,
            rank=dates.searchsorted(day),
            shown=shown,
            steady=steady,
        )

    @cached_property
    def moves(self) -> Kept[tuple[Ints, int]] | None:
        """For a number of working days `Days.spread`; None without a grid."""
        grid, days = self.grid, self.ahead
        return None if grid is None else Kept(lambda n: days.spread(grid, n), grid.span.size)

    @cached_property
    def closes(self) -> Kept[Ints] | None:
        """For a number of working days the close of the last for each bucket; None where closes take a comparison."""
        edges, days = self.by_close, self.ahead
        if edges.first is None or not edges.exact:
            return None
        return Kept(lambda n: edges.spread(days.closes_after(n)), edges.first.size)

    @cached_property
    def back(self) -> Days:
        """The working days, for counting back: time runs the other way, and a close is an opening."""
        return self.ahead.mirrored(-self.table.high)


def spans_over(
    cal: CalendarInside, segments: Compiled, extremes: tuple[Micros, Micros] | None
) -> Spans | None:
    """The arrays of the calendar's table, made once for each table; None where it never opens."""
    if extremes is None:
        return None
    table = segments.table_over(*extremes)
    kept = segments.columns
    if not isinstance(kept, Spans) or kept.table is not table:
        if not table.days:
            return None
        segments.columns = kept = Spans.of(table, cal.zone)
    return kept
