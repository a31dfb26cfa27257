"""Reading (读取回答) the answers of a survey from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, get_args

from qms_service.errors import ScoreError
from qms_service.instants import zone
from qms_service.satisfaction.given import frozen, must_be, texts
from qms_service.satisfaction.number import one_of, whole
from qms_service.satisfaction.questionnaire import Questionnaire
from qms_service.satisfaction.reading.answer_sheet import AnswerSheet, RejectedRow
from qms_service.satisfaction.reading.columns import Columns, check_columns, columns_of
from qms_service.satisfaction.reading.opening import opened
from qms_service.satisfaction.reading.rows import RowReader
from qms_service.satisfaction.response import Response
from qms_service.sheets import MomentReader
from qms_service.sheets.formats import ISO_FORMATS
from qms_service.sheets.row import Row

Layout = Literal["wide", "long"]
FORMATS: Final = (
    *ISO_FORMATS, "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日",
)  # fmt: skip


def read_answers(
    path: str | Path,
    questionnaire: Questionnaire,
    *,
    timezone: str | None = None,
    layout: Layout | None = None,
    columns: Mapping[str, str] | None = None,
    formats: Sequence[str] = FORMATS,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_line: int = 1,
    sheet: str | None = None,
) -> AnswerSheet:
    """The answers of a survey in a CSV file or an Excel workbook (读取满意度调查回答).

    A column is found by its name: `customer` (客户), `respondent` (作答人), `answered_at` (作答时间), `comment`
    (意见), `total` (总分), and each item by its id or its wording in any language. A long sheet has a row for each
    answer, with the columns `item` (项目) and `answer` (回答).

    Args:
        path: The file; a workbook where its name ends in .xlsx or .xlsm.
        questionnaire: Its items, with the words and marks that stand for answers. A total is read where a row has
            no answers.
        timezone: The zone of the moments in the file, an IANA name; needed unless each has its offset.
        layout: `"wide"` or `"long"`; None: long where the sheet has the columns of a long one.
        columns: Columns with names of their own, by field or item: `{"customer": "Kunde"}`.
        formats: `strptime` formats of moments, tried in turn; a day alone is its beginning.
        encoding: The encoding of a CSV file; None: UTF-8, with or without a byte order mark, or else GB 18030.
        delimiter: The character between two cells of a CSV file; None: comma, semicolon, tab or bar, whichever
            shows most of the columns.
        header_line: The line that names the columns; lines above it are titles, and left out.
        sheet: The sheet of a workbook; None: its first.

    Returns:
        The responses, and every row that could not be read with all its faults: nothing is lost or guessed. A row
        with nothing but its customer, as a template has it, is no response.

    Raises:
        SheetError: The file cannot be opened or decoded, is empty, or lacks the column of the customer or of all
            answers.
        ZoneError: There is no zone of that name.
        ScoreError: `layout` is neither, the delimiter is no single character, or there is no line of that number.
        UnknownNameError: `columns` names no field and no item; the workbook has no such sheet.
        MissingExtraError: It is a workbook, and openpyxl is not installed.

    Limits:
        One bad cell rejects its row, and in a long sheet all answers of its respondent: part of a questionnaire
        would be another total.
    """
    must_be(Questionnaire, questionnaire, "questionnaire")
    file, given = Path(path), frozen(columns, "columns")
    if layout is not None:
        one_of("layout", layout, get_args(Layout))
    if delimiter is not None and not (isinstance(delimiter, str) and len(delimiter) == 1):
        raise ScoreError("answers.delimiter", got=repr(delimiter))
    cells = opened(
        file,
        lambda header: columns_of(header, questionnaire, given).known,
        encoding=encoding,
        delimiter=delimiter,
        header_line=whole(header_line, "header_line", 1),
        sheet=sheet,
    )
    found = columns_of(cells.header, questionnaire, given)
    check_columns(found, cells.header, given, file.name, layout)
    reader = RowReader(
        questionnaire=questionnaire,
        columns=found,
        moments=MomentReader(formats=texts(formats), bounds=True),
        zone=None if timezone is None else zone(timezone),
    )
    rows = [Row(record, cells, frozenset()) for record in cells.records]
    long = layout == "long" or (layout is None and found.long)
    read = reader.long(rows) if long else reader.wide(rows)
    responses = tuple(one for one in read if not _is_blank(one))
    return AnswerSheet(
        file=file.name,
        responses=responses,
        blank=tuple(one.customer for one in read if _is_blank(one)),
        rejects=_rejects(rows),
        unused=found.unused,
        absent=_absent(questionnaire, responses, found),
    )


def _rejects(rows: Iterable[Row]) -> tuple[RejectedRow, ...]:
    return tuple(
        RejectedRow(row=row.record.line, fields=row.record.fields, faults=tuple(row.faults))
        for row in rows
        if not row.readable
    )


def _is_blank(response: Response) -> bool:
    return response == Response(response.customer)


def _absent(questionnaire: Questionnaire, responses: Iterable[Response], columns: Columns) -> tuple[str, ...]:
    """The items that nothing in the sheet is about."""
    named = {*columns.items, *(item for one in responses for item in one.answers)}
    return tuple(item.id for item in questionnaire.items if item.id not in named)
