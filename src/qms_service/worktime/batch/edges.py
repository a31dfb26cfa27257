"""Edges: how many of some ascending numbers are not after each value of a column."""

from __future__ import annotations

from typing import Final, Self

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.instants import DAY
from qms_service.worktime.batch.kinds import NEVER, Ints

_CROWD: Final = 64  # buckets for each edge, at most


@attrs.frozen(kw_only=True, eq=False)
class Edges:
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
        distances, values = np.diff(edges), np.append(edges, NEVER)
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

    def spread(self, values: Ints) -> Ints:
        """For each bucket of exact edges one of some values, by the number of edges that are not after it."""
        return values[self.first]

    def look_up(self, spread: Ints, at: Ints, out: Ints, work: Ints) -> None:
        """Into `out`, for each value what was spread over the buckets."""
        np.subtract(at, self.origin, out=work)
        whole = work.view(np.uint64)
        np.floor_divide(whole, self.width, out=whole)
        spread.take(work, out=out, mode="clip")

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
