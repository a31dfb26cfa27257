"""Two databases, and a crew of workers to try them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.crew import Crew, hired


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """The crew of the whole run."""
    if sys.platform == "win32":
        pytest.skip("the workers are forked, which Windows cannot")
    with hired() as crew:
        yield crew


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: a file for the standard library's adapter, or a schema of a real server."""
    if request.param == "sqlite":
        return str(tmp_path / "qms.db")
    url: str = request.getfixturevalue("pg_url")
    return url
