"""The numbers of the memory store (内存编号)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import overload

import attrs

from qms_service.adapters.memory_tables import Tables, Unit
from qms_service.facts import Facts
from qms_service.instants import instant
from qms_service.numbering import LedgerEntry, NumberAudit, NumberSeries, NumberState, Slot, adoption, book


@attrs.frozen
class MemoryNumbers:
    """The numbers of one transaction."""

    unit: Unit

    @property
    def tables(self) -> Tables:
        """The store's tables with what this transaction has written."""
        return self.unit.tables

    @overload
    def allocate(
        self,
        series: NumberSeries,
        *,
        at: date,
        scope: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> str: ...
    @overload
    def allocate(
        self,
        series: NumberSeries,
        *,
        at: date,
        scope: Mapping[str, str] | None = None,
        key: str | None = None,
        count: int,
    ) -> tuple[str, ...]: ...
    def allocate(
        self,
        series: NumberSeries,
        *,
        at: date,
        scope: Mapping[str, str] | None = None,
        key: str | None = None,
        count: int | None = None,
    ) -> str | tuple[str, ...]:
        """The next number of a series, or the next `count`."""
        numbers = self._given(series, at, scope, state="allocated", key=key, count=book.wanted(count))
        return numbers[0] if count is None else numbers

    def preview(self, series: NumberSeries, *, at: date, scope: Mapping[str, str] | None = None) -> str:
        """The number that would come next; it takes nothing and promises nothing."""
        book.check_series(series)
        slot = series.slot(at, scope)
        return slot.number(self._next(slot, 1))

    def reserve(
        self,
        series: NumberSeries,
        *,
        at: date,
        scope: Mapping[str, str] | None = None,
        key: str | None = None,
        expires_at: datetime | None = None,
    ) -> str:
        """The next number of a series for a document that may come."""
        until = None
        if expires_at is not None:
            book.kept_us(expires_at)
            until = instant(expires_at)
        return self._given(series, at, scope, state="reserved", key=key, expires_at=until)[0]

    def confirm(self, series: NumberSeries, number: str, *, at: datetime) -> None:
        """Says that the document of a reserved number is there."""
        self._enter(series, [book.confirmed(self._last(series, number), series, number, at=at)])

    def void(self, series: NumberSeries, number: str, *, reason: str, at: datetime) -> None:
        """Says that a reserved or allocated number never gets its document, and why."""
        self._enter(series, [book.voided(self._last(series, number), series, number, reason=reason, at=at)])

    def void_expired(self, series: NumberSeries, *, now: datetime) -> tuple[str, ...]:
        """Voids the reserved numbers of a series whose time is over; gives them back."""
        over = [
            entry
            for entry in self.ledger(series)
            if book.expired(entry, now=now) and self._last(series, entry.number) is entry
        ]
        self._enter(series, [book.lapsed(entry, now=now) for entry in over])
        return tuple(entry.number for entry in over)

    def adopt(self, series: NumberSeries, numbers: Iterable[str], *, at: datetime) -> NumberAudit:
        """Takes over numbers given elsewhere: counters go on behind them and never go down."""
        self.tables.check_writable()
        book.check_series(series)
        taken = adoption(series, numbers, at=at, ledger=self.ledger(series))
        for (period, scope), highest in taken.highest.items():
            counter = (series.id, scope, period)
            self.tables.counters[counter] = max(highest, self.tables.counters.get(counter, 0))
        self._enter(series, taken.entries)
        return taken.audit

    def ledger(self, series: NumberSeries, *, period: str | None = None) -> Iterator[LedgerEntry]:
        """The entries of a series, oldest first."""
        book.check_ledger(series, period)
        size = self.tables.sizes.get(series.id, 0)
        entries = (self.tables.entries[series.id, place] for place in range(size))
        return (entry for entry in entries if period in (None, entry.period))

    def _given(
        self,
        series: NumberSeries,
        at: date,
        scope: Mapping[str, str] | None,
        *,
        state: NumberState,
        key: str | None,
        count: int = 1,
        expires_at: datetime | None = None,
    ) -> tuple[str, ...]:
        """The numbers that the key has answered with, or the next ones."""
        self.tables.check_writable()
        book.check_series(series)
        slot = series.slot(at, scope)
        if key is not None:
            book.check_key(key)
            known = self.tables.keys.get((series.id, key), ())
            if known:
                return book.answer(known, key=key, state=state, scope=scope, count=count)
        first, moment = self._next(slot, count), book.moment(series, at)
        entries = [
            LedgerEntry(
                series=series.id, period=slot.period, scope=slot.scope, seq=seq, number=slot.number(seq),
                state=state, at=moment, key=key, expires_at=expires_at,
            )
            for seq in range(first, first + count)
        ]  # fmt: skip
        self.tables.counters[_counter(slot)] = first + count - 1
        self._enter(series, entries)
        return tuple(entry.number for entry in entries)

    def _next(self, slot: Slot, count: int) -> int:
        """The first of the next serials."""
        last = self.tables.counters.get(_counter(slot), 0)
        if last + count > slot.last:
            raise slot.overflow()
        return last + 1

    def _last(self, series: NumberSeries, number: str) -> LedgerEntry | None:
        book.check_series(series)
        return self.tables.numbers.get((series.id, number))

    def _enter(self, series: NumberSeries, entries: Iterable[LedgerEntry]) -> None:
        """Adds to the ledger; what stands there stays."""
        self.tables.check_writable()
        by_key: dict[str, list[LedgerEntry]] = {}
        size = self.tables.sizes.get(series.id, 0)
        for entry in entries:
            self.tables.entries[series.id, size] = entry
            self.tables.numbers[series.id, entry.number] = entry
            if entry.key is not None:
                by_key.setdefault(entry.key, []).append(entry)
            size += 1
        self.tables.sizes[series.id] = size
        for key, gained in by_key.items():
            self.tables.keys[series.id, key] = (*self.tables.keys.get((series.id, key), ()), *gained)


def _counter(slot: Slot) -> tuple[str, Facts, str]:
    return slot.series, slot.scope, slot.period
