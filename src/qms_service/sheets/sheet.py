"""The sheet (表格) in a file: a header and records, decoded and cut, nothing judged yet.

A record keeps the line it begins on. A line whose quotes do not close, or with a cell longer than the csv module
takes, is a broken record of its own, so that it cannot swallow the records below it. A line without any content is
no record.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

import attrs

from qms_service.errors import SheetError

Broken = Literal["row.quotes", "row.too-long"]
TRIED: Final = ("utf-8", "gb18030", "big5", "utf-16", "cp1252")
DELIMITERS: Final = (",", ";", "\t", "|")
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx, .ods and .xls, however they are named
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@attrs.frozen(kw_only=True)
class Record:
    """One record of the file.

    Args:
        line: The line that it begins on, from 1.
        fields: Its cells without the space around them; of a broken one, its line as it stands.
        broken: Why it could not be cut into cells, a key of the text catalogues; None where it could.
    """

    line: int
    fields: tuple[str, ...]
    broken: Broken | None = None


@attrs.frozen(kw_only=True)
class Sheet:
    """A header and the records below it."""

    header: tuple[str, ...]
    records: tuple[Record, ...]
    places: Mapping[str, int] = attrs.field(init=False, eq=False, repr=False)

    @places.default
    def _place_of_each_column(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self.header)}

    @property
    def width(self) -> int:
        """How many cells a record has."""
        return len(self.header)


def read_sheet(path: Path, *, encoding: str = "utf-8", delimiter: str = ",", header_line: int = 1) -> Sheet:
    """The sheet in a CSV file.

    Args:
        path: The file.
        encoding: Its encoding; a byte order mark at its beginning is stronger.
        delimiter: The character between two cells.
        header_line: The line that names the columns; lines above it are titles, and left out.

    Raises:
        SheetError: The file cannot be opened or decoded, or is empty.
    """
    lines = list(io.StringIO(decoded(path, encoding), newline=""))
    records = tuple(_records(lines, header_line - 1, delimiter))
    if not records:
        raise SheetError("sheet.empty", file=path.name)
    return Sheet(header=records[0].fields, records=records[1:])


def longest_cell() -> int:
    """How many letters a cell can have: the limit of the csv module, which is left as the program has set it."""
    return csv.field_size_limit()


def content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        SheetError: It cannot be opened.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a name with a null character is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise SheetError("sheet.unreadable-file", file=str(path), reason=reason) from error


def decoded(path: Path, encoding: str) -> str:
    """The text of a file.

    Raises:
        SheetError: It cannot be opened, is a workbook, or is not in that encoding, or there is none of that name; the
            error names those that fit.
    """
    data = content(path)
    if data.startswith(_WORKBOOKS):
        raise SheetError("sheet.workbook", file=path.name)
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), encoding)
    _check_encoding(marked, data, path)
    try:
        return data.decode(marked).removeprefix("\ufeff")
    except UnicodeError as error:
        line = data[: getattr(error, "start", 0)].count(b"\n") + 1
        fitting = tuple(name for name in TRIED if name != marked and _fits(data, name))
        raise SheetError("sheet.encoding", file=path.name, got=marked, line=line, allowed=fitting) from error


def _check_encoding(encoding: object, data: bytes, path: Path) -> None:
    try:
        codecs.lookup(encoding)  # type: ignore[arg-type]  # what is no text has no encoding either
    except (LookupError, TypeError, ValueError) as error:
        fitting = tuple(name for name in TRIED if _fits(data, name))
        raise SheetError("sheet.no-encoding", file=path.name, got=repr(encoding), allowed=fitting) from error


def _fits(data: bytes, encoding: str) -> bool:
    if encoding == "utf-16" and 0 not in data[:200]:
        return False
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _records(lines: Sequence[str], start: int, delimiter: str) -> Iterator[Record]:
    width = 0
    while start < len(lines):
        rest = (lines[index] for index in range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        begins, broken = start, _why()
        try:
            for fields in reader:
                ends = start + reader.line_num
                if ends - begins > 1 and len(fields) != (width or len(fields)):
                    break  # a quote that does not close has swallowed the lines below it
                cells = tuple(cell.strip() for cell in fields)
                if any(cells):
                    width = width or len(cells)
                    yield Record(line=begins + 1, fields=cells)
                begins = ends
            else:
                return
        except csv.Error as error:
            broken = _why(error)
        yield Record(line=begins + 1, fields=(lines[begins].rstrip("\r\n"),), broken=broken)
        start = begins + 1


def _why(error: csv.Error | None = None) -> Broken:
    """What broke a record; the csv module tells the two apart by its sentence alone."""
    return "row.too-long" if "field limit" in str(error) else "row.quotes"
