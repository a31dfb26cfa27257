"""The files (文件) of a log: opened, decoded and cut; what cannot be is an error of the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from qms_service.errors import LogError, SheetError
from qms_service.sheets.sheet import Sheet, content, read_sheet

_CODES: Final = {
    "sheet.unreadable-file": "log.unreadable-file",
    "sheet.encoding": "log.encoding",
    "sheet.workbook": "log.workbook",
    "sheet.empty": "log.empty",
}


def log_content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        LogError: It cannot be opened.
    """
    with _of_the_log():
        return content(path)


def log_sheet(path: Path, *, encoding: str, delimiter: str, header_line: int) -> Sheet:
    """The sheet in a CSV file, as `read_sheet`.

    Raises:
        LogError: The file cannot be opened or decoded, or is empty.
    """
    with _of_the_log():
        return read_sheet(path, encoding=encoding, delimiter=delimiter, header_line=header_line)


@contextmanager
def _of_the_log() -> Iterator[None]:
    try:
        yield
    except SheetError as error:
        raise LogError(_CODES[error.code], **error.operands) from error
