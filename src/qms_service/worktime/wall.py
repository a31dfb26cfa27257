"""Wall time (当地时间): what the clock on a wall of one zone shows, against microseconds UTC.

A wall time is an int too: microseconds since 1970-01-01 00:00 on that wall. One in a skipped hour (gap)
stands for the moment of the change, one in a repeated hour (fold) for its first occurrence.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from qms_service.instants import DAY, EPOCH_DAY, FIRST_YEAR, LAST_YEAR, SECOND, Micros, beyond_years

if TYPE_CHECKING:
    from datetime import tzinfo

Wall = int
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001  # a wall shows no zone
_ONE: Final = timedelta(microseconds=1)


def midnight(day: int) -> Wall:
    """The wall time at which a date begins; dates are proleptic ordinals, as `date.toordinal` has them."""
    return (day - EPOCH_DAY) * DAY


def day_of(wall: Wall) -> int:
    """The date of a wall time, as an ordinal."""
    return EPOCH_DAY + wall // DAY


def offset_at(us: Micros, zone: tzinfo) -> Micros:
    """How far the wall is ahead of UTC at an instant.

    Raises:
        InstantRangeError: It lies outside the years of dates.
    """
    try:
        utc = datetime(1970, 1, 1, tzinfo=zone) + timedelta(0, us // SECOND, us % SECOND)
        return _as_micros(zone.fromutc(utc).utcoffset())
    except OverflowError:
        raise beyond_years() from None


def wall_at(us: Micros, zone: tzinfo) -> Wall:
    """What the wall shows at an instant."""
    return us + offset_at(us, zone)


def day_at(us: Micros, zone: tzinfo) -> int:
    """The date on the wall at an instant, as an ordinal."""
    return day_of(us + offset_at(us, zone))


def instant_of(wall: Wall, zone: tzinfo) -> Micros:
    """The instant at which the wall shows this, or the moment of the change that skips it."""
    earlier, later = offsets_of(wall, zone)
    if earlier >= later:
        return wall - earlier
    return _change_between(wall - later, wall - earlier, zone)


def offsets_of(wall: Wall, zone: tzinfo) -> tuple[Micros, Micros]:
    """The zone's offset at a wall time: before and after the change, where there is one.

    Raises:
        InstantRangeError: It lies outside the years of dates.
    """
    try:
        local = (_EPOCH + timedelta(0, wall // SECOND, wall % SECOND)).replace(tzinfo=zone)
    except OverflowError:
        raise beyond_years() from None
    return _as_micros(local.utcoffset()), _as_micros(local.replace(fold=1).utcoffset())


def changes(days: range, zone: tzinfo) -> list[tuple[Micros, Micros, Micros]]:
    """When the zone's clock changes between the midnights of UTC of some days; from which offset, and to which.

    Args:
        days: Days counted from 1970, one after the other.
        zone: The zone.

    Raises:
        InstantRangeError: One lies outside the years of dates.
    """
    known = [(day * DAY, offset_at(day * DAY, zone)) for day in days]
    return [
        (_change_between(at, next_at, zone), before, after)
        for (at, before), (next_at, after) in pairwise(known)
        if before != after
    ]


def _change_between(before: Micros, after: Micros, zone: tzinfo) -> Micros:
    """The first instant of the new offset: `before` still has the old one, `after` the new."""
    old = offset_at(before, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after


def _as_micros(offset: timedelta | None) -> Micros:
    return (offset or timedelta()) // _ONE


def in_range(at: Micros) -> Micros:
    """The instant, when it lies in the years that a calendar can compute.

    Raises:
        InstantRangeError: It lies outside.
    """
    if BEGIN <= at < END:
        return at
    raise beyond_years()


def year_in_range(day: int) -> int:
    """The year of a date, when a calendar can compute it.

    Raises:
        InstantRangeError: It lies outside.
    """
    return in_years(date.fromordinal(day).year)


def in_years(year: int) -> int:
    """The year, when a calendar can compute it.

    Raises:
        InstantRangeError: It cannot.
    """
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    raise beyond_years()


BEGIN: Final = midnight(date(FIRST_YEAR, 1, 3).toordinal())
END: Final = midnight(date(LAST_YEAR, 12, 30).toordinal())
