"""The store in an SQLite file (SQLite 存储): the embedded default, on the standard library alone.

`open` makes a store of a file; `on` joins a connection that the caller owns.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Self

from qms_service.adapters import sql
from qms_service.adapters.acts import Acts
from qms_service.adapters.patience import PATIENCE, patience
from qms_service.adapters.sql.dialect import SQLITE
from qms_service.adapters.sql.schema import STEPS, made_on_first_use, moved_forward, version_of
from qms_service.adapters.sqlite_joined import check_sqlite, joined
from qms_service.adapters.sqlite_unit import Pool, Unit
from qms_service.adapters.turn import Turn
from qms_service.errors import StoreError


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
    check_sqlite()
    return SqliteStore(_checked(path), patience(timeout))


def on(connection: sqlite3.Connection, *, read_only: bool = False) -> sql.SqlTransaction:
    """A transaction over a connection that the caller owns; it never begins, commits, rolls back or closes.

    It serves the one transaction that the caller is in. A connection of `isolation_level=""`, sqlite3's
    default, begins one by itself with the first row that is written; `isolation_level=None` needs a
    `BEGIN IMMEDIATE` first. Where no table of this library is there yet, they are made at their first use, in the
    same transaction.

    Args:
        connection: The connection; any `row_factory` and `text_factory`.
        read_only: Nothing will be written.

    Raises:
        StoreError: It commits each statement by itself and no transaction is open.

    >>> with sqlite3.connect(":memory:") as connection:
    ...     list(on(connection).cases.find())
    []
    >>> connection.close()
    """
    run = joined(connection)
    return sql.SqlTransaction(
        run if read_only else made_on_first_use(run, SQLITE), SQLITE, read_only=read_only
    )


def migrate(connection: sqlite3.Connection) -> None:
    """Creates the tables, or moves those of an older version forward; the caller commits.

    `open` does this by itself, and `on` creates them at their first use. Call it where the application sets up its
    own tables, and after an update of this library.

    Raises:
        StoreError: The tables are of a newer version than this library knows, or the connection commits each
            statement by itself and no transaction is open.
    """
    moved_forward(joined(connection), SQLITE)


class SqliteStore(Acts):
    """Cases and numbers in a file; each open transaction on a connection of its own."""

    def __init__(self, path: str, timeout: timedelta) -> None:
        self._pool = Pool(path, timeout.total_seconds())
        self._turn = Turn(f"{path}-turn", timeout.total_seconds())
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def transaction(self, *, read_only: bool = False) -> Unit:
        """A transaction: it commits on leaving, and rolls back on an exception.

        Args:
            read_only: Nothing will be written: it sees one moment of the store and waits for nobody.

        Raises:
            TransactionError: This thread has one open already.
            StoreBusyError: Others wrote for longer than the store waits; try again.
        """
        return Unit(self._pool, None if read_only else self._turn)

    def close(self) -> None:
        """Closes all connections; that of a transaction that is still open, when it ends."""
        self._pool.close()
        self._turn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self) -> None:
        """Sets the file to WAL and makes its tables, where that is not done yet; else it writes nothing."""
        is_ready = self._version() == len(STEPS)
        connection = self._pool.take()
        with suppress(sqlite3.OperationalError):  # a file that is not written: it is read as it is
            connection.execute("PRAGMA journal_mode = WAL")
        self._pool.put(connection)
        if not is_ready:
            with (unit := Unit(self._pool, self._turn)):
                moved_forward(unit.run, SQLITE)

    def _version(self) -> int:
        try:
            with (unit := Unit(self._pool, None)):
                return version_of(unit.run, SQLITE)
        except StoreError as error:
            if error.code != "store-read-only" or not self._pool.read_as_it_lies():
                raise
            return self._version()


def _checked(path: str | os.PathLike[str]) -> str:
    """A path that can be that of a file."""
    try:
        file = os.fspath(path)
    except TypeError:
        raise StoreError("store-path", got=repr(path)) from None
    if not isinstance(file, str) or "\0" in file:
        raise StoreError("store-path", got=repr(path))
    if file in ("", ":memory:") or file.startswith("file:"):
        raise StoreError("store-memory", got=file)
    try:
        os.fsencode(file)
        _check_place(Path(file))
    except (OSError, UnicodeError):  # too long, or half of a surrogate pair
        raise StoreError("store-path", got=ascii(file)) from None
    return file


def _check_place(file: Path) -> None:
    if file.is_dir():
        raise StoreError("store-folder", got=str(file))
    if not file.parent.is_dir():
        raise StoreError("store-no-folder", got=str(file), folder=str(file.parent))
