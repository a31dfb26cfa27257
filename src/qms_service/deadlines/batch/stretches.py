"""Stretches: the pauses of all rows, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Self

import attrs
import numpy as np

from qms_service.deadlines.batch.kinds import FAR, Bools, Indexes, Ints


@attrs.frozen(kw_only=True, eq=False)
class Stretches:
    """Stretches [begin, over) of some rows, several to a row or none; `over` is `FAR` while it lasts.

    Args:
        row: The row of each.
        begin: Where it begins.
        over: Where it is over.
    """

    row: Indexes
    begin: Ints
    over: Ints

    @classmethod
    def of(cls, begin: Ints, over: Ints) -> Self:
        """One stretch to a row, where it begins at all."""
        row = np.flatnonzero(begin != FAR)
        return cls(row=row, begin=begin[row], over=over[row])

    @classmethod
    def together(cls, parts: Iterable[Stretches]) -> Self:
        """All of them."""
        row, begin, over = [np.empty(0, np.intp)], [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for part in parts:
            row.append(part.row)
            begin.append(part.begin)
            over.append(part.over)
        return cls(row=np.concatenate(row), begin=np.concatenate(begin), over=np.concatenate(over))

    def where(self, chosen: Bools) -> Stretches:
        """Some of them."""
        return self if chosen.all() else self._at(np.flatnonzero(chosen))

    def of_rows(self, rows: Indexes, size: int) -> Stretches:
        """Those of some rows, by their place among these."""
        if not self.row.size:
            return self
        place = np.full(size, -1, np.intp)
        place[rows] = np.arange(rows.size)
        own = self.where(place[self.row] >= 0)
        return attrs.evolve(own, row=place[own.row])

    def within(self, start: Ints, end: Ints) -> Stretches:
        """What lies within [start, end) of each row, in order and disjoint: where several overlap, time is lost once."""
        if not self.row.size:
            return self
        begin, over = np.maximum(self.begin, start[self.row]), np.minimum(self.over, end[self.row])
        clipped = attrs.evolve(self, begin=begin, over=over).where(begin < over)
        alone = np.diff(clipped.row) > 0
        return clipped if alone.all() else _merged(_in_order(clipped))

    @cached_property
    def first(self) -> Indexes:
        """The index of the first stretch of each row that has one; the rows stand in order."""
        return np.flatnonzero(np.append(True, np.diff(self.row) != 0)) if self.row.size else self.row

    def _at(self, index: Indexes) -> Stretches:
        return Stretches(row=self.row[index], begin=self.begin[index], over=self.over[index])


def _in_order(some: Stretches) -> Stretches:
    order = np.lexsort((some.begin, some.row))
    return Stretches(row=some.row[order], begin=some.begin[order], over=some.over[order])


def _merged(some: Stretches) -> Stretches:
    """Neighbours that overlap or touch as one; the latest end so far is found by its rank, row after row."""
    ends, rank = np.unique(some.over, return_inverse=True)
    base = some.row * ends.size
    latest = ends[np.maximum.accumulate(base + rank) - base]
    fresh = np.append(True, (np.diff(some.row) != 0) | (some.begin[1:] > latest[:-1]))
    begins = np.flatnonzero(fresh)
    last = np.append(begins[1:], some.row.size) - 1
    return Stretches(row=some.row[begins], begin=some.begin[begins], over=latest[last])
