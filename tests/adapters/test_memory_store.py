"""The memory store beyond what every store promises: nobody waits to read, and its acts stand alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event
from zoneinfo import ZoneInfo

import attrs
import pytest

import qms_service as qms
from qms_service.adapters.memory import MemoryStore
from qms_service.adapters.memory_tables import Table
from qms_service.errors import TransactionError
from qms_service.numbering import NumberSeries
from qms_service.trail import MARK

NINE = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PROC = qms.load_rulebook("pcb-maker").on(NINE)
SERIES = NumberSeries(id="claim", pattern="{YYYY}-{seq:04}", reset="year", timezone="Asia/Shanghai")


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def opened(number: str = "C-1") -> qms.Case:
    return PROC.open(qms.Complaint(number=number, customer="ACME", received_at=NINE))


def keep(store: MemoryStore, *cases: qms.Case) -> None:
    with store.transaction() as t:
        for case in cases:
            t.cases.save(case)


def test_what_is_written_after_leaving_a_transaction_is_not_kept(store: MemoryStore) -> None:
    keep(store, *(opened(f"C-{number}") for number in range(1, 10)))
    with store.transaction() as t:
        t.cases.save(opened("C-10"))
    with pytest.raises(TransactionError) as refused:
        t.cases.save(opened("C-11"))
    assert refused.value.code == "transaction-over"
    with store.transaction() as t, pytest.raises(qms.CaseNotFoundError):
        t.cases.load("C-11")


def test_who_reads_sees_one_moment_however_much_is_written_meanwhile(store: MemoryStore) -> None:
    keep(store, opened("C-1"))
    begun, written = Event(), Event()

    def read_slowly() -> list[str]:
        with store.transaction(read_only=True) as t:
            begun.set()
            written.wait(10)
            return [view.id for view in t.cases.find()]

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read_slowly)
        begun.wait(10)
        keep(store, opened("C-2"))
        written.set()
        assert reader.result(10) == ["C-1"]
    with store.transaction(read_only=True) as t:
        assert [view.id for view in t.cases.find()] == ["C-1", "C-2"]


def test_where_nothing_is_to_be_written_the_refusal_says_what_to_do(store: MemoryStore) -> None:
    with (
        store.transaction(read_only=True) as t,
        pytest.raises(TransactionError, match="Begin one without") as no,
    ):
        t.numbers.allocate(SERIES, at=NINE)
    assert "read_only=True" in no.value.text("zh")


def test_many_threads_take_their_turns(store: MemoryStore) -> None:
    keep(store, opened())

    def step(_: int) -> str:
        with store.transaction() as t:
            t.cases.save(PROC.record(t.cases.load("C-1"), "passed_on", at=NINE))
            return t.numbers.allocate(SERIES, at=NINE)

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(step, range(80)))
    assert sorted(numbers) == [f"2026-{seq:04}" for seq in range(1, 81)]
    with store.transaction(read_only=True) as t:
        assert t.cases.load("C-1").version == 81


def test_a_case_given_or_its_number_is_redacted_and_verified_in_one_act(store: MemoryStore) -> None:
    keep(store, PROC.record(opened(), "forwarded", at=NINE, by="Li"))
    noted = store.head("C-1")
    store.redact("C-1", 2, ["by"], "asked for by Li")
    store.redact(opened(), 0, ["customer"], "asked for by the customer")
    assert store.verify("C-1", head=noted) == store.verify(opened()) == ()
    with store.transaction() as t:
        assert (t.cases.load("C-1").history[-1].by, t.cases.load("C-1").subject.facts["customer"]) == (
            MARK,
            MARK,
        )
        assert next(t.cases.find()).customer == MARK


def test_what_is_changed_behind_its_back_is_found(store: MemoryStore) -> None:
    keep(store, PROC.record(opened(), "forwarded", at=NINE, by="Li"))
    with store.transaction() as t:
        row = t.cases.tables.cases["C-1"]
        forged = attrs.evolve(row.entries[2], body=row.entries[2].body.replace("Li", "Wu"))
        t.cases.tables.cases["C-1"] = attrs.evolve(row, entries=(*row.entries[:2], forged))
    (finding,) = store.verify("C-1")
    assert (finding.code, finding.facts["entry"]) == ("trail-changed", 2)


def test_an_entry_that_is_not_there_is_named_with_those_that_are(store: MemoryStore) -> None:
    keep(store, opened())
    with pytest.raises(qms.EntryError, match=r"entries 0 \(the subject\) to 1; got 2"):
        store.redact("C-1", 2, ["by"], "asked for")


@pytest.mark.parametrize("key", ["", " ", 7])
def test_a_blank_key_is_refused(store: MemoryStore, key: str) -> None:
    with store.transaction() as t:
        with pytest.raises(qms.EntryError, match="key"):
            t.cases.save(opened(), key=key)
        with pytest.raises(qms.EntryError, match="key"):
            t.numbers.allocate(SERIES, at=NINE, key=key)
        assert list(t.cases.find()) == []
        assert t.numbers.preview(SERIES, at=NINE) == "2026-0001"


def test_a_stack_stays_low_however_many_transactions_there_were() -> None:
    table = Table[int, int]()
    for number in range(1000):
        table = table.new_child()
        table[number] = number
        table[number // 2] = -number
        table = table.committed()
    assert len(table.maps) <= 10
    assert dict(table) == {number: -(2 * number + 1) if number < 500 else number for number in range(1000)}
