"""The PostgreSQL of the tests: real, and gone when its user is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.postgres import running

USER = """
import time
from tests.postgres import running
with running() as url:
    print(url, flush=True)
    time.sleep(600)
"""


def test_each_test_has_an_empty_schema_of_a_real_server(pg_dsn: str) -> None:
    with psycopg.connect(pg_dsn) as connection:
        connection.execute("CREATE TABLE qms_case (id TEXT)")
        assert connection.info.server_version >= 160000


def test_the_next_test_has_its_own(pg_dsn: str) -> None:
    with psycopg.connect(pg_dsn) as connection:
        connection.execute("CREATE TABLE qms_case (id TEXT)")


@pytest.mark.skipif(sys.platform == "win32", reason="the tests' server is reached over a Unix socket")
def test_a_killed_run_leaves_no_server_behind() -> None:
    user = subprocess.Popen([sys.executable, "-c", USER], stdout=subprocess.PIPE, text=True)
    assert user.stdout
    url = user.stdout.readline().strip()
    home = Path(url.partition("host=")[2])
    server = int((home / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(server, 0)
    user.send_signal(signal.SIGKILL)
    user.communicate()
    guard_ends(server, home)


def guard_ends(server: int, home: Path) -> None:
    """Waits as long as it takes, up to the patience of whoever runs the tests."""
    while home.exists():
        os.sched_yield()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


def test_two_servers_stand_side_by_side(pg_server: str) -> None:
    with running(durable=True) as other, psycopg.connect(other) as connection:
        assert other != pg_server
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
