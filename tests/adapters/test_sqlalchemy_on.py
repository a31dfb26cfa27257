"""Numbers and cases in a transaction that the caller owns, through SQLAlchemy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, String, create_engine, event, text
from sqlalchemy.exc import UnboundExecutionError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, scoped_session, sessionmaker
from tests.faults.work import AT, DOCUMENTS, document

import qms_service as qms
from qms_service.adapters import sqlalchemy
from qms_service.errors import StoreBusyError, StoreError, UnknownNameError


class Base(DeclarativeBase):
    """The caller's own tables."""


class Letter(Base):
    """The caller's document."""

    __tablename__ = "letter"
    number: Mapped[str] = mapped_column(String, primary_key=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'own.db'}"
    else:
        url = request.getfixturevalue("pg_url")
    engine = create_engine(url)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        sqlalchemy.migrate(connection)
    yield engine
    engine.dispose()


def letters(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT number FROM letter ORDER BY number")).scalars())


def write(session: Session | scoped_session[Session]) -> str:
    number = sqlalchemy.on(session).numbers.allocate(DOCUMENTS, at=AT)
    session.add(Letter(number=number))
    return number


def test_a_session_commits_number_and_document_together(engine: Engine) -> None:
    with Session(engine) as session:
        write(session)
        session.commit()
        write(session)
        session.rollback()
        write(session)
        session.commit()
    assert letters(engine) == ["C-2026-00001", "C-2026-00002"]


def test_a_session_of_the_thread_is_joined_too(engine: Engine) -> None:
    session = scoped_session(sessionmaker(engine))
    write(session)
    session.commit()
    session.remove()
    assert letters(engine) == ["C-2026-00001"]


def test_a_savepoint_that_is_taken_back_takes_its_number_back(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        write(session)
        savepoint = session.begin_nested()
        write(session)
        savepoint.rollback()
        write(session)
    assert letters(engine) == ["C-2026-00001", "C-2026-00002"]


def test_a_connection_is_neither_committed_nor_closed(engine: Engine) -> None:
    with engine.connect() as connection:
        t = sqlalchemy.on(connection)
        number = t.numbers.allocate(DOCUMENTS, at=AT)
        t.cases.save(document(number))
        assert connection.in_transaction()
        assert not connection.closed
        connection.rollback()
        assert list(sqlalchemy.on(connection).cases.find()) == []
        connection.rollback()


def test_what_one_writes_the_store_reads(engine: Engine) -> None:
    with engine.begin() as connection:
        sqlalchemy.on(connection).cases.save(document("C-2026-00001"))
    with sqlalchemy.open(engine) as store, store.transaction(read_only=True) as t:
        assert t.cases.load("C-2026-00001") == document("C-2026-00001")


def test_tables_that_are_there_may_be_migrated_again(engine: Engine) -> None:
    with engine.begin() as connection:
        write_number(connection)
        sqlalchemy.migrate(connection)
        assert write_number(connection) == "C-2026-00002"


def write_number(connection: Connection) -> str:
    return sqlalchemy.on(connection).numbers.allocate(DOCUMENTS, at=AT)


def test_a_connection_that_commits_each_statement_is_refused(engine: Engine) -> None:
    with (
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        pytest.raises(StoreError, match="AUTOCOMMIT") as caught,
    ):
        sqlalchemy.on(connection)
    assert caught.value.code == "sqlalchemy-autocommit"
    assert "逐条语句" in caught.value.text("zh")


def test_a_session_whose_engine_commits_each_statement_is_refused(engine: Engine) -> None:
    itself = create_engine(engine.url, isolation_level="AUTOCOMMIT")
    with Session(itself) as session, pytest.raises(StoreError, match="AUTOCOMMIT"):
        write(session)
    with itself.connect() as connection, pytest.raises(StoreError, match="AUTOCOMMIT"):
        sqlalchemy.migrate(connection)
    itself.dispose()


def begin_by_events(engine: Engine) -> None:
    """The recipe of SQLAlchemy's pages on pysqlite: the driver begins nothing, the engine does."""

    @event.listens_for(engine, "connect")
    def leave_it(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")


def test_an_engine_that_begins_by_events_is_no_autocommit(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'own.db'}")
    begin_by_events(engine)
    with engine.connect() as connection:
        sqlalchemy.migrate(connection)
        connection.commit()
        assert write_number(connection) == "C-2026-00001"
        connection.rollback()
        assert write_number(connection) == "C-2026-00001"
    with sqlalchemy.open(engine) as store, store.transaction() as t:
        assert t.numbers.allocate(DOCUMENTS, at=AT) == "C-2026-00001"
    engine.dispose()


@pytest.mark.parametrize("target", ["sqlite://", None, object()])
def test_what_is_neither_session_nor_connection_is_told_what_is(target: Any) -> None:  # noqa: ANN401  # anything at all
    with pytest.raises(StoreError, match="Session or a Connection of SQLAlchemy") as caught:
        sqlalchemy.on(target)
    assert caught.value.operands["got"] == repr(target)


def test_an_engine_is_told_where_it_goes() -> None:
    with pytest.raises(StoreError, match=r"An engine goes to open\(\)"):
        sqlalchemy.on(create_engine("sqlite://"))  # type: ignore[arg-type]  # a mistake, as people make it


def test_another_database_is_told_which_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"mysql\. Known: sqlite, postgresql"):
        sqlalchemy.open("mysql+pymysql://user@host/database")


def test_the_callers_lock_timeout_ends_the_wait(pg_url: str) -> None:
    engine = create_engine(pg_url)
    with engine.begin() as connection:
        sqlalchemy.migrate(connection)
    with engine.begin() as first, engine.begin() as second:
        write_number(first)
        second.execute(text("SET LOCAL lock_timeout = '20ms'"))
        with pytest.raises(StoreBusyError):
            write_number(second)
    engine.dispose()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_tables_that_are_not_there_are_made_with_the_first_number_and_go_with_it(
    request: pytest.FixtureRequest, tmp_path: Path, database: str
) -> None:
    url = request.getfixturevalue("pg_url") if database == "postgresql" else f"sqlite:///{tmp_path / 'a.db'}"
    engine = create_engine(url)
    with engine.connect() as connection:
        first = write_number(connection)
        connection.rollback()
        assert write_number(connection) == first
        connection.rollback()
    with engine.begin() as connection:
        assert write_number(connection) == first
    with engine.begin() as connection:
        assert write_number(connection) != first
    engine.dispose()


def test_a_stale_case_is_refused_through_a_session(engine: Engine) -> None:
    case = document("C-2026-00001")
    later = (
        qms.load_rulebook("pcb-maker")
        .of(case)
        .record(case, "linked", at=AT, by="Li", kind="return", case="R")
    )
    with Session(engine) as session:
        sqlalchemy.on(session).cases.save(later)
        session.commit()
        with pytest.raises(qms.StaleCaseError):
            sqlalchemy.on(session).cases.save(case)


def test_a_closed_connection_is_told() -> None:
    engine = create_engine("sqlite://")
    connection = engine.connect()
    connection.close()
    with pytest.raises(StoreError) as refused:
        sqlalchemy.on(connection)
    engine.dispose()
    assert refused.value.code == "store-connection-closed"


def test_a_session_without_an_engine_keeps_the_words_of_sqlalchemy() -> None:
    with Session() as session, pytest.raises(UnboundExecutionError):
        sqlalchemy.on(session)
