"""Moments and spans of time as a case file writes them: on the clocks of the rulebook's zone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.errors import EntryError
from qms_service.instants import from_micros, instant, micros
from qms_service.rulebooks.as_written import as_written

_WRITTEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}.*")
_AMOUNT: Final = re.compile(r"(\d+):([0-5]\d)(?::([0-5]\d))?")


def moment_of(given: object, zone: Timezone) -> DateTime:
    """The moment that a text such as `2026-03-02 09:00`, or a date and time of TOML, names.

    Args:
        given: The text; with an offset (`+08:00`) it is that of its own.
        zone: The zone of all others.

    Raises:
        EntryError: It names none, one that the zone's clocks skip, or one that they show twice.

    >>> from qms_service.instants import zone
    >>> str(moment_of("2026-03-02 09:00", zone("Asia/Shanghai")))
    '2026-03-02 09:00:00+08:00'
    """
    wall = given if isinstance(given, datetime) else _parsed(given)
    if wall is None:
        raise EntryError("cases-moment", got=as_written(given))
    if wall.tzinfo is not None:
        return from_micros(micros(instant(wall)), zone)
    first, second = (micros(wall.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    if first != second:
        code = "cases-moment-twice" if first < second else "cases-moment-skipped"
        raise EntryError(code, got=str(given), zone=zone.name)
    return from_micros(first, zone)


def _parsed(given: object) -> datetime | None:
    if not isinstance(given, str) or not _WRITTEN.fullmatch(given.strip()):
        return None
    try:
        return datetime.fromisoformat(given.strip())
    except ValueError:
        return None


def amount_of(given: object) -> timedelta:
    """The span of time that a text such as `47:00` (hours and minutes, perhaps seconds) names.

    Raises:
        EntryError: It names none.

    >>> amount_of("47:30")
    datetime.timedelta(days=1, seconds=84600)
    """
    found = _AMOUNT.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise EntryError("cases-amount", got=as_written(given))
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def moment_text(at: datetime, zone: Timezone) -> str:
    """A moment as a case file writes it: to the minute where that is enough, with its offset where it needs one.

    >>> from qms_service.instants import zone
    >>> shanghai = zone("Asia/Shanghai")
    >>> moment_text(moment_of("2026-03-02T01:00+00:00", shanghai), shanghai)
    '2026-03-02 09:00'
    """
    local = from_micros(micros(at), zone)
    precision = "auto" if local.second or local.microsecond else "minutes"
    bare = local.replace(tzinfo=None)
    text = datetime.isoformat(bare, " ", precision)
    return text if _is_plain(text, zone) else datetime.isoformat(local, " ", precision)


def _is_plain(text: str, zone: Timezone) -> bool:
    try:
        moment_of(text, zone)
    except EntryError:
        return False
    return True


def amount_text(amount: timedelta) -> str:
    """A span of time as a case file writes it.

    >>> amount_text(timedelta(hours=47)), amount_text(timedelta(hours=1, seconds=5))
    ('47:00', '1:00:05')
    """
    minutes, seconds = divmod(amount // timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
