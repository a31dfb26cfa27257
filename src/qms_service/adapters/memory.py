"""The memory store (内存存储): the reference that other stores are held against. Nothing outlives the process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import Lock, get_ident
from typing import Self

import attrs

from qms_service.adapters.acts import Acts
from qms_service.adapters.memory_cases import MemoryCases
from qms_service.adapters.memory_numbers import MemoryNumbers
from qms_service.adapters.memory_tables import Tables, Unit
from qms_service.errors import TransactionError


@attrs.frozen
class MemoryTransaction:
    """One unit of work: what it writes lies over the store's tables until it commits."""

    cases: MemoryCases
    numbers: MemoryNumbers


class MemoryStore(Acts):
    """Cases and numbers in dictionaries; one transaction writes at a time, and nobody waits to read."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._turn = Lock()
        self._inside: set[int] = set()

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[MemoryTransaction]:
        """A transaction: it commits on leaving, and rolls back on an exception.

        Args:
            read_only: Nothing will be written, so it waits for nobody.

        Raises:
            TransactionError: This thread has one open already; its commit would undo the inner one.
        """
        me = get_ident()
        if me in self._inside:
            raise TransactionError("transaction-nested")
        with nullcontext() if read_only else self._turn:
            self._inside.add(me)
            unit = Unit(self._tables.begun(read_only=read_only))
            try:
                yield MemoryTransaction(MemoryCases(unit), MemoryNumbers(unit))
                if not read_only:
                    self._tables = unit.tables.committed()
            finally:
                unit.end()
                self._inside.discard(me)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


def open() -> MemoryStore:  # noqa: A001  # every adapter's way in has this name
    """An empty store in memory.

    >>> with open() as store, store.transaction() as t:
    ...     list(t.cases.find())
    []
    """
    return MemoryStore()
