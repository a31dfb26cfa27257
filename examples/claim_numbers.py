"""Customers' claims in a table of one's own, numbered by the rulebook's series in the same transaction."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

import qms_service as qms

SHANGHAI = ZoneInfo("Asia/Shanghai")
TABLE = """
    CREATE TABLE claim (
        number TEXT PRIMARY KEY, customer TEXT NOT NULL, cny INTEGER NOT NULL CHECK (cny > 0))"""
INSERT = "INSERT INTO claim VALUES (?, ?, ?) ON CONFLICT (number) DO NOTHING"
CLAIMS = [  # made at, customer, amount, the key of the form that asked for it
    (datetime(2011, 5, 3, 9, 0, tzinfo=SHANGHAI), "ACME", 1200, "form 1"),
    (datetime(2011, 5, 3, 9, 5, tzinfo=SHANGHAI), "BETA", -50, "form 2"),  # the table refuses it
    (datetime(2011, 5, 3, 9, 10, tzinfo=SHANGHAI), "BETA", 50, "form 2"),
    (datetime(2011, 5, 3, 9, 11, tzinfo=SHANGHAI), "BETA", 50, "form 2"),  # sent twice: the reply was lost
    (datetime(2011, 6, 1, 0, 30, tzinfo=SHANGHAI), "ACME", 300, "form 3"),  # 31 May in UTC
]


def claim(db: sqlite3.Connection, made_at: datetime, customer: str, cny: int, key: str) -> str:
    """Keeps a claim with its number: both, or neither."""
    series = qms.load_rulebook("pcb-maker").on(made_at).series("claim")
    with db:  # sqlite3 commits here, or rolls back; the library does neither
        number = qms.adapters.sqlite.on(db).numbers.allocate(series, at=made_at, key=key)
        db.execute(INSERT, (number, customer, cny))
    return number


def main() -> None:
    """Prints each number, or why there is none, and what the ledger knows of the numbers given."""
    with closing(sqlite3.connect(":memory:")) as db:
        with db:
            db.execute(TABLE)
            qms.adapters.sqlite.migrate(db)  # once, where the application sets up its own tables
        for made_at, customer, cny, key in CLAIMS:
            try:
                print(f"{made_at:%m-%d %H:%M}  {claim(db, made_at, customer, cny, key)}")
            except sqlite3.IntegrityError as error:
                print(f"{made_at:%m-%d %H:%M}  {error}")
        print(*db.execute("SELECT number, customer, cny FROM claim ORDER BY number"), sep="\n")
        series = qms.load_rulebook("pcb-maker").on(CLAIMS[0][0]).series("claim")
        for entry in qms.adapters.sqlite.on(db).numbers.ledger(series):
            print(entry.number, entry.state, entry.period, entry.key)
        old = series.parse("MARKT-20110501")  # as older documents spell it
        print(f"number {old.seq} of {old.year}-{old.month:02}, by clause {series.clause}")


if __name__ == "__main__":
    main()
