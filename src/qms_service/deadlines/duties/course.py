"""Course (频次历程): the stretches of time in which a duty comes round equally often.

Every date lies in exactly one period. How often a duty comes round is decided by the age of its object on the
first day of a period: one that has begun runs to its own end, and the next frequency begins after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, cast

import attrs

from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.every import MOST_YEARS, Every
from qms_service.deadlines.duties.objects import Owed
from qms_service.deadlines.duties.period import Grid, Period, months_later
from qms_service.instants import FIRST_YEAR, LAST_YEAR

_FIRST: Final = date(FIRST_YEAR, 1, 1)
_LAST: Final = date(LAST_YEAR - 2 * MOST_YEARS, 1, 1)  # the period after the last one has dates too


@attrs.frozen(kw_only=True)
class Stretch:
    """Equal periods from a date until before another; the first and the last may be cut.

    Args:
        grid: The periods, uncut.
        begins: Its first date; None: from ever.
        ends: The date after its last; None: for ever.
    """

    grid: Grid
    begins: date | None = None
    ends: date | None = None

    @property
    def reach(self) -> tuple[int, int]:
        """The numbers of its first and its last period, in the years that are computed."""
        first_on, last_on = self._dates
        return self.grid.index(first_on), self.grid.index(last_on)

    def near(self, day: date, ahead: int) -> int:
        """The number of a period of it that is due about a date, so many periods after its own."""
        first_on, last_on = self._dates
        return max(self.grid.index(min(max(day, first_on), last_on)) - ahead, self.grid.index(first_on))

    @property
    def _dates(self) -> tuple[date, date]:
        """Its first and its last date."""
        return max(self.begins or _FIRST, _FIRST), min(self.ends or _LAST, _LAST) - timedelta(1)

    def period(self, index: int) -> Period:
        """A period as far as it lies in the stretch."""
        whole = self.grid.period(index)
        starts = max(whole.starts_on, self.begins or whole.starts_on)
        ends = min(whole.ends_on, self.ends or whole.ends_on)
        by_date = whole.name == whole.starts_on.isoformat()
        return Period(starts, ends, name=starts.isoformat() if by_date else whole.name)


def course(duty: Duty, owed: Owed) -> Iterator[Stretch]:
    """The stretches of a duty for one object."""
    for every, start, stop in _frequencies(duty, owed.origin):
        begins = max((one for one in (start, owed.begins) if one is not None), default=None)
        ends = min((one for one in (stop, owed.ends) if one is not None), default=None)
        if begins is None or ends is None or begins < ends:
            yield Stretch(grid=_grid(duty, every, owed.origin), begins=begins, ends=ends)


def _frequencies(duty: Duty, origin: date | None) -> Iterator[tuple[Every, date | None, date | None]]:
    """How often, from which date, and until before which."""
    if duty.every:
        yield duty.every, None, None
    else:
        yield from _ages(duty, cast("date", origin))  # without one it has no place


def _ages(duty: Duty, origin: date) -> Iterator[tuple[Every, date | None, date | None]]:
    reached = origin
    for band in duty.ages:
        if band.up_to is None:
            yield band.every, reached, None
        elif (birthday := months_later(origin, band.up_to)) > reached:
            grid = _grid(duty, band.every, origin)
            stop = grid.period(grid.index(birthday - timedelta(1))).ends_on
            yield band.every, reached, stop
            reached = stop


def _grid(duty: Duty, every: Every, origin: date | None) -> Grid:
    return Grid(every, origin) if duty.from_start and origin else Grid(every)
