"""The two fixtures of the contract, which a team overrides."""

from __future__ import annotations

import pytest

from qms_service.ports import Store


class StoreFixtures:
    """What the tests of the contract are run over."""

    @pytest.fixture
    def store(self) -> Store:
        """A fresh store without cases and numbers."""
        msg = "override the fixture `store`: it gives a fresh, empty store of yours"
        raise NotImplementedError(msg)

    @pytest.fixture
    def reopened(self) -> Store:
        """The same store opened anew; each test asks for it after it has written."""
        pytest.skip("override the fixture `reopened` where the store outlives its process")
