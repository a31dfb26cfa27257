"""Definition (日历定义): what a calendar is made of, read, and checked part against part."""

from __future__ import annotations

from datetime import date, tzinfo

from qms_service.errors import CalendarError, ZoneError
from qms_service.instants import zone
from qms_service.worktime.pattern import Exceptions, Names, Pattern, Week, check_neighbours, plain_date


def read_zone_name(timezone: str | tzinfo) -> str:
    """The IANA name of a zone, given by its name or as an object that has one.

    Raises:
        ZoneError: It has none, or an unknown one.
    """
    name = getattr(timezone, "key", timezone) if isinstance(timezone, tzinfo) else timezone
    if not isinstance(name, str):
        raise ZoneError("unknown-zone", got=repr(timezone))
    return str(zone(name).name)


def read_known_until(day: date | None) -> date | None:
    """The last known date, or None.

    Raises:
        CalendarError: It is no date.
    """
    return None if day is None else plain_date(day)


def pattern_of(
    timezone: str, weekly: Week, exceptions: Exceptions, names: Names, known_until: date | None
) -> Pattern:
    """The pattern of a definition whose parts fit each other.

    Raises:
        CalendarError: Spans that overlap across midnight; an exception after `known_until`; a name without
            its exception.
    """
    check_neighbours(weekly, exceptions)
    dated = {day.toordinal(): hours for day, hours in exceptions}
    for day, name in names:
        if day.toordinal() not in dated:
            raise CalendarError("exception-name", day=day, name=name)
    last = max((day for day, _ in exceptions), default=None)
    if last and known_until and last > known_until:
        raise CalendarError("exception-unknown", day=last, known_until=known_until)
    named = {day.toordinal(): name for day, name in names}
    return Pattern(zone=zone(timezone), week=weekly, dated=dated, names=named)
