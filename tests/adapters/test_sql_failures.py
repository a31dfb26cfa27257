"""What a driver says is told as what it means and what to do, whoever has wrapped it."""

from __future__ import annotations

import sqlite3
from typing import Final

import pytest

from qms_service.adapters.sql.failures import guarded, store_error
from qms_service.errors import QmsError, StoreBusyError, StoreError
from qms_service.texts import catalogue

# From the lists of codes that the makers publish: sqlite.org/rescode.html, PostgreSQL's appendix A.
SQLITE: Final = {
    "SQLITE_BUSY": "store-busy",
    "SQLITE_BUSY_SNAPSHOT": "store-busy",
    "SQLITE_BUSY_TIMEOUT": "store-busy",
    "SQLITE_LOCKED": "store-busy",
    "SQLITE_LOCKED_SHAREDCACHE": "store-busy",
    "SQLITE_FULL": "store-full",
    "SQLITE_READONLY": "store-read-only",
    "SQLITE_READONLY_DBMOVED": "store-read-only",
    "SQLITE_READONLY_DIRECTORY": "store-read-only",
    "SQLITE_NOTADB": "store-no-database",
    "SQLITE_CORRUPT": "store-damaged",
    "SQLITE_CORRUPT_INDEX": "store-damaged",
    "SQLITE_CANTOPEN": "store-not-opened",
    "SQLITE_IOERR_WRITE": "store-disk",
    "SQLITE_PERM": "store-not-allowed",
    "SQLITE_AUTH": "store-not-allowed",
    "SQLITE_CONSTRAINT_UNIQUE": "store-conflict",
}
POSTGRESQL: Final = {
    "55P03": "store-busy",
    "57014": "store-busy",
    "40001": "store-busy",
    "40P01": "store-busy",
    "53100": "store-full",
    "25006": "store-read-only",
    "XX001": "store-damaged",
    "58030": "store-disk",
    "42501": "store-not-allowed",
    "42P01": "store-no-tables",
    "42703": "store-other-tables",
    "25P02": "store-aborted",
    "08006": "store-gone",
    "57P01": "store-gone",
    "57P03": "store-gone",
    "53300": "store-gone",
    "23505": "store-conflict",
}


class FromSqlite(sqlite3.OperationalError):
    def __init__(self, name: str, says: str = "the driver's words") -> None:
        super().__init__(says)
        self.sqlite_errorname = name


class FromPostgresql(Exception):  # noqa: N818  # as psycopg names its errors
    def __init__(self, code: str) -> None:
        super().__init__("the driver's words\n")
        self.sqlstate = code


class Wrapped(Exception):  # noqa: N818  # as SQLAlchemy wraps them
    def __init__(self, orig: Exception) -> None:
        super().__init__("(builtins.str) and so on")
        self.orig = orig


ERRORS: Final = [
    *((FromSqlite(name), code) for name, code in SQLITE.items()),
    *((FromPostgresql(state), code) for state, code in POSTGRESQL.items()),
    (FromSqlite("SQLITE_ERROR", "no such table: qms_case"), "store-no-tables"),
    (FromSqlite("SQLITE_ERROR", "no such column: colour"), "store-other-tables"),
    (FromSqlite("SQLITE_ERROR", "table qms_case has no column named colour"), "store-other-tables"),
    (FromSqlite("SQLITE_ERROR", "table qms_case already exists"), "store-name-taken"),
    (FromPostgresql("42P07"), "store-name-taken"),
]
CLOSED: Final = [
    sqlite3.ProgrammingError("Cannot operate on a closed database."),  # sqlite3
    RuntimeError("the connection is closed"),  # psycopg
    RuntimeError("This Connection is closed"),  # SQLAlchemy
]


@pytest.mark.parametrize(
    ("error", "code"), ERRORS, ids=lambda one: one if isinstance(one, str) else str(vars(one))
)
def test_an_error_is_told_as_what_it_means(error: Exception, code: str) -> None:
    for wrapped in (error, Wrapped(error), Wrapped(Wrapped(error))):
        told = store_error(wrapped)
        assert told
        assert told.code == code
        assert isinstance(told, StoreBusyError) == (code == "store-busy")
        assert "the driver's words" in str(told) or "qms_case" in str(told) or "colour" in str(told)
        assert told.text("zh") != told.text("en")


@pytest.mark.parametrize("error", CLOSED, ids=str)
def test_a_closed_connection_is_told_whatever_the_driver_calls_it(error: Exception) -> None:
    told = store_error(Wrapped(error))
    assert told
    assert told.code == "store-connection-closed"


def test_an_error_that_another_was_raised_from_is_told_too() -> None:
    wrapped = RuntimeError("as Django does")
    wrapped.__cause__ = FromSqlite("SQLITE_BUSY")
    assert isinstance(store_error(wrapped), StoreBusyError)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("no driver's"),
        FromSqlite("SQLITE_ERROR", "near SELEC: syntax error"),
        FromPostgresql("42601"),
        sqlite3.ProgrammingError("You can only execute one statement at a time."),
        QmsError("transaction-nested"),
    ],
)
def test_what_is_no_trouble_of_a_store_stays_as_it_is(error: Exception) -> None:
    assert store_error(error) is None

    def run(_statement: str, _values: object) -> list[tuple[object, ...]]:
        raise error

    with pytest.raises(type(error)) as raised:
        guarded(run)("SELECT 1", {})
    assert raised.value is error


def test_the_drivers_error_is_kept_as_the_cause() -> None:
    driver = FromPostgresql("55P03")

    def run(_statement: str, _values: object) -> list[tuple[object, ...]]:
        raise driver

    with pytest.raises(StoreError) as raised:
        guarded(run)("SELECT 1", {})
    assert raised.value.__cause__ is driver


def test_a_chain_of_errors_that_goes_round_is_walked_once() -> None:
    first, second = Wrapped(ValueError()), Wrapped(ValueError())
    first.orig, second.orig = second, first
    assert store_error(first) is None


def test_every_trouble_has_its_text_in_both_languages() -> None:
    codes = {*SQLITE.values(), *POSTGRESQL.values(), "store-text", "store-newer", "store-autocommit"}
    for lang in ("en", "zh"):
        assert codes <= set(catalogue(lang))
