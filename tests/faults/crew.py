"""A crew: one process that knows everything and forks a worker for each order, so that hundreds are cheap.

Run as a script, this module is that process: orders come as lines of JSON on its standard input.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs

READY = "ready"


@attrs.frozen
class Ended:
    """How a worker ended: the signal that killed it, or 0; what it had said; the error it ran into."""

    killed_by: int
    said: tuple[Any, ...] = attrs.field(converter=tuple)
    error: str


class Crew:
    """Workers that do at once what `tests.faults.work` tells."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, act: str, *arguments: Any) -> int:  # noqa: ANN401  # whatever the act takes
        """Starts a worker; gives back its name."""
        return int(self._order("start", act, arguments))

    def heard(self, worker: int) -> Any:  # noqa: ANN401  # whatever the worker says
        """Waits until a worker says something."""
        return self._order("hear", worker)

    def kill(self, worker: int) -> None:
        """Kills a worker at once."""
        os.kill(worker, signal.SIGKILL)

    def killed(self, act: str, *arguments: Any, after_s: float) -> Ended:  # noqa: ANN401  # the same
        """Starts a worker and kills it so long after it is ready."""
        return Ended(*self._order("kill", act, arguments, after_s))

    def ended(self, worker: int) -> Ended:
        """Waits for a worker to end."""
        return Ended(*self._order("end", worker))

    def done(self, *workers: int) -> list[tuple[Any, ...]]:
        """What workers said who met no trouble."""
        ends = [self.ended(worker) for worker in workers]
        assert [(one.killed_by, one.error) for one in ends] == [(0, "")] * len(workers)
        return [one.said for one in ends]

    def _order(self, *order: Any) -> Any:  # noqa: ANN401  # JSON
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def hired() -> Iterator[Crew]:
    """A crew until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.crew"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
    )
    with process:
        yield Crew(process)


class Forking:
    """The process behind a crew."""

    def __init__(self) -> None:
        self.pipes: dict[int, Any] = {}

    def start(self, act: str, arguments: list[Any]) -> int:
        """Forks a worker."""
        reading, writing = os.pipe()
        worker = os.fork()
        if worker == 0:
            os.close(reading)
            _live(writing, act, arguments)
        os.close(writing)
        self.pipes[worker] = os.fdopen(reading)
        return worker

    def hear(self, worker: int) -> Any:  # noqa: ANN401  # JSON
        """The next thing a worker says."""
        return json.loads(self.pipes[worker].readline())["said"]

    def kill(self, act: str, arguments: list[Any], after_s: float) -> tuple[int, list[Any], str]:
        """Forks a worker, and kills it so long after its first word."""
        worker = self.start(act, arguments)
        first = self.pipes[worker].readline()
        time.sleep(after_s)
        os.kill(worker, signal.SIGKILL)
        killed_by, said, error = self.end(worker)
        return killed_by, [json.loads(first).get("said"), *said], error

    def end(self, worker: int) -> tuple[int, list[Any], str]:
        """Waits for a worker to end."""
        lines = [json.loads(line) for line in self.pipes[worker] if line.endswith("\n")]
        self.pipes.pop(worker).close()
        _, status = os.waitpid(worker, 0)
        said = [line["said"] for line in lines if "said" in line]
        return os.WTERMSIG(status), said, "".join(line.get("error", "") for line in lines)


def _live(writing: int, act: str, arguments: list[Any]) -> None:
    """The whole life of a worker."""
    from tests.faults import work  # noqa: PLC0415  # known already: the crew read it before it forked

    def tell(**line: object) -> None:
        os.write(writing, (json.dumps(line) + "\n").encode())

    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        getattr(work, act)(lambda what: tell(said=what), *arguments)
    except BaseException:  # noqa: BLE001  # whatever it is, the test shows it
        tell(error=traceback.format_exc())
    finally:
        os._exit(0)


def _serve() -> None:
    from tests.faults import work  # noqa: PLC0415  # read once here, known to every worker

    work.prepare()
    gc.freeze()
    forking = Forking()
    try:
        for line in sys.stdin:
            order, *arguments = json.loads(line)
            sys.stdout.write(json.dumps(getattr(forking, order)(*arguments)) + "\n")
            sys.stdout.flush()
    finally:
        for worker in forking.pipes:
            os.kill(worker, signal.SIGKILL)


if __name__ == "__main__":
    _serve()
