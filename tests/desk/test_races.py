"""Several at the same desk at once: one case under a key, no number twice, links in both or in neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms
from qms_service.numbering import NumberSeries
from qms_service.ports import Store

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
SERIES = NumberSeries(id="cp", pattern="CP{YYYY}-{seq:03}", reset="year", timezone="Asia/Shanghai")
AT_ONCE = 6


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield qms.adapters.memory.open()
    elif request.param == "sqlite":
        with qms.adapters.sqlite.open(tmp_path / "qms.db") as opened:
            yield opened
    else:
        with qms.adapters.sqlalchemy.open(request.getfixturevalue("pg_url")) as opened:
            yield opened


@pytest.fixture
def desk(store: Store) -> qms.ServiceDesk:
    return qms.ServiceDesk(qms.load_rulebook("pcb-maker"), store, now=lambda: NINE)


def complaint(customer: str = "ACME", number: str = "") -> qms.Complaint:
    return qms.Complaint(number=number, customer=customer, received_at=NINE)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call gave, all begun at one moment; an error stands in its place."""
    begin, given = Barrier(len(calls)), dict[int, object]()

    def run(place: int, call: Callable[[], object]) -> None:
        begin.wait()
        try:
            given[place] = call()
        except Exception as error:  # noqa: BLE001  # the test looks at it
            given[place] = error

    threads = [Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [given[place] for place in range(len(calls))]


def given_numbers(store: Store) -> list[str]:
    with store.transaction(read_only=True) as t:
        return [entry.number for entry in t.numbers.ledger(SERIES)]


def test_a_key_opens_one_case_whoever_asks_first(desk: qms.ServiceDesk, store: Store) -> None:
    opened = at_once(*[lambda: desk.open(complaint(), series=SERIES, key="mail-17")] * AT_ONCE)
    assert opened == [desk.case("CP2026-001")] * AT_ONCE
    assert given_numbers(store) == ["CP2026-001"]


def test_a_key_with_two_subjects_opens_one_of_them(desk: qms.ServiceDesk, store: Store) -> None:
    one, other = at_once(
        lambda: desk.open(complaint("A"), series=SERIES, key="k"),
        lambda: desk.open(complaint("B"), series=SERIES, key="k"),
    )
    kinds = {type(one).__name__, type(other).__name__}
    assert kinds == {"Case", "KeyReusedError"}
    assert given_numbers(store) == ["CP2026-001"]


def test_cases_opened_at_once_get_numbers_without_a_gap(desk: qms.ServiceDesk) -> None:
    opened = at_once(*[lambda: desk.open(complaint(), series=SERIES)] * AT_ONCE)
    assert sorted(case.id for case in opened if isinstance(case, qms.Case)) == [
        f"CP2026-{index:03}" for index in range(1, AT_ONCE + 1)
    ]


def test_an_event_under_a_key_is_recorded_once(desk: qms.ServiceDesk) -> None:
    desk.open(complaint(number="C-1"))
    recorded = at_once(*[lambda: desk.record("C-1", "forwarded", key="k")] * AT_ONCE)
    assert recorded == [desk.case("C-1")] * AT_ONCE
    assert desk.case("C-1").version == 2


def test_events_recorded_at_once_are_all_on_record(desk: qms.ServiceDesk) -> None:
    desk.open(complaint(number="C-1"))
    at_once(*[lambda: desk.record("C-1", "passed_on")] * AT_ONCE)
    assert [event.seq for event in desk.case("C-1").history] == list(range(1, AT_ONCE + 2))


def test_a_number_that_two_give_at_once_stands_on_one_case(desk: qms.ServiceDesk) -> None:
    both = at_once(*[lambda who=who: desk.open(complaint(who, "C-1")) for who in ("A", "B")])
    assert [isinstance(one, qms.Case) for one in both].count(True) == 1
    assert any(isinstance(one, qms.CaseExistsError | qms.StaleCaseError) for one in both)


def test_two_who_link_the_same_cases_from_either_side_link_them_once(desk: qms.ServiceDesk) -> None:
    for number in ("C-1", "C-2"):
        desk.open(complaint(number=number))
    at_once(*[lambda: desk.link("C-1", "C-2"), lambda: desk.link("C-2", "C-1")] * 3)
    assert [desk.case(number).version for number in ("C-1", "C-2")] == [2, 2]
