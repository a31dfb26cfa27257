"""Book (记账规则): what may be written next of a number, and which numbers answer a key; the same in every store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.errors import EntryError, InstantRangeError, KeyReusedError, NumberError
from qms_service.facts import as_facts
from qms_service.instants import FIRST_YEAR, LAST_YEAR, Micros, from_micros, instant, micros, zone
from qms_service.numbering.ledger import LedgerEntry, NumberState
from qms_service.numbering.series import NumberSeries
from qms_service.worktime.wall import instant_of, midnight

VOIDABLE: Final[tuple[NumberState, ...]] = ("allocated", "reserved", "adopted")
EXPIRED: Final = "expired"
# A day inside the years that can be computed, so that no zone's clock shows another year.
_FIRST_US: Final = micros(datetime(FIRST_YEAR, 1, 2, tzinfo=UTC))
_END_US: Final = micros(datetime(LAST_YEAR, 12, 31, tzinfo=UTC))


def moment(series: NumberSeries, at: date) -> DateTime:
    """The moment that the ledger keeps of a document: its own, or the beginning of its business date.

    >>> series = NumberSeries(id="claim", pattern="{YYYY}-{seq}", reset="year", timezone="Asia/Shanghai")
    >>> str(moment(series, date(2026, 3, 2)))
    '2026-03-02 00:00:00+08:00'
    """
    if isinstance(at, datetime):
        kept_us(at)
        return instant(at)
    home = zone(series.timezone)
    begins = from_micros(instant_of(midnight(at.toordinal()), home), home)
    kept_us(begins)
    return begins


def kept_us(at: datetime) -> Micros:
    """The microseconds of a moment that the ledger keeps: one that can be read back in every zone.

    Raises:
        NaiveInstantError: It has no zone, or is no datetime at all.
        InstantRangeError: It lies outside the years 3 to 9997, as an endless date does.

    >>> import pendulum
    >>> kept_us(pendulum.datetime(1970, 1, 2))
    86400000000
    """
    us = micros(at)
    if not _FIRST_US <= us < _END_US:
        raise InstantRangeError("instant-years", got=str(at), first=FIRST_YEAR, last=LAST_YEAR)
    return us


def wanted(count: int | None) -> int:
    """How many numbers are asked for; None: one.

    Raises:
        NumberError: It is no whole number from 1 on.
    """
    if count is None:
        return 1
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise NumberError("number-count", got=repr(count))
    return count


def check_series(series: NumberSeries) -> None:
    """Refuses what is no series, such as the id of one: a store knows no rulebook.

    Raises:
        EntryError: It is none.
    """
    if not isinstance(series, NumberSeries):
        raise EntryError("entry-series", got=repr(series))


def check_ledger(series: NumberSeries, period: str | None) -> None:
    """Refuses to look for entries where none can be.

    Raises:
        EntryError: It is no series, or the period is no text.
    """
    check_series(series)
    if not isinstance(period, str | None):
        raise EntryError("entry-period", series=series.id, got=repr(period))


def check_key(key: str) -> None:
    """Refuses a key that is no text or blank: two requests of an empty form would share it.

    Raises:
        EntryError: It is none.
    """
    if not isinstance(key, str) or not key.strip():
        raise EntryError("entry-key", got=repr(key))


def answer(
    given: Sequence[LedgerEntry],
    *,
    key: str,
    state: NumberState,
    scope: Mapping[str, str] | None,
    count: int,
) -> tuple[str, ...]:
    """The numbers that a request under a key got when it was first made.

    Args:
        given: The entries of a series under this key, oldest first.
        key: The key.
        state: What is asked for now: `"allocated"` or `"reserved"`.
        scope: The scope asked for now.
        count: How many are asked for now.

    Raises:
        KeyReusedError: The key was used for another request, or one of its numbers is void.
    """
    first = [entry for entry in given if entry.state in ("allocated", "reserved")]
    same = len(first) == count and all(
        entry.state == state and entry.scope == as_facts(scope or {}) for entry in first
    )
    if not same:
        numbers, kept = tuple(entry.number for entry in first), given[0]
        raise KeyReusedError(
            "key-other-request", key=key, series=kept.series, state=kept.state, numbers=numbers
        )
    void = tuple(entry.number for entry in given if entry.state == "void")
    if void:
        raise KeyReusedError("key-void", key=key, series=given[0].series, numbers=void)
    return tuple(entry.number for entry in first)


def confirmed(last: LedgerEntry | None, series: NumberSeries, number: str, *, at: datetime) -> LedgerEntry:
    """The entry that says that the document of a reserved number is there.

    Args:
        last: The last entry of the number in the series; None: there is none.
        series: The series.
        number: The number, as the caller wrote it.
        at: The moment of the document.

    Raises:
        NumberError: The number is not reserved, or its reservation has expired.
    """
    entry = _standing(last, series, number, ("reserved",))
    if expired(entry, now=at):
        raise NumberError(
            "number-expired", series=series.id, number=number, at=at, expires_at=entry.expires_at
        )
    return attrs.evolve(entry, state="confirmed", at=at)


def voided(
    last: LedgerEntry | None, series: NumberSeries, number: str, *, reason: str, at: datetime
) -> LedgerEntry:
    """The entry that says that a number never gets its document, and why.

    Raises:
        NumberError: The number was never given, is void or has its document already, or no reason is given.
    """
    if not isinstance(reason, str) or not reason.strip():
        raise NumberError("number-reason", number=number, got=repr(reason))
    return attrs.evolve(_standing(last, series, number, VOIDABLE), state="void", at=at, reason=reason)


def expired(entry: LedgerEntry, *, now: datetime) -> bool:
    """Whether an entry is a reservation whose time is over; at `expires_at` itself it still holds."""
    until = entry.expires_at if entry.state == "reserved" else None
    return until is not None and micros(now) > micros(until)


def lapsed(entry: LedgerEntry, *, now: datetime) -> LedgerEntry:
    """The entry that voids a number whose reservation has expired."""
    return attrs.evolve(entry, state="void", at=now, reason=EXPIRED)


def _standing(
    last: LedgerEntry | None, series: NumberSeries, number: str, allowed: Sequence[NumberState]
) -> LedgerEntry:
    if last is None:
        raise NumberError("number-unknown", series=series.id, number=number)
    if last.state not in allowed:
        raise NumberError(
            "number-state", series=series.id, number=number, got=last.state, allowed=tuple(allowed)
        )
    return last
