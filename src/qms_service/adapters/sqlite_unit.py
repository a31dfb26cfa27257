"""A transaction of the SQLite store (SQLite 事务), and the connections that its transactions run on."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import get_ident
from types import TracebackType
from typing import Any

from qms_service.adapters.sql import SqlTransaction
from qms_service.adapters.sql.dialect import SQLITE, Value
from qms_service.adapters.sql.failures import raise_known
from qms_service.adapters.turn import Turn
from qms_service.errors import StoreError, TransactionError


class Pool:
    """The connections of a store: each is one thread's at a time.

    Args:
        path: The file.
        timeout_s: How long SQLite waits for a lock, in seconds.
    """

    def __init__(self, path: str, timeout_s: float) -> None:
        self._path = path
        self._timeout_s = timeout_s
        self._is_immutable = False
        self._is_closed = False
        self._idle: list[sqlite3.Connection] = []
        self._inside: set[int] = set()
        self._process = os.getpid()

    def enter(self) -> int:
        """Marks that this thread has a transaction open; gives back its mark."""
        if self._is_closed:
            raise StoreError("store-closed")
        if os.getpid() != self._process:
            raise StoreError("store-forked")
        me = get_ident()
        if me in self._inside:
            raise TransactionError("transaction-nested")
        self._inside.add(me)
        return me

    def leave(self, mark: int) -> None:
        """Takes the mark back, in whichever thread the transaction ended."""
        self._inside.discard(mark)

    def take(self) -> sqlite3.Connection:
        """A connection that nobody else uses."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._connected()

    def put(self, connection: sqlite3.Connection) -> None:
        """Keeps a connection for the next; one that could not even roll back is not used again."""
        if connection.in_transaction:
            connection.close()
            return
        self._idle.append(connection)
        if self._is_closed:  # asked last: whoever closes meanwhile may have looked before it was there
            self.close()

    def read_as_it_lies(self) -> bool:
        """Whether the file can be read where nothing can be written beside it, as on a read-only disk.

        It can where it is whole in itself: where no log of a writer lies beside it.
        """
        self._is_immutable = not Path(f"{self._path}-wal").exists()
        return self._is_immutable

    def close(self) -> None:
        """Closes the connections; that of an open transaction when it ends."""
        self._is_closed = True
        while self._idle:
            self._idle.pop().close()

    def _connected(self) -> sqlite3.Connection:
        as_it_lies = f"{Path(self._path).absolute().as_uri()}?immutable=1"
        try:
            connection = sqlite3.connect(
                as_it_lies if self._is_immutable else self._path,
                uri=self._is_immutable,
                timeout=self._timeout_s,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error as error:
            raise_known(error)
            raise
        try:
            connection.execute("PRAGMA synchronous = FULL")  # it reads the file, so here a wrong one shows
        except sqlite3.Error as error:
            connection.close()
            raise_known(error)
            raise
        return connection


class Unit:
    """A transaction that commits on leaving, and rolls back on an exception.

    Args:
        pool: The connections of the store.
        turn: The turn to write; None: it reads.
    """

    __slots__ = ("_connection", "_execute", "_is_over", "_mark", "_pool", "_turn")

    _connection: sqlite3.Connection

    def __init__(self, pool: Pool, turn: Turn | None) -> None:
        self._pool = pool
        self._turn = turn
        self._is_over = False

    def run(self, statement: str, values: Mapping[str, Value]) -> list[tuple[Any, ...]]:
        """Runs a statement in the transaction."""
        if self._is_over:
            raise TransactionError("transaction-over")
        try:
            return self._execute(statement, values).fetchall()
        except Exception as error:
            raise_known(error)
            raise

    def __enter__(self) -> SqlTransaction:
        self._mark = self._pool.enter()
        try:
            if self._turn is not None:
                self._turn.take()
            try:
                self._begin("BEGIN" if self._turn is None else "BEGIN IMMEDIATE")
            except BaseException:
                if self._turn is not None:
                    self._turn.give()
                raise
        except BaseException:
            self._pool.leave(self._mark)
            raise
        return SqlTransaction(self.run, SQLITE, read_only=self._turn is None)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.run("COMMIT", {})
        finally:
            self._is_over = True
            try:
                self._give_back()
            finally:  # whatever became of the connection, others have their turn
                self._leave()

    def _leave(self) -> None:
        try:
            if self._turn is not None:
                self._turn.give()
        finally:
            self._pool.leave(self._mark)

    def _begin(self, how: str) -> None:
        self._connection = self._pool.take()
        self._execute = self._connection.execute
        try:
            self.run(how, {})
        except BaseException:
            self._give_back()
            raise

    def _give_back(self) -> None:
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):  # the exception under way tells more
                self._connection.rollback()
        self._pool.put(self._connection)
