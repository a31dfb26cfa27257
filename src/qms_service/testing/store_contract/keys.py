"""What a store promises of the key of a step: asked again under it, the caller learns what came of it."""

from __future__ import annotations

from typing import Any

import pytest

from qms_service.errors import EntryError, KeyReusedError, StaleCaseError
from qms_service.ports import Store
from qms_service.testing.store_contract.fixtures import StoreFixtures
from qms_service.testing.store_contract.given import broken, complaint, grown, ids, keep, kept


def answer(store: Store, key: str) -> tuple[str, int] | None:
    """What the store knows of a key."""
    with store.transaction() as t:
        return t.cases.answered(key)


class KeysContract(StoreFixtures):
    """Cases: keys."""

    def test_a_key_that_nobody_used_has_no_answer(self, store: Store) -> None:
        keep(store, complaint())
        assert answer(store, "k-1") is None

    def test_a_key_knows_the_case_and_the_version_of_its_step(self, store: Store) -> None:
        with store.transaction() as t:
            t.cases.save(complaint(), key="k-1")
        with store.transaction() as t:
            t.cases.save(grown(t.cases.load("C-1")), key="钥匙-2")
        assert answer(store, "k-1") == ("C-1", 1)
        assert answer(store, "钥匙-2") == ("C-1", 2)

    def test_a_transaction_knows_the_keys_that_it_has_used(self, store: Store) -> None:
        with store.transaction() as t:
            assert t.cases.answered("k-1") is None
            t.cases.save(complaint(), key="k-1")
            assert t.cases.answered("k-1") == ("C-1", 1)

    def test_an_answer_can_be_read_where_nothing_is_written(self, store: Store) -> None:
        with store.transaction() as t:
            t.cases.save(complaint(), key="k-1")
        with store.transaction(read_only=True) as t:
            assert t.cases.answered("k-1") == ("C-1", 1)
            assert t.cases.answered("k-2") is None

    def test_asking_for_a_key_does_not_use_it(self, store: Store) -> None:
        assert answer(store, "k-1") is None
        assert answer(store, "k-1") is None
        with store.transaction() as t:
            t.cases.save(complaint(), key="k-1")
        assert answer(store, "k-1") == ("C-1", 1)

    def test_a_key_does_not_answer_a_step_of_another_case(self, store: Store) -> None:
        with store.transaction() as t:
            t.cases.save(complaint("C-1"), key="k-1")
        with store.transaction() as t:
            with pytest.raises(KeyReusedError) as refused:
                t.cases.save(complaint("C-2"), key="k-1")
            t.cases.save(complaint("C-3"))
        assert refused.value.operands["key"] == "k-1"
        assert answer(store, "k-1") == ("C-1", 1)
        assert kept(store, "C-3") == complaint("C-3")

    def test_a_key_does_not_answer_a_further_step_of_its_case(self, store: Store) -> None:
        with store.transaction() as t:
            t.cases.save(complaint(), key="k-1")
        with store.transaction() as t, pytest.raises(KeyReusedError):
            t.cases.save(grown(t.cases.load("C-1")), key="k-1")
        assert answer(store, "k-1") == ("C-1", 1)

    def test_a_key_of_a_stale_step_is_free(self, store: Store) -> None:
        keep(store, grown(complaint()))
        with store.transaction() as t:
            with pytest.raises(StaleCaseError):
                t.cases.save(complaint(), key="k-1")
            t.cases.save(complaint("C-2"), key="k-1")
        assert answer(store, "k-1") == ("C-2", 1)

    def test_the_same_step_may_be_saved_again_under_its_key(self, store: Store) -> None:
        for _ in range(2):
            with store.transaction() as t:
                t.cases.save(complaint(), key="k-1")
        assert answer(store, "k-1") == ("C-1", 1)

    def test_what_a_refused_key_came_with_is_not_written(self, store: Store) -> None:
        with store.transaction() as t:
            t.cases.save(complaint(), key="k-1")
        with pytest.raises(KeyReusedError), store.transaction() as t:
            t.cases.save(grown(t.cases.load("C-1")), key="k-1")
        assert kept(store) == complaint()

    @pytest.mark.parametrize("key", ["", " ", 7])
    def test_a_key_that_is_no_text_is_refused_and_its_step_not_written(self, store: Store, key: Any) -> None:  # noqa: ANN401  # what a form leaves
        with store.transaction() as t:
            with pytest.raises(EntryError):
                t.cases.save(complaint("C-1"), key=key)
            t.cases.save(complaint("C-2"))
        assert ids(store) == ["C-2"]

    def test_a_key_of_a_transaction_that_failed_is_free(self, store: Store) -> None:
        with broken(store) as t:
            t.cases.save(complaint("C-1"), key="k-1")
        assert answer(store, "k-1") is None
        with store.transaction() as t:
            t.cases.save(complaint("C-2"), key="k-1")
        assert answer(store, "k-1") == ("C-2", 1)
