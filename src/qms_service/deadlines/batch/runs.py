"""Runs: where a clock started, stopped and stood still in every row."""

from __future__ import annotations

from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.deadlines.batch.kinds import FAR, Bools, Indexes, Ints
from qms_service.deadlines.batch.stretches import Stretches

ENDINGS: Final = ("closed", "withdrawn")


@attrs.frozen(kw_only=True, eq=False)
class Runs:
    """The runs of one clock in all rows.

    Args:
        start: When it started; `FAR` where it did not.
        stop: When it stopped; `FAR` where it did not.
        ended: What came before a stop: an index into `ENDINGS` from 1; 0 where nothing did.
        pauses: Its pauses as they are on record, overlapping or not.
        odd: The rows that have to be asked one by one.
    """

    start: Ints
    stop: Ints
    ended: NDArray[np.uint8]
    pauses: Stretches
    odd: Bools

    def paused_at(self, now: int) -> Bools:
        """The rows in which a pause lasts."""
        lasts = np.zeros(self.start.size, np.bool_)
        lasts[self.pauses.row[(self.pauses.begin <= now) & (now < self.pauses.over)]] = True
        return lasts

    def ends(self, now: int) -> Ints:
        """The stop, or now while it runs."""
        return np.where(self.stop == FAR, now, self.stop)

    def pauses_of(self, rows: Indexes) -> Stretches:
        """The pauses of some rows."""
        return self.pauses if rows.size == self.start.size else self.pauses.of_rows(rows, self.start.size)
