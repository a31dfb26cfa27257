"""How statements run on a connection that the caller owns (借用连接), whatever its settings."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from qms_service.adapters.sql.dialect import Run, Value
from qms_service.adapters.sql.failures import raise_known
from qms_service.errors import StoreError

_OLDEST: Final = (3, 35, 0)  # the first that knows RETURNING
_LEGACY: Final = -1  # sqlite3.LEGACY_TRANSACTION_CONTROL of Python 3.12 and later


def joined(connection: sqlite3.Connection) -> Run:
    """The way to run a statement in the transaction that the caller is in.

    Raises:
        StoreError: It is no connection of sqlite3, or commits each statement by itself.
    """
    if not isinstance(connection, sqlite3.Connection):
        raise StoreError("store-no-connection", got=repr(connection), needed="sqlite3.Connection")
    check_sqlite()
    try:
        _check_unit(connection)
        cursor = connection.cursor(sqlite3.Cursor)
    except sqlite3.ProgrammingError as error:  # it is closed
        raise_known(error)
        raise
    cursor.row_factory = None  # the caller's rows may be dictionaries
    execute = cursor.execute

    def run(statement: str, values: Mapping[str, Value]) -> list[tuple[Any, ...]]:
        try:
            if not connection.in_transaction:
                _check_unit(connection)
            rows = execute(statement, values).fetchall()
        except Exception as error:
            raise_known(error)
            raise
        return rows if connection.text_factory is str else [tuple(map(_as_text, row)) for row in rows]

    return run


def check_sqlite() -> None:
    """Refuses an SQLite that does not know what the statements need."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise StoreError("store-old-sqlite", got=sqlite3.sqlite_version, needed=".".join(map(str, _OLDEST)))


def _check_unit(connection: sqlite3.Connection) -> None:
    """What is written statement by statement would not be one unit with the caller's documents."""
    if connection.in_transaction:
        return
    mode = getattr(connection, "autocommit", _LEGACY)  # Python 3.12 has it
    if mode is True or (mode is not False and connection.isolation_level is None):
        raise StoreError("store-autocommit")


def _as_text(cell: object) -> object:
    return cell.decode() if isinstance(cell, bytes | bytearray) else cell
