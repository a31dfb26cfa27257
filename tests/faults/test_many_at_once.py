"""Several processes at work on one store."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.faults import work
from tests.faults.crew import Crew
from tests.faults.reckoning import is_gapless, reckoned

from qms_service.errors import StaleCaseError, StoreBusyError

SHORT = timedelta(milliseconds=60)


def test_four_who_save_documents_leave_no_number_twice_and_none_out(crew: Crew, url: str) -> None:
    workers = [crew.start("save_documents", url, 40) for _ in range(4)]
    numbers = [number for said in crew.done(*workers) for number in said]
    with work.opened(url) as store:
        after = reckoned(store, work.DOCUMENTS)
    assert sorted(numbers) == [f"C-2026-{seq:05}" for seq in range(1, 161)]
    assert after.cases == set(numbers)
    assert is_gapless(after.serials)
    assert after.upcoming == "C-2026-00161"


def test_both_adapters_of_one_file_share_its_numbers(crew: Crew, tmp_path: Path) -> None:
    file = tmp_path / "qms.db"
    urls = [str(file), f"sqlite:///{file}"] * 2
    workers = [crew.start("save_documents", url, 25) for url in urls]
    numbers = [number for said in crew.done(*workers) for number in said]
    assert sorted(numbers) == [f"C-2026-{seq:05}" for seq in range(1, 101)]


def test_who_will_not_wait_is_told_so_and_may_try_again(crew: Crew, url: str, tmp_path: Path) -> None:
    release = tmp_path / "release"
    holder = crew.start("hold", url, str(release))
    held = crew.heard(holder)
    with work.opened(url, SHORT) as store:
        with pytest.raises(StoreBusyError), store.transaction() as t:
            work.take(t)
        release.touch()
        crew.done(holder)
        with store.transaction() as t:
            number = work.take(t)
        after = reckoned(store, work.DOCUMENTS)
    assert (held, number) == ("C-2026-00001", "C-2026-00002")
    assert after.cases == {held, number}


def test_who_only_reads_waits_for_nobody(crew: Crew, url: str, tmp_path: Path) -> None:
    release = tmp_path / "release"
    holder = crew.start("hold", url, str(release))
    crew.heard(holder)
    with work.opened(url, SHORT) as store:
        before = reckoned(store, work.DOCUMENTS)
        release.touch()
        crew.done(holder)
        after = reckoned(store, work.DOCUMENTS)
    assert (before.cases, before.upcoming) == (frozenset(), "C-2026-00001")
    assert (after.cases, after.upcoming) == (frozenset({"C-2026-00001"}), "C-2026-00002")


def test_a_stale_save_is_refused_and_no_event_is_lost(crew: Crew, url: str) -> None:
    cases = ["C-2026-00001", "C-2026-00002"]
    with work.opened(url) as store:
        with store.transaction() as t:
            for _ in cases:
                work.take(t)
        workers = [crew.start("record_events", url, cases, 20, name) for name in "abcd"]
        said = [word for one in crew.done(*workers) for word in one]
        assert reckoned(store, work.DOCUMENTS).cases == set(cases)
        with store.transaction() as t:
            grown = [t.cases.load(case) for case in cases]
            with pytest.raises(StaleCaseError):
                t.cases.save(work.grown(work.document(cases[0]), by="late"))
    added = [str(event.by) for case in grown for event in case.history[2:]]
    assert said.count("kept") == 80
    assert sorted(added) == sorted("abcd" * 20)


def test_what_a_transaction_has_loaded_nobody_else_changes_until_it_ends(crew: Crew, url: str) -> None:
    with work.opened(url) as store:
        with store.transaction() as t:
            number = work.take(t)
        crew.done(*(crew.start("record_at_once", url, number, 20, name) for name in "abcd"))
        reckoned(store, work.DOCUMENTS)
        with store.transaction(read_only=True) as t:
            case = t.cases.load(number)
    assert sorted(str(event.by) for event in case.history[2:]) == sorted("abcd" * 20)


def test_the_first_number_of_a_period_is_given_once_to_those_who_ask_at_once(
    crew: Crew, url: str, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    workers = [crew.start("take_first_of_days", url, 15, str(go)) for _ in range(3)]
    for worker in workers:
        crew.heard(worker)
    go.touch()
    numbers = [number for said in crew.done(*workers) for number in said]
    days = [work.AT.add(days=day) for day in range(15)]
    assert sorted(numbers) == [f"D-{day:%Y%m%d}-{seq:03}" for day in days for seq in (1, 2, 3)]


def test_a_key_that_two_ask_under_at_once_has_one_number(crew: Crew, url: str, tmp_path: Path) -> None:
    go = tmp_path / "go"
    workers = [crew.start("ask_under_keys", url, 25, str(go)) for _ in range(2)]
    for worker in workers:
        crew.heard(worker)
    go.touch()
    one, other = crew.done(*workers)
    assert one == other
    assert list(one) == [f"C-2026-{seq:05}" for seq in range(1, 26)]


@pytest.mark.parametrize("_again", range(3))
def test_a_new_database_opened_by_several_at_once_has_its_tables_once(
    crew: Crew, url: str, tmp_path: Path, _again: int
) -> None:
    go = tmp_path / "go"
    workers = [crew.start("open_store", url, str(go)) for _ in range(4)]
    for worker in workers:
        crew.heard(worker)
    go.touch()
    numbers = [number for said in crew.done(*workers) for number in said]
    assert sorted(numbers) == [f"L-2026-{seq:05}" for seq in range(1, 5)]
