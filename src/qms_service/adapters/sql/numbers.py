"""The numbers of a store over SQL (编号): one counter row a slot, one ledger row a step of a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Final, overload

from qms_service.adapters.sql.counting import COUNT, Count, Values
from qms_service.adapters.sql.dialect import Dialect, Run, Value
from qms_service.adapters.sql.keys import claimed
from qms_service.adapters.sql.ledger import Ledger, scope_text
from qms_service.adapters.sql.writing import WRITE, Write
from qms_service.errors import TransactionError
from qms_service.facts import Facts
from qms_service.instants import micros
from qms_service.numbering import LedgerEntry, NumberAudit, NumberSeries, NumberState, Slot, book
from qms_service.numbering.adopt import adoption

_LAST: Final = "SELECT last FROM qms_counter WHERE series = :series AND scope = :scope AND period = :period"
_RAISE: Final = """
    INSERT INTO qms_counter (series, scope, period, last) VALUES (:series, :scope, :period, :last)
    ON CONFLICT (series, scope, period) DO UPDATE SET last = excluded.last
    WHERE qms_counter.last < excluded.last"""


class SqlNumbers:
    """The numbers of one transaction."""

    def __init__(self, run: Run, dialect: Dialect, *, read_only: bool) -> None:
        self._run = run
        self._read_only = read_only
        self._count: Count = COUNT[dialect.name]
        self._write: Write = WRITE[dialect.name]
        self._ledger = Ledger(run)

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
        numbers = self._taken(series, "allocated", at, scope, key=key, count=book.wanted(count))
        return numbers[0] if count is None else numbers

    def allocate_into(
        self,
        statement: str,
        values: Mapping[str, Value],
        series: NumberSeries,
        *,
        at: date,
        scope: Mapping[str, str] | None = None,
    ) -> str:
        """The next number of a series, written into its document in the same breath.

        On PostgreSQL counter, ledger and document are one statement: one round trip, and one unit even where each
        statement commits by itself. On SQLite they are three of the caller's transaction.

        Args:
            statement: The INSERT of the document, which selects from `taken`, a row with the column `number`; its
                own parameters as `:name`.
            values: The values of these parameters; names that begin with `qms_` are taken.
            series: The series.
            at: The document's moment (aware), or its business date.
            scope: A value for each `{name}` of the pattern.

        Raises:
            NumberOverflowError: The period has no further number; nothing is taken.
            NumberError: The scope does not fit the pattern, or the date the years that the text can show.
            StoreError: The statement wrote no document, or more than one.
            StoreBusyError: Others held the counter too long; try again.

        >>> import sqlite3
        >>> from datetime import date
        >>> from qms_service.adapters import sqlite
        >>> claims = NumberSeries(id="claim", pattern="CL-{YYYY}-{seq:03}", reset="year", timezone="Asia/Shanghai")
        >>> with sqlite3.connect(":memory:") as connection:
        ...     sqlite.migrate(connection)
        ...     made = connection.execute("CREATE TABLE claim (number TEXT, customer TEXT)")
        ...     sqlite.on(connection).numbers.allocate_into(
        ...         "INSERT INTO claim (number, customer) SELECT number, :customer FROM taken",
        ...         {"customer": "ACME"}, claims, at=date(2026, 3, 2))
        'CL-2026-001'
        >>> connection.close()
        """
        self._check_writable()
        book.check_series(series)
        slot = series.slot(at, scope)
        told: Values = {"state": "allocated", "at_us": _at_us(series, at), "key": None, "expires_us": None}
        number = self._write(self._run, _counter(slot), slot, told, (statement, values))
        if number is None:
            raise slot.overflow()
        return number

    def preview(self, series: NumberSeries, *, at: date, scope: Mapping[str, str] | None = None) -> str:
        """The number that would come next; it takes nothing and promises nothing."""
        book.check_series(series)
        slot = series.slot(at, scope)
        rows = self._run(_LAST, _counter(slot))
        seq = int(rows[0][0]) + 1 if rows else 1
        if seq > slot.last:
            raise slot.overflow()
        return slot.number(seq)

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
        expires_us = None if expires_at is None else book.kept_us(expires_at)
        return self._taken(series, "reserved", at, scope, key=key, expires_us=expires_us)[0]

    def confirm(self, series: NumberSeries, number: str, *, at: datetime) -> None:
        """Says that the document of a reserved number is there."""
        self._go_on(series, number, lambda last: book.confirmed(last, series, number, at=at))

    def void(self, series: NumberSeries, number: str, *, reason: str, at: datetime) -> None:
        """Says that a reserved or allocated number never gets its document, and why."""
        self._go_on(series, number, lambda last: book.voided(last, series, number, reason=reason, at=at))

    def void_expired(self, series: NumberSeries, *, now: datetime) -> tuple[str, ...]:
        """Voids the reserved numbers of a series whose time is over; gives them back."""
        self._check_writable()
        book.check_series(series)
        over = self._ledger.lapsed(series, micros(now))
        return tuple(one.number for one in over if self._ledger.add(book.lapsed(one, now=now), 1))

    def adopt(self, series: NumberSeries, numbers: Iterable[str], *, at: datetime) -> NumberAudit:
        """Takes over numbers given elsewhere: counters go on behind them and never go down."""
        self._check_writable()
        book.check_series(series)
        column = tuple(numbers) if isinstance(numbers, Iterator) else numbers  # it is read twice
        self._raise(series, adoption(series, column, at=at).highest)
        plan = adoption(series, column, at=at, ledger=self._ledger.entries(series, None))
        self._ledger.adopt(plan.entries)
        return plan.audit

    def ledger(self, series: NumberSeries, *, period: str | None = None) -> Iterator[LedgerEntry]:
        """The entries of a series, oldest first."""
        book.check_ledger(series, period)
        return self._ledger.entries(series, period)

    def _raise(self, series: NumberSeries, highest: Mapping[tuple[str, Facts], int]) -> None:
        """Holds the counters too: who was counting has committed, and its numbers are in the ledger."""
        counters = {(period, scope_text(scope)): last for (period, scope), last in highest.items()}
        for (period, scope), last in sorted(counters.items()):
            self._run(_RAISE, {"series": series.id, "scope": scope, "period": period, "last": last})

    def _go_on(
        self, series: NumberSeries, number: str, following: Callable[[LedgerEntry | None], LedgerEntry]
    ) -> None:
        """Adds the next entry of a number; where another process was quicker, the one after that."""
        is_added = False
        self._check_writable()
        book.check_series(series)
        while not is_added:
            before = self._ledger.of_number(series, number) if isinstance(number, str) else ()
            is_added = self._ledger.add(following(before[-1] if before else None), len(before))

    def _check_writable(self) -> None:
        if self._read_only:
            raise TransactionError("transaction-read-only")

    def _taken(
        self,
        series: NumberSeries,
        state: NumberState,
        at: date,
        scope: Mapping[str, str] | None,
        *,
        key: str | None,
        count: int = 1,
        expires_us: int | None = None,
    ) -> tuple[str, ...]:
        self._check_writable()
        book.check_series(series)
        slot = series.slot(at, scope)
        if key is not None:
            book.check_key(key)
            claimed(self._run, f"series:{series.id}", key)
            if given := self._ledger.of_key(series, key):
                return book.answer(given, key=key, state=state, scope=scope, count=count)
        told: Values = {"state": state, "at_us": _at_us(series, at), "key": key, "expires_us": expires_us}
        last = self._count(self._run, _counter(slot), slot, count, told) if count <= slot.last else None
        if last is None:
            raise slot.overflow()
        return tuple(map(slot.number, range(last - count + 1, last + 1)))


def _counter(slot: Slot) -> Values:
    return {"series": slot.series, "scope": scope_text(slot.scope), "period": slot.period}


def _at_us(series: NumberSeries, at: date) -> int:
    return book.kept_us(at) if isinstance(at, datetime) else _day_us(series, at)


@lru_cache(maxsize=256)
def _day_us(series: NumberSeries, on: date) -> int:
    return micros(book.moment(series, on))
