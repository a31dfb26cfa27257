"""The cases of the memory store (内存个案)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

import attrs

from qms_service.adapters.memory_tables import Row, Tables, Unit
from qms_service.cases import Case
from qms_service.errors import CaseNotFoundError, EntryError, KeyReusedError, StaleCaseError
from qms_service.findings import Finding
from qms_service.instants import Micros, micros
from qms_service.numbering.book import check_key
from qms_service.ports import CaseView, check_limit, customer_of, latest_of
from qms_service.rulebooks import Status
from qms_service.trail import Entry, case_of, continues, entries_of, findings_of, redacted


@attrs.frozen
class MemoryCases:
    """The cases of one transaction."""

    unit: Unit

    @property
    def tables(self) -> Tables:
        """The store's tables with what this transaction has written."""
        return self.unit.tables

    def load(self, case_id: str) -> Case:
        """The case of an id as it stands."""
        return self._row(case_id).case

    def save(self, case: Case, view: Status | None = None, *, key: str | None = None) -> None:
        """Keeps a new case, the events that a known one has gained, or a new view of it."""
        self.tables.check_writable()
        if not isinstance(case, Case):
            raise EntryError("entry-case", got=repr(case))
        row = self.tables.cases.get(case.id)
        if row is not None and not continues(case, row.case):
            raise StaleCaseError("stale-case", case=case.id, stored=row.case.version, got=case.version)
        if key is not None:
            self._check_step(key, case)
        self.tables.cases[case.id] = Row(case, _entries(case, row), view)
        if key is not None:
            self.tables.steps[key] = (case.id, case.version)

    def answered(self, key: str) -> tuple[str, int] | None:
        """The case and the version to which a step under this key has brought it; None: no such step."""
        return self.tables.steps.get(key)

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
        """The views of the cases that fit, those due first at the front, then by id."""
        check_limit(limit)
        by = None if changes_by is None else micros(changes_by)
        back_to = None if since is None else micros(since)
        fitting = [
            view
            for row in self.tables.cases.values()
            if back_to is None or latest_of(row.case) >= back_to
            for view in (_view(row),)
            if kind in (None, view.kind)
            and customer in (None, view.customer)
            and (status is None or (view.status is not None and view.status.status == status))
            and (by is None or _changes(view.status, by))
            and (after is None or _place(view) > _place(after))
        ]
        return islice(sorted(fitting, key=_place), limit)

    def redact(self, case_id: str, seq: int, fields: Sequence[str], *, reason: str) -> None:
        """Replaces texts of an event by a mark and keeps their digests."""
        self.tables.check_writable()
        row = self._row(case_id)
        if seq not in range(len(row.entries)):
            raise EntryError("redact-entry", case=case_id, got=repr(seq), last=len(row.entries) - 1)
        entry = redacted(row.entries[seq], fields, reason=reason)
        entries = (*row.entries[:seq], entry, *row.entries[seq + 1 :])
        self.tables.cases[case_id] = Row(case_of(entries), entries, row.view)

    def verify(self, case_id: str, *, head: str | None = None) -> tuple[Finding, ...]:
        """What was changed behind the library's back; nothing where the chain holds."""
        row = self._row(case_id)
        version, last = row.case.version, row.entries[-1].hash
        return findings_of(case_id, row.entries, version=version, head=last, noted=head)

    def head(self, case_id: str) -> str:
        """The last digest of the case's chain."""
        return self._row(case_id).entries[-1].hash

    def _row(self, case_id: str) -> Row:
        if not isinstance(case_id, str) or case_id not in self.tables.cases:
            raise CaseNotFoundError("case-not-found", case=case_id)
        return self.tables.cases[case_id]

    def _check_step(self, key: str, case: Case) -> None:
        check_key(key)
        known = self.tables.steps.get(key)
        if known is not None and known != (case.id, case.version):
            raise KeyReusedError("key-other-step", key=key, case=known[0], version=known[1])


def _entries(case: Case, row: Row | None) -> tuple[Entry, ...]:
    """The trail of a case: that which is kept, and an entry for each event gained."""
    if row is None:
        return entries_of(case)
    head, pin = row.entries[-1].hash, row.case.pin
    return (*row.entries, *entries_of(case, since=len(row.entries), head=head, pin=pin))


def _view(row: Row) -> CaseView:
    return CaseView(
        id=row.case.id,
        kind=row.case.kind,
        customer=customer_of(row.case),
        version=row.case.version,
        status=row.view,
        latest_us=latest_of(row.case),
    )


def _changes(status: Status | None, by: Micros) -> bool:
    """Whether something changes by a moment without anybody acting, or has done so already."""
    if status is None:
        return False
    next_change = status.next_change_at
    return status.moving or (next_change is not None and micros(next_change) <= by)


def _place(view: CaseView) -> tuple[bool, Micros, str]:
    due = view.status.first_due_at if view.status else None
    return due is None, 0 if due is None else micros(due), view.id
