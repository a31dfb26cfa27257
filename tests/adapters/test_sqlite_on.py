"""Numbers and cases in the caller's own sqlite3 transaction, whatever his connection is like."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Literal

import pendulum
import pytest

import qms_service as qms
from qms_service.adapters import sqlite
from qms_service.errors import StoreBusyError, StoreError
from qms_service.numbering import NumberSeries

NOON: Final = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
CLAIM: Final = NumberSeries(
    id="claim", pattern="CL-{YYYY}{MM}-{seq}", reset="month", timezone="Asia/Shanghai"
)
MODES: Final[dict[str, dict[str, Any]]] = {
    "the default": {},
    "deferred": {"isolation_level": "DEFERRED"},
    "immediate": {"isolation_level": "IMMEDIATE"},
    "exclusive": {"isolation_level": "EXCLUSIVE"},
    "by hand": {"isolation_level": None},
}
if sys.version_info >= (3, 12):
    MODES["of Python 3.12"] = {"autocommit": False}
    MODES["of Python 3.12, by hand"] = {"autocommit": True}


def by_hand(mode: dict[str, Any]) -> bool:
    return mode.get("isolation_level", "") is None or mode.get("autocommit") is True


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "app.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE claim (number TEXT PRIMARY KEY, customer TEXT)")
        sqlite.migrate(connection)
    connection.close()
    return path


@pytest.fixture(params=MODES)
def connection(request: pytest.FixtureRequest, path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of some mode, inside a transaction where its mode leaves that to the caller."""
    connection = sqlite3.connect(path, **MODES[request.param])
    if by_hand(MODES[request.param]):
        connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def numbers(path: Path) -> list[tuple[str, ...]]:
    with sqlite3.connect(path) as other:
        rows = other.execute("SELECT number FROM qms_ledger ORDER BY id").fetchall()
        assert rows == other.execute("SELECT number FROM claim ORDER BY number").fetchall()
    other.close()
    return rows


def file_claim(connection: sqlite3.Connection) -> str:
    """What a caller does: a number and its document, in one transaction that is his."""
    number = sqlite.on(connection).numbers.allocate(CLAIM, at=NOON)
    connection.execute("INSERT INTO claim VALUES (?, 'ACME')", (number,))
    return number


def test_number_and_document_are_there_when_the_caller_commits(
    connection: sqlite3.Connection, path: Path
) -> None:
    assert file_claim(connection) == "CL-202603-1"
    assert connection.in_transaction
    assert numbers(path) == []
    connection.commit()
    assert numbers(path) == [("CL-202603-1",)]


def test_number_and_document_are_gone_when_the_caller_rolls_back(
    connection: sqlite3.Connection, path: Path
) -> None:
    file_claim(connection)
    connection.rollback()
    assert numbers(path) == []


def test_many_numbers_at_once_are_in_the_callers_transaction_too(
    connection: sqlite3.Connection, path: Path
) -> None:
    sqlite.on(connection).numbers.allocate(CLAIM, at=NOON, count=3)
    assert connection.in_transaction
    connection.rollback()
    assert numbers(path) == []


def test_cases_and_keys_are_in_the_callers_transaction_too(
    connection: sqlite3.Connection, path: Path
) -> None:
    case = qms.load_rulebook("pcb-maker").open(qms.Complaint(number="C-1", customer="A", received_at=NOON))
    t = sqlite.on(connection)
    assert t.cases.answered("k") is None
    t.cases.save(case, key="k")
    assert t.cases.load("C-1") == case
    assert connection.in_transaction
    connection.rollback()
    with sqlite3.connect(path) as other:
        assert list(sqlite.on(other).cases.find()) == []
    other.close()


def test_the_tables_are_made_in_the_callers_transaction(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "new.db", isolation_level=None) as connection:
        connection.execute("BEGIN")
        sqlite.migrate(connection)
        connection.rollback()
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()


@pytest.mark.parametrize(
    "mode", [mode for mode in MODES.values() if by_hand(mode)], ids=lambda mode: next(iter(mode))
)
def test_a_connection_that_commits_each_statement_is_refused(path: Path, mode: dict[str, Any]) -> None:
    connection = sqlite3.connect(path, **mode)
    for act in (sqlite.on, sqlite.migrate):
        with pytest.raises(StoreError, match="BEGIN IMMEDIATE") as refused:
            act(connection)
        assert refused.value.code == "store-autocommit"
    connection.close()


def test_after_the_callers_commit_a_connection_by_hand_takes_no_number(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    t = sqlite.on(connection)
    connection.execute("COMMIT")
    with pytest.raises(StoreError):
        t.numbers.allocate(CLAIM, at=NOON)
    assert numbers(path) == []
    connection.close()


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: cell for column, cell in zip(cursor.description, row, strict=True)}


@pytest.mark.parametrize("row_factory", [sqlite3.Row, _as_dict, lambda _, row: row[0]])
@pytest.mark.parametrize("text_factory", [str, bytes, bytearray, lambda text: text.decode(errors="replace")])
def test_rows_and_texts_of_any_make_are_the_callers_own_affair(
    path: Path, row_factory: Callable[..., object], text_factory: Callable[[bytes], object]
) -> None:
    connection = sqlite3.connect(path)
    connection.row_factory = row_factory
    connection.text_factory = text_factory
    case = qms.load_rulebook("pcb-maker").open(qms.Complaint(number="客-1", customer="A", received_at=NOON))
    t = sqlite.on(connection)
    t.cases.save(case)
    t.numbers.reserve(CLAIM, at=NOON, key="k")
    assert sqlite.on(connection).cases.load("客-1") == case
    assert [view.id for view in t.cases.find()] == ["客-1"]
    assert [entry.number for entry in t.numbers.ledger(CLAIM)] == ["CL-202603-1"]
    assert connection.row_factory is row_factory
    assert connection.text_factory is text_factory
    connection.rollback()
    connection.close()


def test_what_is_no_connection_is_refused(path: Path) -> None:
    for wrong in (str(path), None, object()):
        with pytest.raises(StoreError, match=r"sqlite3\.Connection"):
            sqlite.on(wrong)  # type: ignore[arg-type]  # a caller without a type checker


def test_a_busy_file_is_told_after_the_callers_own_timeout(path: Path) -> None:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    connection = sqlite3.connect(path, timeout=0)
    with pytest.raises(StoreBusyError):
        file_claim(connection)
    holder.rollback()
    assert file_claim(connection) == "CL-202603-1"
    connection.rollback()
    for one in (holder, connection):
        one.close()


def test_a_case_that_another_grew_since_it_was_read_is_not_written_over(path: Path) -> None:
    book = qms.load_rulebook("pcb-maker")
    with sqlite3.connect(path) as first:
        sqlite.on(first).cases.save(book.open(qms.Complaint(number="C-1", customer="A", received_at=NOON)))
    second = sqlite3.connect(path)
    mine = sqlite.on(second)
    case = mine.cases.load("C-1")
    with first:
        sqlite.on(first).cases.save(book.of(case).record(case, "forwarded", at=NOON))
    with pytest.raises(qms.StaleCaseError):
        mine.cases.save(book.of(case).record(case, "forwarded", at=NOON.add(hours=1)))
    second.rollback()
    assert sqlite.on(second).cases.load("C-1").history[-1].at == NOON
    for one in (first, second):
        one.close()


def test_an_sqlite_without_returning_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.34.1")
    with pytest.raises(StoreError, match=r"3\.34\.1.*3\.35\.0"):
        sqlite.open(tmp_path / "qms.db")


def test_a_closed_connection_is_told(path: Path) -> None:
    connection = sqlite3.connect(path)
    transaction = sqlite.on(connection)
    connection.close()
    for act in (
        lambda: sqlite.on(connection),
        lambda: sqlite.migrate(connection),
        lambda: transaction.cases.load("C-1"),
    ):
        with pytest.raises(StoreError) as refused:
            act()
        assert refused.value.code == "store-connection-closed"


@pytest.mark.parametrize("isolation_level", ["DEFERRED", "IMMEDIATE", None])
def test_tables_that_are_not_there_are_made_at_their_first_use_in_the_callers_transaction(
    isolation_level: Literal["DEFERRED", "IMMEDIATE"] | None,
) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=isolation_level)

    def first() -> str:
        if isolation_level is None:
            connection.execute("BEGIN IMMEDIATE")
        return sqlite.on(connection).numbers.allocate(CLAIM, at=NOON)

    number = first()
    connection.rollback()
    assert first() == number
    connection.commit()
    assert first() != number
    connection.close()


def test_a_reader_makes_no_tables() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(StoreError, match="migrate"):
        list(sqlite.on(connection, read_only=True).cases.find())
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()
