"""The memory store: the reference that other stores are held against. Nothing outlives the process."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Self

import attrs

from qms_service.cases import Case
from qms_service.errors import CaseNotFoundError, StaleCaseError, TransactionError
from qms_service.instants import micros
from qms_service.rulebooks import Status

Row = tuple[Case, Status | None]


@attrs.frozen
class MemoryCases:
    """The cases of one transaction: what it wrote, over what the store held when it began."""

    rows: ChainMap[str, Row]

    def load(self, case_id: str) -> Case:
        """The case of an id as it stands."""
        if case_id not in self.rows:
            raise CaseNotFoundError("case-not-found", case=case_id)
        return self.rows[case_id][0]

    def save(self, case: Case, view: Status | None = None) -> None:
        """Keeps a new case, or the events that a known one has gained."""
        if case.id in self.rows and not _continues(case, stored := self.rows[case.id][0]):
            raise StaleCaseError("stale-case", case=case.id, stored=stored.version, got=case.version)
        self.rows[case.id] = (case, view)

    def open_cases(self) -> Iterator[Case]:
        """Every case that is neither closed nor withdrawn, those due first at the front."""
        for case, _ in sorted(self.rows.values(), key=_first_due):
            if case.status == "open":
                yield case


@attrs.frozen
class MemoryTransaction:
    """One unit of work: what it writes lies over the store's rows until it commits."""

    cases: MemoryCases


class MemoryStore:
    """Cases in a dictionary; one transaction at a time."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._lock = RLock()
        self._is_open = False

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        """A transaction: it commits on leaving, and rolls back on an exception.

        Raises:
            TransactionError: This thread has one open already; its commit would undo the inner one.
        """
        with self._lock:
            if self._is_open:
                raise TransactionError("transaction-nested")
            self._is_open = True
            written: dict[str, Row] = {}
            try:
                yield MemoryTransaction(MemoryCases(ChainMap(written, self._rows)))
                self._rows.update(written)
            finally:
                self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


def open() -> MemoryStore:  # noqa: A001  # every adapter's way in has this name
    """An empty store in memory.

    >>> with open() as store, store.transaction() as t:
    ...     list(t.cases.open_cases())
    []
    """
    return MemoryStore()


def _continues(case: Case, stored: Case) -> bool:
    """Whether a case is the stored one with nothing but more events; a change of edition moves its pin."""
    if case.subject != stored.subject or case.history[: stored.version] != stored.history:
        return False
    moved = any(event.name == "edition_changed" for event in case.history[stored.version :])
    return moved or case.pin == stored.pin


def _first_due(row: Row) -> tuple[bool, int]:
    due = row[1].first_due_at if row[1] else None
    return due is None, micros(due) if due else 0
