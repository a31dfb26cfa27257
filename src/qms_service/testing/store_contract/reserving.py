"""What a store promises of reserved numbers: confirmed or void, and never given again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from qms_service.errors import (
    InstantRangeError,
    KeyReusedError,
    NaiveInstantError,
    NumberError,
    NumberOverflowError,
)
from qms_service.ports import Numbers, Store
from qms_service.testing.store_contract.fixtures import StoreFixtures
from qms_service.testing.store_contract.given import CLAIM, NOON, SMALL, broken, entries, taken

ONE, TWO, THREE = "CL-202603-001", "CL-202603-002", "CL-202603-003"
TOMORROW: Final = NOON.add(days=1)
NAIVE: Final = NOON.naive()
WITHOUT_A_ZONE: Final[dict[str, Callable[[Numbers], object]]] = {
    "reserve": lambda n: n.reserve(CLAIM, at=NAIVE),
    "expires": lambda n: n.reserve(CLAIM, at=NOON, expires_at=NAIVE),
    "confirm": lambda n: n.confirm(CLAIM, ONE, at=NAIVE),
    "void": lambda n: n.void(CLAIM, ONE, reason="typed twice", at=NAIVE),
    "void expired": lambda n: n.void_expired(CLAIM, now=NAIVE),
    "adopt": lambda n: n.adopt(CLAIM, [THREE], at=NAIVE),
}


def states(store: Store) -> list[tuple[str, str]]:
    """What the ledger says happened, in its order."""
    return [(entry.number, entry.state) for entry in entries(store, CLAIM)]


class ReservingContract(StoreFixtures):
    """Numbers: reserve, confirm, void."""

    def test_a_reserved_number_is_taken(self, store: Store) -> None:
        with store.transaction() as t:
            assert t.numbers.reserve(CLAIM, at=NOON) == ONE
            assert t.numbers.preview(CLAIM, at=NOON) == TWO
        assert taken(store, CLAIM) == TWO
        assert states(store) == [(ONE, "reserved"), (TWO, "allocated")]

    def test_a_reserved_number_is_confirmed_in_a_later_transaction(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON)
        with store.transaction() as t:
            t.numbers.confirm(CLAIM, ONE, at=TOMORROW)
        assert states(store) == [(ONE, "reserved"), (ONE, "confirmed")]
        assert entries(store, CLAIM)[-1].at == TOMORROW

    def test_asked_again_under_its_key_the_same_reserved_number_comes_back(self, store: Store) -> None:
        with store.transaction() as t:
            assert t.numbers.reserve(CLAIM, at=NOON, key="n-1") == ONE
        with store.transaction() as t:
            assert t.numbers.reserve(CLAIM, at=NOON, key="n-1") == ONE
        assert states(store) == [(ONE, "reserved")]

    def test_a_reservation_that_was_confirmed_still_answers_its_key(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON, key="n-1")
            t.numbers.confirm(CLAIM, ONE, at=NOON)
        with store.transaction() as t:
            assert t.numbers.reserve(CLAIM, at=NOON, key="n-1") == ONE
        assert states(store) == [(ONE, "reserved"), (ONE, "confirmed")]

    def test_a_key_of_a_reservation_does_not_answer_an_allocation(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON, key="n-1")
            t.numbers.allocate(CLAIM, at=NOON, key="n-2")
        with store.transaction() as t:
            with pytest.raises(KeyReusedError):
                t.numbers.allocate(CLAIM, at=NOON, key="n-1")
            with pytest.raises(KeyReusedError):
                t.numbers.reserve(CLAIM, at=NOON, key="n-2")
            assert t.numbers.allocate(CLAIM, at=NOON) == THREE

    def test_a_reservation_over_the_highest_number_takes_nothing(self, store: Store) -> None:
        taken(store, SMALL, count=9)
        with store.transaction() as t:
            with pytest.raises(NumberOverflowError):
                t.numbers.reserve(SMALL, at=NOON)
            assert t.numbers.reserve(SMALL, at=NOON.add(years=1)) == "S-2027-1"

    def test_a_number_is_confirmed_once(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON)
            t.numbers.confirm(CLAIM, ONE, at=NOON)
            with pytest.raises(NumberError):
                t.numbers.confirm(CLAIM, ONE, at=NOON)
        assert states(store) == [(ONE, "reserved"), (ONE, "confirmed")]

    @pytest.mark.parametrize("number", [ONE, TWO, "CL-202603-01", "nonsense", ""])
    def test_what_was_not_reserved_cannot_be_confirmed(self, store: Store, number: str) -> None:
        taken(store, CLAIM)
        with store.transaction() as t:
            with pytest.raises(NumberError):
                t.numbers.confirm(CLAIM, number, at=NOON)
            assert t.numbers.allocate(CLAIM, at=NOON) == TWO

    def test_a_reservation_holds_until_it_expires(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON, expires_at=TOMORROW)
            t.numbers.reserve(CLAIM, at=NOON, expires_at=TOMORROW)
        with store.transaction() as t:
            t.numbers.confirm(CLAIM, ONE, at=TOMORROW)
            with pytest.raises(NumberError):
                t.numbers.confirm(CLAIM, TWO, at=TOMORROW.add(microseconds=1))
        assert states(store) == [(ONE, "reserved"), (TWO, "reserved"), (ONE, "confirmed")]

    def test_a_reservation_without_an_end_holds_for_ever(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON)
            t.numbers.confirm(CLAIM, ONE, at=NOON.add(years=30))
        assert entries(store, CLAIM)[0].expires_at is None

    def test_an_endless_date_is_no_end_of_a_reservation(self, store: Store) -> None:
        with store.transaction() as t:
            with pytest.raises(InstantRangeError):
                t.numbers.reserve(CLAIM, at=NOON, expires_at=NOON.set(year=9999))
            assert t.numbers.reserve(CLAIM, at=NOON) == ONE
        assert states(store) == [(ONE, "reserved")]

    def test_a_void_number_is_never_given_again(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON)
            t.numbers.void(CLAIM, ONE, reason="typed twice", at=NOON)
        assert taken(store, CLAIM) == TWO
        assert states(store) == [(ONE, "reserved"), (ONE, "void"), (TWO, "allocated")]

    def test_an_allocated_number_whose_document_never_came_is_void_with_its_reason(
        self, store: Store
    ) -> None:
        taken(store, CLAIM)
        with store.transaction() as t:
            t.numbers.void(CLAIM, ONE, reason="客户撤回", at=TOMORROW)
        last = entries(store, CLAIM)[-1]
        assert (last.number, last.state, last.reason, last.at) == (ONE, "void", "客户撤回", TOMORROW)
        assert taken(store, CLAIM) == TWO

    def test_a_number_is_voided_once(self, store: Store) -> None:
        taken(store, CLAIM)
        with store.transaction() as t:
            t.numbers.void(CLAIM, ONE, reason="typed twice", at=NOON)
            with pytest.raises(NumberError):
                t.numbers.void(CLAIM, ONE, reason="typed twice", at=NOON)
            with pytest.raises(NumberError):
                t.numbers.confirm(CLAIM, ONE, at=NOON)
        assert states(store) == [(ONE, "allocated"), (ONE, "void")]

    def test_a_number_that_has_its_document_is_not_voided(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON)
            t.numbers.confirm(CLAIM, ONE, at=NOON)
            with pytest.raises(NumberError):
                t.numbers.void(CLAIM, ONE, reason="too late", at=NOON)
        assert states(store)[-1] == (ONE, "confirmed")

    @pytest.mark.parametrize("number", [TWO, "CL-202604-001", "CL-202603-01", "nonsense", ""])
    def test_what_was_never_given_cannot_be_voided(self, store: Store, number: str) -> None:
        taken(store, CLAIM)
        with store.transaction() as t:
            with pytest.raises(NumberError):
                t.numbers.void(CLAIM, number, reason="typed twice", at=NOON)
            assert t.numbers.allocate(CLAIM, at=NOON) == TWO

    @pytest.mark.parametrize("reason", ["", "  \n", None])
    def test_a_number_is_not_voided_without_a_reason(self, store: Store, reason: Any) -> None:  # noqa: ANN401  # what a form leaves
        taken(store, CLAIM)
        with store.transaction() as t:
            with pytest.raises(NumberError):
                t.numbers.void(CLAIM, ONE, reason=reason, at=NOON)
            t.numbers.void(CLAIM, ONE, reason="typed twice", at=NOON)
        assert states(store) == [(ONE, "allocated"), (ONE, "void")]

    def test_the_key_of_a_void_number_is_not_answered(self, store: Store) -> None:
        taken(store, CLAIM, key="n-1")
        with store.transaction() as t:
            t.numbers.void(CLAIM, ONE, reason="typed twice", at=NOON)
            with pytest.raises(KeyReusedError):
                t.numbers.allocate(CLAIM, at=NOON, key="n-1")
        assert taken(store, CLAIM) == TWO

    def test_the_key_of_many_of_which_one_is_void_is_not_answered(self, store: Store) -> None:
        taken(store, CLAIM, key="n-1", count=3)
        with store.transaction() as t:
            t.numbers.void(CLAIM, TWO, reason="typed twice", at=NOON)
            with pytest.raises(KeyReusedError):
                t.numbers.allocate(CLAIM, at=NOON, key="n-1", count=3)

    def test_those_whose_time_is_over_are_voided_together(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON, expires_at=TOMORROW)
            t.numbers.reserve(CLAIM, at=NOON, expires_at=TOMORROW)
            t.numbers.reserve(CLAIM, at=NOON, expires_at=TOMORROW.add(days=9))
            t.numbers.reserve(CLAIM, at=NOON)
            t.numbers.allocate(CLAIM, at=NOON)
            t.numbers.confirm(CLAIM, ONE, at=NOON)
        with store.transaction() as t:
            assert t.numbers.void_expired(CLAIM, now=TOMORROW) == ()
            assert t.numbers.void_expired(CLAIM, now=TOMORROW.add(seconds=1)) == (TWO,)
            assert t.numbers.void_expired(CLAIM, now=TOMORROW.add(seconds=1)) == ()
        last = entries(store, CLAIM)[-1]
        assert (last.number, last.state, last.at) == (TWO, "void", TOMORROW.add(seconds=1))
        assert last.reason
        assert taken(store, CLAIM) == "CL-202603-006"

    def test_those_of_another_series_are_left(self, store: Store) -> None:
        with store.transaction() as t:
            t.numbers.reserve(SMALL, at=NOON, expires_at=TOMORROW)
            assert t.numbers.void_expired(CLAIM, now=TOMORROW.add(days=1)) == ()
            assert t.numbers.void_expired(SMALL, now=TOMORROW.add(days=1)) == ("S-2026-1",)

    @pytest.mark.parametrize("number", [None, 1, b"CL-202603-001"])
    def test_what_is_no_text_is_no_number_that_was_given(self, store: Store, number: Any) -> None:  # noqa: ANN401  # what a column holds
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON)
            with pytest.raises(NumberError):
                t.numbers.confirm(CLAIM, number, at=NOON)
            assert t.numbers.allocate(CLAIM, at=NOON) == TWO

    @pytest.mark.parametrize("what", WITHOUT_A_ZONE)
    def test_a_moment_without_a_zone_writes_nothing_and_the_transaction_goes_on(
        self, store: Store, what: str
    ) -> None:
        with store.transaction() as t:
            t.numbers.reserve(CLAIM, at=NOON, expires_at=TOMORROW)
            with pytest.raises(NaiveInstantError):
                WITHOUT_A_ZONE[what](t.numbers)
            assert t.numbers.allocate(CLAIM, at=NOON) == TWO
        assert states(store) == [(ONE, "reserved"), (TWO, "allocated")]

    def test_a_reservation_of_a_transaction_that_failed_is_none(self, store: Store) -> None:
        with broken(store) as t:
            t.numbers.reserve(CLAIM, at=NOON)
        with store.transaction() as t:
            with pytest.raises(NumberError):
                t.numbers.confirm(CLAIM, ONE, at=NOON)
            assert t.numbers.reserve(CLAIM, at=NOON) == ONE
