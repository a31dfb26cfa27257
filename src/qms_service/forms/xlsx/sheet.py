"""Sheet of a workbook: the layout of a form with borders, merged boxes, and set up to print on A4."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from qms_service.forms.filled import FilledForm
from qms_service.forms.layout import Box, Layout, Row, lay_out
from qms_service.forms.wording import Wording
from qms_service.forms.xlsx.cells import put
from qms_service.forms.xlsx.looks import add_looks, look_of

UPRIGHT, ACROSS = 92, 134  # characters of a line on A4 with our margins
LINE: Final = 14.5  # points of a line of writing
HIGHEST: Final = 400  # points of a row; Excel allows 409
A4: Final = 9  # as Excel numbers papers
LONGEST_TITLE, LONGEST_FOOT = 31, 120  # characters of a sheet's name, and of a footer
_UNNAMED: Final = re.compile(r"[\\/*?:\[\]]")  # what Excel allows in no name of a sheet
_UNPRINTED: Final = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")


def workbook_of(filled: FilledForm, words: Wording) -> Workbook:
    """A workbook with the form as its one sheet."""
    book = Workbook()
    add_looks(book)
    sheet: Worksheet = book.worksheets[0]
    named = _UNNAMED.sub(" ", _UNPRINTED.sub(" ", words.said(filled.form.title)))
    sheet.title = named[:LONGEST_TITLE].strip(" '") or "1"
    layout = lay_out(filled, words)
    widths = _widths(layout, ACROSS if filled.form.landscape else UPRIGHT)
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    top, repeated = 1, 0
    for place, row in enumerate(layout.rows):
        top = _row(sheet, row, top, widths)
        repeated = top - 1 if place + 1 == layout.repeated else repeated
    _print_set_up(sheet, filled, words, last=top - 1, repeated=repeated, parts=len(layout.shares))
    return book


def _widths(layout: Layout, line: int) -> list[float]:
    """How many characters of a line each part of the sheet takes."""
    total = sum(layout.shares)
    return [line * share / total for share in layout.shares]


def _row(sheet: Worksheet, row: Row, top: int, widths: Sequence[float]) -> int:
    """Draws a row; a row too high for Excel takes several of its rows, merged. The row below it."""
    height = _height(row, widths)
    rows = math.ceil(height / HIGHEST)
    for offset in range(rows):
        sheet.row_dimensions[top + offset].height = round(height / rows, 1)
    left = 1
    for box in row:
        room = sum(widths[left - 1 : left - 1 + box.span])
        _box(sheet, box, top, left, rows, whole=_lines(box.text, room) == 1)
        left += box.span
    return top + rows


def _height(row: Row, widths: Sequence[float]) -> float:
    """Points that a row needs: the highest of its boxes, and a little air."""
    lines, left = 1, 0
    for box in row:
        lines = max(lines, box.room, _lines(box.text, sum(widths[left : left + box.span])))
        left += box.span
    return 28.0 if row[0].role == "title" and lines == 1 else lines * LINE + 4


def _lines(text: str, width: float) -> int:
    """How many lines a text takes when it is wrapped; a Chinese sign is as wide as two letters."""
    room = max(1.0, width - 2.5)
    return sum(max(1, math.ceil(breadth(line) / room)) for line in text.split("\n"))


def breadth(text: str) -> int:
    """The width of a text in letters.

    >>> breadth("A4"), breadth("投诉")
    (2, 4)
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _box(sheet: Worksheet, box: Box, top: int, left: int, rows: int, *, whole: bool) -> None:
    """Draws a box: what stands in it, its looks, and the cells that it covers.

    A figure or a date that does not fit on one line is written as a text: as such Excel would show it as #####.
    """
    cell: Cell = sheet.cell(top, left)  # type: ignore[assignment]  # nothing is merged there yet
    cell.style = look_of(box)  # before the value, which brings its own format
    put(cell, box.filled if whole else None, box.text)
    if box.span > 1 or rows > 1:
        sheet.merge_cells(
            start_row=top, start_column=left, end_row=top + rows - 1, end_column=left + box.span - 1
        )


def _print_set_up(
    sheet: Worksheet, filled: FilledForm, words: Wording, *, last: int, repeated: int, parts: int
) -> None:
    """A4, as wide as the page, with the number of the page at the foot; a list repeats its head."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if filled.form.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.47, right=0.47, top=0.5, bottom=0.6, header=0.2, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.print_area = f"A1:{get_column_letter(parts)}{last}"
    sheet.sheet_view.showGridLines = False
    named = " ".join((words.said(filled.form.title), filled.case)).strip()
    foot = sheet.HeaderFooter.oddFooter
    foot.left.text = _UNPRINTED.sub(" ", named)[:LONGEST_FOOT].replace("&", "&&")  # type: ignore[union-attr]  # always there
    foot.right.text = "&P / &N"  # type: ignore[union-attr]  # the same
    if repeated:
        sheet.print_title_rows = f"1:{repeated}"
        sheet.freeze_panes = f"A{repeated + 1}"
