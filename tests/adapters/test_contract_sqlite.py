"""The SQLite store keeps what every store promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qms_service.adapters import sqlite
from qms_service.ports import Store
from qms_service.testing import StoreContract


class TestSqliteStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with sqlite.open(tmp_path / "qms.db") as store:
            yield store

    @pytest.fixture
    def reopened(self, tmp_path: Path) -> Iterator[Store]:
        with sqlite.open(tmp_path / "qms.db") as store:
            yield store
