"""Row (行): one record of a sheet while it is read; it notes every fault, so that all are reported at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from qms_service.errors import QmsError
from qms_service.sheets.fault import Fault, fault_of
from qms_service.sheets.sheet import Record, Sheet, longest_cell

P = ParamSpec("P")
T = TypeVar("T")


class Row:
    """The cells of a record by column.

    Args:
        record: The record.
        sheet: The sheet that it stands in.
        missing: The marks that mean "not known".
    """

    def __init__(self, record: Record, sheet: Sheet, missing: frozenset[str]) -> None:
        self.record = record
        self.faults: list[Fault] = []
        self._places = sheet.places
        self._missing = missing
        if record.broken:
            self.note(record.broken, got=record.fields[0], limit=longest_cell())
        elif len(record.fields) != sheet.width:
            self.note("row.width", got=len(record.fields), allowed=sheet.width)

    @property
    def readable(self) -> bool:
        """Whether nothing was noted against it."""
        return not self.faults

    def note(self, code: str, column: str = "", **operands: object) -> None:
        """Notes a fault."""
        got = operands.get("got")
        self.faults.append(
            Fault(column=column, code=code, operands=operands, got=None if got is None else str(got))
        )

    def text(self, column: str | None) -> str | None:
        """The cell of a column; None where it is empty or a missing mark, or the log has no such column."""
        if column is None:
            return None
        place = self._places[column]
        cell = self.record.fields[place] if place < len(self.record.fields) else ""
        return None if not cell or cell in self._missing else cell

    def read(
        self, column: str | None, how: Callable[Concatenate[str, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """What `how` makes of a cell; None where there is nothing, or nothing readable: that is noted."""
        if column is None:
            return None
        cell = self.text(column)
        if cell is None:
            return None
        try:
            return how(cell, *args, **kwargs)
        except QmsError as error:
            self.faults.append(fault_of(error, column, cell))
            return None
