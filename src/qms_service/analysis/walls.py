"""Walls (当地时间列): what the clock on the wall of a zone shows, a whole column at a time, as instants."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray
from pendulum.tz.timezone import Timezone

from qms_service.instants import DAY, Micros
from qms_service.worktime.batch.kinds import Ints
from qms_service.worktime.wall import changes, offset_at

FITS: Final = 0
SKIPPED: Final = 1
REPEATED: Final = 2
_MANY: Final = 200  # years; what spans more has a slip of the pen in it


@attrs.frozen(eq=False)
class Walls:
    """The stretches of a zone's wall time over some years, each with its offset, or with why it has none.

    Args:
        edges: Where each stretch begins but the first.
        offsets: How far each is ahead of UTC.
        verdicts: `FITS`, `SKIPPED` or `REPEATED`.
    """

    edges: Ints
    offsets: Ints
    verdicts: NDArray[np.uint8]

    def instants(self, wall: Ints) -> tuple[Ints, NDArray[np.uint8] | None]:
        """The instant of each wall time, and whether it has exactly one; None where every one has."""
        if not self.edges.size:
            return wall - self.offsets[0], None
        stretch = self.edges.searchsorted(wall, side="right")
        return wall - self.offsets[stretch], self.verdicts[stretch]


def walls_of(zone: Timezone, wall: Ints) -> Walls:
    """The stretches of a zone in the years of some wall times."""
    first, last = _years(np.array([wall.min(), wall.max()]))
    if last - first < _MANY:
        return _walls(zone, tuple(range(first, last + 1)))
    return _walls(zone, tuple(dict.fromkeys(_years(np.sort(wall)))))


def _years(wall: Ints) -> list[int]:
    """The year of each wall time, counted from 1970."""
    years: list[int] = wall.view("datetime64[us]").astype("datetime64[Y]").astype(np.int64).tolist()
    return years


@lru_cache(maxsize=64)
def _walls(zone: Timezone, years: Sequence[int]) -> Walls:
    edges: list[Micros] = []
    offsets: list[Micros] = []
    verdicts: list[int] = []
    for run in _runs(years):
        begin = _begin(run[0]) - 2 * DAY
        edges.append(begin)
        offsets.append(offset_at(begin, zone))
        verdicts.append(FITS)
        for at, before, after in sorted({change for year in run for change in _changes(zone, year)}):
            edges += [at + min(before, after), at + max(before, after)]
            offsets += [after, after]
            verdicts += [SKIPPED if after > before else REPEATED, FITS]
    return Walls(np.array(edges[1:], np.int64), np.array(offsets, np.int64), np.array(verdicts, np.uint8))


def _runs(years: Sequence[int]) -> list[list[int]]:
    """Years that follow one another, together."""
    runs = [[years[0]]]
    for last, year in pairwise(years):
        if year == last + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


@lru_cache(maxsize=1024)
def _changes(zone: Timezone, year: int) -> tuple[tuple[Micros, Micros, Micros], ...]:
    """When the clock changed in a year, counted from 1970, or two days around it; from which offset, and to which."""
    return tuple(changes(range(_begin(year) // DAY - 2, _begin(year + 1) // DAY + 3), zone))


def _begin(year: int) -> Micros:
    return int(np.datetime64(year, "Y").astype("datetime64[us]").astype(np.int64))
