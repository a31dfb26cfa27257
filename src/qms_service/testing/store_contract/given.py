"""Given (已知条件): the cases, views and series that the contract keeps in a store, and how it looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

import pendulum
import pytest
from pendulum import DateTime

from qms_service.cases import Case, CaseStatus, Complaint, Pin
from qms_service.events import Event
from qms_service.numbering import LedgerEntry, NumberSeries
from qms_service.ports import CaseView, Store
from qms_service.rulebooks import Status

NOON: Final = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
PIN: Final = Pin(rulebook="contract", edition="1", digest="0" * 64)

PLENTY: Final = 5_000  # more than any test keeps
CLAIM: Final = NumberSeries(
    id="claim", pattern="CL-{YYYY}{MM}-{seq:03}", reset="month", timezone="Asia/Shanghai"
)
SMALL: Final = NumberSeries(id="small", pattern="S-{YYYY}-{seq:01}", reset="year", timezone="Asia/Shanghai")
PLANT: Final = NumberSeries(
    id="plant", pattern="{plant}-{YYYY}-{seq:04}", reset="year", timezone="Asia/Shanghai"
)


def complaint(number: str = "C-1", customer: str = "ACME") -> Case:
    """A complaint with its opening event."""
    subject = Complaint(number=number, customer=customer, received_at=NOON)
    return Case(subject=subject, pin=PIN, history=(Event("received", NOON, recorded_at=NOON, seq=1),))


def grown(case: Case, name: str = "forwarded", **entry: Any) -> Case:  # noqa: ANN401  # those of an Event
    """The case with one more event, an hour after the one before."""
    at = NOON.add(hours=case.version)
    return case.with_event(Event(name, at, recorded_at=at, seq=case.version + 1, **entry))


def standing(
    status: CaseStatus = "open",
    *,
    due: DateTime | None = None,
    changes: DateTime | None = None,
    overdue: tuple[str, ...] = (),
    moving: bool = False,
) -> Status:
    """Where a case stands."""
    return Status(
        status=status, cycle=1, first_due_at=due, next_change_at=changes, overdue=overdue, moving=moving
    )


def keep(store: Store, *cases: Case, view: Status | None = None) -> None:
    """Keeps cases, all in one transaction."""
    with store.transaction() as t:
        for case in cases:
            t.cases.save(case, view)


def kept(store: Store, number: str = "C-1") -> Case:
    """A case as the store has it."""
    with store.transaction(read_only=True) as t:
        return t.cases.load(number)


def listed(views: Iterator[CaseView]) -> list[CaseView]:
    """All views, or so many that a store which repeats them for ever is found out."""
    return list(islice(views, PLENTY))


def found(store: Store, **filters: Any) -> list[CaseView]:  # noqa: ANN401  # those of Cases.find
    """The views that fit."""
    with store.transaction(read_only=True) as t:
        return listed(t.cases.find(**filters))


def ids(store: Store, **filters: Any) -> list[str]:  # noqa: ANN401  # the same
    """The numbers of the cases that fit, in the store's order."""
    return [view.id for view in found(store, **filters)]


def taken(store: Store, series: NumberSeries, at: Any = NOON, **request: Any) -> Any:  # noqa: ANN401  # as allocate
    """What one allocation in a transaction of its own gives."""
    with store.transaction() as t:
        return t.numbers.allocate(series, at=at, **request)


def entries(store: Store, series: NumberSeries, period: str | None = None) -> list[LedgerEntry]:
    """The ledger of a series."""
    with store.transaction(read_only=True) as t:
        return list(t.numbers.ledger(series, period=period))


class Broken(Exception):  # noqa: N818  # it is no error of anybody's
    """What goes wrong in a transaction of the contract."""


@contextmanager
def broken(store: Store) -> Iterator[Any]:
    """A transaction that ends with an exception, after what the caller does in it."""
    try:
        with store.transaction() as t:
            yield t
            raise Broken  # noqa: TRY301  # it has to come from inside the transaction
    except Broken:
        return
    pytest.fail("the transaction has swallowed the exception that was raised in it")
