"""Ports (端口): what the desk asks of a store. Adapters implement these protocols.

`qms_service.testing.StoreContract` tells in tests what the sentences here say in words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol, overload

import attrs
from pendulum import DateTime

from qms_service.cases import Case
from qms_service.errors import EntryError
from qms_service.findings import Finding
from qms_service.instants import Micros, from_micros, micros, zone
from qms_service.numbering import LedgerEntry, NumberAudit, NumberSeries
from qms_service.rulebooks import Status


@attrs.frozen(kw_only=True)
class CaseView:
    """A case as a worklist reads it, without its history (个案视图): the projection, a cache.

    Args:
        id: The case's number.
        kind: The kind of case.
        customer: The `customer` of its subject; None where it has none.
        version: How many events it has.
        status: Where it stood when it was last saved or refreshed; None where nobody said.
        latest_us: When the latest of its events happened, in microseconds UTC; None where the store has not kept
            it, as in rows that an older version of the library wrote. It does not make two views different.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> proc = qms.load_rulebook("pcb-maker").on(noon)
    >>> case = proc.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
    >>> with qms.adapters.memory.open().transaction() as t:
    ...     t.cases.save(case, proc.status(case, now=noon))
    ...     [view] = t.cases.find(customer="ACME")
    >>> view.id, view.kind, view.version, view.status.status
    ('C-1', 'complaint', 1, 'open')
    """

    id: str
    kind: str
    customer: str | None
    version: int
    status: Status | None
    latest_us: Micros | None = attrs.field(default=None, eq=False)

    @property
    def latest_at(self) -> DateTime | None:
        """When the latest of its events happened, in UTC; made when asked, since a worklist reads thousands."""
        return None if self.latest_us is None else from_micros(self.latest_us, zone("UTC"))


def customer_of(case: Case) -> str | None:
    """The customer that the view of a case shows; None where its subject has none.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> customer_of(qms.load_rulebook("pcb-maker").open(qms.Complaint(customer="ACME", received_at=noon)))
    'ACME'
    """
    customer = case.subject.facts.get("customer")
    return customer if isinstance(customer, str) else None


def latest_of(case: Case) -> Micros:
    """When the latest event of a case happened, in microseconds UTC; its opening where it has none.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="UTC")
    >>> latest_of(qms.load_rulebook("pcb-maker").open(qms.Complaint(customer="ACME", received_at=noon)))
    1772452800000000
    """
    return max((event.us for event in case.history), default=micros(case.subject.opened_at))


class Cases(Protocol):
    """The cases of a store, inside one transaction."""

    def load(self, case_id: str) -> Case:
        """The case of an id as it stands; until the transaction ends, nobody else changes it.

        Raises:
            CaseNotFoundError: There is none.
        """
        ...

    def save(self, case: Case, view: Status | None = None, *, key: str | None = None) -> None:
        """Keeps a new case, the events that a known one has gained, or a new view of it.

        Args:
            case: The case; its history must begin with the history that is stored.
            view: Where it stands, as a projection that worklists read by.
            key: The caller's key for this step; `answered` knows it from now on.

        Raises:
            StaleCaseError: The stored case has grown, or differs, since this one was read. Nothing is written.
            KeyReusedError: The key has answered another step. Nothing is written.
            EntryError: It is no case, or the key is no text.
        """
        ...

    def answered(self, key: str) -> tuple[str, int] | None:
        """The case and the version to which a step under this key has brought it; None: no such step.

        Until the transaction ends, nobody else answers the key.
        """
        ...

    def find(
        self,
        *,
        kind: str | None = None,
        status: str | None = None,
        customer: str | None = None,
        changes_by: datetime | None = None,
        since: datetime | None = None,
        after: CaseView | None = None,
        limit: int | None = None,
    ) -> Iterator[CaseView]:
        """The views of the cases that fit, those due first at the front, then by id.

        Args:
            kind: Only cases of this kind.
            status: Only cases that stood so: `"open"`, `"closed"`, `"withdrawn"`.
            customer: Only cases of this customer.
            changes_by: Only cases whose `next_change_at` lies at or before this moment, or whose due time moves.
            since: Only cases of which an event happened at or after this moment, or of which that is not known.
            after: Only those behind this one, by the order above: the last of the page before.
            limit: No more than so many.

        Raises:
            NaiveInstantError: `changes_by` or `since` has no zone.
            EntryError: The limit is no whole number from 0 on.
        """
        ...

    def redact(self, case_id: str, seq: int, fields: Sequence[str], *, reason: str) -> None:
        """Replaces texts of an event by a mark and keeps their digests, so that the chain still verifies.

        Args:
            case_id: The case's number.
            seq: The event; 0: the subject.
            fields: Their paths: `by`, `note`, `facts.contact`, `evidence.0.uri`.
            reason: Why; kept with the digests.

        Raises:
            CaseNotFoundError: There is no such case.
            EntryError: There is no such event or field, or it holds no text.
        """
        ...

    def verify(self, case_id: str, *, head: str | None = None) -> tuple[Finding, ...]:
        """What was changed behind the library's back; nothing where the chain holds.

        Args:
            case_id: The case's number.
            head: The chain's last digest as it was noted elsewhere; that chain must still be in this one.

        Raises:
            CaseNotFoundError: There is no such case.
        """
        ...

    def head(self, case_id: str) -> str:
        """The last digest of the case's chain, to be noted where nobody who can write here can write.

        Raises:
            CaseNotFoundError: There is no such case.
        """
        ...


class Numbers(Protocol):
    """The numbers of a store, inside one transaction: gap-free with the documents written in it."""

    @overload
    def allocate(
        self,
        series: NumberSeries,
        *,
        at: date,
        scope: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> str: ...
    @overload
    def allocate(
        self,
        series: NumberSeries,
        *,
        at: date,
        scope: Mapping[str, str] | None = None,
        key: str | None = None,
        count: int,
    ) -> tuple[str, ...]: ...
    def allocate(
        self,
        series: NumberSeries,
        *,
        at: date,
        scope: Mapping[str, str] | None = None,
        key: str | None = None,
        count: int | None = None,
    ) -> str | tuple[str, ...]:
        """The next number of a series, or the next `count`; whoever asks next waits until this transaction ends.

        Args:
            series: The series.
            at: The document's moment (aware), or its business date.
            scope: A value for each `{name}` of the pattern.
            key: The caller's key for the request; asked again under it, the same numbers come back.
            count: How many; they follow on each other.

        Raises:
            NumberOverflowError: The period has no further number; nothing is taken.
            NumberError: The scope does not fit the pattern, or the date the years that the text can show.
            KeyReusedError: The key was used for another request, or its number is void.
            EntryError: The key is no text.
            StoreBusyError: Others held the counter too long; try again.
        """
        ...

    def preview(self, series: NumberSeries, *, at: date, scope: Mapping[str, str] | None = None) -> str:
        """The number that would come next, for a form to show; it takes nothing and promises nothing.

        Raises:
            NumberOverflowError: The period has no further number.
            NumberError: The scope does not fit the pattern, or the date the years that the text can show.
        """
        ...

    def reserve(
        self,
        series: NumberSeries,
        *,
        at: date,
        scope: Mapping[str, str] | None = None,
        key: str | None = None,
        expires_at: datetime | None = None,
    ) -> str:
        """The next number of a series for a document that may come; `confirm` or `void` says what became of it."""
        ...

    def confirm(self, series: NumberSeries, number: str, *, at: datetime) -> None:
        """Says that the document of a reserved number is there.

        Raises:
            NumberError: The number is not reserved, or its reservation has expired.
        """
        ...

    def void(self, series: NumberSeries, number: str, *, reason: str, at: datetime) -> None:
        """Says that a reserved or allocated number never gets its document, and why; nobody gets it again.

        Raises:
            NumberError: The number was never given, has its document or is void already; or no reason is given.
        """
        ...

    def void_expired(self, series: NumberSeries, *, now: datetime) -> tuple[str, ...]:
        """Voids the reserved numbers of a series whose time is over; gives them back."""
        ...

    def adopt(self, series: NumberSeries, numbers: Iterable[str], *, at: datetime) -> NumberAudit:
        """Takes over numbers given elsewhere: counters go on behind them and never go down.

        Returns:
            What `audit_numbers` says of them; what is malformed there was not taken.
        """
        ...

    def ledger(self, series: NumberSeries, *, period: str | None = None) -> Iterator[LedgerEntry]:
        """The entries of a series, oldest first."""
        ...


class Transaction(Protocol):
    """One unit of work: it commits as a whole, or not at all; once it has ended, it takes nothing more."""

    @property
    def cases(self) -> Cases:
        """The cases."""
        ...

    @property
    def numbers(self) -> Numbers:
        """The numbers."""
        ...


class Store(Protocol):
    """Where cases and numbers are kept."""

    def transaction(self, *, read_only: bool = False) -> AbstractContextManager[Transaction]:
        """A transaction: it commits on leaving, and rolls back on an exception.

        Args:
            read_only: Nothing will be written, so nobody need wait for it.

        Raises:
            TransactionError: This thread has one open already; or, on writing, it was begun as `read_only`.
            StoreBusyError: Others wrote for longer than the store waits; try again.
        """
        ...


def check_limit(limit: object) -> None:
    """Refuses what is no number of rows: databases take -1 for all of them.

    Raises:
        EntryError: It is none.

    >>> check_limit(50)
    """
    if limit is not None and (type(limit) is not int or not 0 <= limit <= sys.maxsize):
        raise EntryError("entry-limit", got=repr(limit))
