"""What is counted on the wall of a zone over a block of rows: calendar days and months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from functools import lru_cache
from typing import Final, Self

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.instants import DAY, NAT, Micros
from qms_service.worktime.batch.edges import Edges
from qms_service.worktime.batch.kinds import MOST_DAYS, Ends, Ints, Kernel, Rows
from qms_service.worktime.batch.working_time import guarded_by
from qms_service.worktime.wall import BEGIN, END, changes, offset_at

_DAYS: Final = 1024  # so that one block of rows uses the changes of the one before
_FIRST_DAY: Final = BEGIN // DAY - 2
_LAST_DAY: Final = END // DAY + 4


def on_wall(
    zone: tzinfo, extremes: Ends | None, last: Micros, move: Callable[[Ints, Rows], Ints]
) -> Kernel | None:
    """What is counted on the wall of a zone, but for goals in an hour that its clock skips or repeats."""
    if extremes is None:
        return None
    first = max(_FIRST_DAY, (extremes[0] // DAY - 2) // _DAYS * _DAYS)
    after = min(_LAST_DAY, -(-(extremes[1] // DAY + 4) // _DAYS) * _DAYS)
    clock = Changes.between(zone, first, after)
    lowest, highest = max(BEGIN, (first + 1) * DAY), min(END - 1, (after - 1) * DAY, last)

    def moved(start: Ints, n: Rows, out: Ints) -> None:
        goal = move(start + clock.ahead(start), n)
        ahead, odd = clock.ahead_of_wall(goal)
        np.subtract(goal, ahead, out=out)
        if out.min() < lowest or out.max() > highest:
            out[(out < lowest) | (out > highest)] = NAT
        if odd is not None:
            out[odd] = NAT
        if np.max(np.abs(n)) >= MOST_DAYS:
            out[np.abs(n) >= MOST_DAYS] = NAT

    return guarded_by(moved, BEGIN, min(END, last + 1))


@attrs.frozen(kw_only=True, eq=False)
class Changes:
    """When the clock of a zone changes, and how far its wall is ahead of UTC before, between and after.

    Args:
        at: When it changes; None where it never does.
        offsets: How far the wall is ahead, one more than there are changes.
        begins, ends: What the wall shows at each change on either side, the earlier and the later.
    """

    at: Edges | None
    offsets: Ints
    begins: Edges | None = None
    ends: Edges | None = None

    @classmethod
    @lru_cache(maxsize=16)
    def between(cls, zone: tzinfo, first: int, after: int) -> Self:
        """Those between the midnights of two days."""
        found = changes(range(first, after), zone)
        at = np.array([change for change, _, _ in found], np.int64)
        told = np.array([offset_at(first * DAY, zone), *(offset for _, _, offset in found)], np.int64)
        if not found:
            return cls(at=None, offsets=told)
        sides, low = np.stack([told[:-1], told[1:]]), (first - 2) * DAY
        begins, ends = Edges.of(at + sides.min(axis=0), low), Edges.of(at + sides.max(axis=0), low)
        return cls(at=Edges.of(at, low), offsets=told, begins=begins, ends=ends)

    def ahead(self, at: Ints) -> Rows:
        """How far the wall is ahead at each instant."""
        return int(self.offsets[0]) if self.at is None else self.offsets.take(self.at.counted(at))

    def ahead_of_wall(self, wall: Ints) -> tuple[Rows, NDArray[np.bool_] | None]:
        """How far the wall is ahead when it shows this, and where it never does or does so twice."""
        if self.begins is None or self.ends is None:
            return int(self.offsets[0]), None
        passed = self.ends.counted(wall)
        return self.offsets.take(passed), passed != self.begins.counted(wall)


def months_later(wall: Ints, months: int) -> Ints:
    """The same day of the month, or its last; worked out once for each day where rows are more than days."""
    day = wall // DAY
    first, last = int(day.min()), int(day.max())
    if last - first < day.size:
        days = np.arange(first, last + 1)
        return wall + (_days_later(days, months) - days).take(day - first) * DAY
    return wall + (_days_later(day, months) - day) * DAY


def _days_later(day: Ints, months: int) -> Ints:
    month = day.astype("M8[D]").astype("M8[M]")
    there = month + months
    first, after = (of.astype("M8[D]").astype(np.int64) for of in (there, there + 1))
    later: Ints = first + np.minimum(day - month.astype("M8[D]").astype(np.int64), after - first - 1)
    return later
