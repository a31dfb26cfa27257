"""The SQLite store: what it opens, what it refuses and says, and what it leaves behind."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import Any, Final

import pendulum
import pytest

from qms_service.adapters import sqlite
from qms_service.adapters.sqlite import SqliteStore
from qms_service.errors import StoreBusyError, StoreError, TransactionError
from qms_service.numbering import NumberSeries

NOON: Final = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
CLAIM: Final = NumberSeries(
    id="claim", pattern="CL-{YYYY}{MM}-{seq}", reset="month", timezone="Asia/Shanghai"
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="forks, and rights of files, are POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "qms.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with sqlite.open(path) as store:
        yield store


def taken(store: SqliteStore) -> str:
    with store.transaction() as t:
        return t.numbers.allocate(CLAIM, at=NOON)


def count(store: SqliteStore) -> int:
    with store.transaction(read_only=True) as t:
        return len(list(t.numbers.ledger(CLAIM)))


def refusal(act: Callable[[], object]) -> StoreError:
    with pytest.raises(StoreError) as refused:
        act()
    for lang in ("en", "zh"):
        assert refused.value.text(lang)[-1] in ".。"
    return refused.value


@pytest.mark.parametrize("path", ["", ":memory:", "file:qms.db?mode=memory"])
def test_a_store_in_memory_is_another_adapter(path: str) -> None:
    assert "adapters.memory.open()" in str(refusal(lambda: sqlite.open(path)))


@pytest.mark.parametrize("path", [None, 7, b"qms.db", "qms\0.db"])
def test_what_is_no_path_is_refused(path: Any) -> None:  # noqa: ANN401  # whatever a caller without types gives
    assert refusal(lambda: sqlite.open(path)).code == "store-path"


@pytest.mark.parametrize("timeout", [30, timedelta(seconds=-1), None])
def test_what_is_no_timeout_is_refused(path: Path, timeout: Any) -> None:  # noqa: ANN401  # the same
    assert refusal(lambda: sqlite.open(path, timeout=timeout)).code == "store-timeout"


def test_the_longest_timeout_is_what_the_database_can_count(path: Path) -> None:
    with sqlite.open(path, timeout=timedelta.max) as store, closing(store._pool.take()) as connection:
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (2**31 - 1,)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refusal(lambda: sqlite.open(tmp_path)).code == "store-folder"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    told = refusal(lambda: sqlite.open(tmp_path / "data" / "qms.db"))
    assert str(tmp_path / "data") in str(told)
    assert not (tmp_path / "data").exists()


def test_a_file_that_is_no_database_is_left_as_it_is(path: Path) -> None:
    path.write_text("Number;Customer\nC-1;ACME\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    assert refusal(lambda: sqlite.open(path)).code == "store-no-database"
    assert path.read_bytes() == before


def test_a_store_is_durable_and_others_read_while_one_writes(path: Path, store: SqliteStore) -> None:
    assert taken(store) == "CL-202603-1"
    with sqlite3.connect(path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
    with store.transaction() as t:
        t.numbers.allocate(CLAIM, at=NOON)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(count, store).result(20) == 1


def test_a_store_may_share_its_file_with_other_tables(path: Path) -> None:
    with sqlite3.connect(path) as own:
        own.execute("CREATE TABLE orders (id INTEGER)")
    own.close()
    with sqlite.open(str(path)) as store:
        assert taken(store) == "CL-202603-1"


def test_nothing_stays_open_and_no_log_is_left_behind(path: Path) -> None:
    with sqlite.open(path) as store:
        at_once = ThreadPoolExecutor(4)
        list(at_once.map(lambda _: taken(store), range(8)))
        at_once.shutdown()
    assert sorted(one.name for one in path.parent.iterdir()) == ["qms.db", "qms.db-turn"]


def test_a_closed_store_says_so(path: Path) -> None:
    store = sqlite.open(path)
    store.close()
    store.close()
    assert refusal(lambda: taken(store)).code == "store-closed"


def test_a_transaction_that_outlives_its_store_ends_as_it_should(path: Path) -> None:
    store = sqlite.open(path)
    with store.transaction() as t:
        t.numbers.allocate(CLAIM, at=NOON)
        store.close()
    with sqlite.open(path) as again:
        assert count(again) == 1


def test_a_transaction_that_has_ended_takes_no_more(store: SqliteStore) -> None:
    with store.transaction() as t:
        t.numbers.allocate(CLAIM, at=NOON)
    with pytest.raises(TransactionError) as refused:
        t.numbers.allocate(CLAIM, at=NOON)
    assert refused.value.code == "transaction-over"
    assert count(store) == 1


def test_a_connection_that_comes_back_broken_keeps_nobody_from_writing(store: SqliteStore) -> None:
    def break_off() -> None:
        with (unit := store.transaction()) as t:
            t.numbers.allocate(CLAIM, at=NOON)
            unit._connection.close()
            raise TypeError

    with pytest.raises(sqlite3.ProgrammingError):
        break_off()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: count(store)).result(20)
    with store.transaction() as t:
        assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-1"


def test_a_transaction_may_end_in_another_thread(store: SqliteStore) -> None:
    unit = store.transaction()
    unit.__enter__().numbers.allocate(CLAIM, at=NOON)
    with ThreadPoolExecutor(1) as pool:  # as web frameworks do that run a request's steps in a pool
        pool.submit(unit.__exit__, None, None, None).result(20)
    assert taken(store) == "CL-202603-2"


def test_a_transaction_is_begun_once(store: SqliteStore) -> None:
    unit = store.transaction()
    with unit:
        pass
    with pytest.raises(TransactionError), unit:
        pass
    assert taken(store) == "CL-202603-1"


def test_past_the_timeout_a_busy_file_is_told_and_trying_again_is_safe(path: Path) -> None:
    with sqlite.open(path, timeout=timedelta(milliseconds=50)) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = monotonic()
        with pytest.raises(StoreBusyError) as refused:
            taken(store)
        assert 0.04 < monotonic() - began < 5
        assert "Try again" in str(refused.value)
        assert count(store) == 0
        other.execute("ROLLBACK")
        other.close()
        assert taken(store) == "CL-202603-1"


def test_past_the_timeout_a_busy_store_is_told_to_threads_and_to_other_stores(path: Path) -> None:
    patient = sqlite.open(path)
    with sqlite.open(path, timeout=timedelta(milliseconds=50)) as hasty, patient:
        for holder in (hasty, patient):
            with holder.transaction() as t, ThreadPoolExecutor(1) as pool:
                t.numbers.allocate(CLAIM, at=NOON)
                with pytest.raises(StoreBusyError):
                    pool.submit(taken, hasty).result(20)
        assert taken(hasty) == "CL-202603-3"
        assert taken(patient) == "CL-202603-4"


def test_a_full_disk_is_told_and_nothing_is_half_written(path: Path, store: SqliteStore) -> None:
    taken(store)
    with store.transaction() as t:
        pages = t._run("PRAGMA page_count", {})[0][0]
        t._run(f"PRAGMA max_page_count = {pages + 2}", {})
        before = len(list(t.numbers.ledger(CLAIM)))

    def fill() -> None:
        for _ in range(100):
            with store.transaction() as t:
                t.numbers.allocate(CLAIM, at=NOON, count=50)

    assert refusal(fill).code == "store-full"
    given = count(store)
    assert (given - before) % 50 == 0
    with sqlite.open(path) as roomy:
        assert taken(roomy) == f"CL-202603-{given + 1}"


def test_a_damaged_file_is_told(path: Path) -> None:
    with sqlite.open(path) as store:
        for _ in range(20):
            with store.transaction() as t:
                t.numbers.allocate(CLAIM, at=NOON, count=50)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)

    def read() -> int:
        with sqlite.open(path) as store:
            return count(store)

    assert refusal(read).code == "store-damaged"


@posix
def test_a_store_is_not_carried_into_a_fork(store: SqliteStore) -> None:
    inside = get_context("fork").Process(target=_exit_by, args=(lambda: taken(store), "store-forked"))
    inside.start()
    inside.join(20)
    assert inside.exitcode == 0
    assert taken(store) == "CL-202603-1"


@pytest.fixture
def public_path() -> Iterator[Path]:
    """A file in a folder that every user of the machine may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        path = Path(folder) / "qms.db"
        with sqlite.open(path) as store:
            taken(store)
        yield path
        Path(folder).chmod(0o777)


@posix
@pytest.mark.parametrize("folder", [0o777, 0o555], ids=["in a folder to write", "in a folder to read"])
def test_a_file_to_read_is_read_and_not_written(public_path: Path, folder: int) -> None:
    public_path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    public_path.with_name("qms.db-turn").unlink()
    public_path.parent.chmod(folder)
    reader = get_context("fork").Process(target=_read_and_fail_to_write, args=(public_path,))
    reader.start()
    reader.join(20)
    assert reader.exitcode == 0


def _read_and_fail_to_write(path: Path) -> None:
    if os.geteuid() == 0:
        os.setuid(65534)  # the rights of a file do not bind the superuser
    with sqlite.open(path) as store:
        assert count(store) == 1
        _exit_by(lambda: taken(store), "store-read-only")


def _exit_by(act: Callable[[], object], code: str) -> None:
    try:
        act()
    except StoreError as error:
        os._exit(0 if error.code == code else 2)
    os._exit(3)


@pytest.mark.parametrize("name", ["x" * 300 + ".db", "\ud800.db"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and len(name) < 300:
        pytest.skip("Windows takes half of a surrogate pair")
    assert refusal(lambda: sqlite.open(f"{tmp_path}/{name}")).code == "store-path"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder in which nobody can make a file")
def test_a_file_that_cannot_be_made_is_told() -> None:
    assert refusal(lambda: sqlite.open("/proc/qms.db")).code == "store-not-opened"


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE qms_case (other TEXT)", "CREATE VIEW qms_schema AS SELECT 1 AS one, 0 AS version"],
)
def test_tables_of_another_application_under_our_name_are_left_as_they_are(
    path: Path, statement: str
) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(statement)
    assert refusal(lambda: sqlite.open(path)).code == "store-name-taken"
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT sql FROM sqlite_master").fetchall() == [(statement,)]


@pytest.mark.parametrize("statement", ["DELETE FROM qms_schema", "UPDATE qms_schema SET version = -1"])
def test_tables_whose_version_was_lost_are_not_made_anew(path: Path, statement: str) -> None:
    with sqlite.open(path) as store:
        taken(store)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(statement)
    assert refusal(lambda: sqlite.open(path)).code == "store-name-taken"
