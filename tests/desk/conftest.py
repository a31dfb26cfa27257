"""A desk over each store, at a moment that the test moves, and the small rulebooks that tests need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pendulum
import pytest

import qms_service as qms
from qms_service.ports import Store
from qms_service.testing import FixedNow

Book = Callable[..., qms.Rulebook]


@pytest.fixture
def now() -> FixedNow:
    return FixedNow(pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai"))


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield qms.adapters.memory.open()
    else:
        with qms.adapters.sqlite.open(tmp_path / "qms.db") as opened:
            yield opened


@pytest.fixture
def desk(store: Store, now: FixedNow) -> qms.ServiceDesk:
    return qms.ServiceDesk(qms.load_rulebook("pcb-maker"), store, now=now)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Loads a rulebook with the text that a test gives it."""

    def load(rules: str, *, calendars: Mapping[str, qms.WorkCalendar] | None = None) -> qms.Rulebook:
        file = tmp_path / "small.toml"
        file.write_text(f'id = "small"\nedition = "1"\ntimezone = "Asia/Shanghai"\n{rules}', encoding="utf-8")
        return qms.load_rulebook(file, calendars=calendars)

    return load
