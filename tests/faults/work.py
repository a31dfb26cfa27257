"""What the workers of the fault tests do: each function runs in a process of its own, over its own store.

A function says what it has done, line by line, as it goes: a killed worker has said what it did before.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pendulum
from sqlalchemy import create_engine

import qms_service as qms
from qms_service.adapters import sqlalchemy, sqlite
from qms_service.adapters.sqlalchemy import SqlAlchemyStore
from qms_service.adapters.sqlite import SqliteStore
from qms_service.numbering import NumberSeries
from qms_service.ports import Store, Transaction

BOOK = qms.load_rulebook("pcb-maker")
AT = pendulum.datetime(2026, 3, 2, 8, tz="Asia/Shanghai")
DOCUMENTS = NumberSeries(id="complaint", pattern="C-{YYYY}-{seq:05}", reset="year", timezone="Asia/Shanghai")
LETTERS = NumberSeries(id="letter", pattern="L-{YYYY}-{seq:05}", reset="year", timezone="Asia/Shanghai")
DAILY = NumberSeries(id="daily", pattern="D-{YYYY}{MM}{DD}-{seq:03}", reset="day", timezone="Asia/Shanghai")
ALIKE = timedelta(seconds=30)

Say = Callable[[Any], None]


def opened(url: str, timeout: timedelta = ALIKE) -> SqliteStore | SqlAlchemyStore:
    """The store of a URL; a bare path is one of the standard library's adapter."""
    if "://" in url:
        return sqlalchemy.open(url, timeout=timeout)
    return sqlite.open(url, timeout=timeout)


def prepare() -> None:
    """Reads what a worker needs first, the driver above all."""
    create_engine("postgresql+psycopg://").dialect.import_dbapi()
    with TemporaryDirectory() as folder, opened(f"sqlite:///{folder}/qms.db") as store:
        with store.transaction() as t:
            take(t)
        reckon = sum(1 for _ in cases_of(store))
    assert reckon == 1


def document(number: str) -> qms.Case:
    """A complaint under a number, with its first events."""
    case = BOOK.open(qms.Complaint(number=number, customer="ACME", received_at=AT))
    return BOOK.of(case).record(case, "forwarded", at=AT, by="Li", department="marketing")


def grown(case: qms.Case, by: str) -> qms.Case:
    """The case with one event more."""
    return BOOK.of(case).record(case, "linked", at=AT, by=by, kind="return", case=f"R-{case.version}")


def take(t: Transaction) -> str:
    """A number and its document."""
    number = t.numbers.allocate(DOCUMENTS, at=AT)
    t.cases.save(document(number))
    return number


def save_documents(say: Say, url: str, count: int) -> None:
    """Saves so many documents, each with its number, each in a transaction of its own."""
    with opened(url) as store:
        for _ in range(count):
            with store.transaction() as t:
                number = take(t)
            say(number)


def save_until(say: Say, url: str, stop: str) -> None:
    """Saves documents at leisure until a file is there."""
    with opened(url) as store:
        while not Path(stop).exists():
            with store.transaction() as t:
                number = take(t)
            say(number)
            time.sleep(0.03)


def hold(say: Say, url: str, release: str) -> None:
    """Takes a number and keeps everyone waiting until a file is there."""
    with opened(url) as store, store.transaction() as t:
        number = take(t)
        say(number)
        wait_for(release)


def record_events(say: Say, url: str, cases: list[str], count: int, name: str) -> None:
    """Reads a case in one transaction and saves it grown in the next, until so many events are kept."""
    kept, chosen = 0, Random(name)  # noqa: S311  # a choice, no secret
    with opened(url) as store:
        while kept < count:
            with store.transaction(read_only=True) as t:
                case = t.cases.load(chosen.choice(cases))
            try:
                with store.transaction() as t:
                    t.cases.save(grown(case, by=name))
            except qms.StaleCaseError:
                say("stale")
            else:
                kept += 1
                say("kept")


def record_at_once(say: Say, url: str, case_id: str, count: int, name: str) -> None:
    """Reads and saves a case in one transaction: what was loaded there is nobody else's."""
    with opened(url) as store:
        for _ in range(count):
            with store.transaction() as t:
                t.cases.save(grown(t.cases.load(case_id), by=name))
            say("kept")


def take_first_of_days(say: Say, url: str, days: int, go: str) -> None:
    """Takes a number of each day, together with others who take theirs."""
    with opened(url) as store:
        say("ready")
        wait_for(go)
        for day in range(days):
            with store.transaction() as t:
                number = t.numbers.allocate(DAILY, at=AT.add(days=day))
            say(number)


def ask_under_keys(say: Say, url: str, keys: int, go: str) -> None:
    """Takes a number under each key, together with others who ask under the same."""
    with opened(url) as store:
        say("ready")
        wait_for(go)
        for key in range(keys):
            with store.transaction() as t:
                number = t.numbers.allocate(DOCUMENTS, at=AT, key=f"request {key}")
            say(number)


def open_store(say: Say, url: str, go: str) -> None:
    """Opens a store, together with others who do."""
    say("ready")
    wait_for(go)
    with opened(url) as store, store.transaction() as t:
        say(t.numbers.allocate(LETTERS, at=AT))


def work_to_the_end(say: Say, url: str, seed: int, last_act: str) -> None:
    """Works as people do until it is killed: by its own hand at a point, or from outside at any."""
    chance = Random(seed)  # noqa: S311  # a choice, no secret
    with opened(url) as store:
        say("ready")
        for round_ in range(10_000):
            with store.transaction() as t:
                number = t.numbers.allocate(DOCUMENTS, at=AT)
                if last_act == "allocated" and round_ == seed % 3:
                    os.kill(os.getpid(), signal.SIGKILL)
                t.cases.save(document(number))
                if last_act == "saved" and round_ == seed % 3:
                    os.kill(os.getpid(), signal.SIGKILL)
            if chance.random() < 0.3:
                with store.transaction() as t:
                    t.cases.save(grown(t.cases.load(number), by="Li"))
            if chance.random() < 0.3:
                send_letter(store)


def send_letter(store: Store) -> None:
    """Reserves a letter's number in one transaction; confirms it with its document in the next."""
    with store.transaction() as t:
        number = t.numbers.reserve(LETTERS, at=AT, expires_at=AT.add(hours=1))
    with store.transaction() as t:
        t.cases.save(document(number))
        t.numbers.confirm(LETTERS, number, at=AT)


def reserve(say: Say, url: str) -> None:
    """Reserves the number of a document that never comes."""
    with opened(url) as store:
        with store.transaction() as t:
            number = t.numbers.reserve(LETTERS, at=AT, expires_at=AT.add(hours=1))
        say(number)
        os.kill(os.getpid(), signal.SIGKILL)


def wait_for(path: str) -> None:
    """Waits until a file is there."""
    while not Path(path).exists():
        time.sleep(0.001)


def cases_of(store: Store) -> Iterator[str]:
    """The number of every case of a store."""
    with store.transaction(read_only=True) as t:
        yield from (view.id for view in t.cases.find())
