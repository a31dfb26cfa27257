"""Template (答卷模板): an empty sheet with the columns of a questionnaire, to be filled in and read again."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from qms_service.satisfaction.given import all_of, must_be
from qms_service.satisfaction.number import one_of
from qms_service.satisfaction.questionnaire import Questionnaire
from qms_service.satisfaction.reading.columns import Field, field_name, item_names
from qms_service.satisfaction.survey import Asked
from qms_service.texts import SHIPPED

_BEFORE: tuple[Field, ...] = ("customer", "respondent", "answered_at")


def write_template(
    path: str | Path, questionnaire: Questionnaire, *, asked: Iterable[Asked | str] = (), lang: str = "en"
) -> None:
    """Writes an empty sheet with the columns of a questionnaire, a row for each customer asked (答卷模板).

    Args:
        path: The file to write: a workbook where its name ends in .xlsx, otherwise CSV in UTF-8 with a byte
            order mark, so that a spreadsheet shows it.
        questionnaire: Its items become columns; without items there is one for the total.
        asked: The customers.
        lang: The language of the columns: `"en"` or `"zh"`; `read_answers` knows both.

    Raises:
        ScoreError: `asked` is no series of customers, or the language is neither.
        MissingExtraError: A workbook is to be written, and openpyxl is not installed.
    """
    must_be(Questionnaire, questionnaire, "questionnaire")
    one_of("lang", lang, SHIPPED)
    customers = [one.customer for one in all_of(Asked, asked, "asked", by_name=True)]
    file = Path(path)
    names = item_names(questionnaire)
    items = [
        item.text(lang) if names.get(item.text(lang)) == item.id else item.id for item in questionnaire.items
    ]
    head = [*(field_name(one, lang) for one in _BEFORE), *(items or [field_name("total", lang)])]
    head.append(field_name("comment", lang))
    rows = [head, *([one] for one in customers)]
    if file.suffix.lower() == ".xlsx":
        from qms_service.satisfaction.reading.xlsx import write_workbook  # noqa: PLC0415  # an extra

        write_workbook(file, rows)
        return
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows([*row, *[""] * (len(head) - len(row))] for row in rows)
