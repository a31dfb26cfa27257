"""The store over SQLAlchemy 2 (数据库存储): SQLite and PostgreSQL, and the caller's own session.

`on` joins a session or connection that the caller owns; `open` makes a store of an engine or a URL.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import timedelta
from threading import get_ident
from typing import Any, Final, Self

from qms_service.adapters import sql
from qms_service.adapters.acts import Acts
from qms_service.adapters.patience import PATIENCE, patience
from qms_service.adapters.sql.dialect import SQLITE, Run, dialect_of
from qms_service.adapters.sql.schema import STEPS, made_on_first_use, moved_forward, version_of
from qms_service.adapters.turn import Turn
from qms_service.errors import MissingExtraError, StoreError, TransactionError

try:
    from sqlalchemy import URL, Engine, create_engine, event, make_url
    from sqlalchemy.exc import ArgumentError

    from qms_service.adapters.sqlalchemy_joined import Target, connection_of, runner
    from qms_service.adapters.sqlalchemy_unit import WRITING, unit
except ModuleNotFoundError as missing:
    raise MissingExtraError("missing-extra", what=__name__, package="sqlalchemy", extra="sql") from missing

_SECRET: Final = re.compile(r"[^/]*@")
_READY: Final = "qms_service.tables"  # a connection's note that they were seen
_MEMORY: Final = (None, "", ":memory:")


def on(target: Target) -> sql.SqlTransaction:
    """A transaction over a session or connection that the caller owns.

    It never begins, commits, rolls back or closes: numbers and cases are there when the caller commits, and
    gone when the caller rolls back. It serves the one transaction that the caller is in. Waiting for others
    ends as the caller has set it (`lock_timeout`, `busy_timeout`). Where no table of this library is there yet,
    they are made in this transaction; an application whose role may not do so calls `migrate` beforehand.

    Args:
        target: A session of SQLAlchemy's ORM bound to one database, or a connection. An asynchronous session
            lends one: `await session.run_sync(lambda session: on(session).numbers.allocate(…))`.

    Raises:
        StoreError: It commits each statement by itself (AUTOCOMMIT), or is no session or connection.
        UnknownNameError: It speaks to another database than SQLite and PostgreSQL.

    >>> from sqlalchemy.orm import Session
    >>> with Session(create_engine("sqlite://")) as session:
    ...     on(session).cases.answered("the key of a step")
    """
    connection = connection_of(target)
    run, dialect = sql.guarded(runner(connection)), dialect_of(connection.dialect.name)
    if dialect is SQLITE:
        run = made_on_first_use(run, dialect)
    elif _READY not in connection.info:  # a statement that fails would end the transaction there: look first
        if version_of(run, dialect):
            connection.info[_READY] = True
        else:
            moved_forward(run, dialect)
    return sql.SqlTransaction(run, dialect, read_only=False)


def migrate(target: Target) -> None:
    """Creates the tables, or moves those of an older version forward, in the caller's transaction.

    `open` does it by itself, and `on` creates them at their first use. Call it where the application sets up its own
    tables, and after an update of this library.

    Raises:
        StoreError: The tables are of a newer version than this library knows.
    """
    connection = connection_of(target)
    sql.migrate(runner(connection), dialect=connection.dialect.name)


def open(engine_or_url: Engine | URL | str, *, timeout: timedelta = PATIENCE) -> SqlAlchemyStore:  # noqa: A001  # every adapter's way in has this name
    """A store in the database of an engine or a URL; its tables are made or moved forward first.

    With a URL the engine is the store's own: an SQLite file is set to WAL and synchronous=FULL, and leaving the
    store closes its connections. An engine of the caller's keeps its settings and stays open. Either way a
    transaction of the store that writes takes SQLite's write lock at once, and runs READ COMMITTED on PostgreSQL;
    one that only reads sees one moment of all tables.

    Args:
        engine_or_url: `"postgresql+psycopg://user@host/database"`, `"sqlite:///qms.db"`, or an engine.
        timeout: How long a statement, or a thread without a connection, waits for what others hold.

    Raises:
        StoreError: The database cannot be opened, or its tables are of a newer version.
        UnknownNameError: It is another database than SQLite and PostgreSQL.
    """
    waits = patience(timeout)
    if isinstance(engine_or_url, Engine):
        return SqlAlchemyStore(engine_or_url, waits, own=False)
    return SqlAlchemyStore(_engine(engine_or_url, waits), waits, own=True)


class SqlAlchemyStore(Acts):
    """Cases and numbers in the database of an engine; each transaction has a connection of its pool."""

    def __init__(self, engine: Engine, timeout: timedelta, *, own: bool) -> None:
        self._dialect = dialect_of(engine.dialect.name)
        self._engine, self._own = engine, own
        self._milliseconds = max(1, timeout // timedelta(milliseconds=1))  # 0: PostgreSQL waits for ever
        self._turn = _turn(engine, timeout)
        self._inside: set[int] = set()
        self._process = os.getpid()
        self._is_closed = False
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

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
            yield sql.on(run, dialect=self._dialect.name, read_only=read_only)

    def close(self) -> None:
        """Ends the store, and with it the connections of an engine of its own."""
        self._is_closed = True
        if self._own:
            self._engine.dispose()
        if self._turn:
            self._turn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self) -> None:
        """Makes the tables or moves them forward; where that is done already, it writes nothing."""
        with self._unit(read_only=True) as run:
            is_ready = version_of(run, self._dialect) == len(STEPS)
        if not is_ready:
            with self._unit(read_only=False) as run:
                sql.migrate(run, dialect=self._dialect.name)

    @contextmanager
    def _unit(self, *, read_only: bool) -> Iterator[Run]:
        """A transaction as the bare way to run a statement in it; afterwards nobody runs in it."""
        me = self._check_free()
        self._inside.add(me)
        turn = self._turn.taken() if self._turn and not read_only else nullcontext()
        try:
            with turn, unit(self._engine, self._milliseconds, read_only=read_only, own=self._own) as run:
                yield run
        finally:
            self._inside.discard(me)

    def _check_free(self) -> int:
        if self._is_closed:
            raise StoreError("store-closed")
        if self._own and os.getpid() != self._process:
            raise StoreError("store-forked")
        me = get_ident()
        if me in self._inside:
            raise TransactionError("transaction-nested")
        return me


def _turn(engine: Engine, timeout: timedelta) -> Turn | None:
    """The turn to write an SQLite file, the same as that of `adapters.sqlite`."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or file.startswith((":memory:", "file:")):
        return None
    return Turn(f"{file}-turn", timeout.total_seconds())


def _engine(url: URL | str, timeout: timedelta) -> Engine:
    """An engine of the store's own."""
    made = _read(url)
    seconds = timeout.total_seconds()
    if dialect_of(made.get_backend_name()).name == "sqlite":
        if made.database in _MEMORY or "mode" in made.query:
            raise StoreError("store-memory", got=str(made))
        engine = create_engine(made, connect_args={"timeout": seconds}, pool_timeout=seconds)
        event.listen(engine, "connect", _durable)
        return engine
    try:
        return create_engine(made, pool_timeout=seconds, isolation_level=WRITING)
    except ModuleNotFoundError as missing:
        raise StoreError("sqlalchemy-driver", got=made.drivername, package=missing.name) from missing


def _read(url: object) -> URL:
    with suppress(ArgumentError):
        if isinstance(url, str | URL):
            return make_url(url)
    raise StoreError("sqlalchemy-url", got=_SECRET.sub("***@", repr(url)))


def _durable(connection: Any, _: object) -> None:  # noqa: ANN401  # the driver's
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
