"""Scalars: instants, durations, dates and decimals as the texts that JSON lacks, and back.

Instants are RFC 3339 with their offset, durations ISO 8601 in hours, minutes and seconds (a day is not
always 24 h), decimals their digits; nothing passes through a float.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from pendulum import DateTime

from qms_service.instants import instant, utc
from qms_service.wire.fault import Unfit, WireFault, quoted, unfit

DECIMAL: Final = r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"
DATE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
LOCAL: Final = DATE + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6}0*)?"
INSTANT: Final = LOCAL + r"(Z|[+-][0-9]{2}:[0-9]{2})"
DURATION: Final = r"(-?)PT(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]{1,6})0*)?S)?"
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MICROSECOND: Final = timedelta(microseconds=1)


def write_text(value: object) -> str:
    """A text; half a surrogate pair is none, for no file and no database could hold it."""
    if not isinstance(value, str) or not (value.isascii() or _LONE_SURROGATE.search(value) is None):
        raise unfit(value, "text")
    return value


def write_flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise unfit(value, "flag")
    return value


def write_whole(value: object) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise unfit(value, "whole")
    return value


read_text, read_flag, read_whole = write_text, write_flag, write_whole  # JSON has these itself


def write_decimal(value: object) -> str:
    """A decimal, or a whole number where a decimal stands, as its digits: `"12.50"`."""
    exact = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not exact or not Decimal(value).is_finite():  # type: ignore[arg-type]  # mypy cannot follow `exact`
        raise unfit(value, "decimal")
    return str(value)


def read_decimal(data: object) -> Decimal:
    """A decimal from its digits."""
    if not isinstance(data, str) or not re.fullmatch(DECIMAL, data):
        raise unfit(data, "decimal")
    try:
        return Decimal(data)
    except ArithmeticError as error:
        raise unfit(data, "decimal") from error


def read_date(data: object) -> date:
    """A date from its text."""
    if not isinstance(data, str) or not re.fullmatch(DATE, data):
        raise unfit(data, "date")
    try:
        return date.fromisoformat(data)
    except ValueError as error:
        raise unfit(data, "date") from error


def write_instant(value: object) -> str:
    """An instant on its own clock: `"2026-03-02T09:00:00+08:00"`; in UTC where the offset has seconds."""
    if not isinstance(value, datetime):
        raise unfit(value, "instant")
    offset = value.utcoffset()
    if offset is None:
        raise Unfit(WireFault(code="naive", operands={"got": value.isoformat()}))
    whole_minutes = not offset.seconds % 60 and not offset.microseconds
    return datetime.isoformat(value if whole_minutes else utc(value))


def read_instant(data: object) -> DateTime:
    """An instant from its text, on a clock of that offset."""
    if isinstance(data, str) and re.fullmatch(LOCAL, data):
        raise Unfit(WireFault(code="naive", operands={"got": quoted(data)}))
    if not isinstance(data, str) or not re.fullmatch(INSTANT, data):
        raise unfit(data, "instant")
    try:
        return instant(datetime.fromisoformat(data))
    except (ValueError, OverflowError) as error:
        raise unfit(data, "instant") from error


def write_duration(value: object) -> str:
    """An amount of time: `"PT12H"`, `"-PT30M"`, `"PT0S"`, exact to the microsecond."""
    if not isinstance(value, timedelta):
        raise unfit(value, "duration")
    seconds, micros = divmod(abs(value) // _MICROSECOND, 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    tail = f"{seconds}.{micros:06d}".rstrip("0") if micros else f"{seconds}"
    parts = [(hours, f"{hours}H"), (minutes, f"{minutes}M"), (seconds or micros, f"{tail}S")]
    text = "".join(part for amount, part in parts if amount)
    return f"{'-' if value < timedelta(0) else ''}PT{text or '0S'}"


def read_duration(data: object) -> timedelta:
    """An amount of time from its text."""
    found = re.fullmatch(DURATION, data) if isinstance(data, str) else None
    if found is None:
        raise unfit(data, "duration")
    minus, hours, minutes, seconds, fraction = found.groups("0")
    try:
        whole = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
        amount = whole + timedelta(microseconds=int(fraction.ljust(6, "0")))
    except (ValueError, OverflowError) as error:
        raise unfit(data, "duration") from error
    return -amount if minus else amount
