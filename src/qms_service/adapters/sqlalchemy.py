"""The store over SQLAlchemy 2 (数据库存储): SQLite and PostgreSQL, and the caller's own session.

`on` joins a session or connection that the caller owns; `open` makes a store of an engine or a URL.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import timedelta
from functools import lru_cache
from threading import get_ident
from typing import Any, Final, Self

from qms_service.adapters import sql
from qms_service.adapters.acts import Acts
from qms_service.adapters.sql.dialect import SQLITE, Run, Value, dialect_of
from qms_service.adapters.sql.failures import store_error
from qms_service.adapters.sql.schema import STEPS, version_of
from qms_service.adapters.turn import Turn
from qms_service.errors import MissingExtraError, StoreBusyError, StoreError, TransactionError

try:
    from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
    from sqlalchemy.exc import ArgumentError, OperationalError
    from sqlalchemy.exc import TimeoutError as PoolTimeoutError
    from sqlalchemy.orm import Session, scoped_session
except ModuleNotFoundError as missing:
    raise MissingExtraError("missing-extra", what=__name__, package="sqlalchemy", extra="sql") from missing

Target = Session | scoped_session[Any] | Connection
PATIENCE: Final = timedelta(seconds=30)
_WRITING: Final = "READ COMMITTED"
_READING: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_MEMORY: Final = (None, "", ":memory:")


def on(target: Target) -> sql.SqlTransaction:
    """A transaction over a session or connection that the caller owns.

    It never begins, commits, rolls back or closes: numbers and cases are there when the caller commits, and
    gone when the caller rolls back. It serves the one transaction that the caller is in. Waiting for others
    ends as the caller has set it (`lock_timeout`, `busy_timeout`).

    Args:
        target: A session of SQLAlchemy's ORM bound to one database, or a connection. An asynchronous session
            lends one: `await session.run_sync(lambda session: on(session).numbers.allocate(…))`.

    Raises:
        StoreError: It commits each statement by itself (AUTOCOMMIT), or is no session or connection.
        UnknownNameError: It speaks to another database than SQLite and PostgreSQL.

    >>> with Session(create_engine("sqlite://")) as session:
    ...     migrate(session)
    ...     on(session).cases.answered("the key of a step")
    """
    connection = _connection(target)
    return sql.on(_runner(connection), dialect=connection.dialect.name)


def migrate(target: Target) -> None:
    """Creates the tables, or moves those of an older version forward, in the caller's transaction.

    `open` does it by itself. With `on` alone, call it once, where the application sets up its own tables.

    Raises:
        StoreError: The tables are of a newer version than this library knows.
    """
    connection = _connection(target)
    sql.migrate(_runner(connection), dialect=connection.dialect.name)


def open(engine_or_url: Engine | str, *, timeout: timedelta = PATIENCE) -> SqlAlchemyStore:  # noqa: A001  # every adapter's way in has this name
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
    if isinstance(engine_or_url, str):
        return SqlAlchemyStore(_engine(engine_or_url, timeout), timeout, own=True)
    return SqlAlchemyStore(engine_or_url, timeout, own=False)


class SqlAlchemyStore(Acts):
    """Cases and numbers in the database of an engine; each transaction has a connection of its pool."""

    def __init__(self, engine: Engine, timeout: timedelta, *, own: bool) -> None:
        self._dialect = dialect_of(engine.dialect.name)
        self._engine, self._own = engine, own
        self._milliseconds = max(1, timeout // timedelta(milliseconds=1))
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
            with turn, self._begun(read_only=read_only) as connection, _running(connection) as run:
                yield run
                with _told():
                    connection.commit()
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

    @contextmanager
    def _begun(self, *, read_only: bool) -> Iterator[Connection]:
        """A connection in a transaction; leaving takes back what was not committed."""
        with _told(), ExitStack() as opening:
            connection = opening.enter_context(self._engine.connect())
            if self._dialect is SQLITE:
                opening.enter_context(_waiting(connection, self._milliseconds, own=self._own))
                _begin_sqlite(connection, read_only=read_only)
            else:
                _begin_postgresql(connection, self._milliseconds, read_only=read_only, own=self._own)
            opened = opening.pop_all()
        with opened:
            yield connection


def _turn(engine: Engine, timeout: timedelta) -> Turn | None:
    """The turn to write an SQLite file, the same as that of `adapters.sqlite`."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or file.startswith((":memory:", "file:")):
        return None
    return Turn(f"{file}-turn", timeout.total_seconds())


def _begin_sqlite(connection: Connection, *, read_only: bool) -> None:
    """Takes the write lock at once: one that is taken after reading can fail without having waited."""
    connection.begin()
    raw = _raw(connection)
    if raw.in_transaction:  # by an event of the caller's engine, and perhaps without the lock
        raw.execute("ROLLBACK")
    raw.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")


@contextmanager
def _waiting(connection: Connection, milliseconds: int, *, own: bool) -> Iterator[None]:
    """A connection of the caller's engine waits as the store does, then again as it did before."""
    raw = _raw(connection)
    before = milliseconds if own else raw.execute("PRAGMA busy_timeout").fetchone()[0]
    if before == milliseconds:
        yield
        return
    raw.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout = {before}")


def _begin_postgresql(connection: Connection, milliseconds: int, *, read_only: bool, own: bool) -> None:
    """A reader sees one moment of all tables; a writer also what others committed while it waited."""
    if not own:  # whatever that engine does otherwise, AUTOCOMMIT included
        connection.execution_options(isolation_level=_WRITING)
    connection.exec_driver_sql(_READING if read_only else f"SET LOCAL lock_timeout = {milliseconds}")


def _connection(target: Target) -> Connection:
    """The connection of a session, or the connection itself; it must be one unit what is written there."""
    if isinstance(target, Session | scoped_session):
        target = target.connection()
    if not isinstance(target, Connection):
        raise StoreError("sqlalchemy-target", got=repr(target))
    dialect_of(target.dialect.name)
    if _commits_by_itself(target):
        raise StoreError("sqlalchemy-autocommit")
    return target


def _commits_by_itself(connection: Connection) -> bool:
    raw = _raw(connection)
    autocommit = getattr(raw, "autocommit", False)  # PostgreSQL's drivers; sqlite3 as of Python 3.12
    if connection.dialect.name == "postgresql":
        return autocommit is True
    if raw.isolation_level is not None and autocommit is not True:
        return False
    # sqlite3 begins nothing here. SQLAlchemy does with the first statement, where events of its engine say so.
    begun = None if connection.in_transaction() else connection.begin()
    if begun and not raw.in_transaction:
        begun.rollback()
    return not raw.in_transaction


def _raw(connection: Connection) -> Any:  # noqa: ANN401  # each driver has its own type
    return connection.connection.dbapi_connection


_prepared: Final = lru_cache(maxsize=256)(text)


def _runner(connection: Connection) -> Run:
    def run(statement: str, values: Mapping[str, Value]) -> Sequence[tuple[Any, ...]]:
        result = connection.execute(_prepared(statement), values)
        return result.fetchall() if result.returns_rows else ()

    return run


@contextmanager
def _running(connection: Connection) -> Iterator[Run]:
    """The same until the block is left; a connection of the pool may be somebody else's then."""
    run, is_over = _runner(connection), False

    def run_within(statement: str, values: Mapping[str, Value]) -> Sequence[tuple[Any, ...]]:
        if is_over:
            raise TransactionError("transaction-over")
        return run(statement, values)

    try:
        yield run_within
    finally:
        is_over = True


def _engine(url: str, timeout: timedelta) -> Engine:
    """An engine of the store's own."""
    try:
        made = make_url(url)
    except ArgumentError as error:
        raise StoreError("sqlalchemy-url", got=url) from error
    seconds = timeout.total_seconds()
    if dialect_of(made.get_backend_name()).name == "sqlite":
        if made.database in _MEMORY or "mode" in made.query:
            raise StoreError("store-memory", got=url)
        engine = create_engine(made, connect_args={"timeout": seconds}, pool_timeout=seconds)
        event.listen(engine, "connect", _durable)
        return engine
    try:
        return create_engine(made, pool_timeout=seconds, isolation_level=_WRITING)
    except ModuleNotFoundError as missing:
        raise StoreError("sqlalchemy-driver", got=made.drivername, package=missing.name) from missing


def _durable(connection: Any, _: object) -> None:  # noqa: ANN401  # the driver's
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def _told() -> Iterator[None]:
    """Tells what a driver's error means."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreBusyError("store-busy", reason=str(error)) from error
    except Exception as error:
        known = store_error(error)
        if known is None and isinstance(error, OperationalError):
            known = StoreError("store-gone", reason=str(error.orig).strip())
        if known is None:
            raise
        raise known from error
