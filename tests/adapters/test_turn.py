"""The turn to write: whoever has waited longest is next, and nobody waits for ever."""

from __future__ import annotations

import sys
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from qms_service.adapters.turn import Queue, Turn
from qms_service.errors import StoreBusyError


def test_threads_have_their_turn_in_the_order_in_which_they_came() -> None:
    queue, served = Queue(), list[int]()
    assert queue.enter(1)

    def wait(place: int) -> None:
        assert queue.enter(20)
        served.append(place)
        queue.leave()

    threads = [Thread(target=wait, args=(place,)) for place in range(6)]
    for count, thread in enumerate(threads, 1):
        thread.start()
        while len(queue._waiting) < count:
            sleep(0.001)
    queue.leave()
    for thread in threads:
        thread.join()
    assert served == list(range(6))


def test_who_gives_up_is_not_waited_for() -> None:
    queue = Queue()
    assert queue.enter(1)
    assert not queue.enter(0.01)
    queue.leave()
    assert queue.enter(0)


def test_of_two_stores_on_a_file_one_waits_and_is_told_when_it_does_not_come(tmp_path: Path) -> None:
    first, second = (Turn(str(tmp_path / "turn"), 0.05) for _ in range(2))
    with first.taken():
        began = monotonic()
        if second._locks is not None:
            with pytest.raises(StoreBusyError):
                second.take()
            assert monotonic() - began >= 0.05
    with second.taken():
        pass
    for turn in (first, second):
        turn.close()


def test_where_the_platform_has_no_lock_of_files_threads_still_queue_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)  # as on Windows
    turn = Turn(str(tmp_path / "turn"), 0.01)
    with turn.taken(), pytest.raises(StoreBusyError):
        turn.take()
    turn.close()
    assert list(tmp_path.iterdir()) == []


def test_where_no_file_can_be_made_the_database_itself_decides(tmp_path: Path) -> None:
    turn = Turn(str(tmp_path / "missing" / "turn"), 0.01)
    with turn.taken():
        pass
    turn.close()


def take_and_give(turn: Turn) -> None:
    with turn.taken():
        pass


def test_a_turn_that_is_closed_while_somebody_has_it_lets_go_of_its_file_afterwards(tmp_path: Path) -> None:
    turn = Turn(str(tmp_path / "turn"), 5)
    with turn.taken():
        next_one = Thread(target=take_and_give, args=(turn,))
        next_one.start()
        while not turn._queue._waiting:
            sleep(0.001)
        turn.close()
        assert (turn._file is None) == (turn._locks is None)
    next_one.join(10)
    assert not next_one.is_alive()
    assert turn._file is None


@pytest.mark.skipif(sys.platform == "win32", reason="forks are POSIX")
def test_a_process_that_was_forked_off_waits_for_its_turn_too(tmp_path: Path) -> None:
    turn = Turn(str(tmp_path / "turn"), 0.05)
    with turn.taken():  # so that its file is open
        pass
    processes = get_context("fork")
    has_it, may_go = processes.Event(), processes.Event()
    other = processes.Process(target=keep, args=(turn, has_it, may_go))
    other.start()
    assert has_it.wait(20)
    with pytest.raises(StoreBusyError):
        turn.take()
    may_go.set()
    other.join(20)
    assert other.exitcode == 0
    turn.close()


def keep(turn: Turn, has_it: Event, may_go: Event) -> None:
    with turn.taken():
        has_it.set()
        may_go.wait(20)


def test_the_turn_is_given_back_when_its_block_fails(tmp_path: Path) -> None:
    turn = Turn(str(tmp_path / "turn"), 0.01)
    with pytest.raises(ZeroDivisionError), turn.taken():
        1 / 0  # noqa: B018  # the failure
    with turn.taken():
        pass
    turn.close()
