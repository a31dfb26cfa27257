"""The SQL of a store over a bare way to run a statement: what it asks of a driver, and what it never does."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal

import pendulum
import pytest

import qms_service as qms
from qms_service.adapters import sql
from qms_service.adapters.sql import Run, Value
from qms_service.errors import NumberOverflowError, StoreError, TransactionError, UnknownNameError
from qms_service.numbering import NumberSeries

NOON: Final = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
CLAIM: Final = NumberSeries(
    id="claim", pattern="CL-{YYYY}{MM}-{seq:03}", reset="month", timezone="Asia/Shanghai"
)
BOOK: Final = qms.load_rulebook("pcb-maker")
PARAMETER: Final = re.compile(r"(?<!:):([a-z_]\w*)")


class Driver:
    """A driver as strict as any: it binds texts, whole numbers and None, and exactly those that are named."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.statements: list[str] = []

    def run(self, statement: str, values: Mapping[str, Value]) -> list[tuple[Any, ...]]:
        assert set(values) == set(PARAMETER.findall(statement)), statement
        assert all(type(value) in (str, int, type(None)) for value in values.values()), values
        self.statements.append(" ".join(statement.split()))
        return self.connection.execute(statement, values).fetchall()


@pytest.fixture
def driver() -> Iterator[Driver]:
    driver = Driver()
    sql.migrate(driver.run, dialect="sqlite")
    yield driver
    driver.connection.close()


def joined(driver: Driver, *, read_only: bool = False) -> sql.SqlTransaction:
    return sql.on(driver.run, dialect="sqlite", read_only=read_only)


def opened(number: str = "C-1") -> qms.Case:
    return BOOK.open(qms.Complaint(number=number, customer="ACME", received_at=NOON))


def everything(t: sql.SqlTransaction) -> None:
    """Each thing that a transaction can do, at least once."""
    case = opened()
    t.cases.save(case, BOOK.of(case).status(case, now=NOON), key="open")
    case = BOOK.of(case).record(t.cases.load("C-1"), "forwarded", at=NOON, by="Li")
    t.cases.save(case, BOOK.of(case).status(case, now=NOON), key="forward")
    assert t.cases.answered("forward") == ("C-1", 2)
    t.cases.redact("C-1", 2, ["by"], reason="asked for")
    filters = {"kind": "complaint", "status": "open", "customer": "ACME", "changes_by": NOON.add(years=1)}
    (view,) = t.cases.find(**filters)  # type: ignore[arg-type]  # each by its name
    assert list(t.cases.find(after=view)) == []
    assert t.cases.verify("C-1", head=t.cases.head("C-1")) == ()
    t.numbers.allocate(CLAIM, at=NOON, key="k", count=3)
    t.numbers.confirm(CLAIM, t.numbers.reserve(CLAIM, at=NOON), at=NOON)
    t.numbers.void(CLAIM, t.numbers.allocate(CLAIM, at=NOON), reason="spoilt", at=NOON)
    t.numbers.reserve(CLAIM, at=NOON, expires_at=NOON)
    t.numbers.void_expired(CLAIM, now=NOON.add(hours=1))
    t.numbers.adopt(CLAIM, [f"CL-201105-{seq:03}" for seq in range(1, 120)], at=NOON)
    assert t.numbers.preview(CLAIM, at=NOON) == "CL-202603-007"
    assert len(list(t.numbers.ledger(CLAIM, period="2026-03"))) == 9


def test_a_driver_is_given_the_values_that_a_statement_names_and_only_simple_ones(driver: Driver) -> None:
    everything(joined(driver))


def test_nothing_is_deleted_and_what_is_written_down_stays(driver: Driver) -> None:
    everything(joined(driver))
    added = ("SELECT", "INSERT", "CREATE", "ALTER TABLE qms_case ADD COLUMN")
    changing = [one for one in driver.statements if not one.startswith(added)]
    assert {one.split(" WHERE ")[0].split(" = ")[0] for one in changing} == {
        "UPDATE qms_schema SET version",
        "UPDATE qms_case SET kind",
        "UPDATE qms_case SET customer",
        "UPDATE qms_key SET case_id",
        "UPDATE qms_entry SET body",
    }
    replaced = [one for one in driver.statements if "DO UPDATE" in one]
    assert {one.split(" (")[0] for one in replaced} == {
        "INSERT INTO qms_schema",
        "INSERT INTO qms_counter",
        "INSERT INTO qms_key",
    }


def test_a_redaction_alone_changes_an_entry(driver: Driver) -> None:
    case = opened()
    joined(driver).cases.save(case)
    before = driver.connection.execute("SELECT * FROM qms_entry").fetchall()
    joined(driver).cases.save(BOOK.of(case).record(case, "forwarded", at=NOON))
    assert driver.connection.execute("SELECT * FROM qms_entry").fetchall()[: len(before)] == before


def test_no_transaction_is_begun_committed_or_rolled_back(driver: Driver) -> None:
    everything(joined(driver))
    words = {one.split()[0] for one in driver.statements}
    assert words == {"SELECT", "INSERT", "UPDATE", "CREATE", "ALTER"}


def test_reading_writes_nothing(driver: Driver) -> None:
    everything(joined(driver))
    driver.statements.clear()
    t = joined(driver, read_only=True)
    assert t.cases.load("C-1").version == 2
    assert t.cases.answered("open") == ("C-1", 1)
    assert t.cases.answered("never") is None
    assert t.cases.verify("C-1") == ()
    assert [view.id for view in t.cases.find()] == ["C-1"]
    assert t.numbers.preview(CLAIM, at=NOON) == "CL-202603-007"
    assert {one.split()[0] for one in driver.statements} == {"SELECT"}
    for write in (lambda: t.cases.save(opened()), lambda: t.numbers.allocate(CLAIM, at=NOON)):
        with pytest.raises(TransactionError):
            write()


def test_a_number_and_its_ledger_cost_two_statements(driver: Driver) -> None:
    t = joined(driver)
    driver.statements.clear()
    t.numbers.allocate(CLAIM, at=NOON)
    t.numbers.allocate(CLAIM, at=NOON, count=400)
    assert len(driver.statements) == 4


@pytest.mark.parametrize("width", [1, 3, 18])
@pytest.mark.parametrize("overflow", ["error", "widen"])
def test_many_numbers_read_in_the_ledger_as_they_are_handed_out(
    driver: Driver, width: int, overflow: Literal["error", "widen"]
) -> None:
    series = NumberSeries(
        id="s", pattern=f"客-{{YYYY}}-{{seq:0{width}}}", reset="year", timezone="UTC", overflow=overflow
    )
    t = joined(driver)
    count = 9 if (width, overflow) == (1, "error") else 120
    numbers = t.numbers.allocate(series, at=date(2026, 3, 2), count=count)
    assert numbers == tuple(f"客-2026-{seq:0{width}}" for seq in range(1, count + 1))
    assert tuple(entry.number for entry in t.numbers.ledger(series)) == numbers


def test_a_count_that_no_column_can_hold_takes_nothing(driver: Driver) -> None:
    t = joined(driver)
    for count in (1000, 10**30):
        with pytest.raises(NumberOverflowError):
            t.numbers.allocate(CLAIM, at=NOON, count=count)
    assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-001"


def test_a_long_ledger_is_read_page_by_page(driver: Driver) -> None:
    t = joined(driver)
    numbers = t.numbers.allocate(CLAIM, at=NOON, count=999)
    other = NumberSeries(id="other", pattern="O-{seq}", timezone="UTC")
    t.numbers.allocate(other, at=NOON, count=700)
    driver.statements.clear()
    ledger = t.numbers.ledger(CLAIM)
    assert next(ledger).number == numbers[0]
    assert len(driver.statements) == 1
    assert [entry.number for entry in ledger] == list(numbers[1:])
    assert len(driver.statements) == 3
    assert len(list(t.numbers.ledger(other, period=""))) == 700


def test_many_cases_are_found_page_by_page(driver: Driver) -> None:
    t = joined(driver)
    case = opened()
    for place in range(450):
        t.cases.save(opened(f"C-{place:03}"), BOOK.of(case).status(case, now=NOON))
    driver.statements.clear()
    views = t.cases.find(status="open")
    assert next(views).id == "C-000"
    assert len(driver.statements) == 1
    assert [view.id for view in views] == [f"C-{place:03}" for place in range(1, 450)]
    assert [view.id for view in t.cases.find(limit=2)] == ["C-000", "C-001"]
    assert list(t.cases.find(limit=0)) == []


def test_an_undone_savepoint_is_noticed(driver: Driver) -> None:
    t = joined(driver)
    case = opened()
    t.cases.save(case)
    driver.connection.execute("SAVEPOINT here")
    grown = BOOK.of(case).record(case, "forwarded", at=NOON)
    t.cases.save(grown)
    t.cases.save(opened("C-2"))
    driver.connection.execute("ROLLBACK TO here")
    t.cases.save(grown)
    t.cases.save(opened("C-2"))
    assert t.cases.load("C-1") == grown
    driver.connection.execute("ROLLBACK TO here")
    another = BOOK.of(case).record(case, "forwarded", at=NOON.add(hours=1))
    t.cases.save(another)
    t.cases.save(opened("C-2"))
    assert t.cases.load("C-1") == another
    assert t.cases.load("C-2") == opened("C-2")
    assert t.cases.verify("C-1") == ()


def test_a_series_whose_pattern_repeats_under_its_old_id_is_told(driver: Driver) -> None:
    by_year = NumberSeries(id="claim", pattern="C{YYYY}{MM}{seq}", reset="month", timezone="UTC")
    by_month = NumberSeries(id="claim", pattern="C{YYYY}{MM}{seq:01}", reset="year", timezone="UTC")
    t = joined(driver)
    t.numbers.allocate(by_year, at=date(2026, 3, 2))
    with pytest.raises(StoreError) as refused:
        t.numbers.allocate(by_month, at=date(2026, 3, 2))
    assert refused.value.code == "store-conflict"
    assert "its own id" in str(refused.value)


def test_a_text_that_no_database_keeps_is_told(driver: Driver) -> None:
    with pytest.raises(StoreError) as refused:
        joined(driver).cases.answered("half \ud83d")
    assert refused.value.code == "store-text"


@pytest.mark.parametrize("dialect", ["mysql", "", "SQLite"])
def test_another_database_is_refused_with_those_that_there_are(driver: Driver, dialect: str) -> None:
    for way in (sql.on, sql.migrate):
        with pytest.raises(UnknownNameError, match="sqlite, postgresql"):
            way(driver.run, dialect=dialect)


def test_any_sequence_of_rows_will_do(driver: Driver) -> None:
    def run(statement: str, values: Mapping[str, Value]) -> tuple[tuple[Any, ...], ...]:
        return tuple(driver.run(statement, values))

    way: Run = run
    t = sql.on(way, dialect="sqlite")
    everything(t)
