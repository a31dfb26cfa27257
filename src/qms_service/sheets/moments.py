"""Moments (时刻格) in a log: a cell with a date and perhaps a time, as the bounds in which it lies.

A cell with a time is one instant. A cell with a date alone is a day of uncertainty, and a wall time that
a clock change repeats is one of two instants: both are refused unless the reader asked for bounds.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.instants import Micros, from_micros, micros
from qms_service.sheets.fault import CellError
from qms_service.sheets.formats import ISO_FORMATS, half_width, has_time, read_as

# Outside lie slips of the pen, and the ends of time itself.
EVER: Final = (date(1900, 1, 1), date(2199, 12, 31))
_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class Moment:
    """From the earliest to the latest instant that a cell can mean; one instant where it is exact.

    In microseconds, because two datetimes of one zone compare by their wall time: the two readings of a
    repeated hour would be equal.
    """

    earliest: Micros
    latest: Micros
    zone: tzinfo

    @property
    def exact(self) -> bool:
        """Whether the cell means one instant."""
        return self.earliest == self.latest

    @property
    def starts_at(self) -> DateTime:
        """The earliest instant that the cell can mean."""
        return from_micros(self.earliest, self.zone)


@attrs.frozen(kw_only=True)
class MomentReader:
    """How the cells of a log state a moment.

    Args:
        formats: `strptime` formats, tried in turn; one without hours is a date alone.
        bounds: Whether a date alone, and a repeated wall time, is read as bounds instead of refused.
        midnight_is_day: Whether 00:00 stands for a date whose time was never entered.
        between: The first and the last day that a moment of this log can lie on.
    """

    formats: tuple[str, ...] = ISO_FORMATS
    bounds: bool = False
    midnight_is_day: bool = False
    between: tuple[date, date] | None = None

    def read(self, text: str, zone: Timezone) -> Moment:
        """The moment of a cell, on the clocks of a zone.

        Raises:
            CellError: No format fits, the wall time does not exist, the day is outside `between` or the
                years 1900 to 2199, or the cell leaves a choice and bounds were not asked for.

        >>> from qms_service.instants import zone
        >>> str(MomentReader().read("2026-03-02 09:00", zone("Asia/Shanghai")).starts_at)
        '2026-03-02 09:00:00+08:00'
        """
        wall, day_only = self._wall(half_width(text))
        for first, last in (EVER, self.between or EVER):
            if not first <= wall.date() <= last:
                raise CellError("cell.outside", got=text, first=first, last=last)
        if wall.tzinfo is not None:
            return Moment(earliest=micros(wall), latest=micros(wall), zone=zone)
        moment = _day(wall.date(), zone) if day_only else _wall_time(wall, zone)
        if moment.earliest > moment.latest:
            raise CellError("cell.skipped-time", got=text, zone=zone.name)
        if not moment.exact and not self.bounds:
            raise CellError("cell.day-only" if day_only else "cell.repeated-time", got=text, zone=zone.name)
        return moment

    def _wall(self, text: str) -> tuple[datetime, bool]:
        for format_ in self.formats:
            wall = read_as(format_, text)
            if wall is not None:
                midnight = self.midnight_is_day and wall.time() == time.min
                return wall, midnight or not has_time(format_)
        raise CellError("cell.moment", got=text, allowed=self.formats)


def _day(day: date, zone: Timezone) -> Moment:
    first = datetime.combine(day, time.min, zone)
    after = datetime.combine(day + _DAY, time.min, zone)
    return Moment(earliest=micros(first), latest=micros(after) - 1, zone=zone)


def _wall_time(wall: datetime, zone: Timezone) -> Moment:
    """One instant; both where the clocks go back; in a skipped hour the later before the earlier."""
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    earliest = micros(first)
    same = first.utcoffset() == second.utcoffset()
    return Moment(earliest=earliest, latest=earliest if same else micros(second), zone=zone)
