"""One unit of work (工作单元) on a connection of SQLAlchemy: how it begins on each database, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from qms_service.adapters.sql.dialect import Run, Value
from qms_service.adapters.sql.failures import store_error
from qms_service.adapters.sqlalchemy_joined import raw, runner
from qms_service.errors import StoreBusyError, StoreError, TransactionError

WRITING: Final = "READ COMMITTED"
_READING: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def unit(engine: Engine, milliseconds: int, *, read_only: bool, own: bool) -> Iterator[Run]:
    """A transaction as the way to run a statement in it: it commits on leaving, or takes everything back.

    Args:
        engine: Where its connection comes from.
        milliseconds: How long a statement waits for what others hold.
        read_only: Nothing will be written.
        own: The engine is set up for this; another one's settings are put aside for as long as this lasts.
    """
    with (
        _begun(engine, milliseconds, read_only=read_only, own=own) as connection,
        _running(connection) as run,
    ):
        yield run
        with _told():
            connection.commit()


@contextmanager
def _begun(engine: Engine, milliseconds: int, *, read_only: bool, own: bool) -> Iterator[Connection]:
    """A connection in a transaction; leaving takes back what was not committed."""
    with _told(), ExitStack() as opening:
        connection = opening.enter_context(engine.connect())
        if engine.dialect.name == "sqlite":
            opening.enter_context(_waiting(connection, milliseconds, own=own))
            _begin_sqlite(connection, read_only=read_only)
        else:
            _begin_postgresql(connection, milliseconds, read_only=read_only, own=own)
        opened = opening.pop_all()
    with opened:
        yield connection


def _begin_sqlite(connection: Connection, *, read_only: bool) -> None:
    """Takes the write lock at once: one that is taken after reading can fail without having waited."""
    connection.begin()
    driver = raw(connection)
    if driver.in_transaction:  # by an event of the caller's engine, and perhaps without the lock
        driver.execute("ROLLBACK")
    driver.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")


@contextmanager
def _waiting(connection: Connection, milliseconds: int, *, own: bool) -> Iterator[None]:
    """A connection of the caller's engine waits as the store does, then again as it did before."""
    driver = raw(connection)
    before = milliseconds if own else driver.execute("PRAGMA busy_timeout").fetchone()[0]
    if before == milliseconds:
        yield
        return
    driver.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout = {before}")


def _begin_postgresql(connection: Connection, milliseconds: int, *, read_only: bool, own: bool) -> None:
    """A reader sees one moment of all tables; a writer also what others committed while it waited."""
    if not own:  # whatever that engine does otherwise, AUTOCOMMIT included
        connection.execution_options(isolation_level=WRITING)
    connection.exec_driver_sql(_READING if read_only else f"SET LOCAL lock_timeout = {milliseconds}")


@contextmanager
def _running(connection: Connection) -> Iterator[Run]:
    """The same until the block is left; a connection of the pool may be somebody else's then."""
    run, is_over = runner(connection), False

    def run_within(statement: str, values: Mapping[str, Value]) -> Sequence[tuple[Any, ...]]:
        if is_over:
            raise TransactionError("transaction-over")
        return run(statement, values)

    try:
        yield run_within
    finally:
        is_over = True


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
