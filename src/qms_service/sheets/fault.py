"""Fault (单元格错误): what is wrong with a cell or a row: what was got, and what is allowed there."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from qms_service.errors import QmsError
from qms_service.facts import Facts, as_facts
from qms_service.texts import Catalogue, render


class CellError(QmsError, ValueError):
    """A cell that cannot be read; it becomes a fault of its row."""


@attrs.frozen(kw_only=True)
class Fault:
    """What was got in a row, and what is allowed there.

    Args:
        column: The column of the sheet; empty where it is the row as a whole.
        code: What is wrong, a key of the text catalogues.
        operands: The values that its text names.
        got: The cell as it stands.
    """

    column: str = ""
    code: str
    operands: Facts = attrs.field(factory=Facts, converter=as_facts)
    got: str | None = None

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The fault in the reader's language, with its column."""
        said = render(self.code, self.operands, lang, catalogues)
        return f"{self.column}: {said}" if self.column else said

    def __str__(self) -> str:
        return self.text()


def fault_of(error: QmsError, column: str = "", got: str | None = None) -> Fault:
    """An error that was raised while a cell, or a whole case, was read."""
    return Fault(column=column, code=error.code, operands=error.operands, got=got)
