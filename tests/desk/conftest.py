"""A desk over a store in memory, at a moment that the test moves."""

from __future__ import annotations

import pendulum
import pytest

import qms_service as qms
from qms_service.adapters.memory import MemoryStore
from qms_service.testing import FixedNow


@pytest.fixture
def now() -> FixedNow:
    return FixedNow(pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai"))


@pytest.fixture
def store() -> MemoryStore:
    return qms.adapters.memory.open()


@pytest.fixture
def desk(store: MemoryStore, now: FixedNow) -> qms.ServiceDesk:
    return qms.ServiceDesk(qms.load_rulebook("pcb-maker"), store, now=now)
