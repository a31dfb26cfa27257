"""Rejects (拒收行): every row that could not be read, with its faults, in a file that a spreadsheet opens."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from qms_service.sheets.fault import Fault
from qms_service.texts import render

if TYPE_CHECKING:
    from qms_service.caselog.log import CaseLog


@attrs.frozen(kw_only=True)
class Reject:
    """A row that could not be read.

    Args:
        line: The line of the file that it begins on.
        case: The number of its case, where the row has one.
        fields: Its cells, as they stand.
        faults: What is wrong, all of it.
    """

    line: int
    case: str | None
    fields: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def column(self) -> str:
        """The column of the first fault; empty where it is the row as a whole."""
        return self.faults[0].column

    @property
    def got(self) -> str | None:
        """The cell of the first fault."""
        return self.faults[0].got

    def reason(self, lang: str = "en") -> str:
        """Everything that is wrong, in the reader's language."""
        return " ".join(fault.text(lang) for fault in self.faults)


def write_rejects(path: Path, log: CaseLog, *, lang: str = "en") -> None:
    """Writes the rows of a log that could not be read: their cells, the line, the reason.

    The file is UTF-8 with a byte order mark, so that a spreadsheet shows it. Its columns stand on the line on
    which those of the log stand, so that a mended copy is read with the same mapping.

    Args:
        path: The file to write.
        log: The log, read.
        lang: The language of the reasons.

    Limits:
        A cell is written as it stands in the log, a formula too.
    """
    delimiter = log.mapping.delimiter
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([()] * (log.mapping.header_line - 1))
        writer.writerow((*log.header, _beside(log.header, "line", lang), _beside(log.header, "reason", lang)))
        for reject in log.rejects:
            cells = _fitted(reject.fields, len(log.header), delimiter)
            writer.writerow((*cells, reject.line, reject.reason(lang)))


def _beside(header: tuple[str, ...], name: str, lang: str) -> str:
    """The name of a column of our own, which no column of the log has: twice the same would be refused."""
    column = render(f"rejects.{name}", {}, lang)
    while column in header:
        column += "_"
    return column


def _fitted(fields: tuple[str, ...], width: int, delimiter: str) -> tuple[str, ...]:
    """The cells in as many columns as the header has; what is over stays in the last one."""
    if len(fields) <= width:
        return (*fields, *[""] * (width - len(fields)))
    return (*fields[: width - 1], delimiter.join(fields[width - 1 :]))
