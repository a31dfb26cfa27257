"""Rows of cases that were changed behind the library's back: what is found, and what goes on all the same."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pendulum
import pytest

import qms_service as qms
from qms_service.adapters.sqlite import SqliteStore
from qms_service.trail.entry import entry_hash
from qms_service.trail.seal import read

NOON: Final = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "qms.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with qms.adapters.sqlite.open(path) as store:
        yield store


@pytest.fixture
def desk(store: SqliteStore) -> qms.ServiceDesk:
    """A desk with C-1, of which nothing is due, and C-2, which is due first."""
    desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), store, now=lambda: NOON)
    for number in ("C-1", "C-2"):
        desk.open(qms.Complaint(number=number, customer="ACME", received_at=NOON))
    desk.record("C-2", "forwarded", by="Li", department="marketing")
    return desk


def change(path: Path, statement: str, *values: object) -> list[Any]:
    """What somebody with access to the file does."""
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement, values).fetchall()


@pytest.mark.parametrize(("column", "got"), [("kind", "return"), ("customer", "OTHER"), ("customer", None)])
def test_a_row_that_names_another_kind_or_customer_is_found_and_written_anew_by_the_next_event(
    path: Path, desk: qms.ServiceDesk, column: str, got: str | None
) -> None:
    change(path, f"UPDATE qms_case SET {column} = ? WHERE id = 'C-1'", got)  # noqa: S608  # constants
    (finding,) = desk.verify("C-1")
    assert finding.code == "trail-row"
    assert (finding.facts["customer"], finding.facts[f"got_{column}"]) == ("ACME", got)
    desk.record("C-1", "forwarded", by="Li", department="marketing")
    assert desk.verify("C-1") == ()
    assert len(desk.worklist(kind="complaint", customer="ACME")) == 2


@pytest.mark.parametrize("column", ["first_due_us", "next_change_us", "zone", "overdue", "due_sort_us"])
@pytest.mark.parametrize("value", ["", "x", 10**18, b"\xff"])
def test_a_view_that_cannot_be_read_stops_no_list_and_is_told_from_the_history(
    path: Path, desk: qms.ServiceDesk, column: str, value: object
) -> None:
    before = [(item.case.id, item.status) for item in desk.worklist()]
    change(path, f"UPDATE qms_case SET cycle = 'x', {column} = ? WHERE id = 'C-2'", value)  # noqa: S608  # constants
    assert sorted((item.case.id, item.status) for item in desk.worklist()) == sorted(before)
    assert desk.refresh(every=True).findings == ()
    assert [(item.case.id, item.status) for item in desk.worklist()] == before
    first = desk.worklist(limit=1)
    assert [item.case.id for item in (*first, *desk.worklist(after=first[0]))] == ["C-2", "C-1"]


def test_a_version_that_is_no_number_is_found(path: Path, desk: qms.ServiceDesk) -> None:
    change(path, "UPDATE qms_case SET version = 'x' WHERE id = 'C-1'")
    assert [finding.code for finding in desk.verify("C-1")] == ["trail-end"]


def test_a_chain_that_was_written_anew_with_what_is_no_event_is_found(
    path: Path, desk: qms.ServiceDesk
) -> None:
    [(body, seal, digest, before)] = change(
        path,
        "SELECT last.body, last.seal, last.hash, first.hash FROM qms_entry last JOIN qms_entry first"
        " ON first.case_id = last.case_id AND first.seq = 0 WHERE last.case_id = 'C-1' AND last.seq = 1",
    )
    tree = {**json.loads(body), "at": "noon"}
    made = entry_hash("C-1", 1, before, pin=None, tree=tree, seal=read(seal, digest))
    text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    change(path, "UPDATE qms_entry SET body = ?, hash = ? WHERE case_id = 'C-1' AND seq = 1", text, made)
    change(path, "UPDATE qms_case SET head = ? WHERE id = 'C-1'", made)
    assert [finding.code for finding in desk.verify("C-1")] == ["trail-unreadable"]
