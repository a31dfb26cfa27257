"""Grid (时格): buckets of time of which each is wholly open or wholly closed, so that one look-up tells all."""

from __future__ import annotations

from typing import Final, Self

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.worktime.batch.edges import Edges
from qms_service.worktime.batch.kinds import Ints

_MOST_SKIPPED: Final = 1 << 20


@attrs.frozen(eq=False)
class Grid:
    """Buckets, each with the span that it lies in or that opens next.

    What follows from an instant t is t − a while open, and while closed the same for all instants until the next
    opening. One number v for each bucket says both, for instants from 1970 on: see `most` and `least`.
    """

    edges: Edges
    span: NDArray[np.intp]
    open: NDArray[np.bool_]
    skipped: int  # buckets from 1970 until the first one, where they are counted from there

    @classmethod
    def of(cls, opens: Ints, closes: Ints, low: int) -> Self | None:
        """The grid of some spans; None where it would be too fine, or where time is negative."""
        both = np.stack([opens, closes], axis=1).reshape(-1)
        if low < 0 or np.any(np.diff(both) <= 0):
            return None
        edges = Edges.of(both, low)
        if edges.first is None or not edges.exact:
            return None
        before, beside = divmod(edges.origin, int(edges.width))
        skipped = before if beside == 0 and 0 < before <= _MOST_SKIPPED else 0
        return cls(edges, edges.first // 2, edges.first % 2 == 1, skipped)

    def spread(self, while_open: Ints, while_closed: Ints) -> Ints:
        """For each bucket its number, by its span; nobody looks at those that are skipped, so they take no memory."""
        spread = np.zeros(self.skipped + self.span.size, np.int64)
        spread[self.skipped :] = np.where(self.open, while_open[self.span], while_closed[self.span])
        return spread

    def most(self, spread: Ints, at: Ints, out: Ints, work: Ints, spare: Ints) -> None:
        """Into `out` t − v while open, for v up to 0; v while closed, for v from t on."""
        self._look_up(spread, at, spare, work)
        np.subtract(at, spare, out=out)
        np.maximum(out, spare, out=out)

    def least(self, spread: Ints, at: Ints, out: Ints, work: Ints, spare: Ints) -> None:
        """Into `out` t − v while open, for v from t / 2 on; v while closed, for v up to t / 2."""
        self._look_up(spread, at, spare, work)
        np.subtract(at, spare, out=out)
        np.minimum(out, spare, out=out)

    def _look_up(self, spread: Ints, at: Ints, out: Ints, work: Ints) -> None:
        if not self.skipped:
            self.edges.look_up(spread, at, out, work)
            return
        np.floor_divide(at.view(np.uint64), self.edges.width, out=work.view(np.uint64))
        spread.take(work, out=out, mode="clip")
