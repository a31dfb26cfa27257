"""The worklist: what breaks first in front, page by page, as if every case had been judged at the moment asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service.desk import WorklistItem
from qms_service.ports import Cases, Store, Transaction
from qms_service.rulebooks import Procedure
from qms_service.testing import FixedNow

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 8, tzinfo=SHANGHAI)
OFFICE = qms.WorkCalendar(
    timezone="Asia/Shanghai",
    weekly={day: [("08:30", "12:00"), ("13:30", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")},
    known_until=date(2026, 3, 31),
)
RULES = """
calendar = "office"
[repair]
opening = "reported"
[repair.subject]
customer = "text?"
[repair.events.reported]
[repair.events.called]
[repair.events.ordered]
[repair.events.came]
[repair.events.repaired]
facts = { paid = "bool?" }
[repair.events.billed]
[repair.events.visited]
[repair.events.closed]
[repair.pauses.part]
from = "ordered"
to   = "came"
[repair.pauses.visit]
from    = "visited"
to      = "came"
at_most = "9 h"
[repair.clocks.call]
from   = "reported"
to     = "called"
within = "5 h"
[repair.clocks.repair]
from      = "reported"
to        = "repaired"
within    = "2 working d"
paused_by = ["part"]
[repair.clocks.hurry]
from      = "called"
to        = "repaired"
within    = "11 working h"
paused_by = ["visit"]
[repair.clocks.bill]
from      = "called"
to        = "billed"
within    = "30 h"
when      = { "repaired.paid" = true }
paused_by = ["part", "visit"]
"""
STEPS = ("called", "ordered", "came", "repaired", "visited", "billed", "closed", "paused", "resumed")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> qms.Rulebook:
    file = tmp_path_factory.mktemp("rules") / "small.toml"
    file.write_text(f'id = "small"\nedition = "1"\ntimezone = "Asia/Shanghai"\n{RULES}', encoding="utf-8")
    return qms.load_rulebook(file, calendars={"office": OFFICE})


def repair(number: str, hours: int = 0, **facts: object) -> qms.Subject:
    return qms.Subject("repair", number=number, opened_at=MONDAY + timedelta(hours=hours), facts=facts)


histories = st.lists(st.tuples(st.integers(1, 60), st.sampled_from(STEPS)), max_size=6)
waiting = st.integers(1, 9).map(lambda hour: [(0, "called"), (hour, "paused")])  # for the customer, say
stored = st.tuples(st.integers(0, 40), histories | waiting, st.integers(0, 30))  # opened, steps, told: hours


Drawn = Sequence[tuple[int, list[tuple[int, str]], int]]


def kept(store: Store, rules: Procedure, drawn: Drawn) -> datetime:
    """Cases with their views as they were told at some moment since their last event; the last such moment."""
    latest = MONDAY
    with store.transaction() as t:
        for index, (opened, steps, told) in enumerate(drawn):
            subject = repair(f"R-{index:02}", opened, customer="ACME" if index % 3 else "OTHER")
            events = [
                qms.Event(name, subject.opened_at + timedelta(hours=after), facts=reason(name))
                for after, name in steps
            ]
            case = rules.adopt(subject, events)
            seen = max(event.at for event in case.history) + timedelta(hours=told)
            t.cases.save(case, rules.status(case, now=seen))
            latest = max(latest, seen)
    return latest


def reason(name: str) -> dict[str, object]:
    return {"reason": "flood"} if name in ("paused", "resumed") else {}


def live(store: Store, rules: Procedure, now: datetime) -> list[tuple[datetime, str, qms.Status]]:
    """Every open case with its status told anew, sorted as a person would: the long way."""
    with store.transaction() as t:
        cases = [t.cases.load(view.id) for view in t.cases.find()]
    told = [(case.id, rules.status(case, now=now)) for case in cases]
    far = datetime(9000, 1, 1, tzinfo=SHANGHAI)
    rows = [(one.first_due_at or far, number, one) for number, one in told if one.status == "open"]
    return sorted(rows, key=lambda row: row[:2])


def pages(desk: qms.ServiceDesk, limit: int, **asked: object) -> Iterator[tuple[WorklistItem, ...]]:
    page = desk.worklist(limit=limit, **asked)  # type: ignore[arg-type]
    while page:
        yield page
        page = desk.worklist(limit=limit, after=page[-1], **asked)  # type: ignore[arg-type]


def shows_the_truth(store: Store, small: qms.Rulebook, drawn: Drawn, since: int, limit: int) -> None:
    """Every page of every list is what judging all cases would show."""
    rules = small.editions[-1]
    now = kept(store, rules, drawn) + timedelta(hours=since)
    desk = qms.ServiceDesk(small, store, now=lambda: now)
    truth = live(store, rules, now)
    whole = desk.worklist()
    assert [(item.case.id, item.status) for item in whole] == [(number, one) for _, number, one in truth]
    paged = [item for page in pages(desk, limit) for item in page]
    assert paged == list(whole)
    assert all(len(page) <= limit for page in pages(desk, limit))
    theirs = tuple(item for item in whole if item.case.customer == "ACME")
    assert desk.worklist(customer="ACME") == theirs
    assert [item for page in pages(desk, limit, customer="ACME") for item in page] == list(theirs)
    assert desk.worklist(kind="lease") == ()


sinces = st.sampled_from((0, 1, 7, 30, 200, 800))


@settings(max_examples=100, deadline=None)
@given(drawn=st.lists(stored, max_size=14), since=sinces, limit=st.integers(1, 5))
def test_every_page_is_what_judging_all_cases_would_show(
    small: qms.Rulebook, drawn: Drawn, since: int, limit: int
) -> None:
    shows_the_truth(qms.adapters.memory.open(), small, drawn, since, limit)


@settings(max_examples=12, deadline=None)
@given(drawn=st.lists(stored, min_size=6, max_size=14), since=sinces, limit=st.integers(1, 5))
def test_a_database_gives_the_same_pages(small: qms.Rulebook, drawn: Drawn, since: int, limit: int) -> None:
    with TemporaryDirectory() as folder, qms.adapters.sqlite.open(Path(folder) / "qms.db") as store:
        shows_the_truth(store, small, drawn, since, limit)


@settings(max_examples=40, deadline=None)
@given(drawn=st.lists(stored, max_size=10), since=st.sampled_from((0, 7, 200)), later=st.integers(0, 90))
def test_after_a_refresh_the_list_is_the_same_and_less_is_read(
    small: qms.Rulebook, drawn: Drawn, since: int, later: int
) -> None:
    store, rules = qms.adapters.memory.open(), small.editions[-1]
    now = FixedNow(kept(store, rules, drawn) + timedelta(hours=since))
    desk = qms.ServiceDesk(small, store, now=now)
    before = desk.worklist()
    done = desk.refresh()
    assert [(item.case.id, item.status) for item in desk.worklist()] == [
        (item.case.id, item.status) for item in before
    ]
    assert done.changed <= done.checked
    assert not done.findings
    with store.transaction() as t:
        assert {view.id: view.status for view in t.cases.find(status="open")} == {
            item.case.id: item.status for item in before
        }
    assert desk.refresh().changed == 0
    now.advance(timedelta(hours=later))
    truth = live(store, rules, now())
    assert [item.case.id for item in desk.worklist()] == [number for _, number, _ in truth]


class Counted:
    """A store that counts the histories that are read."""

    def __init__(self, store: Store) -> None:
        self.store, self.loads = store, 0

    def transaction(self, *, read_only: bool = False) -> _CountedTransaction:
        return _CountedTransaction(self, read_only=read_only)


class _CountedTransaction:
    def __init__(self, counted: Counted, *, read_only: bool) -> None:
        self._counted = counted
        self._inner = counted.store.transaction(read_only=read_only)

    def __enter__(self) -> Transaction:
        inner = self._inner.__enter__()
        counted = self._counted

        class Loads:
            """Cases whose `load` is counted."""

            def __getattr__(self, name: str) -> object:
                return getattr(inner.cases, name)

            def load(self, case_id: str) -> qms.Case:
                counted.loads += 1
                return inner.cases.load(case_id)

        class Inside:
            """The transaction with these cases."""

            cases: Cases = Loads()  # type: ignore[assignment]
            numbers = inner.numbers

        return Inside()

    def __exit__(self, *error: object) -> None:
        self._inner.__exit__(*error)  # type: ignore[arg-type]


def test_a_page_reads_no_history_while_the_views_hold(store: Store, small: qms.Rulebook) -> None:
    now, counted = FixedNow(MONDAY), Counted(store)
    desk = qms.ServiceDesk(small, counted, now=now)
    for index in range(20):
        now.move_to(MONDAY + timedelta(minutes=index))
        desk.open(qms.Subject("repair", number=f"R-{index:02}", opened_at=now()))
    counted.loads = 0
    first = desk.worklist(limit=5)
    second = desk.worklist(limit=5, after=first[-1])
    assert [item.case.id for item in (*first, *second)] == [f"R-{index:02}" for index in range(10)]
    assert counted.loads == 0
    now.move_to(MONDAY + timedelta(hours=5, minutes=2, seconds=30))  # three calls are late, and nobody told
    first = desk.worklist(limit=5)
    assert [item.status.overdue for item in first if item.status] == [("call",)] * 3 + [()] * 2
    assert counted.loads == 3
    assert desk.worklist(limit=5, after=first[-1])[0].case.id == "R-05"
    assert counted.loads == 3


def test_a_paused_case_comes_later_than_its_view_said_and_on_the_page_where_it_belongs(
    store: Store, small: qms.Rulebook
) -> None:
    now = FixedNow(MONDAY)
    desk = qms.ServiceDesk(small, store, now=now)
    for number in ("R-1", "R-2", "R-3"):
        now.advance(timedelta(minutes=1))
        desk.open(qms.Subject("repair", number=number, opened_at=now()))
        desk.record(number, "called")
    desk.record("R-1", "paused", reason="the site is flooded")
    assert [item.case.id for item in desk.worklist()] == ["R-1", "R-2", "R-3"]
    now.advance(timedelta(hours=3))  # two and a half of them in the office: R-1 is due that much later now
    first = desk.worklist(limit=1)
    second = desk.worklist(limit=1, after=first[0])
    third = desk.worklist(limit=1, after=second[0])
    assert [item.case.id for item in (*first, *second, *third)] == ["R-2", "R-3", "R-1"]
    assert desk.worklist(after=third[0]) == ()
    assert third[0].status is not None
    assert third[0].status.moving


def test_a_case_of_unknown_rules_keeps_its_place_on_every_page(
    store: Store, small: qms.Rulebook, now: FixedNow
) -> None:
    rules = small.editions[-1]
    unknown = qms.Pin(rulebook="gone", edition="9", digest="0" * 64)
    with store.transaction() as t:
        for number, hours in (("R-1", 0), ("R-2", 1), ("R-3", 2)):
            case = rules.open(repair(number, hours))
            pinned = (
                case if number != "R-2" else qms.Case(subject=case.subject, pin=unknown, history=case.history)
            )
            t.cases.save(pinned, rules.status(case, now=case.history[-1].at))
    now.move_to(MONDAY + timedelta(hours=30))
    desk = qms.ServiceDesk(small, store, now=now)
    listed = [page[0] for page in pages(desk, 1)]
    assert [(item.case.id, item.status is None) for item in listed] == [
        ("R-1", False), ("R-2", True), ("R-3", False),
    ]  # fmt: skip
    assert listed[1].finding is not None
    assert listed[1].finding.code == "pin-unknown"


def test_a_case_that_cannot_be_judged_does_not_stop_the_list_whatever_the_reason(
    store: Store, small: qms.Rulebook, now: FixedNow
) -> None:
    rules = small.editions[-1]
    case = rules.open(repair("R-1"))
    other = qms.Case(
        subject=qms.Subject("lease", number="L-1", opened_at=MONDAY), pin=case.pin, history=case.history
    )
    with store.transaction() as t:
        t.cases.save(other, rules.status(case, now=MONDAY))
    now.move_to(MONDAY + timedelta(hours=30))
    desk = qms.ServiceDesk(small, store, now=now)
    (item,) = desk.worklist()
    assert item.finding is not None
    assert (item.finding.code, item.status) == ("case-unreadable", None)
    assert "L-1 cannot be judged: Unknown" in item.finding.text()
    assert "L-1 无法判断" in item.finding.text("zh")
    done = desk.refresh()
    assert (done.checked, done.changed, done.findings) == (1, 0, (item.finding,))


def test_a_case_that_was_tampered_with_does_not_stop_the_list(tmp_path: Path, small: qms.Rulebook) -> None:
    now = FixedNow(MONDAY)
    with qms.adapters.sqlite.open(tmp_path / "qms.db") as store:
        desk = qms.ServiceDesk(small, store, now=now)
        for number in ("R-1", "R-2"):
            desk.open(repair(number))
        with closing(sqlite3.connect(tmp_path / "qms.db")) as connection, connection:
            connection.execute("UPDATE qms_entry SET body = '{}' WHERE case_id = 'R-1'")
        now.advance(timedelta(hours=6))
        broken, whole = desk.worklist()
        assert broken.finding is not None
        assert (broken.case.id, broken.finding.code) == ("R-1", "case-unreadable")
        assert whole.status is not None
        assert whole.status.overdue == ("call",)
        done = desk.refresh()
        assert (done.checked, done.changed, done.findings) == (2, 1, (broken.finding,))


def test_what_marks_no_page_is_refused(desk: qms.ServiceDesk) -> None:
    for limit in (-1, "5", 2.0):
        with pytest.raises(qms.EntryError, match=r"0 or more; got .*") as refused:
            desk.worklist(limit=limit)  # type: ignore[arg-type]
        assert "条数" in refused.value.text("zh")
    with pytest.raises(qms.EntryError, match=r"item of the worklist.*got 'C-1'"):
        desk.worklist(after="C-1")  # type: ignore[arg-type]
    assert desk.worklist(limit=0) == ()


def test_a_case_kept_without_a_view_is_on_the_list_once_a_refresh_has_given_it_one(
    store: Store, small: qms.Rulebook, now: FixedNow
) -> None:
    with store.transaction() as t:
        t.cases.save(small.open(repair("R-1")))
    desk = qms.ServiceDesk(small, store, now=now)
    assert desk.worklist() == ()
    assert desk.refresh().checked == 0
    assert desk.refresh(every=True).changed == 1
    assert [view.case.id for view in desk.worklist()] == ["R-1"]
