"""What a store promises of a transaction: it commits as a whole or not at all, and others see it then."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from typing import Any, Final

import pytest

from qms_service.errors import CaseNotFoundError, NumberError, TransactionError
from qms_service.ports import Store, Transaction
from qms_service.testing.store_contract.fixtures import StoreFixtures
from qms_service.testing.store_contract.given import (
    CLAIM,
    NOON,
    broken,
    complaint,
    entries,
    found,
    grown,
    ids,
    keep,
    kept,
    standing,
    taken,
)

PAUSE: Final = 0.2  # seconds in which somebody who should wait and does not is through
PATIENCE: Final = 60  # seconds after which a test counts what does not come as lost
WRITES: Final[dict[str, Callable[[Transaction], object]]] = {
    "save": lambda t: t.cases.save(complaint("C-2")),
    "save more": lambda t: t.cases.save(grown(t.cases.load("C-1"))),
    "save with a key": lambda t: t.cases.save(grown(t.cases.load("C-1")), key="k-2"),
    "redact": lambda t: t.cases.redact("C-1", 0, ["customer"], reason="asked for"),
    "allocate": lambda t: t.numbers.allocate(CLAIM, at=NOON),
    "reserve": lambda t: t.numbers.reserve(CLAIM, at=NOON),
    "confirm": lambda t: t.numbers.confirm(CLAIM, "CL-202603-002", at=NOON),
    "void": lambda t: t.numbers.void(CLAIM, "CL-202603-001", reason="spoilt", at=NOON),
    "void expired": lambda t: t.numbers.void_expired(CLAIM, now=NOON.add(years=1)),
    "adopt": lambda t: t.numbers.adopt(CLAIM, ["CL-202603-077"], at=NOON),
}


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What the same work gives, done by so many threads at once."""
    with ThreadPoolExecutor(count) as pool:
        return [done.result(PATIENCE) for done in [pool.submit(work, place) for place in range(count)]]


def written(store: Store) -> None:
    """A case, an allocated number and a reserved one that expires."""
    with store.transaction() as t:
        t.cases.save(complaint(), standing(due=NOON), key="k-1")
        t.numbers.allocate(CLAIM, at=NOON, key="n-1")
        t.numbers.reserve(CLAIM, at=NOON, expires_at=NOON.add(days=1))


def whole(store: Store) -> tuple[object, ...]:
    """All that can be read of what `written` writes."""
    with store.transaction(read_only=True) as t:
        return (
            *t.cases.find(),
            *(t.cases.load(view.id) for view in list(t.cases.find())),
            *t.numbers.ledger(CLAIM),
            t.numbers.preview(CLAIM, at=NOON),
            *(t.cases.answered(key) for key in ("k-1", "k-2")),
        )


class TransactionsContract(StoreFixtures):
    """Transactions: all or nothing, one after the other."""

    def test_an_exception_leaves_nothing_of_all_that_was_written(self, store: Store) -> None:
        with broken(store) as t:
            t.cases.save(complaint(), standing(due=NOON), key="k-1")
            t.numbers.allocate(CLAIM, at=NOON, key="n-1")
            t.numbers.adopt(CLAIM, ["CL-202603-077"], at=NOON)
        assert found(store) == []
        assert entries(store, CLAIM) == []
        with store.transaction() as t:
            assert t.cases.answered("k-1") is None
            assert t.numbers.allocate(CLAIM, at=NOON, key="n-2") == "CL-202603-001"
            assert t.numbers.allocate(CLAIM, at=NOON, key="n-1") == "CL-202603-002"

    @pytest.mark.parametrize("write", WRITES)
    def test_an_exception_leaves_a_store_as_it_was(self, store: Store, write: str) -> None:
        written(store)
        before = whole(store)
        with broken(store) as t:
            WRITES[write](t)
        assert whole(store) == before

    @pytest.mark.parametrize("write", WRITES)
    def test_where_nothing_is_to_be_written_a_write_is_refused(self, store: Store, write: str) -> None:
        written(store)
        before = whole(store)
        with pytest.raises(TransactionError), store.transaction(read_only=True) as t:
            WRITES[write](t)
        assert whole(store) == before
        with store.transaction() as t:
            WRITES[write](t)
        assert whole(store) != before

    @pytest.mark.parametrize("write", WRITES)
    def test_what_is_written_after_the_end_is_never_in_the_store(self, store: Store, write: str) -> None:
        written(store)
        for place in range(9):
            keep(store, complaint(f"D-{place}"))
        with store.transaction() as t:
            t.numbers.allocate(CLAIM, at=NOON)
        before = whole(store)
        with pytest.raises(Exception):  # noqa: B017, PT011  # whatever a store's own driver says
            WRITES[write](t)
        assert whole(store) == before

    def test_an_exception_in_one_unit_takes_case_and_number_back_together(self, store: Store) -> None:
        keep(store, complaint())
        with broken(store) as t:
            number = t.numbers.allocate(CLAIM, at=NOON)
            t.cases.save(grown(t.cases.load("C-1"), "claimed", facts={"number": number}))
        assert kept(store) == complaint()
        assert taken(store, CLAIM) == "CL-202603-001"

    def test_the_exception_of_the_caller_is_the_one_that_is_raised(self, store: Store) -> None:
        wrong = ValueError("the caller's own")

        def fail() -> None:
            with store.transaction() as t:
                t.cases.save(complaint())
                raise wrong

        with pytest.raises(ValueError, match="own") as raised:
            fail()
        assert raised.value is wrong

    def test_whatever_ends_a_transaction_early_leaves_nothing(self, store: Store) -> None:
        def interrupted() -> None:
            with store.transaction() as t:
                t.cases.save(complaint())
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert found(store) == []
        keep(store, complaint())

    def test_a_transaction_that_has_ended_writes_nothing(self, store: Store) -> None:
        with store.transaction() as t:
            t.cases.save(complaint("C-1"))
        for late in (lambda: t.cases.save(complaint("C-2")), lambda: t.numbers.allocate(CLAIM, at=NOON)):
            with suppress(Exception):  # it may refuse, in words of its own
                late()
        assert ids(store) == ["C-1"]
        assert entries(store, CLAIM) == []

    def test_a_transaction_may_write_nothing(self, store: Store) -> None:
        with store.transaction():
            pass
        assert found(store) == []

    def test_what_was_committed_stays_when_a_later_transaction_fails(self, store: Store) -> None:
        keep(store, complaint())
        with broken(store) as t:
            t.cases.save(complaint("C-2"))
        assert ids(store) == ["C-1"]

    @pytest.mark.parametrize("outer", [True, False], ids=["in a reading one", "in a writing one"])
    @pytest.mark.parametrize("inner", [True, False], ids=["reading", "writing"])
    def test_a_transaction_inside_another_is_refused_rather_than_lost(
        self, store: Store, *, outer: bool, inner: bool
    ) -> None:
        keep(store, complaint())
        with store.transaction(read_only=outer) as t:
            with pytest.raises(TransactionError), ExitStack() as stack:
                stack.enter_context(store.transaction(read_only=inner))
            assert t.cases.load("C-1") == complaint()
        with store.transaction() as t:
            t.cases.save(complaint("C-2"))
        assert ids(store) == ["C-1", "C-2"]

    def test_what_is_written_around_a_refused_inner_transaction_is_kept(self, store: Store) -> None:
        with store.transaction() as t:
            t.cases.save(complaint("C-1"))
            with pytest.raises(TransactionError), ExitStack() as stack:
                stack.enter_context(store.transaction())
            t.cases.save(complaint("C-2"))
        assert ids(store) == ["C-1", "C-2"]

    def test_others_see_what_was_written_when_it_is_committed_and_not_before(self, store: Store) -> None:
        keep(store, complaint("C-1"))
        with ThreadPoolExecutor(1) as other:
            with store.transaction() as t:
                t.cases.save(complaint("C-2"))
                t.numbers.allocate(CLAIM, at=NOON)
                assert other.submit(ids, store).result(PATIENCE) == ["C-1"]
                assert other.submit(entries, store, CLAIM).result(PATIENCE) == []
            assert other.submit(ids, store).result(PATIENCE) == ["C-1", "C-2"]

    def test_of_those_who_change_a_case_at_once_no_event_is_lost(self, store: Store) -> None:
        keep(store, complaint())

        def record(_: int) -> None:
            with store.transaction() as t:
                t.cases.save(grown(t.cases.load("C-1"), "passed_on"))

        at_once(8, record)
        assert kept(store).version == 9

    def test_whoever_asks_for_a_key_that_another_is_answering_waits_for_the_answer(
        self, store: Store
    ) -> None:
        with ThreadPoolExecutor(1) as pool:
            with store.transaction() as t:
                assert t.cases.answered("k-1") is None
                other = pool.submit(_answered, store)
                wait([other], PAUSE)
                t.cases.save(complaint(), key="k-1")
            assert other.result(PATIENCE) == ("C-1", 1)

    def test_of_those_who_open_a_case_under_one_key_at_once_one_does(self, store: Store) -> None:
        def open_one(place: int) -> str:
            with store.transaction() as t:
                known = t.cases.answered("k-1")
                if known is None:
                    t.cases.save(complaint(f"C-{place}"), key="k-1")
                return known[0] if known else f"C-{place}"

        answers = at_once(6, open_one)
        assert set(answers) == set(ids(store))
        assert len(ids(store)) == 1

    def test_of_those_who_allocate_at_once_no_two_get_a_number_and_none_is_left_out(
        self, store: Store
    ) -> None:
        numbers = at_once(8, lambda _: [taken(store, CLAIM) for _ in range(5)])
        given = sorted(number for some in numbers for number in some)
        assert given == [f"CL-202603-{seq:03}" for seq in range(1, 41)]

    def test_of_those_who_ask_under_one_key_at_once_all_get_one_number(self, store: Store) -> None:
        numbers = at_once(6, lambda _: taken(store, CLAIM, key="n-1"))
        assert numbers == ["CL-202603-001"] * 6
        assert [entry.number for entry in entries(store, CLAIM)] == ["CL-202603-001"]

    def test_a_number_that_another_is_confirming_is_not_voided(self, store: Store) -> None:
        with store.transaction() as t:
            number = t.numbers.reserve(CLAIM, at=NOON)
        with ThreadPoolExecutor(1) as pool:
            with store.transaction() as t:
                t.numbers.confirm(CLAIM, number, at=NOON)
                other = pool.submit(_voided, store, number)
                wait([other], PAUSE)
            with pytest.raises(NumberError):
                other.result(PATIENCE)
        assert [entry.state for entry in entries(store, CLAIM)] == ["reserved", "confirmed"]

    def test_after_a_failure_another_thread_goes_on(self, store: Store) -> None:
        with pytest.raises(CaseNotFoundError), store.transaction() as t:
            t.cases.load("C-1")
        assert at_once(1, lambda _: keep(store, complaint())) == [None]
        assert kept(store) == complaint()


def _answered(store: Store) -> tuple[str, int] | None:
    with store.transaction() as t:
        return t.cases.answered("k-1")


def _voided(store: Store, number: str) -> None:
    with store.transaction() as t:
        t.numbers.void(CLAIM, number, reason="spoilt", at=NOON)
