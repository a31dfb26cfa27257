"""Days: the working days of a calendar's table as arrays, to be counted on either way."""

from __future__ import annotations

from datetime import tzinfo
from typing import Self

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.instants import DAY, EPOCH_DAY, NAT
from qms_service.worktime.batch.edges import Edges
from qms_service.worktime.batch.grid import Grid
from qms_service.worktime.batch.kinds import NEVER, Ints, Rows
from qms_service.worktime.wall import midnight, offsets_of


@attrs.frozen(kw_only=True, eq=False)
class Days:
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
    by_close: Edges
    rank: NDArray[np.intp]
    first: Ints
    last: Ints
    shown: Ints
    steady: NDArray[np.bool_]

    @classmethod
    def of(
        cls, *, opens: Ints, by_close: Edges, rank: NDArray[np.intp], shown: Ints, steady: NDArray[np.bool_]
    ) -> Self:
        """The days of some spans."""
        ranks = np.arange(shown.size)
        return cls(
            opens=np.append(opens, NEVER),
            by_close=by_close,
            rank=np.append(rank, shown.size),
            first=opens[rank.searchsorted(ranks)],
            last=by_close.values[rank.searchsorted(ranks, side="right") - 1],
            shown=shown,
            steady=steady,
        )

    def mirrored(self, low: int) -> Days:
        """The same days while time runs the other way."""
        return Days.of(
            opens=-self.by_close.values[-2::-1],
            by_close=Edges.of(-self.opens[-2::-1], low),
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
        return np.append(np.where(able, move, NEVER), NEVER)

    def spread(self, grid: Grid, n: int) -> tuple[Ints, int]:
        """For each bucket of a grid what `Grid.most` makes the n-th working day of, and until when it does."""
        moves = self.moves(n)
        unknown = moves == NEVER
        goals = np.where(unknown, NEVER, self.opens + moves)
        first = int(unknown.argmax())
        known_until = int(self.by_close.values[first - 1]) if first else NAT
        return grid.spread(np.where(unknown, NEVER, -moves), goals), known_until

    def closes_after(self, n: int) -> Ints:
        """For each span the close of the n-th working day after its own."""
        goal = self.rank[:-1] + n
        there = goal < self.last.size
        return np.append(np.where(there, self.last[np.where(there, goal, 0)], NEVER), NEVER)

    def later(self, start: Ints, n: Rows) -> Ints:
        """The n-th working day, wherever that leads; what has to be asked one by one is `NEVER`."""
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
        return np.where(able, np.where(within, target, rolled), NEVER)

    def _goals(self, home: NDArray[np.intp], n: Rows) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        goal = home + n
        able = (goal >= 0) & (goal < self.shown.size)
        goal = np.where(able, goal, 0)
        return goal, able & self.steady[goal] & self.steady[home]


def midnights(dates: NDArray[np.int64], zone: tzinfo) -> tuple[Ints, NDArray[np.bool_]]:
    """The midnights of dates, and from which the clock does not change until the next but one."""
    first = int(dates[0])
    offsets = np.array([offsets_of(midnight(day), zone) for day in range(first, int(dates[-1]) + 3)])
    own = dates - first
    around = np.stack([offsets[own], offsets[own + 1], offsets[own + 2]]).transpose(1, 0, 2)
    walls = (dates - EPOCH_DAY) * DAY
    return walls - offsets[own, 0], np.ptp(around.reshape(dates.size, -1), axis=1) == 0
