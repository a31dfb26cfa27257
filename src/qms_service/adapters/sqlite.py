"""The store in an SQLite file (SQLite 存储): the embedded default, on the standard library alone.

`open` makes a store of a file; `on` joins a connection that the caller owns.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import timedelta
from pathlib import Path
from threading import get_ident
from typing import Any, Final, Self

from qms_service.adapters import sql
from qms_service.adapters.acts import Acts
from qms_service.adapters.sql.dialect import SQLITE, Run, Value
from qms_service.adapters.sql.failures import guarded
from qms_service.adapters.sql.schema import STEPS, moved_forward, version_of
from qms_service.adapters.turn import Turn
from qms_service.errors import StoreError, TransactionError

PATIENCE: Final = timedelta(seconds=30)
_OLDEST: Final = (3, 35, 0)  # the first that knows RETURNING
_LEGACY: Final = -1  # sqlite3.LEGACY_TRANSACTION_CONTROL of Python 3.12 and later


def open(path: str | os.PathLike[str], *, timeout: timedelta = PATIENCE) -> SqliteStore:  # noqa: A001  # every adapter's way in has this name
    """A store in a file, which is made where there is none; its tables are made or moved forward.

    The file is set to WAL, and each commit is on the disk before it returns (`synchronous=FULL`). Beside the
    file stand `-wal` and `-shm`, SQLite's own, and `-turn`, which decides who writes next.

    Args:
        path: The file. Others may keep tables of their own in it.
        timeout: How long a transaction waits for the others that write.

    Raises:
        StoreError: The file cannot be opened, is no database, or has tables of a newer version.
        StoreBusyError: Others wrote for longer than `timeout`.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, open(f"{folder}/qms.db") as store:
    ...     with store.transaction() as t:
    ...         list(t.cases.find())
    []

    Limits:
        A store serves the threads of the process that opened it; a process forked off opens its own. SQLite
        needs a disk of the machine itself: no network share.
    """
    _check_sqlite()
    return SqliteStore(_checked(path), timeout)


def on(connection: sqlite3.Connection, *, read_only: bool = False) -> sql.SqlTransaction:
    """A transaction over a connection that the caller owns; it never begins, commits, rolls back or closes.

    It serves the one transaction that the caller is in. A connection of `isolation_level=""`, sqlite3's
    default, begins one by itself with the first row that is written; `isolation_level=None` needs a
    `BEGIN IMMEDIATE` first.

    Args:
        connection: The connection; any `row_factory` and `text_factory`.
        read_only: Nothing will be written.

    Raises:
        StoreError: It commits each statement by itself and no transaction is open.

    >>> with sqlite3.connect(":memory:") as connection:
    ...     migrate(connection)
    ...     list(on(connection).cases.find())
    []
    >>> connection.close()
    """
    return sql.on(_joined(connection), dialect="sqlite", read_only=read_only)


def migrate(connection: sqlite3.Connection) -> None:
    """Creates the tables, or moves those of an older version forward; the caller commits.

    `open` does this by itself; with `on` alone, call it once where the application sets up its own tables.

    Raises:
        StoreError: The tables are of a newer version than this library knows, or the connection commits each
            statement by itself and no transaction is open.
    """
    sql.migrate(_joined(connection), dialect="sqlite")


class SqliteStore(Acts):
    """Cases and numbers in a file; each open transaction on a connection of its own."""

    def __init__(self, path: str, timeout: timedelta) -> None:
        self._path = path
        self._timeout_s = timeout.total_seconds()
        self._turn = Turn(f"{path}-turn", self._timeout_s)
        self._idle: list[sqlite3.Connection] = []
        self._inside: set[int] = set()
        self._process = os.getpid()
        self._is_closed = False
        self._prepare()

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[sql.SqlTransaction]:
        """A transaction: it commits on leaving, and rolls back on an exception.

        Args:
            read_only: Nothing will be written: it sees one moment of the store and waits for nobody.

        Raises:
            TransactionError: This thread has one open already.
            StoreBusyError: Others wrote for longer than the store waits; try again.
        """
        with self._unit(read_only=read_only) as run:
            yield sql.SqlTransaction(run, SQLITE, read_only=read_only)

    def close(self) -> None:
        """Closes all connections; those of a transaction that is still open, when that ends."""
        self._is_closed = True
        while self._idle:
            self._idle.pop().close()
        self._turn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _unit(self, *, read_only: bool) -> Iterator[Run]:
        """A transaction as the bare way to run a statement in it."""
        me = self._check_free()
        self._inside.add(me)
        begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
        turn = nullcontext() if read_only else self._turn.taken()
        try:
            with turn, self._connection() as connection, _begun(connection, begin) as run:
                yield run
        finally:
            self._inside.discard(me)

    def _check_free(self) -> int:
        if self._is_closed:
            raise StoreError("store-closed")
        if os.getpid() != self._process:
            raise StoreError("store-forked")
        me = get_ident()
        if me in self._inside:
            raise TransactionError("transaction-nested")
        return me

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection that nobody else uses; one that cannot even roll back is not used again."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connected()
        try:
            yield connection
        finally:
            if self._is_closed or connection.in_transaction:
                connection.close()
            else:
                self._idle.append(connection)

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=self._timeout_s, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _prepare(self) -> None:
        """Sets the file to WAL and makes its tables, where that is not done yet; else it writes nothing."""
        with self._connection() as connection:
            run = guarded(_runner(connection))
            is_ready = version_of(run, SQLITE) == len(STEPS)
            if is_ready and run("PRAGMA journal_mode", {})[0][0] == "wal":
                return
        with self._turn.taken(), self._connection() as connection:
            guarded(_runner(connection))("PRAGMA journal_mode = WAL", {})
        with self._unit(read_only=False) as run:
            moved_forward(run, SQLITE)


@contextmanager
def _begun(connection: sqlite3.Connection, begin: str) -> Iterator[Run]:
    """A transaction that commits on leaving, and rolls back on an exception; afterwards nobody runs in it."""
    is_over = False
    execute = connection.execute

    def run(statement: str, values: Mapping[str, Value]) -> list[tuple[Any, ...]]:
        if is_over:
            raise TransactionError("transaction-over")
        return execute(statement, values).fetchall()

    inside = guarded(run)
    inside(begin, {})
    try:
        yield inside
        inside("COMMIT", {})
    finally:
        is_over = True
        if connection.in_transaction:
            with suppress(sqlite3.Error):  # the exception under way tells more
                connection.rollback()


def _runner(connection: sqlite3.Connection) -> Run:
    return lambda statement, values: connection.execute(statement, values).fetchall()


def _joined(connection: sqlite3.Connection) -> Run:
    """The way to run a statement on a connection that the caller owns, whatever rows it makes."""
    if not isinstance(connection, sqlite3.Connection):
        raise StoreError("store-no-connection", got=repr(connection), needed="sqlite3.Connection")
    _check_sqlite()
    _check_unit(connection)

    def run(statement: str, values: Mapping[str, Value]) -> list[tuple[Any, ...]]:
        _check_unit(connection)
        cursor = connection.cursor(sqlite3.Cursor)
        cursor.row_factory = None
        rows = cursor.execute(statement, values).fetchall()
        return rows if connection.text_factory is str else [tuple(map(_as_text, row)) for row in rows]

    return run


def _as_text(cell: object) -> object:
    return cell.decode() if isinstance(cell, bytes | bytearray) else cell


def _check_unit(connection: sqlite3.Connection) -> None:
    """What is written statement by statement would not be one unit with the caller's documents."""
    if connection.in_transaction:
        return
    mode = getattr(connection, "autocommit", _LEGACY)  # Python 3.12 has it
    if mode is True or (mode is not False and connection.isolation_level is None):
        raise StoreError("store-autocommit")


def _check_sqlite() -> None:
    if sqlite3.sqlite_version_info < _OLDEST:
        raise StoreError("store-old-sqlite", got=sqlite3.sqlite_version, needed=".".join(map(str, _OLDEST)))


def _checked(path: str | os.PathLike[str]) -> str:
    """A path that can be that of a file."""
    file = os.fspath(path)
    if file in ("", ":memory:") or file.startswith("file:"):
        raise StoreError("store-memory", got=file)
    if Path(file).is_dir():
        raise StoreError("store-folder", got=file)
    if not Path(file).parent.is_dir():
        raise StoreError("store-no-folder", got=file, folder=str(Path(file).parent))
    return file
