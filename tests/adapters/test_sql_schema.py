"""The tables of a store: they are made, they move forward, they never move back, and old ones stay readable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest

from qms_service.adapters import sql, sqlite
from qms_service.adapters.sql import Value
from qms_service.adapters.sql.dialect import SQLITE, dialect_of
from qms_service.adapters.sql.schema import STEPS, moved_forward, version_of
from qms_service.errors import StoreError, UnknownNameError

TABLES: Final = ["qms_case", "qms_counter", "qms_entry", "qms_key", "qms_ledger", "qms_schema"]
SECOND: Final = (
    *STEPS,
    ("ALTER TABLE qms_case ADD COLUMN colour {text}", "CREATE INDEX c ON qms_case (colour)"),
)


class Database:
    def __init__(self, path: str = ":memory:") -> None:
        self.connection = sqlite3.connect(path, timeout=20, check_same_thread=False)

    def run(self, statement: str, values: Mapping[str, Value]) -> list[tuple[Any, ...]]:
        return self.connection.execute(statement, values).fetchall()

    def tables(self) -> list[str]:
        rows = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return [row[0] for row in rows]


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database()
    yield database
    database.connection.close()


def test_migrating_makes_the_tables_and_again_does_nothing(database: Database) -> None:
    sql.migrate(database.run, dialect="sqlite")
    made = "\n".join(database.connection.iterdump())
    sql.migrate(database.run, dialect="sqlite")
    assert database.tables() == TABLES
    assert "\n".join(database.connection.iterdump()) == made
    assert version_of(database.run, SQLITE) == len(STEPS)


def test_tables_of_an_older_version_move_forward_step_by_step_and_keep_their_rows(database: Database) -> None:
    moved_forward(database.run, SQLITE)
    database.run("INSERT INTO qms_counter VALUES ('s', '{}', '', 7)", {})
    third = (*SECOND, ("ALTER TABLE qms_case ADD COLUMN size INTEGER",))
    moved_forward(database.run, SQLITE, third)
    columns = [row[1] for row in database.run("PRAGMA table_info(qms_case)", {})]
    assert columns[-2:] == ["colour", "size"]
    assert database.run("SELECT version FROM qms_schema", {}) == [(len(third),)]
    assert database.run("SELECT last FROM qms_counter", {}) == [(7,)]


def test_a_step_that_fails_leaves_the_version_before(database: Database) -> None:
    moved_forward(database.run, SQLITE)
    database.connection.commit()
    broken = (*STEPS, ("CREATE TABLE qms_new (a INTEGER)", "CREATE TABLE qms_case (a INTEGER)"))
    with pytest.raises(sqlite3.OperationalError):
        moved_forward(database.run, SQLITE, broken)
    database.connection.rollback()
    assert version_of(database.run, SQLITE) == len(STEPS)
    assert database.tables() == TABLES


def test_newer_tables_are_refused_rather_than_written(database: Database, tmp_path: Path) -> None:
    moved_forward(database.run, SQLITE, SECOND)
    with pytest.raises(StoreError, match=rf"version {len(SECOND)}.*up to {len(STEPS)}"):
        sql.migrate(database.run, dialect="sqlite")
    database.connection.commit()
    with sqlite3.connect(tmp_path / "new.db") as file:
        database.connection.backup(file)
    file.close()
    with pytest.raises(StoreError, match="newer library"):
        sqlite.open(tmp_path / "new.db")


def test_of_those_who_migrate_at_once_one_does_and_the_others_wait(tmp_path: Path) -> None:
    path = str(tmp_path / "app.db")

    def migrate(_: int) -> int:
        database = Database(path)
        database.connection.execute("BEGIN IMMEDIATE")
        moved_forward(database.run, SQLITE, SECOND)
        database.connection.commit()
        columns = len(database.run("PRAGMA table_info(qms_case)", {}))
        database.connection.close()
        return columns

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(migrate, range(6)))) == 1


def test_of_those_who_open_a_new_file_at_once_all_get_a_store(tmp_path: Path) -> None:
    def made(_: int) -> bool:
        with sqlite.open(tmp_path / "qms.db") as store, store.transaction() as t:
            return list(t.cases.find()) == []

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(made, range(8)))


def test_where_the_tables_are_missing_the_error_says_what_to_call(database: Database) -> None:
    with pytest.raises(StoreError, match="migrate") as refused:
        sql.on(database.run, dialect="sqlite").cases.answered("k")
    assert refused.value.code == "store-no-tables"
    assert "migrate" in refused.value.text("zh")


def test_tables_of_another_shape_are_told(database: Database) -> None:
    database.run("CREATE TABLE qms_case (id TEXT)", {})
    with pytest.raises(StoreError) as refused:
        list(sql.on(database.run, dialect="sqlite").cases.find())
    assert refused.value.code == "store-other-tables"


def test_other_tables_of_the_file_are_left_alone(database: Database) -> None:
    database.run("CREATE TABLE orders (id INTEGER)", {})
    database.run("CREATE TABLE qmsx (id INTEGER)", {})
    assert version_of(database.run, SQLITE) == 0
    sql.migrate(database.run, dialect="sqlite")
    assert database.tables() == ["orders", *TABLES, "qmsx"]


def test_another_dialect_is_told_in_both_languages() -> None:
    with pytest.raises(UnknownNameError) as refused:
        dialect_of("mysql")
    assert str(refused.value) == "Unknown database dialect mysql. Known: sqlite, postgresql."
    assert refused.value.text("zh").startswith("未知的数据库方言 mysql。")
