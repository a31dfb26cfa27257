"""A number written into its document in the same breath: on PostgreSQL by one statement."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import psycopg
import pytest

import qms_service as qms
from qms_service.adapters import sql

ON: Final = date(2011, 5, 3)
CLAIM: Final = qms.load_rulebook("pcb-maker").on(date(2011, 5, 1)).series("claim")
INSERT: Final = "INSERT INTO claim (number, customer) SELECT number, :customer FROM taken"
TABLE: Final = "CREATE TABLE claim (number TEXT PRIMARY KEY, customer TEXT NOT NULL)"


class Database:
    """A connection with the tables of the library and one of the caller's."""

    def __init__(self, connection: Any, dialect: str) -> None:  # noqa: ANN401  # either driver's
        self.connection, self.dialect = connection, dialect
        self.statements: list[str] = []
        sql.migrate(self.run, dialect=dialect)
        connection.execute(TABLE)
        connection.commit()

    def run(self, statement: str, values: Mapping[str, sql.Value]) -> Sequence[tuple[Any, ...]]:
        self.statements.append(statement)
        if self.dialect == "postgresql":
            statement = re.sub(r"(?<!:):([a-z_]+)", r"%(\1)s", statement)
        cursor = self.connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []

    def written(self, series: qms.NumberSeries = CLAIM, statement: str = INSERT, **values: str) -> str:
        numbers = sql.on(self.run, dialect=self.dialect).numbers
        return numbers.allocate_into(statement, values or {"customer": "ACME"}, series, at=ON)

    def claims(self) -> list[tuple[str, str]]:
        return [
            tuple(row) for row in self.connection.execute("SELECT number, customer FROM claim ORDER BY 1")
        ]

    def ledger(self) -> list[tuple[str, str]]:
        numbers = sql.on(self.run, dialect=self.dialect).numbers
        return [(entry.number, entry.state) for entry in numbers.ledger(CLAIM)]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    if request.param == "sqlite":
        connection: Any = sqlite3.connect(":memory:")
    else:
        connection = psycopg.connect(request.getfixturevalue("pg_dsn"))
    yield Database(connection, request.param)
    connection.close()


def test_the_document_has_the_number_that_the_ledger_says(database: Database) -> None:
    assert [database.written(customer=name) for name in ("ACME", "李记")] == [
        "MRKT-20110501",
        "MRKT-20110502",
    ]
    database.connection.commit()
    assert database.claims() == [("MRKT-20110501", "ACME"), ("MRKT-20110502", "李记")]
    assert database.ledger() == [("MRKT-20110501", "allocated"), ("MRKT-20110502", "allocated")]


def test_both_ways_count_on_one_counter(database: Database) -> None:
    numbers = sql.on(database.run, dialect=database.dialect).numbers
    assert numbers.allocate(CLAIM, at=ON) == "MRKT-20110501"
    assert database.written() == "MRKT-20110502"
    assert numbers.allocate(CLAIM, at=ON) == "MRKT-20110503"


def test_what_is_rolled_back_leaves_neither_number_nor_document(database: Database) -> None:
    database.written()
    database.connection.rollback()
    assert (database.claims(), database.ledger()) == ([], [])
    assert database.written() == "MRKT-20110501"


def test_the_hundredth_claim_of_a_month_writes_nothing(database: Database) -> None:
    numbers = sql.on(database.run, dialect=database.dialect).numbers
    numbers.allocate(CLAIM, at=ON, count=99)
    with pytest.raises(qms.NumberOverflowError) as refused:
        database.written()
    assert refused.value.last == 99
    assert database.claims() == []
    assert len(database.ledger()) == 99


@pytest.mark.parametrize(
    ("statement", "got"),
    [
        (f"{INSERT} WHERE 1 = 0", 0),
        (f"{INSERT} UNION ALL SELECT 'another', :customer FROM taken", 2),  # noqa: S608  # constants
    ],
    ids=["none", "two"],
)
def test_a_statement_that_writes_no_document_or_two_is_told(
    database: Database, statement: str, got: int
) -> None:
    with pytest.raises(qms.StoreError, match=f"wrote {got} documents for MRKT-20110501") as refused:
        database.written(statement=statement)
    assert f"写入了 {got} 份单据" in refused.value.text("zh")


def test_the_callers_parameters_may_have_any_names(database: Database) -> None:
    statement = "INSERT INTO claim (number, customer) SELECT number, CAST(:period AS TEXT) || :seq FROM taken"
    database.written(statement=statement, period="ACME", seq=" & Co")
    assert database.claims() == [("MRKT-20110501", "ACME & Co")]


def test_a_number_of_a_scope_with_something_behind_its_serial(database: Database) -> None:
    series = qms.NumberSeries(
        id="lot", pattern="{plant}-{seq}-{YYYY}", reset="year", timezone="Asia/Shanghai"
    )
    numbers = sql.on(database.run, dialect=database.dialect).numbers
    values = {"customer": "ACME"}
    for plant, expected in (("SZ", "SZ-1-2011"), ("SZ", "SZ-2-2011"), ("WH", "WH-1-2011")):
        assert numbers.allocate_into(INSERT, values, series, at=ON, scope={"plant": plant}) == expected


def test_a_reader_writes_no_document(database: Database) -> None:
    numbers = sql.on(database.run, dialect=database.dialect, read_only=True).numbers
    with pytest.raises(qms.TransactionError):
        numbers.allocate_into(INSERT, {"customer": "ACME"}, CLAIM, at=ON)


def test_on_postgresql_it_is_one_statement_and_one_unit_even_where_each_commits_by_itself(
    pg_dsn: str,
) -> None:
    with psycopg.connect(pg_dsn) as connection:
        database = Database(connection, "postgresql")
        connection.autocommit = True
        database.statements.clear()
        assert database.written() == "MRKT-20110501"
        assert len(database.statements) == 1
        with pytest.raises(qms.StoreError):
            database.written(
                statement="INSERT INTO claim (number, customer) SELECT 'MRKT-20110501', :customer FROM taken"
            )
        assert database.ledger() == [("MRKT-20110501", "allocated")]
        assert database.written() == "MRKT-20110502"
