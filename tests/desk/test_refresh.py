"""A refresh tells the stored views anew: in short transactions, past bad cases, and against nobody's work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

import qms_service as qms
from qms_service.desk import Refreshed
from qms_service.errors import StoreBusyError
from qms_service.ports import Store, Transaction
from qms_service.testing import FixedNow

SHANGHAI = ZoneInfo("Asia/Shanghai")
DECEMBER = datetime(2026, 12, 29, 10, tzinfo=SHANGHAI)
OFFICE = {"mon": [("09:00", "17:00")], "tue": [("09:00", "17:00")], "wed": [("09:00", "17:00")],
          "thu": [("09:00", "17:00")], "fri": [("09:00", "17:00")]}  # fmt: skip
PCB = qms.load_rulebook("pcb-maker")


def complaints(desk: qms.ServiceDesk, now: FixedNow, count: int) -> None:
    for index in range(count):
        number = f"C-{index:03}"
        desk.open(qms.Complaint(number=number, customer="ACME", received_at=now()))
        desk.record(number, "forwarded")


def overdue(store: Store) -> dict[str, tuple[str, ...]]:
    with store.transaction(read_only=True) as t:
        return {view.id: view.status.overdue for view in t.cases.find() if view.status}


def test_only_what_is_out_of_date_is_told_anew(desk: qms.ServiceDesk, store: Store, now: FixedNow) -> None:
    complaints(desk, now, 3)
    desk.record("C-001", "withdrawn")
    now.advance(timedelta(hours=13))
    desk.open(qms.Complaint(number="D-1", customer="ACME", received_at=now()))
    assert overdue(store)["C-000"] == ()
    assert desk.refresh() == Refreshed(checked=2, changed=2, findings=())
    late = ("initial-analysis", "customer-response")
    assert overdue(store) == {"C-000": late, "C-001": (), "C-002": late, "D-1": ()}
    assert desk.refresh() == Refreshed(checked=0, changed=0, findings=())
    assert desk.refresh(every=True) == Refreshed(checked=3, changed=0, findings=())


def test_a_moment_ahead_can_be_asked_for(desk: qms.ServiceDesk, store: Store, now: FixedNow) -> None:
    complaints(desk, now, 1)
    assert desk.refresh(now=now() + timedelta(hours=13)).changed == 1
    assert overdue(store)["C-000"] == ("initial-analysis", "customer-response")


def test_progress_is_told_after_each_batch(desk: qms.ServiceDesk, now: FixedNow) -> None:
    told: list[tuple[int, int]] = []
    desk.refresh(every=True, progress=lambda done, total: told.append((done, total)))
    assert told == []
    complaints(desk, now, 450)
    done = desk.refresh(every=True, progress=lambda done, total: told.append((done, total)))
    assert told == [(200, 450), (400, 450), (450, 450)]
    assert done == Refreshed(checked=450, changed=0, findings=())


def test_a_new_calendar_year_reaches_the_views(store: Store, now: FixedNow) -> None:
    """Until the holidays of 2027 are published, the calendar knows nothing of a term that ends there."""

    def known_until(day: date) -> qms.Rulebook:
        calendar = qms.WorkCalendar(timezone="Asia/Shanghai", weekly=OFFICE, known_until=day)
        first = PCB.editions[-1]
        kind = first.rules.kinds["complaint"]
        clock = attrs.evolve(kind.clocks["initial-analysis"], within="3 working d")
        kinds = {"complaint": attrs.evolve(kind, clocks={"initial-analysis": clock})}
        return qms.Rulebook(
            "pcb-maker", (qms.Procedure(attrs.evolve(first.rules, calendar=calendar, kinds=kinds)),)
        )

    now.move_to(DECEMBER)
    before = qms.ServiceDesk(known_until(date(2026, 12, 31)), store, now=now)
    complaints(before, now, 2)
    assert [item.status.first_due_at for item in before.worklist() if item.status] == [None, None]
    after = qms.ServiceDesk(known_until(date(2027, 12, 31)), store, now=now)
    assert after.refresh() == Refreshed(checked=0, changed=0, findings=())  # nothing was to change by itself
    assert after.refresh(every=True) == Refreshed(checked=2, changed=2, findings=())
    friday = datetime(2027, 1, 1, 10, tzinfo=SHANGHAI)  # this calendar has no holiday
    assert [item.status.first_due_at for item in after.worklist() if item.status] == [friday, friday]


def test_one_bad_case_does_not_stop_the_others(desk: qms.ServiceDesk, store: Store, now: FixedNow) -> None:
    complaints(desk, now, 3)
    with store.transaction() as t:
        case = t.cases.load("C-001")
        strange = attrs.evolve(
            case,
            subject=attrs.evolve(case.subject, number="C-000-old"),
            pin=qms.Pin(rulebook="gone", edition="9", digest="0" * 64),
        )
        t.cases.save(strange, PCB.of(case).status(case, now=now()))
    now.advance(timedelta(hours=13))
    done = desk.refresh()
    assert (done.checked, done.changed) == (4, 3)
    assert [(one.code, one.subject) for one in done.findings] == [("pin-unknown", "C-000-old")]
    assert overdue(store)["C-000-old"] == ()


class Meanwhile:
    """A store in which somebody else acts as soon as the views have been read."""

    def __init__(self, store: Store, act: object) -> None:
        self.store, self.act = store, act

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[Transaction]:
        with self.store.transaction(read_only=read_only) as t:
            yield t
        if read_only:
            self.act()  # type: ignore[operator]


def test_what_somebody_does_meanwhile_is_kept(store: Store, now: FixedNow) -> None:
    plain = qms.ServiceDesk(PCB, store, now=now)
    complaints(plain, now, 3)
    now.advance(timedelta(hours=13))
    began = now()

    def act() -> None:
        now.advance(timedelta(minutes=1))
        plain.record("C-001", "withdrawn")

    desk = qms.ServiceDesk(PCB, Meanwhile(store, act), now=now)
    assert desk.refresh(now=began) == Refreshed(checked=3, changed=2, findings=())
    assert overdue(store)["C-001"] == ()
    assert [item.case.id for item in plain.worklist()] == ["C-000", "C-002"]


class Unlocked:
    """A store that lets others write a case that is being read, and tells so when it is saved."""

    def __init__(self, store: Store, error: qms.QmsError, number: str) -> None:
        self.store, self.error, self.number = store, error, number

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[Transaction]:
        with self.store.transaction(read_only=read_only) as t:
            yield _Refusing(t, self)  # type: ignore[misc]


class _Refusing:
    def __init__(self, transaction: Transaction, unlocked: Unlocked) -> None:
        self._inner, self._unlocked = transaction.cases, unlocked
        self.cases, self.numbers = self, transaction.numbers

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def save(self, case: qms.Case, view: qms.Status) -> None:
        if case.id == self._unlocked.number:
            raise self._unlocked.error
        self._inner.save(case, view)


def test_a_case_that_grew_while_it_was_judged_has_its_new_view_already(store: Store, now: FixedNow) -> None:
    complaints(qms.ServiceDesk(PCB, store, now=now), now, 3)
    now.advance(timedelta(hours=13))
    stale = qms.StaleCaseError("stale-case", case="C-001", stored=3, got=2)
    desk = qms.ServiceDesk(PCB, Unlocked(store, stale, "C-001"), now=now)
    assert desk.refresh() == Refreshed(checked=3, changed=2, findings=())


def test_a_store_that_is_busy_is_told_and_what_was_done_stays(store: Store, now: FixedNow) -> None:
    plain = qms.ServiceDesk(PCB, store, now=now)
    complaints(plain, now, 201)
    now.advance(timedelta(hours=13))
    busy = StoreBusyError("store-busy")
    desk = qms.ServiceDesk(PCB, Unlocked(store, busy, "C-200"), now=now)
    with pytest.raises(StoreBusyError):
        desk.refresh()
    assert plain.refresh() == Refreshed(checked=1, changed=1, findings=())


def test_a_store_that_cannot_be_read_is_no_bad_case(store: Store, now: FixedNow) -> None:
    complaints(qms.ServiceDesk(PCB, store, now=now), now, 1)
    now.advance(timedelta(hours=13))

    class Unreadable(_Refusing):
        def load(self, case_id: str) -> qms.Case:
            raise StoreBusyError("store-busy", case=case_id)

    class Reading(Unlocked):
        @contextmanager
        def transaction(self, *, read_only: bool = False) -> Iterator[Transaction]:
            with self.store.transaction(read_only=read_only) as t:
                yield Unreadable(t, self)  # type: ignore[misc]

    desk = qms.ServiceDesk(PCB, Reading(store, StoreBusyError("store-busy"), ""), now=now)
    for ask in (desk.refresh, desk.worklist):
        with pytest.raises(StoreBusyError):
            ask()
