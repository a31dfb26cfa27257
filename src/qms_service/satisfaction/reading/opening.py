"""Opening (打开文件) a sheet of answers: a CSV file as its bytes and its header show it, or an Excel workbook."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from qms_service.errors import SheetError
from qms_service.sheets.sheet import DELIMITERS, Sheet, decoded, read_sheet

ENCODINGS: Final = ("utf-8", "gb18030")
_WORKBOOKS: Final = (".xlsx", ".xlsm")


def opened(
    path: Path,
    known: Callable[[tuple[str, ...]], int],
    *,
    encoding: str | None,
    delimiter: str | None,
    header_line: int,
    sheet: str | None,
) -> Sheet:
    """The sheet in a file.

    Args:
        path: A CSV file, or a workbook by its ending.
        known: How many columns of a header have a meaning: of several delimiters the one that shows most is taken.
        encoding: The encoding of a CSV file; None: UTF-8, or else GB 18030.
        delimiter: The character between two cells of a CSV file; None: whichever shows most known columns.
        header_line: The line that names the columns.
        sheet: The sheet of a workbook; None: the one that was open when it was saved.

    Raises:
        SheetError: The file cannot be opened or decoded, or is empty.
        MissingExtraError: It is a workbook, and openpyxl is not installed.
    """
    if path.suffix.lower() in _WORKBOOKS:
        from qms_service.satisfaction.reading.xlsx import read_workbook  # noqa: PLC0415  # an extra

        return read_workbook(path, sheet=sheet, header_line=header_line)
    fitting = encoding or _encoding(path)
    sheets = [
        read_sheet(path, encoding=fitting, delimiter=one, header_line=header_line)
        for one in ((delimiter,) if delimiter else DELIMITERS)
    ]
    return max(sheets, key=lambda one: known(one.header))


def _encoding(path: Path) -> str:
    """UTF-8 where the file is; a text of another encoding hardly ever is by chance."""
    for one in ENCODINGS:
        with suppress(SheetError):
            decoded(path, one)
            return one
    return ENCODINGS[0]
