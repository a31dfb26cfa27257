"""Template: a factory's own workbook, whose cells hold `{field}`, and in one row of a table `{table.column}`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from copy import copy
from typing import IO, Final
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from qms_service.errors import FormError
from qms_service.forms.filled import FilledField, FilledForm
from qms_service.forms.wording import Wording
from qms_service.forms.xlsx.cells import put, put_text
from qms_service.rulebooks.problem import Problem
from qms_service.rulebooks.section import Problems

TOKEN: Final = re.compile(r"\{([^{}]+)\}")
Cells = Mapping[str, FilledField]


class _NoLines:
    """A workbook has no lines; its problems name the cell."""

    def of(self, _path: str) -> int | None:
        return None


def filled_template(
    filled: FilledForm, words: Wording, template: str | os.PathLike[str] | IO[bytes]
) -> Workbook:
    """The template with its tokens replaced.

    Raises:
        FormError: It is no workbook, or its cells name what the form does not have: all of them in `problems`.
    """
    book = _opened(template)
    problems = Problems(_NoLines())
    for sheet in book.worksheets:
        _Filler(sheet, filled, words, problems).fill()
    if problems.noted:
        noted: tuple[Problem, ...] = tuple(problems.noted)
        raise FormError("form-template", form=filled.form.id, count=len(noted), problems=noted)
    return book


def _opened(template: str | os.PathLike[str] | IO[bytes]) -> Workbook:
    try:
        return load_workbook(template)
    except (
        BadZipFile,
        InvalidFileException,
        SyntaxError,
        KeyError,
        ValueError,
    ) as error:  # SyntaxError: of XML
        raise FormError("form-template-unreadable", reason=str(error), problems=()) from error


class _Filler:
    """Fills one sheet of a template."""

    def __init__(self, sheet: Worksheet, filled: FilledForm, words: Wording, problems: Problems) -> None:
        self.sheet, self.words, self.problems = sheet, words, problems
        self.fields = filled.fields
        self.tables = {one.section.id: one for one in filled.sections if one.section.rows_of is not None}
        columns = (f"{name}.{field.id}" for name, one in self.tables.items() for field in one.section.fields)
        self.known = (*self.fields, *columns)

    def fill(self) -> None:
        for cell in [*self._with_tokens()]:
            names = TOKEN.findall(str(cell.value))
            at = f"{self.sheet.title}!{cell.coordinate}"
            if cell.data_type == "f":
                self.problems.note("form-template-formula", at, got=cell.value)
            elif all(self._known(name, at) for name in names):
                self._fill(cell, names, at)

    def _known(self, name: str, at: str) -> bool:
        return self.problems.known("field", name, self.known, at)

    def _with_tokens(self) -> Iterator[Cell]:
        for row in self.sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and isinstance(cell.value, str) and TOKEN.search(cell.value):
                    yield cell

    def _fill(self, cell: Cell, names: list[str], at: str) -> None:
        tables = sorted({name.partition(".")[0] for name in names if "." in name})
        if not tables:
            self._put(cell, str(cell.value), self.fields)
        elif len(tables) == 1:
            self._down(cell, tables[0], at)
        else:
            self.problems.note("form-template-tables", at, got=tuple(tables))

    def _down(self, first: Cell, table: str, at: str) -> None:
        """Fills a cell and those below it, one for each row of a table; they take the looks of the first."""
        text, rows = str(first.value), [row for row in self.tables[table].rows if not row.spare]
        below = [self.sheet.cell(first.row + offset, first.column) for offset in range(1, len(rows))]
        free = [cell for cell in below if isinstance(cell, Cell) and cell.value is None]
        if len(free) < len(below):
            self.problems.note("form-template-room", at, got=table, needed=len(rows))
            return
        put_text(first, "")
        for cell, row in zip((first, *free), rows, strict=False):  # of an empty table the first stays empty
            _dress_like(first, cell)
            self._put(cell, text, {**self.fields, **{f"{table}.{one.field.id}": one for one in row.fields}})

    def _put(self, cell: Cell, text: str, cells: Cells) -> None:
        """Writes the value of a token that stands alone as Excel holds it; among other text, as text."""
        alone = TOKEN.fullmatch(text)
        if alone is None:
            put_text(cell, TOKEN.sub(lambda token: self.words.cell(cells[token[1]]), text))
            return
        shown_as, filled = cell.number_format, cells[alone[1]]
        put(cell, filled, self.words.cell(filled))
        if shown_as != "General":
            cell.number_format = shown_as


def _dress_like(first: Cell, cell: Cell) -> None:
    """Gives a cell the looks of another."""
    for look in ("font", "fill", "border", "alignment", "number_format"):
        setattr(cell, look, copy(getattr(first, look)))
