"""A number with its document in one transaction, against the two statements by hand and django-sequences.

By hand: an upsert of a counter row that returns the number, and the insert of the document, on the driver itself.
That keeps no ledger, knows no period and answers no key. All commit to the disk: SQLite with WAL and
synchronous=FULL, PostgreSQL with fsync and synchronous_commit on. Contenders take turns round by round; a figure is
the median round. "with a case" keeps a whole case with its chained history as the document: more than any rival.

Then four processes draw on one counter for a while, as many rounds in turn: how many documents in all on PostgreSQL,
and how fairly shared on SQLite.

Run: python -m benchmarks.numbering
"""

from __future__ import annotations

import multiprocessing
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

import django
import pendulum
import psycopg
import sqlalchemy as sa
from benchmarks.measured import NOTHING, Row, Words
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from sequences import get_next_value
from tests.postgres import running

import qms_service as qms
from qms_service.adapters import sql, sqlite
from qms_service.adapters import sqlalchemy as over_sqlalchemy
from qms_service.numbering import NumberSeries
from qms_service.ports import Store

ROUNDS, EACH = 100, 10
PROCESSES, SECONDS, CROWDS = 4, 2.0, 5
ON: Final = date(2026, 3, 2)
AT: Final = pendulum.datetime(2026, 3, 2, 8, tz="Asia/Shanghai")
SERIES: Final = NumberSeries(
    id="complaint", pattern="C-{YYYY}{MM}-{seq:06}", reset="month", timezone="Asia/Shanghai"
)
BOOK: Final = qms.load_rulebook("pcb-maker")
BODY: Final = "The solder mask peels off along the edge of the panel. " * 4
COUNTER: Final = "CREATE TABLE counter (name TEXT PRIMARY KEY, last BIGINT NOT NULL)"
DOCUMENT: Final = "CREATE TABLE document (number TEXT PRIMARY KEY, body TEXT NOT NULL)"
UPSERT: Final = (
    "INSERT INTO counter (name, last) VALUES ({0}, 1)"
    " ON CONFLICT (name) DO UPDATE SET last = counter.last + 1 RETURNING last"
)
INSERT: Final = "INSERT INTO document (number, body) VALUES ({0}, {0})"
NUMBERS: Final = "SELECT number FROM document ORDER BY number"
PRAGMAS: Final = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"

Act = Callable[[], object]


class Contender:
    """One way to keep a document with its number, and a way to read what it kept."""

    def __init__(self, name: str, act: Act, kept: Callable[[], list[str]]) -> None:
        self.name, self.act, self.kept = name, act, kept
        self.rounds: list[float] = []

    def run(self) -> None:
        """One round."""
        begin = perf_counter()
        for _ in range(EACH):
            self.act()
        self.rounds.append((perf_counter() - begin) / EACH * 1e6)

    @property
    def each_us(self) -> float:
        """The median round, in µs of real time for one document."""
        return median(self.rounds)


def file(folder: Path, name: str) -> sqlite3.Connection:
    """A new file with the tables of the rival and of ours."""
    connection = sqlite3.connect(folder / f"{name}.db", isolation_level=None, check_same_thread=False)
    connection.executescript(PRAGMAS)
    connection.execute("BEGIN")
    for statement in (COUNTER, DOCUMENT):
        connection.execute(statement)
    sqlite.migrate(connection)
    connection.execute("COMMIT")
    return connection


def kept_in(connection: Any) -> Callable[[], list[str]]:  # noqa: ANN401  # either driver's
    """Reads the documents through a driver's connection."""
    return lambda: [row[0] for row in connection.execute(NUMBERS).fetchall()]


def number(last: int) -> str:
    """A rival's number, as one writes it by hand."""
    return f"C-{ON:%Y%m}-{last:06}"


def sqlite_by_hand(folder: Path) -> Contender:
    """The two statements on sqlite3."""
    connection = file(folder, "hand")
    upsert, insert = UPSERT.format("?"), INSERT.format("?")

    def act() -> None:
        connection.execute("BEGIN IMMEDIATE")
        (last,) = connection.execute(upsert, ("complaint",)).fetchone()
        connection.execute(insert, (number(last), BODY))
        connection.execute("COMMIT")

    return Contender(f"by hand, sqlite3 {sqlite3.sqlite_version}", act, kept_in(connection))


def sqlite_on(folder: Path) -> Contender:
    """Ours, joining a connection of sqlite3."""
    connection = file(folder, "on")
    insert = INSERT.format("?")

    def act() -> None:
        connection.execute("BEGIN IMMEDIATE")
        taken = sqlite.on(connection).numbers.allocate(SERIES, at=ON)
        connection.execute(insert, (taken, BODY))
        connection.execute("COMMIT")

    return Contender("qms_service, sqlite.on(connection)", act, kept_in(connection))


def on_sqlalchemy(name: str, engine: sa.Engine) -> Contender:
    """Ours, joining a connection of SQLAlchemy."""
    insert = sa.text("INSERT INTO document (number, body) VALUES (:number, :body)")
    with engine.begin() as beginning:
        for statement in (COUNTER, DOCUMENT):
            beginning.exec_driver_sql(statement)
        over_sqlalchemy.migrate(beginning)

    connection = engine.connect()

    def act() -> None:
        with connection.begin():
            taken = over_sqlalchemy.on(connection).numbers.allocate(SERIES, at=ON)
            connection.execute(insert, {"number": taken, "body": BODY})

    def kept() -> list[str]:
        with connection.begin():
            return [row[0] for row in connection.exec_driver_sql(NUMBERS)]

    return Contender(name, act, kept)


def sqlalchemy_by_hand(name: str, engine: sa.Engine) -> Contender:
    """The two statements through SQLAlchemy: what that costs by itself."""
    upsert = sa.text(UPSERT.format(":name"))
    insert = sa.text("INSERT INTO document (number, body) VALUES (:number, :body)")
    with engine.begin() as beginning:
        for statement in (COUNTER, DOCUMENT):
            beginning.exec_driver_sql(statement)

    connection = engine.connect()

    def act() -> None:
        with connection.begin():
            last = connection.execute(upsert, {"name": "complaint"}).scalar_one()
            connection.execute(insert, {"number": number(last), "body": BODY})

    def kept() -> list[str]:
        with connection.begin():
            return [row[0] for row in connection.exec_driver_sql(NUMBERS)]

    return Contender(name, act, kept)


def store_alone(name: str, store: Store) -> Contender:
    """Ours, a transaction of a store with nothing in it but the number."""

    def act() -> None:
        with store.transaction() as t:
            t.numbers.allocate(SERIES, at=ON)

    def kept() -> list[str]:
        with store.transaction(read_only=True) as t:
            return [entry.number for entry in t.numbers.ledger(SERIES)]

    return Contender(name, act, kept)


def store_with_case(name: str, store: Store) -> Contender:
    """Ours, a transaction of a store that keeps a case under the number."""

    def act() -> None:
        with store.transaction() as t:
            taken = t.numbers.allocate(SERIES, at=ON)
            t.cases.save(BOOK.open(qms.Complaint(number=taken, customer="ACME", received_at=AT, defect=BODY)))

    def kept() -> list[str]:
        with store.transaction(read_only=True) as t:
            return sorted(view.id for view in t.cases.find())

    return Contender(name, act, kept)


def django_sequences(using: str, *, new: bool = True) -> Contender:
    """The rival, as its page says: the value and the document in one atomic block."""
    insert = INSERT.format("%s")
    if new:
        call_command("migrate", database=using, verbosity=0)
        with connections[using].cursor() as cursor:
            cursor.execute(DOCUMENT)

    def act() -> None:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            last = get_next_value("complaint", using=using)
            cursor.execute(insert, [number(last), BODY])

    def kept() -> list[str]:
        with connections[using].cursor() as cursor:
            cursor.execute(NUMBERS)
            return [row[0] for row in cursor.fetchall()]

    return Contender(f"django-sequences {version('django-sequences')}, Django {version('django')}", act, kept)


@lru_cache
def psycopg_words(statement: str) -> bytes:
    """A statement with psycopg's kind of parameters."""
    return re.sub(r"(?<!:):([a-z_]+)", r"%(\1)s", statement.replace("%", "%%")).encode()


def psycopg_by_hand(url: str, *, new: bool = True) -> Contender:
    """The two statements on psycopg."""
    connection = psycopg.connect(url)
    if new:
        connection.execute(COUNTER)
        connection.execute(DOCUMENT)
        connection.commit()
    upsert, insert = UPSERT.format("%s"), INSERT.format("%s")

    def act() -> None:
        row = connection.execute(upsert.encode(), ("complaint",)).fetchone()
        assert row
        connection.execute(insert.encode(), (number(row[0]), BODY))
        connection.commit()

    return Contender(f"by hand, psycopg {version('psycopg')}", act, kept_in(connection))


def psycopg_on(url: str, *, new: bool = True) -> Contender:
    """Ours, joining a connection of psycopg."""
    connection = psycopg.connect(url)

    def run(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        cursor = connection.execute(psycopg_words(statement), values)
        return cursor.fetchall() if cursor.description else []

    if new:
        connection.execute(DOCUMENT)
        sql.migrate(run, dialect="postgresql")
        connection.commit()
    insert = INSERT.format("%s").encode()

    def act() -> None:
        taken = sql.on(run, dialect="postgresql").numbers.allocate(SERIES, at=ON)
        connection.execute(insert, (taken, BODY))
        connection.commit()

    return Contender("qms_service, sql.on over psycopg", act, kept_in(connection))


def psycopg_into(url: str, *, new: bool = True) -> Contender:
    """Ours, counter, ledger and document as one statement that commits by itself."""
    connection = psycopg.connect(url, autocommit=True)
    cursor = connection.cursor()

    def run(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        cursor.execute(psycopg_words(statement), values)
        return cursor.fetchall() if cursor.description else []

    if new:
        cursor.execute(DOCUMENT)
        with connection.transaction():
            sql.migrate(run, dialect="postgresql")
    insert = "INSERT INTO document (number, body) SELECT number, :body FROM taken"

    def act() -> None:
        sql.on(run, dialect="postgresql").numbers.allocate_into(insert, {"body": BODY}, SERIES, at=ON)

    return Contender("qms_service, allocate_into over psycopg", act, kept_in(connection))


def sqlite_engine(folder: Path, name: str) -> sa.Engine:
    """An engine on a new file with the pragmas of the others, which takes the lock at once."""
    engine = sa.create_engine(f"sqlite:///{folder / name}.db", connect_args={"isolation_level": "IMMEDIATE"})
    sa.event.listen(engine, "connect", lambda connection, _: connection.executescript(PRAGMAS))
    return engine


def schemas(server: str) -> Iterator[str]:
    """URLs of new schemas of a server, one for each contender."""
    with psycopg.connect(server, autocommit=True) as connection:
        for place in range(1, 100):
            connection.execute(f"CREATE SCHEMA s{place}".encode())
            yield f"{server}&options=-csearch_path%3Ds{place}"


def with_django(folder: Path, server: str) -> None:
    """Sets Django up with both databases."""
    at = {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "django.db"}
    options = {"init_command": f"{PRAGMAS};", "transaction_mode": "IMMEDIATE"}
    server_at = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": server.partition("host=")[2],
    }
    databases = {"default": {**at, "OPTIONS": options}, "postgresql": server_at}
    settings.configure(DATABASES=databases, INSTALLED_APPS=["sequences"], USE_TZ=True)
    django.setup()


def compare(contenders: list[Contender], rounds: int) -> list[Contender]:
    """Lets contenders run in turn, and looks at what each has kept."""
    for one in contenders:
        one.act()
        assert one.kept() == ["C-202603-000001"], one.name
    for _ in range(rounds):
        for one in contenders:
            one.run()
    for one in contenders:
        assert one.kept() == [number(last) for last in range(1, rounds * EACH + 2)], one.name
    return contenders


def show(title: str, contenders: list[Contender]) -> None:
    """Prints each with its ratios to the first, by hand, and to the last, django-sequences."""
    hand, rival = contenders[0].each_us, contenders[-1].each_us
    print(f"{title:48} µs each   × by hand   × django-sequences")
    for one in contenders:
        print(f"  {one.name:46} {one.each_us:7.0f} {hand / one.each_us:11.2f} {rival / one.each_us:13.2f}")


def on_sqlite(folder: Path) -> None:
    """The table of SQLite."""
    with ExitStack() as stack:
        store = stack.enter_context(sqlite.open(folder / "store.db"))
        with_case = stack.enter_context(sqlite.open(folder / "case.db"))
        contenders = [
            sqlite_by_hand(folder),
            sqlite_on(folder),
            on_sqlalchemy("qms_service, sqlalchemy.on", sqlite_engine(folder, "sqlalchemy-on")),
            sqlalchemy_by_hand(f"by hand, SQLAlchemy {sa.__version__}", sqlite_engine(folder, "sqlalchemy")),
            store_alone("qms_service, store.transaction(), number alone", store),
            store_with_case("qms_service, store.transaction(), with a case", with_case),
            django_sequences("default"),
        ]
        show("SQLite, WAL, synchronous=FULL", compare(contenders, ROUNDS))


def on_postgresql(server: str) -> None:
    """The table of PostgreSQL."""
    free = schemas(server)

    def engine_url() -> str:
        return next(free).replace("postgresql:", "postgresql+psycopg:")

    with ExitStack() as stack:
        store = stack.enter_context(over_sqlalchemy.open(engine_url()))
        with_case = stack.enter_context(over_sqlalchemy.open(engine_url()))
        contenders = [
            psycopg_by_hand(next(free)),
            psycopg_on(next(free)),
            psycopg_into(next(free)),
            on_sqlalchemy("qms_service, sqlalchemy.on", sa.create_engine(engine_url())),
            sqlalchemy_by_hand(f"by hand, SQLAlchemy {sa.__version__}", sa.create_engine(engine_url())),
            store_alone("qms_service, store.transaction(), number alone", store),
            store_with_case("qms_service, store.transaction(), with a case", with_case),
            django_sequences("postgresql"),
        ]
        show(f"{postgresql(server)}, fsync, synchronous_commit", compare(contenders, ROUNDS))


def postgresql(server: str) -> str:
    """The server with its version."""
    with psycopg.connect(server) as connection:
        return f"PostgreSQL {connection.info.server_version // 10000}"


@contextmanager
def writer(kind: str, place: str, server: str) -> Iterator[Act]:
    """One document, as a process of the crowd keeps it; the tables are there."""
    if kind == "store":
        with sqlite.open(place) as store:
            yield store_alone(kind, store).act
    elif kind == "sqlite3":
        connection = sqlite3.connect(place, isolation_level=None, timeout=30)
        connection.executescript(PRAGMAS)
        yield sqlite_alone(connection)
    elif kind == "django":
        with_django(Path(place), server)
        yield django_sequences("postgresql", new=False).act
    else:
        yield ON_PSYCOPG[kind](place, new=False).act


def sqlite_alone(connection: sqlite3.Connection) -> Act:
    """A number by hand on sqlite3, without a document."""
    upsert = UPSERT.format("?")

    def act() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(upsert, ("complaint",)).fetchone()
        connection.execute("COMMIT")

    return act


def write_for_a_while(kind: str, place: str, server: str, together: Any, counts: Any) -> None:  # noqa: ANN401  # multiprocessing's
    """What a process of the crowd does."""
    with writer(kind, place, server) as act:
        act()
        together.wait()
        count, longest, last = 0, 0.0, perf_counter()
        end = last + SECONDS
        while last < end:
            act()
            count, now = count + 1, perf_counter()
            longest, last = max(longest, now - last), now
        counts.put((count, longest))


def crowd(kind: str, place: str, server: str = "") -> list[tuple[int, float]]:
    """Several processes draw on one counter: how many each, and the longest that each had to wait."""
    context = multiprocessing.get_context("spawn")
    together, counts = context.Barrier(PROCESSES), context.Queue()
    processes = [
        context.Process(target=write_for_a_while, args=(kind, place, server, together, counts))
        for _ in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    answers = [counts.get() for _ in processes]
    for process in processes:
        process.join()
    return answers


def shares(folder: Path) -> None:
    """The table of the crowd on SQLite."""
    sqlite.open(folder / "crowd-store.db").close()
    file(folder, "crowd-sqlite3").close()
    print(
        f"{PROCESSES} processes, one SQLite file, number alone      a second   shares, %             longest wait, ms"
    )
    for kind, name in (
        ("store", "qms_service, store.transaction()"),
        ("sqlite3", "by hand, SQLite's waiting"),
    ):
        answers = crowd(kind, str(folder / f"crowd-{kind}.db"))
        total = sum(count for count, _ in answers)
        each = " ".join(f"{count / total:4.0%}" for count, _ in sorted(answers))
        longest = max(wait for _, wait in answers) * 1e3
        print(f"  {name:46} {total / SECONDS:9.0f}   {each:22} {longest:8.0f}")


ON_PSYCOPG: Final = {"hand": psycopg_by_hand, "on": psycopg_on, "into": psycopg_into}


def together_on_postgresql(folder: Path, server: str) -> None:
    """The table of the crowd on PostgreSQL: each waits until the one before has committed."""
    places = {kind: f"{server}&options=-csearch_path%3Dcrowd_{kind}" for kind in ON_PSYCOPG}
    with psycopg.connect(server, autocommit=True) as connection:
        for kind in places:
            connection.execute(f"CREATE SCHEMA crowd_{kind}".encode())
    names = {kind: ON_PSYCOPG[kind](place).name for kind, place in places.items()}
    places["django"], names["django"] = str(folder), "django-sequences"
    rates: dict[str, list[float]] = {kind: [] for kind in places}
    for _ in range(CROWDS):
        for kind, place in places.items():
            rates[kind].append(sum(count for count, _ in crowd(kind, place, server)) / SECONDS)
    print(f"{PROCESSES} processes, one counter on PostgreSQL          a second   × django-sequences")
    for kind, name in names.items():
        print(f"  {name:46} {median(rates[kind]):9.0f} {median(rates[kind]) / median(rates['django']):14.2f}")


def rows(*, quick: bool = False) -> Iterator[Row]:
    """A number with its document on both databases, ours against the rivals."""
    rounds = 3 if quick else ROUNDS
    with prepared() as (folder, server):
        hand, ours, django = compare(
            [sqlite_by_hand(folder), sqlite_on(folder), django_sequences("default")], rounds
        )
        what = Words(
            "a claim's number with its document, one durable transaction on SQLite, `sqlite.on`",
            "索赔编号连同单据，SQLite 上一个落盘的事务，`sqlite.on`",
        )
        version = f" sqlite3 {sqlite3.sqlite_version}"
        by_hand = Words(f"the same two statements by hand on{version}", f"在{version} 上手写同样两条语句")
        yield pair(what, ours, hand, rival=by_hand)
        yield pair(what, ours, django, "django-sequences")
        free = schemas(server)
        makers = (psycopg_by_hand, psycopg_on, psycopg_into)
        hand, ours, into, django = compare(
            [*(make(next(free)) for make in makers), django_sequences("postgresql")], rounds
        )
        at = postgresql(server)
        what = Words(f"the same on {at} over psycopg, `sql.on`", f"同上，{at}，经 psycopg，`sql.on`")
        by_hand = Words(", the same two statements by hand", "，手写同样两条语句")
        yield pair(what, ours, hand, "psycopg", rival=by_hand)
        yield pair(what, ours, django, "django-sequences")
        one = Words("the same in one statement, `allocate_into`", "同上，合为一条语句，`allocate_into`")
        yield pair(one, into, hand, "psycopg", rival=by_hand)
        yield pair(one, into, django, "django-sequences")


def pair(what: Words, ours: Contender, theirs: Contender, *packages: str, rival: Words = NOTHING) -> Row:
    """Two contenders as a row of the table."""
    return Row(
        what=what, ours=ours.each_us / 1e6, theirs=theirs.each_us / 1e6, packages=packages, rival=rival
    )


@contextmanager
def prepared() -> Iterator[tuple[Path, str]]:
    """A folder, a server, and Django that knows both."""
    with TemporaryDirectory() as name, running(durable=True) as server:
        with_django(Path(name), server)
        yield Path(name), server
        connections.close_all()


def main() -> None:
    """Compares on both databases, then shares one file."""
    with prepared() as (folder, server):
        on_sqlite(folder)
        on_postgresql(server)
        together_on_postgresql(folder, server)
        shares(folder)
    print(
        "goals: ours with the document ≥ 0.7 × by hand and ≥ 2 × django-sequences, on both. On PostgreSQL all"
    )
    print(
        "that make the same round trips wait alike; one statement for counter, ledger and document makes one."
    )


if __name__ == "__main__":
    main()
