"""The memory store keeps what every store promises."""

from __future__ import annotations

import pytest

from qms_service.adapters import memory
from qms_service.testing import StoreContract


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self) -> memory.MemoryStore:
        return memory.open()
