"""The turn (轮次): who writes next, so that nobody starves.

The busy handler of SQLite sleeps longer each time it finds the file taken; who has just written finds it free,
and of four processes one gets nearly everything. Here threads queue up for their process, and one thread a
process tries for the operating system's lock on a file beside the database, in short and even intervals. Where
a platform has no such lock, the busy handler alone decides between processes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic, sleep
from typing import Final

from qms_service.errors import StoreBusyError

_EVEN_S: Final = 0.0001  # about as long as a transaction takes
_SLOW_S: Final = 0.005
_SOON_S: Final = 1.0  # who has it for longer than this does not hand it around


class Queue:
    """A lock that is handed to whoever has waited longest; that of `threading` goes to who runs."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Lock] = deque()
        self._is_taken = False

    def enter(self, timeout_s: float) -> bool:
        """Whether the lock came in time."""
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        came = False
        try:
            came = mine.acquire(timeout=timeout_s)
        finally:
            if not came:
                self._give_up(mine)
        return came

    def leave(self) -> None:
        """Hands the lock on."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    def _give_up(self, mine: Lock) -> None:
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return
        self.leave()  # it came in this very moment


class Turn:
    """The turn to write a database, among the threads of this process and other processes.

    Args:
        path: The file whose lock is the turn; it is made where there is none, and stays empty.
        timeout_s: How long somebody waits, in seconds.
    """

    def __init__(self, path: str, timeout_s: float) -> None:
        self._path = path
        self._timeout_s = timeout_s
        self._queue = Queue()
        self._locks = _file_locks()
        self._file: int | None = None
        self._process = os.getpid()
        self._is_closed = False

    @contextmanager
    def taken(self) -> Iterator[None]:
        """The turn for as long as this lasts."""
        self.take()
        try:
            yield
        finally:
            self.give()

    def take(self) -> None:
        """Waits for the turn; nobody else who asks has it until it is given back.

        Raises:
            StoreBusyError: It did not come in time.
        """
        began = monotonic()
        if not self._queue.enter(self._timeout_s):
            raise self._busy()
        try:
            if self._locks is not None:
                self._lock_file(*self._locks, began)
        except BaseException:
            self._queue.leave()
            raise

    def give(self) -> None:
        """Gives the turn back."""
        try:
            if self._locks is not None and self._file is not None:
                self._locks[1](self._file)
        finally:
            self._queue.leave()
            if self._is_closed:
                self.close()

    def close(self) -> None:
        """Lets go of the file; whoever has the turn, when it is given back."""
        self._is_closed = True
        if not self._queue.enter(0):
            return
        file, self._file = self._file, None
        if file is not None:
            os.close(file)
        self._queue.leave()

    def _lock_file(self, lock: FileLock, _: FileLock, began: float) -> None:
        try:
            file = self._opened()
            while True:
                try:
                    lock(file)
                except BlockingIOError:
                    self._pause(monotonic() - began)
                else:
                    return
        except OSError:  # a folder that cannot be written, a file system without locks: SQLite will tell
            return

    def _opened(self) -> int:
        """The file as this process opened it: one that came along with a fork has its lock in common."""
        if self._file is not None and self._process != os.getpid():
            os.close(self._file)
            self._file = None
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            self._process = os.getpid()
        return self._file

    def _pause(self, waited_s: float) -> None:
        if waited_s >= self._timeout_s:
            raise self._busy()
        sleep(_EVEN_S if waited_s < _SOON_S else _SLOW_S)

    def _busy(self) -> StoreBusyError:
        return StoreBusyError("store-busy", reason=f"no turn within {self._timeout_s:g} s")


FileLock = Callable[[int], None]


def _file_locks() -> tuple[FileLock, FileLock] | None:
    """How to take the operating system's lock of a file without waiting, and how to give it back."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock  # noqa: PLC0415  # Windows has none
    except ImportError:
        return None
    return (lambda file: flock(file, LOCK_EX | LOCK_NB)), (lambda file: flock(file, LOCK_UN))
