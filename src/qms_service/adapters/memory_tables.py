"""The tables of the memory store (内存表): each a stack of dictionaries, none of which changes once committed.

What a transaction writes lies in dictionaries of its own over those that were committed when it began; a
commit puts them on the stacks. So whoever reads sees one moment, however long it takes, and nobody waits for
a reader.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable
from typing import Any, TypeVar

import attrs

from qms_service.cases import Case
from qms_service.errors import TransactionError
from qms_service.facts import Facts
from qms_service.numbering import LedgerEntry
from qms_service.rulebooks import Status
from qms_service.trail import Entry

K = TypeVar("K")
V = TypeVar("V")


@attrs.frozen
class Row:
    """A case, the entries of its trail, and where it stood when it was last saved."""

    case: Case
    entries: tuple[Entry, ...]
    view: Status | None


class Table(ChainMap[K, V]):
    """A table with what a transaction has written in front."""

    def committed(self) -> Table[K, V]:
        """The table with what was written on its stack.

        A dictionary below that is not at least twice as large is merged, so the stack stays as low as the
        logarithm of its rows, and a commit copies little.
        """
        written, *stack = self.maps
        while stack and len(stack[0]) < 2 * len(written):
            written = {**stack.pop(0), **written}
        return Table(*([written] if written else []), *stack)


@attrs.frozen(kw_only=True)
class Tables:
    """All that the store keeps.

    Args:
        cases: The cases, by id.
        steps: The case and the version that each key of a step has answered with.
        counters: The last serial of each series, scope and period.
        entries: The entries of each series' ledger, by their place in it.
        sizes: How many entries each series' ledger has.
        numbers: The last entry of each series' number.
        keys: The entries of the numbers that were asked for under each series' key.
        read_only: Whether nothing may be written.
    """

    cases: Table[str, Row] = attrs.field(factory=Table)
    steps: Table[str, tuple[str, int]] = attrs.field(factory=Table)
    counters: Table[tuple[str, Facts, str], int] = attrs.field(factory=Table)
    entries: Table[tuple[str, int], LedgerEntry] = attrs.field(factory=Table)
    sizes: Table[str, int] = attrs.field(factory=Table)
    numbers: Table[tuple[str, str], LedgerEntry] = attrs.field(factory=Table)
    keys: Table[tuple[str, str], tuple[LedgerEntry, ...]] = attrs.field(factory=Table)
    read_only: bool = False

    def begun(self, *, read_only: bool) -> Tables:
        """The tables as a transaction writes in them: nothing of it is seen elsewhere."""
        return Tables(**self._each(lambda table: table.new_child()), read_only=read_only)

    def committed(self) -> Tables:
        """The tables with what a transaction has written."""
        return Tables(**self._each(lambda table: table.committed()))

    def check_writable(self) -> None:
        """Refuses to write where nothing was to be written.

        Raises:
            TransactionError: The transaction was begun for reading.
        """
        if self.read_only:
            raise TransactionError("transaction-read-only")

    def _each(self, step: Callable[[Any], Any]) -> dict[str, Any]:
        tables = {field.name: getattr(self, field.name) for field in attrs.fields(Tables)}
        return {name: step(table) for name, table in tables.items() if isinstance(table, Table)}


class Unit:
    """The tables of one transaction until it ends: what it has written is the store's from then on."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._is_over = False

    @property
    def tables(self) -> Tables:
        """The tables.

        Raises:
            TransactionError: The transaction has ended.
        """
        if self._is_over:
            raise TransactionError("transaction-over")
        return self._tables

    def end(self) -> None:
        """From now on the tables are no longer there."""
        self._is_over = True
