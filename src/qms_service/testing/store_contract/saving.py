"""What a store promises of a case that is saved: it comes back, it grows, and nobody's events are lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import attrs
import pytest

from qms_service.cases import Case, Complaint, Pin
from qms_service.errors import CaseNotFoundError, QmsError, StaleCaseError
from qms_service.events import Event
from qms_service.ports import Store
from qms_service.testing.store_contract.fixtures import StoreFixtures
from qms_service.testing.store_contract.given import NOON, complaint, found, grown, keep, kept, standing

OTHER_PIN: Final = Pin(rulebook="contract", edition="2", digest="1" * 64)


def _shorter(case: Case) -> Case:
    return attrs.evolve(case, history=case.history[:-1])


def _another_last_event(case: Case) -> Case:
    return grown(_shorter(case), "passed_on")


def _another_first_event(case: Case) -> Case:
    first = attrs.evolve(case.history[0], note="another")
    return grown(attrs.evolve(case, history=(first, *case.history[1:])))


def _another_subject(case: Case) -> Case:
    return grown(attrs.evolve(case, subject=Complaint(number="C-1", customer="OTHER", received_at=NOON)))


def _another_pin(case: Case) -> Case:
    return grown(attrs.evolve(case, pin=OTHER_PIN))


STALE: Final = (_shorter, _another_last_event, _another_first_event, _another_subject, _another_pin)


class SavingContract(StoreFixtures):
    """Cases: load and save."""

    def test_a_case_that_is_not_there_is_not_found(self, store: Store) -> None:
        with store.transaction() as t, pytest.raises(CaseNotFoundError) as refused:
            t.cases.load("C-1")
        assert refused.value.operands["case"] == "C-1"

    @pytest.mark.parametrize("number", [None, 1, ["C-1"]])
    def test_what_is_no_text_is_no_case_and_the_transaction_goes_on(self, store: Store, number: Any) -> None:  # noqa: ANN401  # what a form leaves
        with store.transaction() as t:
            t.cases.save(complaint())
            for ask in (t.cases.load, t.cases.verify, t.cases.head):
                with pytest.raises(CaseNotFoundError):
                    ask(number)
        assert kept(store) == complaint()

    def test_a_case_comes_back_as_it_was_saved(self, store: Store) -> None:
        keep(store, complaint())
        assert kept(store) == complaint()

    def test_a_transaction_sees_what_it_has_saved(self, store: Store) -> None:
        with store.transaction() as t:
            t.cases.save(complaint())
            assert t.cases.load("C-1") == complaint()

    def test_each_case_is_kept_under_its_own_number(self, store: Store) -> None:
        keep(store, complaint("C-1", "ACME"), complaint("C-2", "OTHER"))
        assert kept(store, "C-2") == complaint("C-2", "OTHER")
        assert kept(store, "C-1") == complaint("C-1", "ACME")

    def test_numbers_that_differ_in_case_alone_are_two_cases(self, store: Store) -> None:
        keep(store, complaint("C-1", "ACME"), complaint("c-1", "OTHER"))
        assert kept(store, "c-1") == complaint("c-1", "OTHER")
        assert kept(store, "C-1") == complaint("C-1", "ACME")

    @pytest.mark.parametrize("number", ["客诉-7", "🧾", "C'1\"", "C:1 %s ?", "C-1 ", "x" * 200])
    def test_a_number_may_have_any_letters(self, store: Store, number: str) -> None:
        keep(store, complaint(number))
        assert kept(store, number) == complaint(number)

    def test_a_new_case_may_bring_several_events(self, store: Store) -> None:
        whole = grown(grown(complaint()), "analysed")
        keep(store, whole)
        assert kept(store) == whole
        assert [view.version for view in found(store)] == [3]

    def test_a_known_case_gains_the_new_events(self, store: Store) -> None:
        keep(store, complaint())
        keep(store, grown(kept(store)))
        keep(store, grown(grown(kept(store), "analysed"), "answered"))
        names = [event.name for event in kept(store).history]
        assert names == ["received", "forwarded", "analysed", "answered"]

    def test_a_case_may_be_saved_more_than_once_in_a_transaction(self, store: Store) -> None:
        with store.transaction() as t:
            t.cases.save(complaint())
            t.cases.save(grown(complaint()))
            t.cases.save(grown(t.cases.load("C-1"), "analysed"))
        assert kept(store) == grown(grown(complaint()), "analysed")

    def test_a_case_without_anything_new_may_be_saved_again(self, store: Store) -> None:
        keep(store, grown(complaint()))
        keep(store, grown(complaint()))
        assert kept(store) == grown(complaint())

    def test_a_new_view_alone_is_kept(self, store: Store) -> None:
        keep(store, complaint(), view=standing(due=NOON))
        keep(store, complaint(), view=standing("closed"))
        (view,) = found(store)
        assert (view.version, view.status) == (1, standing("closed"))
        assert kept(store) == complaint()

    def test_a_long_history_comes_back_whole(self, store: Store) -> None:
        case = complaint()
        for _ in range(300):
            case = grown(case, "passed_on")
        keep(store, case)
        keep(store, grown(case, "answered"))
        assert kept(store) == grown(case, "answered")

    def test_of_two_who_read_the_same_version_the_second_is_told(self, store: Store) -> None:
        keep(store, complaint())
        first, second = grown(kept(store), "forwarded"), grown(kept(store), "passed_on")
        keep(store, first)
        with pytest.raises(StaleCaseError) as refused:
            keep(store, second)
        assert refused.value.operands["case"] == "C-1"
        assert kept(store) == first

    @pytest.mark.parametrize("changed", STALE, ids=lambda change: change.__name__.strip("_"))
    def test_a_case_that_does_not_go_on_from_the_stored_one_is_stale(
        self, store: Store, changed: Callable[[Case], Case]
    ) -> None:
        stored = grown(complaint())
        keep(store, stored, view=standing(due=NOON))
        with pytest.raises(StaleCaseError):
            keep(store, changed(stored), view=standing("closed"))
        assert kept(store) == stored
        (view,) = found(store)
        assert (view.version, view.status, view.customer) == (2, standing(due=NOON), "ACME")

    def test_a_case_read_before_the_transaction_is_stale_where_another_grew_it(self, store: Store) -> None:
        keep(store, complaint())
        early = kept(store)
        keep(store, grown(early), grown(complaint("C-2")))
        with store.transaction() as t:
            assert t.cases.load("C-1").version == 2
            with pytest.raises(StaleCaseError):
                t.cases.save(grown(early, "passed_on"))

    def test_after_a_stale_save_the_transaction_goes_on_without_it(self, store: Store) -> None:
        keep(store, grown(complaint()))
        with store.transaction() as t:
            t.cases.save(complaint("C-2"))
            with pytest.raises(StaleCaseError):
                t.cases.save(complaint("C-1"))
            t.cases.save(complaint("C-3"))
        assert kept(store, "C-1") == grown(complaint())
        assert {view.id for view in found(store)} == {"C-1", "C-2", "C-3"}

    def test_a_change_of_edition_moves_the_pin(self, store: Store) -> None:
        keep(store, complaint())
        moved = attrs.evolve(grown(kept(store), "edition_changed", facts={"edition": "2"}), pin=OTHER_PIN)
        keep(store, moved)
        assert kept(store) == moved
        keep(store, grown(kept(store), "analysed"))
        assert kept(store).pin == OTHER_PIN
        assert kept(store).version == 3

    @pytest.mark.parametrize("what", ["C-1", None, Event("received", NOON)], ids=["text", "none", "event"])
    def test_what_is_no_case_is_refused_and_the_transaction_goes_on(self, store: Store, what: object) -> None:
        with store.transaction() as t:
            with pytest.raises(QmsError):
                t.cases.save(what)  # type: ignore[arg-type]  # a caller without a type checker
            t.cases.save(complaint())
        assert kept(store) == complaint()
