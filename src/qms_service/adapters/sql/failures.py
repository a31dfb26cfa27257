"""Failures (故障): what a driver's error means, whoever has wrapped it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from qms_service.adapters.sql.dialect import Run, Value
from qms_service.errors import QmsError, StoreBusyError, StoreError

# SQLite names its errors, PostgreSQL numbers them; the first that fits the beginning of a name counts.
_CODES: Final[Mapping[str, str]] = {
    "SQLITE_BUSY": "store-busy",
    "SQLITE_LOCKED": "store-busy",
    "55P03": "store-busy",  # lock_not_available: the lock_timeout
    "57014": "store-busy",  # query_canceled: the statement_timeout
    "40001": "store-busy",  # serialization_failure
    "40P01": "store-busy",  # deadlock_detected
    "SQLITE_FULL": "store-full",
    "53100": "store-full",
    "SQLITE_READONLY": "store-read-only",
    "25006": "store-read-only",
    "SQLITE_NOTADB": "store-no-database",
    "SQLITE_CONSTRAINT": "store-conflict",
    "23505": "store-conflict",  # unique_violation
    "SQLITE_CORRUPT": "store-damaged",
    "XX001": "store-damaged",
    "XX002": "store-damaged",
    "SQLITE_CANTOPEN": "store-not-opened",
    "SQLITE_IOERR": "store-disk",
    "58": "store-disk",
    "SQLITE_PERM": "store-not-allowed",
    "SQLITE_AUTH": "store-not-allowed",
    "42501": "store-not-allowed",
    "42P01": "store-no-tables",
    "42703": "store-other-tables",
    "42P07": "store-name-taken",  # duplicate_table
    "25P02": "store-aborted",
    "08": "store-gone",
    "57P0": "store-gone",
    "53300": "store-gone",
}
_SQLITE_SAYS: Final[Mapping[str, str]] = {  # SQLite has one name for all mistakes in a statement
    "no such table": "store-no-tables",
    "no such column": "store-other-tables",
    "has no column": "store-other-tables",
    "already exists": "store-name-taken",
    "UPSERT a view": "store-name-taken",
}
_CLOSED: Final = (
    "closed database",
    "connection is closed",
    "Connection is closed",
)  # drivers give these no code


def guarded(run: Run) -> Run:
    """The same way to run a statement, whose errors are those of this library where it knows them."""

    def run_guarded(statement: str, values: Mapping[str, Value]) -> list[tuple[object, ...]]:
        try:
            return run(statement, values)  # type: ignore[return-value]  # any sequence will do
        except QmsError:
            raise  # told already
        except Exception as error:
            raise_known(error)
            raise

    return run_guarded


def raise_known(error: Exception) -> None:
    """Raises the error of this library that a driver's error means; returns where it is no trouble of a store."""
    known = store_error(error)
    if known is not None:
        raise known from error


def store_error(error: BaseException) -> StoreError | None:
    """The error of this library that a driver's error means; None: it is no trouble of a store.

    >>> import sqlite3
    >>> try:
    ...     sqlite3.connect(":memory:").execute("SELECT * FROM qms_case")
    ... except sqlite3.Error as error:
    ...     store_error(error).code
    'store-no-tables'
    """
    for one in _chain(error):
        code = _code_of(one)
        if code is not None:
            kind = StoreBusyError if code == "store-busy" else StoreError
            return kind(code, reason=str(one).strip())
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it wraps: SQLAlchemy has it as `orig`, Django as `__cause__`."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in seen:
            seen.append(one)
            waiting += [one.__cause__, getattr(one, "orig", None)]
            yield one


def _code_of(error: BaseException) -> str | None:
    if isinstance(error, UnicodeError) or "NUL (0x00)" in str(error):
        return "store-text"
    if any(words in str(error) for words in _CLOSED):
        return "store-connection-closed"
    name = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    if not isinstance(name, str):
        return None
    if name == "SQLITE_ERROR":
        return next((code for words, code in _SQLITE_SAYS.items() if words in str(error)), None)
    return next((code for start, code in _CODES.items() if name.startswith(start)), None)
