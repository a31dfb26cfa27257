"""Instants (时刻): aware datetimes at the edges, whole microseconds UTC inside.

Any aware `datetime` is taken; what is handed out is a `pendulum.DateTime`. A naive one is refused,
because nobody but the caller can know its zone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import pendulum
from pendulum import DateTime
from pendulum.tz.timezone import FixedTimezone, Timezone

from qms_service.errors import NaiveInstantError

if TYPE_CHECKING:
    from collections.abc import Callable

Micros = int
SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_subtract: Final[Callable[[Any, Any], timedelta]] = datetime.__sub__  # pendulum's own makes an Interval


def micros(at: object) -> Micros:
    """Microseconds since 1970-01-01 UTC.

    Raises:
        NaiveInstantError: `at` has no zone, or is no datetime at all.
    """
    try:
        span = _subtract(at, _EPOCH)  # what is no aware datetime raises here
    except TypeError:
        raise NaiveInstantError("naive-instant", got=at) from None
    return (span.days * 86_400 + span.seconds) * SECOND + span.microseconds


def from_micros(us: Micros, zone: tzinfo) -> DateTime:
    """The instant of so many microseconds since 1970 UTC, on the clock of a zone."""
    utc_wall = datetime(1970, 1, 1, tzinfo=zone) + timedelta(0, us // SECOND, us % SECOND)
    local = zone.fromutc(utc_wall)
    return DateTime(
        local.year, local.month, local.day, local.hour, local.minute, local.second, local.microsecond,
        zone, fold=local.fold,
    )  # fmt: skip


def instant(at: object) -> DateTime:
    """The same instant, in the same zone, as a `pendulum.DateTime`.

    Raises:
        NaiveInstantError: `at` has no zone, or is no datetime at all.

    >>> from datetime import datetime, timezone
    >>> str(instant(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)))
    '2026-03-02 09:00:00+00:00'
    """
    if type(at) is DateTime and type(at.tzinfo) is Timezone:
        return at
    us = micros(at)
    return from_micros(us, zone_of(cast("datetime", at)))


def zone_of(at: datetime) -> tzinfo:
    """The zone of an aware datetime, as pendulum has it where pendulum knows it."""
    own = cast("tzinfo", at.tzinfo)
    key = getattr(own, "key", None) or getattr(own, "zone", None)
    if isinstance(key, str):
        return zone(key)
    if not isinstance(own, timezone):
        return own  # a zone of another library changes its clock by its own rules
    offset = int(own.utcoffset(None).total_seconds())
    return FixedTimezone(offset) if offset else zone("UTC")


@cache
def zone(name: str) -> Timezone:
    """The time zone of an IANA name such as `"Asia/Shanghai"`."""
    return pendulum.timezone(name)


def utc(at: object) -> datetime:
    """An instant as a standard-library datetime in UTC, for one's own tables.

    `sqlite3` and most drivers cannot bind a pendulum value; this one they can.

    >>> utc(pendulum.datetime(2026, 3, 2, 9, 0, tz="Asia/Shanghai"))
    datetime.datetime(2026, 3, 2, 1, 0, tzinfo=datetime.timezone.utc)
    """
    return _EPOCH + timedelta(microseconds=micros(at))
