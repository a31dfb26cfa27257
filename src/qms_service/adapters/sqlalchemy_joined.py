"""What a caller joins (外部会话): the connection of a session, and how a statement runs on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session

from qms_service.adapters.sql.dialect import Run, Value, dialect_of
from qms_service.adapters.sql.failures import raise_known
from qms_service.errors import StoreError

Target = Session | scoped_session[Any] | Connection


def connection_of(target: Target) -> Connection:
    """The connection of a session, or the connection itself; it must be one unit what is written there."""
    try:
        if isinstance(target, Session | scoped_session):
            target = target.connection()
        if not isinstance(target, Connection):
            raise StoreError("sqlalchemy-target", got=repr(target))
        dialect_of(target.dialect.name)
        if _commits_by_itself(target):
            raise StoreError("sqlalchemy-autocommit")
    except SQLAlchemyError as error:  # it is closed, or no server answers
        raise_known(error)
        raise
    return target


def _commits_by_itself(connection: Connection) -> bool:
    driver = raw(connection)
    autocommit = getattr(driver, "autocommit", False)  # PostgreSQL's drivers; sqlite3 as of Python 3.12
    if connection.dialect.name == "postgresql":
        return autocommit is True
    if driver.isolation_level is not None and autocommit is not True:
        return False
    # sqlite3 begins nothing here. SQLAlchemy does with the first statement, where events of its engine say so.
    begun = None if connection.in_transaction() else connection.begin()
    if begun and not driver.in_transaction:
        begun.rollback()
    return not driver.in_transaction


def raw(connection: Connection) -> Any:  # noqa: ANN401  # each driver has its own type
    """The driver's own connection."""
    return connection.connection.dbapi_connection


def runner(connection: Connection) -> Run:
    """Runs statements on a connection, each put in the driver's words once."""
    dialect = connection.dialect

    def run(statement: str, values: Mapping[str, Value]) -> Sequence[tuple[Any, ...]]:
        words, order = _prepared(statement, dialect)
        given = values if order is None else tuple(values[name] for name in order)
        result = connection.exec_driver_sql(words, given or None)
        return result.fetchall() if result.returns_rows else ()

    return run


@lru_cache(maxsize=256)
def _prepared(statement: str, dialect: Dialect) -> tuple[str, Sequence[str] | None]:
    """A statement in the driver's words; where its parameters have no names there, their order."""
    compiled = text(statement).compile(dialect=dialect)
    return str(compiled), compiled.positiontup if compiled.positional else None
