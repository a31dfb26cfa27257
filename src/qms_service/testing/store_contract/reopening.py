"""What a store promises that outlives its process: all is there when it is opened anew."""

from __future__ import annotations

from typing import cast

import pytest

from qms_service.ports import Store
from qms_service.testing.store_contract.fixtures import StoreFixtures
from qms_service.testing.store_contract.given import CLAIM, NOON, complaint, grown, kept
from qms_service.testing.store_contract.transactions import whole, written


class ReopeningContract(StoreFixtures):
    """Stores: opened anew."""

    def test_all_that_was_committed_is_there_when_it_is_opened_anew(
        self, store: Store, request: pytest.FixtureRequest
    ) -> None:
        written(store)
        before = whole(store)
        assert whole(_opened_anew(request)) == before

    def test_a_store_opened_anew_goes_on_where_it_was(
        self, store: Store, request: pytest.FixtureRequest
    ) -> None:
        written(store)
        with store.transaction() as t:
            head = t.cases.head("C-1")
        again = _opened_anew(request)
        with again.transaction() as t:
            t.cases.save(grown(t.cases.load("C-1")))
            assert t.numbers.allocate(CLAIM, at=NOON, key="n-1") == "CL-202603-001"
            assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-003"
            assert t.cases.answered("k-1") == ("C-1", 1)
            assert t.cases.verify("C-1", head=head) == ()
        assert kept(again) == grown(complaint())


def _opened_anew(request: pytest.FixtureRequest) -> Store:
    """Asked for only now, when there is something to find."""
    return cast("Store", request.getfixturevalue("reopened"))
