"""A store as each released version of the tables left it is read whole and goes on; samples are never rewritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pendulum
import pytest

from qms_service.adapters import sqlite
from qms_service.adapters.sql.schema import STEPS
from qms_service.adapters.sqlite import SqliteStore
from qms_service.cases import Complaint
from qms_service.errors import KeyReusedError, NumberError
from qms_service.events import Event
from qms_service.facts import Quantity
from qms_service.numbering import NumberSeries

SAMPLES: Final = Path(__file__).parent / "samples"
VERSIONS: Final = range(1, len(STEPS) + 1)
ZONE: Final = "Asia/Shanghai"
CLAIM: Final = NumberSeries(
    id="claim",
    pattern="MRKT-{YYYY}{MM}{seq:02}",
    reset="month",
    timezone=ZONE,
    accepts=("MRKT--{YYYY}{MM}{seq:02}", "MARKT-{YYYY}{MM}{seq:02}"),
)
RETURN: Final = NumberSeries(id="return", pattern="R{plant}-{YY}{seq:04}", reset="year", timezone=ZONE)
HEADS: Final = {
    "MRKT-20260301": "a5910d637301f7af46f9b8765efdc4b253e61370e9677673fdd922e717729645",
    "MRKT-20260302": "9998231c6026fd4e2c6bd7f29b0adcc3764f8462ffeed877b6c6e440cdf3c023",
    "OLD-7": "6f76b57bbee039d26f5084d92b86b54b91f401ae65d8a21a28eb8de1684564f4",
}


def march(day: int, hour: int, minute: int = 0) -> pendulum.DateTime:
    return pendulum.datetime(2026, 3, day, hour, minute, tz=ZONE)


LEDGER: Final = [
    ("MARKT-20110501", "adopted", march(1, 8), None, None),
    ("MRKT--20110502", "adopted", march(1, 8), None, None),
    ("MRKT-20110504", "adopted", march(1, 8), None, None),
    ("MRKT-20260301", "allocated", march(2, 9), "form-4711", None),
    ("MRKT-20260302", "allocated", march(3, 9), None, None),
    ("MRKT-20260303", "reserved", march(4, 9), "draft-1", None),
    ("MRKT-20260304", "reserved", march(4, 9, 1), None, None),
    ("MRKT-20260305", "reserved", march(4, 9, 2), None, None),
    ("MRKT-20260306", "reserved", march(4, 9, 3), None, None),
    ("MRKT-20260303", "confirmed", march(5, 8), "draft-1", None),
    ("MRKT-20260304", "void", march(5, 9), None, "the customer took it back"),
    ("MRKT-20260305", "void", march(6, 0), None, "expired"),
    ("MRKT-20260307", "allocated", march(6, 9), None, None),
    ("MRKT-20260307", "void", march(6, 10), None, "printed twice"),
]


@pytest.fixture(params=VERSIONS, ids=lambda version: f"schema-{version}")
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqliteStore]:
    path = tmp_path / "qms.db"
    connection = sqlite3.connect(path)
    connection.executescript((SAMPLES / f"schema-{request.param}.sql").read_text(encoding="utf-8"))
    connection.close()
    with sqlite.open(path) as store:
        yield store


def test_there_is_a_sample_of_every_version() -> None:
    assert sorted(path.name for path in SAMPLES.glob("schema-*.sql")) == [
        f"schema-{one}.sql" for one in VERSIONS
    ]


def test_every_case_is_read_as_it_was_written(store: SqliteStore) -> None:
    with store.transaction(read_only=True) as t:
        first, second, old = (t.cases.load(number) for number in HEADS)
    assert first.subject == Complaint(
        number="MRKT-20260301",
        customer="ACME",
        product="PCB-7781",
        quantity=Quantity(amount=500, unit="pcs"),
        defect="open circuit 开路",
        received_at=march(2, 9),
    )
    assert [(event.name, event.at, event.recorded_at) for event in first.history] == [
        ("received", march(2, 9), march(2, 9, 5)),
        ("forwarded", march(2, 10), march(2, 10, 1)),
    ]
    assert (second.subject.facts["customer"], second.status) == ("苏州电子", "withdrawn")
    assert second.history[-1] == Event(
        "withdrawn",
        march(3, 11),
        seq=2,
        recorded_at=march(3, 11),
        by="Chen",
        facts={"reason": "sent to us by mistake"},
    )
    assert (old.version, old.pin.rulebook, old.pin.edition) == (1, "pcb-maker", "1")


def test_what_was_redacted_stays_so_and_every_chain_holds(store: SqliteStore) -> None:
    with store.transaction(read_only=True) as t:
        forwarded = t.cases.load("MRKT-20260301").history[-1]
    assert (forwarded.by, forwarded.note, forwarded.department) == ("‹redacted›", "‹redacted›", "marketing")
    assert [store.verify(number, head=head) for number, head in HEADS.items()] == [(), (), ()]


def test_the_views_stand_where_they_stood(store: SqliteStore) -> None:
    with store.transaction(read_only=True) as t:
        first, second, old = t.cases.find()
    assert first.status
    assert (first.id, first.status.status, first.status.first_due_at) == (
        "MRKT-20260301",
        "open",
        march(2, 22),
    )
    assert second.status
    assert (second.id, second.status.status, second.status.first_due_at) == (
        "MRKT-20260302",
        "withdrawn",
        None,
    )
    assert (old.id, old.customer, old.status) == ("OLD-7", "ACME", None)


def test_where_a_row_does_not_tell_when_something_happened_last_its_case_is_always_found(
    store: SqliteStore,
) -> None:
    with store.transaction() as t:
        unknown = [view for view in t.cases.find() if view.latest_at is None]
        found = {view.id for view in t.cases.find(since=march(3, 11))}
        assert found == {"MRKT-20260302", *(view.id for view in unknown)}
        for view in unknown:
            t.cases.save(t.cases.load(view.id), view.status)
    with store.transaction(read_only=True) as t:
        assert [view.id for view in t.cases.find(since=march(3, 11))] == ["MRKT-20260302"]
        assert [view.id for view in t.cases.find(since=march(2, 10))] == ["MRKT-20260301", "MRKT-20260302"]


def test_the_ledger_tells_what_became_of_each_number(store: SqliteStore) -> None:
    with store.transaction(read_only=True) as t:
        entries = list(t.numbers.ledger(CLAIM))
        others = list(t.numbers.ledger(RETURN))
    assert [(one.number, one.state, one.at, one.key, one.reason) for one in entries] == LEDGER
    assert [one.expires_at for one in entries if one.expires_at] == [
        march(11, 9),
        march(5, 9),
        march(30, 9),
        march(11, 9),
        march(5, 9),
    ]
    assert [(one.number, dict(one.scope), one.period, one.seq) for one in others] == [
        ("RS1-260001", {"plant": "S1"}, "2026", 1),
        ("RS1-260002", {"plant": "S1"}, "2026", 2),
        ("RS1-260003", {"plant": "S1"}, "2026", 3),
        ("RX2-260001", {"plant": "X2"}, "2026", 1),
    ]


def test_keys_still_answer(store: SqliteStore) -> None:
    with store.transaction() as t:
        assert t.cases.answered("open-4711") == ("MRKT-20260301", 1)
        assert t.cases.answered("forward-4711") == ("MRKT-20260301", 2)
        assert t.numbers.allocate(CLAIM, at=march(9, 9), key="form-4711") == "MRKT-20260301"
        assert t.numbers.allocate(RETURN, at=march(9, 9), scope={"plant": "S1"}, key="bulk", count=3) == (
            "RS1-260001",
            "RS1-260002",
            "RS1-260003",
        )
        with pytest.raises(KeyReusedError):
            t.numbers.allocate(RETURN, at=march(9, 9), scope={"plant": "S1"}, key="bulk")


def test_numbers_go_on_where_they_were(store: SqliteStore) -> None:
    with store.transaction() as t:
        assert t.numbers.allocate(CLAIM, at=march(9, 9)) == "MRKT-20260308"
        assert t.numbers.allocate(CLAIM, at=pendulum.datetime(2011, 5, 9, tz=ZONE)) == "MRKT-20110505"
        assert t.numbers.allocate(RETURN, at=march(9, 9), scope={"plant": "X2"}) == "RX2-260002"
        assert t.numbers.void_expired(CLAIM, now=march(31, 9)) == ("MRKT-20260306",)
        with pytest.raises(NumberError):
            t.numbers.confirm(CLAIM, "MRKT-20260306", at=march(31, 9))
        case = t.cases.load("OLD-7")
        t.cases.save(case.with_event(Event("forwarded", march(9, 9), seq=2)))
    assert store.verify("OLD-7", head=HEADS["OLD-7"]) == ()
