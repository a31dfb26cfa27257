"""Exact column (精确列): fractions over one denominator, rounded only where they are handed out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

ROOM: Final = 1 << 62  # below it, a sum of two keeps within int64
BLOCK: Final = 1 << 14  # rows that stay in the nearest cache


@attrs.frozen(kw_only=True, eq=False)
class ExactColumn:
    """Fractions as whole numbers of one unit.

    Args:
        counts: How many units each is: int64 where they fit, whole numbers of Python where not.
        unit: The unit.
        most: The largest count, or more.
    """

    counts: NDArray[Any]
    unit: Fraction
    most: int

    def __getitem__(self, row: int) -> Fraction:
        return int(self.counts[row]) * self.unit

    def rounded(self, places: int) -> NDArray[np.float64]:
        """Each rounded half up to so many decimals, once; none lies below zero."""
        scaled = self.unit * 10**places
        up, down = 2 * scaled.numerator, 2 * scaled.denominator
        fits = self.most * up + down < ROOM
        found = np.empty(self.counts.size, np.float64)
        for begin in range(0, found.size, BLOCK):
            block = self.counts[begin : begin + BLOCK]
            exact = block if fits else block.astype(object)
            found[begin : begin + BLOCK] = (exact * up + scaled.denominator) // down / 10**places
        return found

    def times(self, factor: int) -> ExactColumn:
        """The same fractions of a unit so many times as small."""
        most = self.most * factor
        counts = (self.counts if most < ROOM else self.counts.astype(object)) * factor
        return ExactColumn(counts=counts, unit=self.unit / factor, most=most)

    def summed(self, groups: NDArray[np.intp], count: int) -> ExactColumn:
        """The sum of each group."""
        largest = int(np.bincount(groups).max(initial=0))
        dtype = np.int64 if self.most * largest < ROOM else np.object_
        sums = np.zeros(count, dtype)
        np.add.at(sums, groups, self.counts.astype(dtype, copy=False))
        return ExactColumn(counts=sums, unit=self.unit, most=int(sums.max(initial=0)))

    def take(self, rows: NDArray[np.intp] | slice) -> ExactColumn:
        """Some of them."""
        return attrs.evolve(self, counts=self.counts[rows])
