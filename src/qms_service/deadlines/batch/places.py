"""Places: where events stand among the others of their rows, by instant and then by order."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import numpy as np

from qms_service.deadlines.batch.kinds import FAR, Bools, Indexes, Ints


@attrs.frozen(kw_only=True, eq=False)
class Places:
    """An event of each row: when it happened, `FAR` where it did not; at one instant the lower order came first."""

    at: Ints
    order: Indexes | int

    def where(self, chosen: Bools) -> Places:
        """Those of some rows; in the others it did not happen."""
        return Places(at=np.where(chosen, self.at, FAR), order=self.order)

    def before(self, other: Places) -> Bools:
        """The rows in which it came first; where neither happened, nothing did."""
        tie = (self.at == other.at) & np.less(self.order, other.order) & (self.at != FAR)
        sooner: Bools = (self.at < other.at) | tie
        return sooner


def nowhere(size: int) -> Places:
    """What happened in no row."""
    return Places(at=np.full(size, FAR, np.int64), order=-1)


def earliest(choices: Iterable[Places], size: int) -> Places:
    """In each row the first of several events; each has one order for all rows."""
    first: Places | None = None
    for place in sorted(choices, key=_order):
        if first is None:
            first = place
            continue
        sooner = place.at < first.at
        first = Places(at=np.minimum(place.at, first.at), order=np.where(sooner, place.order, first.order))
    return nowhere(size) if first is None else first


def _order(place: Places) -> int:
    return int(np.asarray(place.order))
