"""Callers at once on PostgreSQL, in transactions of their own and at the isolation that they have chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Final

import pendulum
import pytest
from sqlalchemy import Connection, create_engine, text

from qms_service.adapters import sql, sqlalchemy
from qms_service.errors import NumberError, StoreBusyError
from qms_service.numbering import LedgerEntry, NumberSeries

NOON: Final = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
CLAIM: Final = NumberSeries(
    id="claim",
    pattern="CL-{YYYY}-{seq:03}",
    reset="year",
    timezone="Asia/Shanghai",
    accepts=("C{YYYY}/{seq:03}",),
)
PAUSE: Final = 0.3  # seconds in which somebody who should wait and does not is through
Act = Callable[[sql.SqlTransaction], object]


@contextmanager
def begun(url: str, isolation: str) -> Iterator[Connection]:
    """A connection whose transaction sees the database as it is now, if it sees one moment at all."""
    engine = create_engine(url, isolation_level=isolation)
    with engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM qms_ledger"))
        yield connection
    engine.dispose()


@pytest.fixture
def url(pg_url: str) -> str:
    with sqlalchemy.open(pg_url):
        return pg_url


def ledger(url: str) -> list[LedgerEntry]:
    with sqlalchemy.open(url) as store, store.transaction(read_only=True) as t:
        return list(t.numbers.ledger(CLAIM))


def behind(url: str, isolation: str, first: Act, second: Act) -> Future[object]:
    """What becomes of the second of two who do the same at once; the first commits."""

    def follow(connection: Connection) -> object:
        done = second(sqlalchemy.on(connection))
        connection.commit()
        return done

    with begun(url, isolation) as one, begun(url, isolation) as other, ThreadPoolExecutor(1) as pool:
        first(sqlalchemy.on(one))
        following = pool.submit(follow, other)
        wait([following], PAUSE)
        assert not following.done()
        one.commit()
        wait([following], 20)
    return following


def allocate(t: sql.SqlTransaction) -> object:
    return t.numbers.allocate(CLAIM, at=NOON)


def test_who_waited_for_the_counter_has_the_next_number(url: str) -> None:
    assert behind(url, "READ COMMITTED", allocate, allocate).result() == "CL-2026-002"


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_who_sees_one_moment_alone_is_told_to_begin_again(url: str, isolation: str) -> None:
    with pytest.raises(StoreBusyError):
        behind(url, isolation, allocate, allocate).result()
    with begun(url, isolation) as connection:
        assert sqlalchemy.on(connection).numbers.allocate(CLAIM, at=NOON) == "CL-2026-002"


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_a_number_that_is_being_confirmed_is_not_voided_at_any_isolation(url: str, isolation: str) -> None:
    with sqlalchemy.open(url) as store, store.transaction() as t:
        number = t.numbers.reserve(CLAIM, at=NOON, expires_at=NOON.add(hours=1))
    voided = behind(
        url,
        isolation,
        lambda t: t.numbers.confirm(CLAIM, number, at=NOON),
        lambda t: t.numbers.void(CLAIM, number, reason="spoilt", at=NOON),
    )
    with pytest.raises(NumberError if isolation == "READ COMMITTED" else StoreBusyError):
        voided.result()
    assert [entry.state for entry in ledger(url)] == ["reserved", "confirmed"]


def test_what_is_counted_while_old_numbers_are_taken_over_is_not_taken_over_again(url: str) -> None:
    taken = behind(
        url,
        "READ COMMITTED",
        allocate,
        lambda t: t.numbers.adopt(CLAIM, ["C2026/001", "C2026/002"], at=NOON),
    )
    assert taken.exception() is None
    assert [(entry.seq, entry.state, entry.number) for entry in ledger(url)] == [
        (1, "allocated", "CL-2026-001"),
        (2, "adopted", "C2026/002"),
    ]
    with sqlalchemy.open(url) as store, store.transaction() as t:
        assert t.numbers.allocate(CLAIM, at=NOON) == "CL-2026-003"
