"""Fixtures that several rooms share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from hypothesis import settings
from tests.postgres import NoServerError, running

# No test is timed: how long one takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SCHEMAS = count(1)
ROOT = Path(__file__).parents[1]
PUBLIC_DATA = ROOT / ".." / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The folder of the public data, which are no part of the repository."""
    parser.addoption(
        "--real-data",
        metavar="DIR",
        type=Path,
        default=PUBLIC_DATA,
        help="folder of the public data that docs/real-data.md names (default: ../shared/data)",
    )


@pytest.fixture(scope="session")
def real_data(pytestconfig: pytest.Config) -> Path:
    """The folder of the public data; whoever asks for it is skipped where it is not there."""
    folder: Path = pytestconfig.getoption("--real-data")
    if not folder.is_dir():
        pytest.skip(f"no public data at {folder}: give their folder with --real-data DIR")
    return folder.resolve()


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """A PostgreSQL server for the whole run, started when a test first asks for it."""
    try:
        with running() as url:
            yield url
    except NoServerError as error:
        if os.environ.get("CI") and sys.platform == "linux":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture
def pg_url(pg_server: str) -> str:
    """The URL of an empty schema on it, as SQLAlchemy reads it; `pg_dsn` is the same for psycopg."""
    schema = f"test_{next(SCHEMAS)}"
    with psycopg.connect(pg_server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    options = quote(f"-csearch_path={schema}")
    return pg_server.replace("postgresql://", "postgresql+psycopg://") + f"&options={options}"


@pytest.fixture
def pg_dsn(pg_url: str) -> str:
    """The same as psycopg itself reads it."""
    return pg_url.replace("+psycopg", "")
