"""The cases of a store over SQL (个案): a row a case with where it stands, and its entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from qms_service.adapters.sql import entries, keys, views
from qms_service.adapters.sql.dialect import Dialect, Run, Value
from qms_service.cases import Case
from qms_service.errors import (
    CaseNotFoundError,
    EntryError,
    KeyReusedError,
    StaleCaseError,
    StoreError,
    TransactionError,
)
from qms_service.findings import Finding
from qms_service.numbering.book import check_key
from qms_service.ports import CaseView, customer_of, latest_of
from qms_service.rulebooks import Status
from qms_service.trail import Entry, case_of, continues, entries_of, findings_of, redacted

_ROW: Final = "SELECT version, head FROM qms_case WHERE id = :id"
_NEW: Final = """
    INSERT INTO qms_case (id, kind, customer, version, head, status, cycle, first_due_us, next_change_us,
        zone, overdue, moving, due_sort_us, change_sort_us, latest_us)
    VALUES (:id, :kind, :customer, :version, :head, :status, :cycle, :first_due_us, :next_change_us,
        :zone, :overdue, :moving, :due_sort_us, :change_sort_us, :latest_us)
    ON CONFLICT (id) DO NOTHING
    RETURNING id"""
_GROWN: Final = """
    UPDATE qms_case SET kind = :kind, customer = :customer, version = :version, head = :head, status = :status, cycle = :cycle,
        first_due_us = :first_due_us, next_change_us = :next_change_us, zone = :zone, overdue = :overdue,
        moving = :moving, due_sort_us = :due_sort_us, change_sort_us = :change_sort_us,
        latest_us = :latest_us
    WHERE id = :id AND version = :read_version AND head = :read_head
    RETURNING id"""
_COPIES: Final = "SELECT kind, customer FROM qms_case WHERE id = :id"
_CUSTOMER: Final = "UPDATE qms_case SET customer = :customer WHERE id = :id"
_STEP: Final = "case"

Stored = tuple[Case, str]  # with the last digest of its chain


class SqlCases:
    """The cases of one transaction."""

    def __init__(self, run: Run, dialect: Dialect, *, read_only: bool) -> None:
        self._run = run
        self._read_only = read_only
        self._row = _ROW if read_only else _ROW + dialect.to_keep
        self._loaded: dict[str, Stored] = {}

    def load(self, case_id: str) -> Case:
        """The case of an id as it stands; until the transaction ends, nobody else changes it."""
        stored = self._stored(case_id)
        if stored is None:
            raise _not_found(case_id)
        return stored[0]

    def save(self, case: Case, view: Status | None = None, *, key: str | None = None) -> None:
        """Keeps a new case, the events that a known one has gained, or a new view of it."""
        self._check_writable()
        if not isinstance(case, Case):
            raise EntryError("entry-case", got=repr(case))
        stored = self._loaded.get(case.id)
        if stored is None or not continues(case, stored[0]):  # a savepoint may have been undone since
            stored = _going_on(case, self._stored(case.id))
        if key is not None:
            self._check_key(case, key)
        if not self._written(case, view, stored):
            again = _going_on(case, self._stored(case.id))  # another was first, or a savepoint was undone
            if not self._written(case, view, again):
                raise _stale(case, again)
        if key is not None:
            keys.answer(self._run, _STEP, key, (case.id, case.version))

    def answered(self, key: str) -> tuple[str, int] | None:
        """The case and the version to which a step under this key has brought it; None: no such step."""
        look = keys.looked_up if self._read_only else keys.claimed
        return look(self._run, _STEP, key)

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
        asked = {"kind": kind, "status": status, "customer": customer}
        return views.find(self._run, asked, changes_by=changes_by, since=since, after=after, limit=limit)

    def redact(self, case_id: str, seq: int, fields: Sequence[str], *, reason: str) -> None:
        """Replaces texts of an event by a mark and keeps their digests, so that the chain still verifies."""
        self._check_writable()
        self._head(case_id)
        kept = {entry.seq: entry for entry in entries.read(self._run, case_id)}
        if seq not in kept:
            raise EntryError("redact-entry", case=case_id, got=repr(seq), last=max(kept, default=0))
        kept[seq] = redacted(kept[seq], fields, reason=reason)
        entries.redact(self._run, case_id, kept[seq])
        case = case_of(tuple(kept.values()))
        self._run(_CUSTOMER, {"customer": customer_of(case), "id": case_id})
        self._loaded.pop(case_id, None)

    def verify(self, case_id: str, *, head: str | None = None) -> tuple[Finding, ...]:
        """What was changed behind the library's back; nothing where the chain holds."""
        version, end = self._head(case_id)
        kept = entries.read(self._run, case_id)
        found = findings_of(case_id, kept, version=version, head=end, noted=head)
        return found or self._checked_row(case_id, kept)

    def head(self, case_id: str) -> str:
        """The last digest of the case's chain."""
        return self._head(case_id)[1]

    def _checked_row(self, case_id: str, kept: Sequence[Entry]) -> tuple[Finding, ...]:
        """Whether lists that are narrowed by kind or customer show the case where its subject belongs."""
        try:
            case = case_of(kept)
        except StoreError as error:  # the whole chain was written anew, and badly
            facts = {"entry": error.operands.get("entry", 0), "reason": str(error)}
            return (Finding(code="trail-unreadable", severity="refusal", subject=case_id, facts=facts),)
        [copied] = self._run(_COPIES, {"id": case_id})
        if tuple(copied) == (case.kind, customer_of(case)):
            return ()
        told = {"kind": case.kind, "customer": customer_of(case)}
        facts = {**told, "got_kind": copied[0], "got_customer": copied[1]}
        return (Finding(code="trail-row", severity="refusal", subject=case_id, facts=facts),)

    def _head(self, case_id: str) -> tuple[int, str]:
        rows = self._row_of(case_id)
        if not rows:
            raise _not_found(case_id)
        version, head = rows[0]
        return version, head

    def _row_of(self, case_id: str) -> Sequence[tuple[Any, ...]]:
        """The row of a case; what is no text is the number of none, and no database is asked to compare it."""
        return self._run(self._row, {"id": case_id}) if isinstance(case_id, str) else ()

    def _stored(self, case_id: str) -> Stored | None:
        """The case as it is kept; its row first, so that what is read of it then is what the row says."""
        rows = self._row_of(case_id)
        if not rows:
            return None
        stored = self._loaded[case_id] = case_of(entries.read(self._run, case_id)), rows[0][1]
        return stored

    def _written(self, case: Case, view: Status | None, stored: Stored | None) -> bool:
        """Whether the case was written: a new one, or one that still stands where it was read."""
        values: dict[str, Value] = {"id": case.id, "version": case.version, **views.columns(view)}
        values |= {"kind": case.kind, "customer": customer_of(case), "latest_us": latest_of(case)}
        if stored is None:
            gained = entries_of(case)
            values |= {"head": gained[-1].hash}
            rows = self._run(_NEW, values)
        else:
            before, read_head = stored
            gained = entries_of(case, since=before.version + 1, head=read_head, pin=before.pin)
            values |= {"head": gained[-1].hash if gained else read_head}
            rows = self._run(_GROWN, {**values, "read_version": before.version, "read_head": read_head})
        if rows:
            entries.add(self._run, case.id, gained)
            self._loaded[case.id] = case, str(values["head"])
        return bool(rows)

    def _check_key(self, case: Case, key: str) -> None:
        check_key(key)
        before = keys.claimed(self._run, _STEP, key)
        if before not in (None, (case.id, case.version)):
            raise KeyReusedError("key-other-step", key=key, case=before[0], version=before[1])

    def _check_writable(self) -> None:
        if self._read_only:
            raise TransactionError("transaction-read-only")


def _going_on(case: Case, stored: Stored | None) -> Stored | None:
    """What is kept of a case that goes on from it."""
    if stored is not None and not continues(case, stored[0]):
        raise _stale(case, stored)
    return stored


def _stale(case: Case, stored: Stored | None) -> StaleCaseError:
    version = stored[0].version if stored else 0
    return StaleCaseError("stale-case", case=case.id, stored=version, got=case.version)


def _not_found(case_id: str) -> CaseNotFoundError:
    return CaseNotFoundError("case-not-found", case=case_id)
