"""What a store promises of the ledger: what became of each number, oldest first, and only added to."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from qms_service.errors import EntryError, NumberError
from qms_service.numbering import LedgerEntry, NumberSeries, audit_numbers
from qms_service.ports import Store
from qms_service.testing.store_contract.fixtures import StoreFixtures
from qms_service.testing.store_contract.given import CLAIM, NOON, PLANT, SMALL, entries, taken

ONE, TWO, THREE = "CL-202603-001", "CL-202603-002", "CL-202603-003"
SPELT: Final = NumberSeries(
    id="claim", pattern="CL-{YYYY}{MM}-{seq:03}", reset="month", timezone="Asia/Shanghai",
    accepts=("CLAIM {YYYY}/{MM}/{seq:03}",),
)  # fmt: skip


class LedgerContract(StoreFixtures):
    """Numbers: ledger and adopt."""

    def test_an_entry_tells_all_that_was_asked(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.allocate(PLANT, at=NOON, scope={"plant": "SZ"}, key="n-1")
            t.numbers.reserve(PLANT, at=NOON, scope={"plant": "SZ"}, expires_at=NOON.add(days=1))
        first, second = entries(store, PLANT)
        assert first == LedgerEntry(
            series="plant", period="2026", scope={"plant": "SZ"}, seq=1, number="SZ-2026-0001",
            state="allocated", at=NOON, key="n-1",
        )  # fmt: skip
        assert second == LedgerEntry(
            series="plant", period="2026", scope={"plant": "SZ"}, seq=2, number="SZ-2026-0002",
            state="reserved", at=NOON, expires_at=NOON.add(days=1),
        )  # fmt: skip

    def test_entries_come_in_the_order_in_which_they_were_written(self, store: Store) -> None:
        taken(store, CLAIM, NOON.add(months=1))
        taken(store, CLAIM, NOON)
        taken(store, CLAIM, NOON.subtract(months=1))
        taken(store, SMALL)
        numbers = [entry.number for entry in entries(store, CLAIM)]
        assert numbers == ["CL-202604-001", "CL-202603-001", "CL-202602-001"]

    def test_only_the_entries_of_a_period(self, store: Store) -> None:
        taken(store, CLAIM, NOON, count=2)
        taken(store, CLAIM, NOON.add(months=1))
        assert [entry.number for entry in entries(store, CLAIM, "2026-03")] == [ONE, TWO]
        assert [entry.number for entry in entries(store, CLAIM, "2026-04")] == ["CL-202604-001"]
        assert entries(store, CLAIM, "2026-05") == []

    def test_entries_are_added_and_those_before_stay_as_they_are(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.allocate(CLAIM, at=NOON, count=3)
            t.numbers.reserve(CLAIM, at=NOON, expires_at=NOON.add(hours=1))
            t.numbers.reserve(CLAIM, at=NOON)
        seen = entries(store, CLAIM)
        with store.transaction() as t:
            t.numbers.void(CLAIM, TWO, reason="typed twice", at=NOON.add(hours=1))
            t.numbers.confirm(CLAIM, "CL-202603-005", at=NOON.add(hours=2))
            t.numbers.void_expired(CLAIM, now=NOON.add(days=1))
            t.numbers.adopt(CLAIM, ["CL-202603-009"], at=NOON.add(days=2))
            t.numbers.allocate(CLAIM, at=NOON)
        after = entries(store, CLAIM)
        assert after[: len(seen)] == seen
        assert [(entry.seq, entry.state) for entry in after[len(seen) :]] == [
            (2, "void"), (5, "confirmed"), (4, "void"), (9, "adopted"), (10, "allocated"),
        ]  # fmt: skip

    def test_the_ledger_says_why_each_hole_is_there(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.allocate(CLAIM, at=NOON, count=3)
            t.numbers.reserve(CLAIM, at=NOON, expires_at=NOON.add(hours=1))
            t.numbers.reserve(CLAIM, at=NOON)
        with store.transaction() as t:
            t.numbers.void(CLAIM, TWO, reason="typed twice", at=NOON)
            t.numbers.confirm(CLAIM, "CL-202603-005", at=NOON)
            t.numbers.void_expired(CLAIM, now=NOON.add(days=1))
        audit = audit_numbers(CLAIM, [ONE, THREE, "CL-202603-005"], ledger=entries(store, CLAIM))
        assert [(hole.seq, hole.last, hole.explained) for hole in audit.holes] == [(2, 2, True), (4, 4, True)]
        assert audit.ok

    def test_a_number_without_its_document_is_a_hole_that_nothing_explains(self, store: Store) -> None:
        taken(store, CLAIM, count=3)
        audit = audit_numbers(CLAIM, [ONE, THREE], ledger=entries(store, CLAIM))
        assert [(hole.seq, hole.explained) for hole in audit.holes] == [(2, False)]

    def test_a_transaction_reads_what_it_has_entered(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.allocate(CLAIM, at=NOON)
            assert [entry.number for entry in t.numbers.ledger(CLAIM)] == [ONE]

    def test_the_business_date_of_a_document_is_a_moment_of_that_day(self, store: Store) -> None:
        taken(store, CLAIM, date(2026, 3, 31))
        (entry,) = entries(store, CLAIM)
        assert CLAIM.business_date(entry.at) == date(2026, 3, 31)
        assert entry.period == "2026-03"

    # ------------------------------------------------------------ adopt

    def test_a_counter_goes_on_behind_the_numbers_taken_over(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.adopt(CLAIM, ["CL-202603-007", "CL-202603-003", "CL-202512-041"], at=NOON)
            assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-008"
        assert taken(store, CLAIM, date(2025, 12, 31)) == "CL-202512-042"
        assert taken(store, CLAIM, date(2026, 4, 1)) == "CL-202604-001"

    def test_a_counter_never_goes_down(self, store: Store) -> None:
        taken(store, CLAIM, count=9)
        with store.transaction() as t:
            t.numbers.adopt(CLAIM, ["CL-202603-004"], at=NOON)
        assert taken(store, CLAIM) == "CL-202603-010"

    def test_lower_numbers_that_are_taken_over_later_leave_the_counter_where_it_is(
        self, store: Store
    ) -> None:
        with store.transaction() as t:
            t.numbers.adopt(CLAIM, ["CL-202603-007"], at=NOON)
            t.numbers.adopt(CLAIM, ["CL-202603-003"], at=NOON)
        assert taken(store, CLAIM) == "CL-202603-008"

    def test_taking_over_the_same_numbers_again_changes_nothing(self, store: Store) -> None:
        old = ["CL-202603-007", "CL-202603-003"]
        with store.transaction() as t:
            t.numbers.adopt(CLAIM, old, at=NOON)
        seen = entries(store, CLAIM)
        with store.transaction() as t:
            t.numbers.adopt(CLAIM, old, at=NOON)
        assert entries(store, CLAIM) == seen
        assert {entry.state for entry in seen} == {"adopted"}
        assert taken(store, CLAIM) == "CL-202603-008"

    def test_what_the_store_has_given_itself_stays_as_it_is(self, store: Store) -> None:
        taken(store, CLAIM, count=2)
        with store.transaction() as t:
            t.numbers.void(CLAIM, TWO, reason="typed twice", at=NOON)
            t.numbers.adopt(CLAIM, [ONE, TWO, THREE], at=NOON)
        told = [(entry.number, entry.state) for entry in entries(store, CLAIM)]
        assert told == [(ONE, "allocated"), (TWO, "allocated"), (TWO, "void"), (THREE, "adopted")]

    def test_what_is_malformed_is_reported_and_the_others_are_taken_over(self, store: Store) -> None:
        with store.transaction() as t:
            audit = t.numbers.adopt(
                CLAIM, ["CL-202603-002", "CL-2026-3", "rubbish", "CL-202603-001"], at=NOON
            )
            assert [entry.number for entry in t.numbers.ledger(CLAIM)] == [TWO, ONE]
            assert t.numbers.allocate(CLAIM, at=NOON) == THREE
        assert [item.got for item in audit.malformed] == ["CL-2026-3", "rubbish"]

    def test_a_number_in_an_accepted_spelling_is_taken_over(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.adopt(SPELT, ["CLAIM 2026/03/012"], at=NOON)
        assert taken(store, SPELT) == "CL-202603-013"

    def test_a_number_that_the_store_has_is_not_taken_over_in_another_spelling(self, store: Store) -> None:
        taken(store, SPELT)
        with store.transaction() as t:
            t.numbers.adopt(SPELT, ["CLAIM 2026/03/001", "CLAIM 2026/03/002"], at=NOON)
        assert [(entry.seq, entry.state) for entry in entries(store, SPELT)] == [
            (1, "allocated"),
            (2, "adopted"),
        ]

    def test_numbers_of_a_scope_are_taken_over_into_their_own_counter(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.adopt(PLANT, ["SZ-2026-0005", "DG-2026-0002"], at=NOON)
        assert taken(store, PLANT, scope={"plant": "SZ"}) == "SZ-2026-0006"
        assert taken(store, PLANT, scope={"plant": "DG"}) == "DG-2026-0003"
        assert taken(store, PLANT, scope={"plant": "HK"}) == "HK-2026-0001"

    def test_a_number_that_stands_twice_is_reported_and_taken_over_once(self, store: Store) -> None:
        with store.transaction() as t:
            audit = t.numbers.adopt(CLAIM, [ONE, TWO, ONE], at=NOON)
        assert [item.number for item in audit.duplicates] == [ONE]
        assert [entry.number for entry in entries(store, CLAIM)] == [ONE, TWO]

    @pytest.mark.parametrize("numbers", ["CL-202603-007", b"CL-202603-007", None, 7])
    def test_what_is_no_column_is_not_taken_over(self, store: Store, numbers: Any) -> None:  # noqa: ANN401  # the mistake that is tested
        with store.transaction() as t:
            with pytest.raises(NumberError):
                t.numbers.adopt(CLAIM, numbers, at=NOON)
            assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-001"

    @pytest.mark.parametrize("period", [2026, date(2026, 3, 31)])
    def test_a_period_is_a_text(self, store: Store, period: Any) -> None:  # noqa: ANN401  # the mistake that is tested
        with store.transaction() as t, pytest.raises(EntryError):
            list(t.numbers.ledger(CLAIM, period=period))

    def test_nothing_may_be_taken_over(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.adopt(CLAIM, [], at=NOON)
        assert entries(store, CLAIM) == []

    def test_a_number_taken_over_was_not_reserved(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.adopt(CLAIM, [ONE], at=NOON)
            with pytest.raises(NumberError):
                t.numbers.confirm(CLAIM, ONE, at=NOON)
        assert [entry.state for entry in entries(store, CLAIM)] == ["adopted"]
