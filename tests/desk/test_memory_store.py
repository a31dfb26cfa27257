"""The memory store: whole transactions or none, no lost update, no case in another's place."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import attrs
import pytest

import qms_service as qms
from qms_service.adapters.memory import MemoryStore

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
PROC = qms.load_rulebook("pcb-maker").on(NINE)


def opened(number: str = "C-1", customer: str = "ACME") -> qms.Case:
    return PROC.open(qms.Complaint(number=number, customer=customer, received_at=NINE))


def kept(store: MemoryStore, number: str) -> qms.Case:
    with store.transaction() as t:
        return t.cases.load(number)


def keep(store: MemoryStore, *cases: qms.Case) -> None:
    with store.transaction() as t:
        for case in cases:
            t.cases.save(case)


def test_a_transaction_keeps_all_or_nothing(store: MemoryStore) -> None:
    keep(store, opened("C-1"))
    stale = attrs.evolve(opened("C-1"), history=())
    with pytest.raises(qms.StaleCaseError):
        keep(store, PROC.record(opened("C-1"), "forwarded", at=NINE), opened("C-2"), stale)
    assert kept(store, "C-1").version == 1
    with pytest.raises(qms.CaseNotFoundError):
        kept(store, "C-2")


def test_a_transaction_sees_what_it_wrote_itself(store: MemoryStore) -> None:
    with store.transaction() as t:
        t.cases.save(opened())
        assert t.cases.load("C-1") == opened()
        assert [case.id for case in t.cases.open_cases()] == ["C-1"]


def test_what_is_written_after_leaving_a_transaction_is_not_kept(store: MemoryStore) -> None:
    with store.transaction() as t:
        pass
    t.cases.save(opened())
    with pytest.raises(qms.CaseNotFoundError):
        kept(store, "C-1")


def test_of_two_who_read_the_same_version_the_second_is_told(store: MemoryStore) -> None:
    keep(store, opened())
    first = PROC.record(kept(store, "C-1"), "forwarded", at=NINE)
    second = PROC.record(kept(store, "C-1"), "passed_on", at=NINE)
    keep(store, first)
    with pytest.raises(qms.StaleCaseError, match=r"stored version 2, got 2\).*Read it again") as refused:
        keep(store, second)
    assert "重新读取" in refused.value.text("zh")
    assert kept(store, "C-1") == first


def test_an_older_version_does_not_overwrite_a_newer_one(store: MemoryStore) -> None:
    keep(store, PROC.record(opened(), "forwarded", at=NINE))
    with pytest.raises(qms.StaleCaseError):
        keep(store, opened())


def test_the_same_case_may_be_kept_again(store: MemoryStore) -> None:
    keep(store, opened())
    keep(store, opened())
    assert kept(store, "C-1") == opened()


def test_another_subject_or_pin_does_not_take_a_cases_place(store: MemoryStore) -> None:
    keep(store, opened())
    with pytest.raises(qms.StaleCaseError):
        keep(store, opened(customer="OTHER"))
    other_pin = attrs.evolve(opened(), pin=qms.Pin(rulebook="x", edition="1", digest="0"))
    with pytest.raises(qms.StaleCaseError):
        keep(store, other_pin)


def test_a_transaction_inside_another_is_refused_rather_than_lost(store: MemoryStore) -> None:
    with store.transaction() as outer:
        with pytest.raises(qms.QmsError, match="open already") as refused, store.transaction():
            pass
        outer.cases.save(opened())
    assert "事务" in refused.value.text("zh")
    assert kept(store, "C-1") == opened()


def test_after_a_failure_the_store_goes_on(store: MemoryStore) -> None:
    with pytest.raises(qms.CaseNotFoundError):
        kept(store, "C-1")
    keep(store, opened())
    assert kept(store, "C-1") == opened()


def test_threads_take_their_turns(store: MemoryStore) -> None:
    keep(store, opened())

    def record_once() -> None:
        with store.transaction() as t:
            t.cases.save(PROC.record(t.cases.load("C-1"), "passed_on", at=NINE))

    threads = [Thread(target=record_once) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept(store, "C-1").version == 21


def test_open_cases_come_with_those_due_first_and_without_closed_ones(store: MemoryStore) -> None:
    late, early = opened("C-1"), opened("C-2")
    late = PROC.record(late, "forwarded", at=NINE + timedelta(hours=2))
    early = PROC.record(early, "forwarded", at=NINE + timedelta(hours=1))
    gone = PROC.record(opened("C-3"), "withdrawn", at=NINE)
    with store.transaction() as t:
        for case in (late, gone, early, opened("C-4")):
            t.cases.save(case, view=PROC.status(case, now=NINE + timedelta(hours=3)))
        t.cases.save(opened("C-5"))
        assert [case.id for case in t.cases.open_cases()] == ["C-2", "C-1", "C-4", "C-5"]


def test_a_store_is_a_context_of_its_own() -> None:
    with qms.adapters.memory.open() as store:
        keep(store, opened())
        assert kept(store, "C-1") == opened()
