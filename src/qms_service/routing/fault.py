"""Faults (表格错误): what a table's constructor could not read, all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from qms_service.errors import TableError, nearest
from qms_service.texts import Catalogue, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Unreadable(Exception):  # noqa: N818  # caught inside this room, never handed out
    """A word, a cell or a value that cannot be read; the constructor adds rule and column."""

    def __init__(self, code: str, **operands: str | None) -> None:
        super().__init__(code)
        self.code = code
        self.operands = operands

    def at(
        self, *, rule: str | None = None, column: str | None = None, line: int | None = None
    ) -> TableFault:
        """The fault, in its place."""
        given: dict[str, Any] = self.operands
        return TableFault(code=self.code, rule=rule, column=column, line=line, **given)


@attrs.frozen(kw_only=True)
class TableFault:
    """One thing in a table that cannot be read.

    Args:
        code: What is wrong, a key of the text catalogues without its `table.` prefix.
        rule: The id of the rule, or `#3` for the third where the id itself is missing.
        column: The input, the output, or the parameter of the constructor.
        line: The line of the grid, counted from 1, where the fault is one of its layout.
        got: What was got, as Python shows it.
        allowed: What is allowed there.
        typed: What to type instead.
        nearest: The known name nearest to the one got.
    """

    code: str
    rule: str | None = None
    column: str | None = None
    line: int | None = None
    got: str | None = None
    allowed: str | None = None
    typed: str | None = None
    nearest: str | None = None

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The fault in the reader's language: where, what was got, what is allowed."""
        operands = attrs.asdict(self)
        parts = [key for key in ("line", "rule", "column") if operands[key] is not None]
        where = [render(f"table.at.{key}", operands, lang, catalogues) for key in parts]
        said = render(f"table.{self.code}", operands, lang, catalogues)
        guess = render("table.nearest", operands, lang, catalogues) if self.nearest else ""
        return "".join(where) + said + guess

    def __str__(self) -> str:
        return self.text()


def refuse_table(name: object, faults: Iterable[TableFault]) -> TableError:
    """The error that names every fault of a table."""
    problems = tuple(faults)
    return TableError("table-unreadable", table=str(name), count=len(problems), problems=problems)


def unknown(code: str, got: object, known: Iterable[str]) -> Unreadable:
    """A name that is not among the known ones, with the nearest."""
    allowed = tuple(map(str, known))
    guess = nearest(got, allowed)
    return Unreadable(code, got=repr(got), allowed=", ".join(allowed), nearest=guess)
