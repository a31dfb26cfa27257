"""The SQLAlchemy store keeps what every store promises, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qms_service.adapters import sqlalchemy
from qms_service.ports import Store
from qms_service.testing import StoreContract


class TestOnSqlite(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with sqlalchemy.open(f"sqlite:///{tmp_path / 'qms.db'}") as store:
            yield store

    @pytest.fixture
    def reopened(self, tmp_path: Path) -> Iterator[Store]:
        with sqlalchemy.open(f"sqlite:///{tmp_path / 'qms.db'}") as store:
            yield store


class TestOnPostgres(StoreContract):
    @pytest.fixture
    def store(self, pg_url: str) -> Iterator[Store]:
        with sqlalchemy.open(pg_url) as store:
            yield store

    @pytest.fixture
    def reopened(self, pg_url: str) -> Iterator[Store]:
        with sqlalchemy.open(pg_url) as store:
            yield store
