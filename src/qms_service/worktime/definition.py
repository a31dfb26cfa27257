"""Definition (日历定义): what a calendar is made of, read and checked when it is built."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING

import attrs

from qms_service.errors import CalendarError
from qms_service.instants import Micros, zone
from qms_service.worktime.compiled import Compiled
from qms_service.worktime.pattern import (
    ALL_DAY,
    Exceptions,
    Names,
    Pattern,
    Week,
    check_neighbours,
    plain_date,
    read_exceptions,
    read_names,
    read_week,
)
from qms_service.worktime.unbroken import Unbroken
from qms_service.worktime.wall import LAST_YEAR, instant_of, midnight

if TYPE_CHECKING:
    from pendulum.tz.timezone import Timezone

    from qms_service.worktime.segments import Segments


def _zone_name(timezone: str | tzinfo) -> str:
    name = getattr(timezone, "key", timezone) if isinstance(timezone, tzinfo) else timezone
    if not isinstance(name, str):
        raise CalendarError("calendar-zone", got=repr(timezone))
    try:
        return str(zone(name).name)
    except (ValueError, OSError) as error:
        raise CalendarError("calendar-zone", got=repr(timezone)) from error


def _known_until(day: date | None) -> date | None:
    return None if day is None else plain_date(day)


@attrs.frozen(kw_only=True, cache_hash=True)
class Definition:
    """What a calendar is made of, checked, and the segments that answer for it."""

    timezone: str = attrs.field(converter=_zone_name)
    weekly: Week = attrs.field(converter=read_week, repr=False)
    exceptions: Exceptions = attrs.field(default=(), converter=read_exceptions, repr=False)
    known_until: date | None = attrs.field(default=None, converter=_known_until)
    name: str = ""
    edition: str = ""
    exception_names: Names = attrs.field(default=(), converter=read_names, repr=False)
    zone: Timezone = attrs.field(init=False, eq=False, repr=False)
    horizon_us: Micros | None = attrs.field(init=False, eq=False, repr=False)
    _segments: Segments = attrs.field(init=False, eq=False, repr=False)
    _pattern: Pattern = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check_neighbours(self.weekly, self.exceptions)
        self._check_dates()
        pattern = Pattern(
            zone=zone(self.timezone),
            week=self.weekly,
            dated={day.toordinal(): hours for day, hours in self.exceptions},
            names={day.toordinal(): name for day, name in self.exception_names},
        )
        unbroken = all(hours == ALL_DAY for hours in self.weekly) and not self.exceptions
        put = object.__setattr__  # frozen for everyone else
        put(self, "zone", pattern.zone)
        put(self, "_pattern", pattern)
        put(self, "horizon_us", _horizon(pattern, self.known_until))
        put(self, "_segments", Unbroken(pattern.zone) if unbroken else Compiled(pattern))

    def _check_dates(self) -> None:
        dated = {day for day, _ in self.exceptions}
        for day, name in self.exception_names:
            if day not in dated:
                raise CalendarError("exception-name", day=day, name=name)
        last = max(dated, default=None)
        if last and self.known_until and last > self.known_until:
            raise CalendarError("exception-unknown", day=last, known_until=self.known_until)


def _horizon(pattern: Pattern, known_until: date | None) -> Micros | None:
    """The first unknown instant; a night shift of the last known date is known to its end."""
    if known_until is None or known_until.year > LAST_YEAR:
        return None
    day = known_until.toordinal()
    last = [span.end for span in pattern.hours(day)][-1:]
    ends = [midnight(day + 1), *(midnight(day) + end for end in last)]
    return instant_of(max(ends), pattern.zone)
