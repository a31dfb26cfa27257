"""Instants (时刻): aware datetimes at the edges, whole microseconds UTC inside.

Any aware `datetime` is taken; what is handed out is a `pendulum.DateTime`. A naive one is refused,
because nobody but the caller can know its zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import pendulum
from pendulum import DateTime
from pendulum.tz.timezone import FixedTimezone, Timezone

from qms_service.errors import InstantRangeError, NaiveInstantError, ZoneError

if TYPE_CHECKING:
    from collections.abc import Callable

Micros = int
SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
NAT: Final = -(1 << 63)  # where a column has no instant, as numpy writes its NaT
# A date has neighbours that are dates too: for its zone, its night shift and the year around it.
FIRST_YEAR: Final = 3
LAST_YEAR: Final = 9997
EPOCH_DAY: Final = date(1970, 1, 1).toordinal()  # from which numpy and Arrow count days
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_subtract: Final[Callable[[Any, Any], timedelta]] = datetime.__sub__  # pendulum's own makes an Interval


def micros(at: object) -> Micros:
    """Microseconds since 1970-01-01 UTC.

    Raises:
        NaiveInstantError: `at` has no zone, or is no datetime at all.
    """
    try:
        span = _subtract(at, _EPOCH)  # what is no aware datetime raises here
    except (TypeError, ValueError, NotImplementedError):  # the last two by a zone that cannot tell its offset
        raise NaiveInstantError("naive-instant", got=at if isinstance(at, datetime) else repr(at)) from None
    return (span.days * 86_400 + span.seconds) * SECOND + span.microseconds


def from_micros(us: Micros, zone: tzinfo) -> DateTime:
    """The instant of so many microseconds since 1970 UTC, on the clock of a zone.

    Raises:
        InstantRangeError: It lies outside the years of dates.
    """
    try:
        local = zone.fromutc(datetime(1970, 1, 1, tzinfo=zone) + timedelta(0, us // SECOND, us % SECOND))
    except OverflowError:
        raise beyond_years() from None
    return DateTime(
        local.year, local.month, local.day, local.hour, local.minute, local.second, local.microsecond,
        zone, fold=local.fold,
    )  # fmt: skip


def instant(at: object) -> DateTime:
    """The same instant, in the same zone, as a `pendulum.DateTime`.

    Raises:
        NaiveInstantError: `at` has no zone, or is no datetime at all.
        InstantRangeError: It lies outside the years 3 to 9997.

    >>> from datetime import datetime, timezone
    >>> str(instant(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)))
    '2026-03-02 09:00:00+00:00'
    """
    if type(at) is DateTime and type(at.tzinfo) is Timezone and FIRST_YEAR <= at.year <= LAST_YEAR:
        return at
    us, given = micros(at), cast("datetime", at)
    _check_years(given)
    return from_micros(us, zone_of(given))


def beyond_years() -> InstantRangeError:
    """The error for what lies outside the years that can be computed."""
    return InstantRangeError("calendar-years", first=FIRST_YEAR, last=LAST_YEAR)


def _check_years(at: datetime) -> None:
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise InstantRangeError("instant-years", got=str(at), first=FIRST_YEAR, last=LAST_YEAR)


def zone_of(at: datetime) -> tzinfo:
    """The zone of an aware datetime, as pendulum has it where pendulum knows it."""
    own = cast("tzinfo", at.tzinfo)
    if not isinstance(own, timezone):
        return _by_name(own) or own  # a zone of the caller's own changes its clock by its own rules
    offset = int(own.utcoffset(None).total_seconds())
    return FixedTimezone(offset) if offset else zone("UTC")


def _by_name(own: tzinfo) -> tzinfo | None:
    key = getattr(own, "key", None) or getattr(own, "zone", None)
    try:
        return zone(key) if isinstance(key, str) else None
    except (ValueError, OSError):  # a name of the caller's own, such as a file's
        return None


@cache
def zone(name: str) -> Timezone:
    """The time zone of an IANA name such as `"Asia/Shanghai"`.

    Raises:
        ZoneError: There is no zone of that name.
    """
    try:
        return pendulum.timezone(name)
    except (ValueError, OSError) as error:  # an OSError: a folder such as "Asia", a name too long for a file
        raise ZoneError("unknown-zone", got=repr(name)) from error


def is_missing(value: object) -> bool:
    """None, or a mark with which a table says that a value is missing: `NaT`, `NaN`, `NA`.

    >>> is_missing(None), is_missing(float("nan")), is_missing(0)
    (True, True, False)
    """
    if value is None:
        return True
    try:
        return bool(value != value)  # noqa: PLR0124  # `NaT` and `NaN` are the values that differ from themselves
    except TypeError:  # `NA` does not even say whether it does
        return True
    except (ValueError, ArithmeticError):  # an array, a signalling number: no mark
        return False


def utc(at: object) -> datetime:
    """An instant as a standard-library datetime in UTC, for one's own tables.

    `sqlite3` and most drivers cannot bind a pendulum value; this one they can.

    >>> utc(pendulum.datetime(2026, 3, 2, 9, 0, tz="Asia/Shanghai"))
    datetime.datetime(2026, 3, 2, 1, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        return _EPOCH + timedelta(microseconds=micros(at))
    except OverflowError:
        raise beyond_years() from None
