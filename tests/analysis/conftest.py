"""The workshop's rulebook, loaded once."""

from __future__ import annotations

import pytest
from tests.analysis.workshop import workshop

import qms_service as qms


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> qms.Rulebook:
    return workshop(tmp_path_factory.mktemp("workshop"))
