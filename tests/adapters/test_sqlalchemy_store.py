"""A store of an engine or a URL: what it sets, what it leaves alone, what it says when things go wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, make_url
from tests.faults.work import AT, DOCUMENTS, take

from qms_service.adapters import sqlalchemy, sqlite
from qms_service.errors import StoreBusyError, StoreError, TransactionError
from qms_service.ports import Store

SHORT = timedelta(milliseconds=30)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'qms.db'}"
    found: str = request.getfixturevalue("pg_url")
    return found


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    yield engine
    engine.dispose()


def asked(engine: Engine, question: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(question).scalar()


def statements(engine: Engine) -> list[str]:
    """What an engine will have run from now on."""
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *run: seen.append(run[2]))
    return seen


def test_the_engine_of_a_caller_stays_open_and_as_it_was(engine: Engine) -> None:
    is_sqlite = engine.dialect.name == "sqlite"
    question = "PRAGMA busy_timeout" if is_sqlite else "SHOW lock_timeout"
    before = asked(engine, question)
    with sqlalchemy.open(engine, timeout=SHORT) as store, store.transaction() as t:
        take(t)
    assert asked(engine, question) == before
    if is_sqlite:
        assert asked(engine, "PRAGMA journal_mode") == "delete"


def test_a_file_by_its_url_is_set_to_wal(tmp_path: Path) -> None:
    with sqlalchemy.open(f"sqlite:///{tmp_path / 'qms.db'}"):
        pass
    engine = create_engine(f"sqlite:///{tmp_path / 'qms.db'}")
    assert asked(engine, "PRAGMA journal_mode") == "wal"
    engine.dispose()


def test_opening_what_is_ready_writes_nothing(engine: Engine) -> None:
    sqlalchemy.open(engine).close()
    seen = statements(engine)
    sqlalchemy.open(engine).close()
    assert "SELECT version FROM qms_schema WHERE one = 1" in seen
    assert {statement.split()[0] for statement in seen} <= {"SELECT", "SET"}


def test_a_writer_through_a_serializable_engine_sees_what_was_committed_while_it_waited(pg_url: str) -> None:
    engine = create_engine(pg_url, isolation_level="SERIALIZABLE")
    with sqlalchemy.open(engine) as store, store.transaction() as t:
        t.numbers.preview(DOCUMENTS, at=AT)
        with sqlalchemy.open(pg_url) as other, other.transaction() as sooner:
            take(sooner)
        assert take(t) == "C-2026-00002"
    engine.dispose()


def test_an_engine_that_commits_each_statement_still_has_transactions_here(url: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with sqlalchemy.open(engine) as store:
        with pytest.raises(ZeroDivisionError):
            take_and_fail(store)
        with store.transaction() as t:
            assert take(t) == "C-2026-00001"
    engine.dispose()


def take_and_fail(store: Store) -> None:
    with store.transaction() as t:
        take(t)
        raise ZeroDivisionError


def test_threads_have_a_transaction_each(url: str) -> None:
    numbers: list[str] = []

    def work(store: sqlalchemy.SqlAlchemyStore) -> None:
        for _ in range(10):
            with store.transaction() as t:
                numbers.append(take(t))

    with sqlalchemy.open(url) as store:
        threads = [Thread(target=work, args=(store,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(numbers) == [f"C-2026-{seq:05}" for seq in range(1, 41)]


def test_a_pool_with_no_connection_left_is_busy(pg_url: str) -> None:
    engine = create_engine(pg_url, pool_size=1, max_overflow=0, pool_timeout=0.01)
    store = sqlalchemy.open(engine)
    with engine.connect(), pytest.raises(StoreBusyError), store.transaction():
        pass
    engine.dispose()


def test_a_closed_store_says_so(url: str) -> None:
    store = sqlalchemy.open(url)
    store.close()
    with pytest.raises(StoreError, match="closed"), store.transaction():
        pass


def test_a_transaction_that_is_over_takes_nothing_more(url: str) -> None:
    with sqlalchemy.open(url) as store:
        with store.transaction() as t:
            pass
        with pytest.raises(TransactionError, match="ended"):
            take(t)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forks no process")
def test_a_forked_process_opens_a_store_of_its_own(url: str) -> None:
    with sqlalchemy.open(url) as store:
        child = os.fork()
        if child == 0:
            os._exit(_is_refused(store))
        _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 77


def _is_refused(store: Store) -> int:
    try:
        with store.transaction():
            return 1
    except StoreError as error:
        return 77 if error.code == "store-forked" else 2


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"])
def test_a_url_of_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        sqlalchemy.open(url)
    assert caught.value.code == "store-memory"


@pytest.mark.parametrize("got", ["qms.db", "postgresql//user:secret@host/database", None])
def test_what_is_no_url_is_told_what_one_looks_like(got: Any) -> None:  # noqa: ANN401  # anything at all
    with pytest.raises(StoreError, match=r"postgresql\+psycopg://") as caught:
        sqlalchemy.open(got)
    assert "postgresql+psycopg://" in caught.value.text("zh")
    assert "secret" not in str(caught.value)


def test_a_url_may_be_an_object_of_sqlalchemy(url: str) -> None:
    with sqlalchemy.open(make_url(url)) as store, store.transaction() as t:
        assert take(t) == "C-2026-00001"


@pytest.mark.parametrize("timeout", [30, None, timedelta(seconds=-1)])
def test_a_timeout_is_a_span_of_time(url: str, timeout: Any) -> None:  # noqa: ANN401  # anything at all
    with pytest.raises(StoreError, match="timedelta"):
        sqlalchemy.open(url, timeout=timeout)


def test_the_longest_timeout_is_what_the_database_can_count(url: str) -> None:
    with sqlalchemy.open(url, timeout=timedelta.max) as store, store.transaction() as t:
        assert take(t) == "C-2026-00001"


def test_a_driver_that_is_not_there_is_named() -> None:
    with pytest.raises(StoreError, match=r"no module pg8000.*psycopg\[binary\]") as caught:
        sqlalchemy.open("postgresql+pg8000://user:secret@host/database")
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        sqlalchemy.open(f"postgresql+psycopg://user:secret@/database?host={tmp_path}")
    assert caught.value.code == "store-gone"
    assert "secret" not in str(caught.value)


def test_a_server_that_only_reads_says_so(pg_url: str) -> None:
    with pytest.raises(StoreError) as caught:
        sqlalchemy.open(f"{pg_url.replace('-csearch', '-cdefault_transaction_read_only%3Don%20-csearch')}")
    assert caught.value.code == "store-read-only"


def take_for_ever(store: Store) -> None:
    while True:
        with store.transaction() as t:
            take(t)


def test_a_file_with_no_room_left_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'qms.db'}")
    with sqlalchemy.open(engine) as store:
        pages = asked(engine, "PRAGMA page_count")
        event.listen(engine, "checkout", lambda raw, *_: raw.execute(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(StoreError) as caught:
            take_for_ever(store)
    assert caught.value.code == "store-full"
    engine.dispose()
    with sqlite.open(tmp_path / "qms.db") as store_, store_.transaction(read_only=True) as t:
        kept = [view.id for view in t.cases.find()]
        assert [entry.number for entry in t.numbers.ledger(DOCUMENTS)] == sorted(kept)
        assert all(t.cases.verify(case) == () for case in kept)


def test_a_server_that_goes_away_is_told_and_the_next_transaction_has_a_new_connection(pg_url: str) -> None:
    with sqlalchemy.open(pg_url) as store:
        with pytest.raises(StoreError) as caught:
            take_over_a_restart(store, pg_url)
        with store.transaction() as t:
            assert take(t) == "C-2026-00001"
    assert caught.value.code == "store-gone"


def take_over_a_restart(store: Store, pg_url: str) -> None:
    engine = create_engine(pg_url)
    with store.transaction() as t:
        take(t)
        end_others(engine)
        engine.dispose()
        take(t)


def end_others(engine: Engine) -> None:
    """What a restart of the server, or its administrator, does to connections."""
    asked(
        engine,
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND query LIKE '%%qms_%%' AND state LIKE 'idle%%'",
    )


def test_without_sqlalchemy_the_pip_line_is_told() -> None:
    program = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        "from qms_service.errors import MissingExtraError\n"
        "try:\n"
        "    from qms_service.adapters import sqlalchemy\n"
        "except MissingExtraError as error:\n"
        "    print(error, error.text('zh'))\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.count('pip install "qms-service[sql]"') == 2
