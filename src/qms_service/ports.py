"""Ports (端口): what the desk asks of a store. Adapters implement these protocols."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from qms_service.cases import Case
from qms_service.rulebooks import Status


class Cases(Protocol):
    """The cases of a store, inside one transaction."""

    def load(self, case_id: str) -> Case:
        """The case of an id as it stands.

        Raises:
            CaseNotFoundError: There is none.
        """
        ...

    def save(self, case: Case, view: Status | None = None) -> None:
        """Keeps a new case, or the events that a known one has gained.

        Args:
            case: The case; its history must begin with the history that is stored.
            view: Where it stands, as a projection that worklists read by.

        Raises:
            StaleCaseError: The stored case has grown, or differs, since this one was read.
        """
        ...

    def open_cases(self) -> Iterator[Case]:
        """Every case that is neither closed nor withdrawn, those due first at the front."""
        ...


class Transaction(Protocol):
    """One unit of work: it commits as a whole, or not at all."""

    @property
    def cases(self) -> Cases:
        """The cases."""
        ...


class Store(Protocol):
    """Where cases are kept."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A transaction: it commits on leaving, and rolls back on an exception."""
        ...
