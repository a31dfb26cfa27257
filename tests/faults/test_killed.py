"""Processes killed at work, and clocks that go wrong."""

from __future__ import annotations

import signal
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.faults import work
from tests.faults.crew import Crew
from tests.faults.reckoning import is_gapless, reckoned

KILLS = 300
LATER = work.AT.add(hours=2)


def test_300_killed_at_work_leave_no_number_twice_none_unexplained_and_no_half_case(
    crew: Crew, url: str, tmp_path: Path
) -> None:
    stop, chance = tmp_path / "stop", Random(3)  # noqa: S311  # a choice, no secret
    steady = crew.start("save_until", url, str(stop))
    crew.heard(steady)
    ends = []
    for seed in range(KILLS):
        match seed % 4:
            case 0:
                ends.append(crew.ended(crew.start("work_to_the_end", url, seed, "allocated")))
            case 1:
                ends.append(crew.ended(crew.start("work_to_the_end", url, seed, "saved")))
            case _:
                after_s = chance.uniform(0, 0.012)
                ends.append(crew.killed("work_to_the_end", url, seed, "none", after_s=after_s))
    stop.touch()
    (kept,) = crew.done(steady)
    assert [(one.killed_by, one.error) for one in ends] == [(signal.SIGKILL, "")] * KILLS
    with work.opened(url) as store:
        with store.transaction() as t:
            void = t.numbers.void_expired(work.LETTERS, now=LATER)
        documents, letters = (reckoned(store, series) for series in (work.DOCUMENTS, work.LETTERS))
    for one in (documents, letters):
        assert is_gapless(one.serials)
        assert one.unexplained == set()
        assert one.cases <= one.states.keys()
        assert one.upcoming.endswith(f"-{len(one.serials) + 1:05}")
    assert documents.without_document == set()
    assert letters.without_document == set(void)
    assert documents.cases >= set(kept)


def test_a_number_reserved_before_a_crash_is_explained_once_its_time_is_over(crew: Crew, url: str) -> None:
    end = crew.ended(crew.start("reserve", url))
    with work.opened(url) as store:
        with store.transaction() as t:
            early = t.numbers.void_expired(work.LETTERS, now=work.AT.add(minutes=59))
            void = t.numbers.void_expired(work.LETTERS, now=LATER)
            following = t.numbers.reserve(work.LETTERS, at=LATER)
        with store.transaction(read_only=True) as t:
            entries = [(entry.number, entry.state) for entry in t.numbers.ledger(work.LETTERS)]
            reasons = [entry.reason for entry in t.numbers.ledger(work.LETTERS)]
    assert (end.killed_by, end.said) == (signal.SIGKILL, ("L-2026-00001",))
    assert (early, void, following) == ((), ("L-2026-00001",), "L-2026-00002")
    assert entries == [("L-2026-00001", "reserved"), ("L-2026-00001", "void"), ("L-2026-00002", "reserved")]
    assert [bool(reason) for reason in reasons] == [False, True, False]


def test_a_clock_that_steps_back_repeats_no_number(url: str) -> None:
    chance, numbers = Random(5), []  # noqa: S311  # a choice, no secret
    with work.opened(url) as store:
        for _ in range(60):
            at = work.AT + timedelta(hours=chance.randint(-100, 100))
            with store.transaction() as t:
                numbers.append(t.numbers.allocate(work.DAILY, at=at))
        with store.transaction(read_only=True) as t:
            entries = list(t.numbers.ledger(work.DAILY))
    assert len(set(numbers)) == 60
    for period in {entry.period for entry in entries}:
        assert is_gapless(tuple(entry.seq for entry in entries if entry.period == period))
