"""A page of the worklist out of many open cases, against reading the page's rows with plain SQL.

The rival is the driver itself: one SELECT of the same columns over the same index, the rows left as they come. Ours
makes statuses of them, tells anew what no longer holds, and puts what a pause has moved in its place. Measured twice:
with views refreshed at the moment asked, and with views that an hourly refresh left 55 minutes ago.

The other rival is this library's first desk: it loaded and judged every open case for each page. It is run on a
sample and extrapolated, which favours it: a sample stays in the caches.

Run: python -m benchmarks.worklist [number of cases]
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

import pendulum
import psycopg
from benchmarks.measured import Row, Words
from tests.postgres import running

import qms_service as qms
from qms_service.desk import WorklistItem
from qms_service.instants import micros
from qms_service.ports import Store

CASES, PAGE, LATER, ROUNDS, SAMPLE, BATCH = 100_000, 50, 5_000, 40, 1_000, 5_000
NOW: Final = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
BOOK: Final = qms.load_rulebook("pcb-maker")
Step = tuple[str, dict[str, object]]
Select = Callable[[str, Sequence[object]], list[Any]]
FORWARDED: Final[Step] = ("forwarded", {})
ANSWERING: Final[tuple[Step, ...]] = (
    FORWARDED,
    ("analysed", {"established": True, "ours": True}),
    ("customer_informed", {}),
    ("contained", {}),
)
# How complaints stand, and how many of a hundred: fresh, under analysis, being answered, waiting for a sample.
MIX: Final[tuple[tuple[int, tuple[Step, ...]], ...]] = (
    (5, ()),
    (25, (FORWARDED,)),
    (60, ANSWERING),
    (10, (*ANSWERING, ("sample_requested", {}))),
)
COLUMNS: Final = (
    "id, kind, customer, version, status, cycle, first_due_us, next_change_us, zone, overdue, moving"
)
FIRST_PAGE: Final = (
    f"SELECT {COLUMNS} FROM qms_case WHERE status = {{0}} ORDER BY due_sort_us, id LIMIT {{0}}"  # noqa: S608  # fixed words
)
NEXT_PAGE: Final = (
    f"SELECT {COLUMNS} FROM qms_case WHERE status = {{0}} AND (due_sort_us, id) > ({{0}}, {{0}})"  # noqa: S608  # the same
    " ORDER BY due_sort_us, id LIMIT {0}"
)


def complaints(count: int) -> Iterator[qms.Case]:
    """Open complaints of the last three days, each step one hour after the one before."""
    chance = Random(7)  # noqa: S311  # a benchmark repeats itself
    proc = BOOK.editions[-1]
    steps = [one for share, steps in MIX for one in [steps] * share]
    for index in range(count):
        at = NOW - timedelta(seconds=chance.randrange(5 * 3600, 60 * 3600))
        case = proc.open(qms.Complaint(number=f"C-{index:06}", customer=f"K{index % 500}", received_at=at))
        for name, facts in chance.choice(steps):
            at = at.add(hours=1)
            case = proc.record(case, name, at=at, facts=facts)
        yield case


def built(store: Store, count: int, told_at: datetime) -> float:
    """Keeps the complaints with their views as they were told at a moment; the seconds that it took."""
    begin, cases = perf_counter(), complaints(count)
    while batch := list(islice(cases, BATCH)):
        with store.transaction() as t:
            for case in batch:
                t.cases.save(case, BOOK.editions[-1].status(case, now=told_at))
    return perf_counter() - begin


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of one call: the median of the rounds."""
    times = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        act()
        times.append(perf_counter() - begin)
    return median(times) * 1e3


def place(item: WorklistItem) -> tuple[int, str]:
    """Where an item stands in the index."""
    assert item.status
    assert item.status.first_due_at
    return micros(item.status.first_due_at), item.case.id


def compared(name: str, desk: qms.ServiceDesk, select: Select, mark: str) -> None:
    """Prints the first page and a later one, each against its rows."""
    before = desk.worklist(limit=LATER)[-1]
    first, later = FIRST_PAGE.format(mark), NEXT_PAGE.format(mark)
    rivals: dict[str, tuple[Callable[[], Sequence[object]], Callable[[], Sequence[object]]]] = {
        "first page": (
            lambda: desk.worklist(limit=PAGE),
            lambda: select(first, ("open", PAGE)),
        ),
        f"page after {LATER:,}": (
            lambda: desk.worklist(limit=PAGE, after=before),
            lambda: select(later, ("open", *place(before), PAGE)),
        ),
    }
    for what, (ours, theirs) in rivals.items():
        assert len(ours()) == len(theirs()) == PAGE
        own, rows = timed(ours), timed(theirs)
        print(f"  {name}, {what}: {own:.2f} ms, its rows alone {rows:.2f} ms, ratio {own / rows:.1f}")


def judged(store: Store, count: int) -> float:
    """Milliseconds to load and judge all open cases as the first desk did, extrapolated from a sample."""
    with store.transaction(read_only=True) as t:
        begin = perf_counter()
        for view in list(t.cases.find(status="open", limit=SAMPLE)):
            case = t.cases.load(view.id)
            BOOK.of(case).status(case, now=NOW)
        return (perf_counter() - begin) * 1e3 / SAMPLE * count


def measured(name: str, store: Store, select: Select, mark: str, count: int) -> None:
    """Builds a store, measures it, refreshes it, and measures it again."""
    told_at = NOW.subtract(minutes=55)
    seconds = built(store, count, told_at)
    print(f"{name}: {count:,} open cases kept in {seconds:.0f} s")
    desk = qms.ServiceDesk(BOOK, store, now=lambda: NOW)
    compared("55 minutes after a refresh", desk, select, mark)
    begin = perf_counter()
    done = desk.refresh()
    seconds = perf_counter() - begin
    print(f"  refresh: {done.checked:,} cases checked, {done.changed:,} changed, {seconds:.1f} s")
    compared("refreshed", desk, select, mark)
    page, everything = timed(lambda: desk.worklist(limit=PAGE)), judged(store, count)
    print(
        f"  loading and judging all, from a sample of {SAMPLE:,}: {everything / 1e3:.0f} s,"
        f" {everything / page:,.0f} × the first page"
    )


@contextmanager
def on_sqlite(folder: str) -> Iterator[tuple[Store, Select, str]]:
    """A store in a file, and the driver on the same file."""
    path = Path(folder) / "qms.db"
    with qms.adapters.sqlite.open(path) as store:
        connection = sqlite3.connect(path)
        yield store, lambda statement, values: connection.execute(statement, values).fetchall(), "?"
        connection.close()


@contextmanager
def on_postgresql() -> Iterator[tuple[Store, Select, str]]:
    """A store on a server of its own, and the driver on the same server."""
    with (
        running() as url,
        psycopg.connect(url, autocommit=True) as connection,
        qms.adapters.sqlalchemy.open(url.replace("postgresql://", "postgresql+psycopg://")) as store,
    ):

        def select(statement: str, values: Sequence[object]) -> list[Any]:
            return connection.execute(statement.encode(), values).fetchall()

        yield store, select, "%s"


def rows(*, quick: bool = False) -> Iterator[Row]:
    """The first page out of many cases in SQLite, refreshed at the moment asked."""
    count = 500 if quick else CASES
    with TemporaryDirectory() as folder, on_sqlite(folder) as (store, select, mark):
        built(store, count, NOW)
        desk, statement = qms.ServiceDesk(BOOK, store, now=lambda: NOW), FIRST_PAGE.format(mark)
        ours, theirs = desk.worklist(limit=PAGE), select(statement, ("open", PAGE))
        assert [item.case.id for item in ours] == [row[0] for row in theirs]
        version = f"sqlite3 {sqlite3.sqlite_version}"
        yield Row(
            what=Words(
                f"first {PAGE} of {count:,} open cases in SQLite, `worklist`",
                f"SQLite 中 {count:,} 个未结个案的前 {PAGE} 个，`worklist`",
            ),
            ours=timed(lambda: desk.worklist(limit=PAGE)) / 1e3,
            theirs=timed(lambda: select(statement, ("open", PAGE))) / 1e3,
            rival=Words(f"the same rows by plain SQL on {version}", f"在 {version} 上用 SQL 直接读同样的行"),
        )


def main() -> None:
    """Measures SQLite, then PostgreSQL."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    with TemporaryDirectory() as folder, on_sqlite(folder) as (store, select, mark):
        measured(f"SQLite {sqlite3.sqlite_version}", store, select, mark, count)
    with on_postgresql() as (store, select, mark):
        measured("PostgreSQL", store, select, mark, count)


if __name__ == "__main__":
    main()
