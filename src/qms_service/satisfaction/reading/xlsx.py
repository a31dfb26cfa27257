"""Excel workbooks (Excel 工作簿) with answers, as sheets of texts: a cell of 4 is read as a CSV file's 4 is.

The one place of this room that knows openpyxl.
"""

from __future__ import annotations

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from qms_service.errors import MissingExtraError, SheetError, unknown_name
from qms_service.sheets import Record, Sheet

if find_spec("openpyxl") is None:
    raise MissingExtraError("missing-extra", what=__name__, package="openpyxl", extra="forms")

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def read_workbook(path: Path, *, sheet: str | None, header_line: int) -> Sheet:
    """A sheet of a workbook, each cell as its text; of a formula the value it was saved with.

    A program that is no spreadsheet saves formulas without values: such a cell is read as the formula that it is, so
    that it is refused, and not taken for an empty one.

    Raises:
        SheetError: The file cannot be opened, is no workbook, or the sheet is empty.
        UnknownNameError: It has no sheet of that name.
    """
    values, formulas = (_opened(path, data_only=data_only) for data_only in (True, False))
    if sheet is not None and sheet not in values.sheetnames:
        raise unknown_name("sheet", sheet, values.sheetnames)
    pages = (_rows(book, sheet) for book in (values, formulas))
    rows = (tuple(map(_saved, *both)) for both in zip(*pages, strict=True))
    records = _records(rows, header_line)
    values.close()
    formulas.close()
    if not records:
        raise SheetError("sheet.empty", file=path.name)
    return Sheet(header=records[0].fields, records=tuple(records[1:]))


def write_workbook(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """A workbook with one sheet of texts, its first row kept in sight."""
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(list(row))
    page.freeze_panes = "A2"
    book.save(path)


def _rows(book: Workbook, sheet: str | None) -> Iterable[Sequence[object]]:
    page: Any = book.worksheets[0] if sheet is None else book[sheet]
    rows: Iterable[Sequence[object]] = page.iter_rows(values_only=True)
    return rows


def _saved(value: object, formula: object) -> object:
    return formula if value is None else value


def _opened(path: Path, *, data_only: bool) -> Workbook:
    try:
        return load_workbook(path, read_only=True, data_only=data_only)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise SheetError("sheet.workbook", file=path.name) from error
    except OSError as error:
        raise SheetError(
            "sheet.unreadable-file", file=str(path), reason=error.strerror or str(error)
        ) from error


def _records(rows: Iterable[Sequence[object]], header_line: int) -> list[Record]:
    """The header and the rows below it, as wide as it is; a row without any content is none."""
    records = list[Record]()
    width = 0
    for number, row in enumerate(rows, 1):
        cells = tuple(_text(cell) for cell in row)
        if number < header_line or not any(cells):
            continue
        if not records:
            width = max(place for place, cell in enumerate(cells, 1) if cell)
        over = cells[width:] if any(cells[width:]) else ()
        records.append(Record(line=number, fields=(*cells[:width], *[""] * (width - len(cells)), *over)))
    return records


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return str(cell).strip()
