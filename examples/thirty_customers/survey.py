"""A survey of thirty customers: who was asked, what came back, and what came back the year before.

The scripts beside this one look at its score, at what it asks to be done, and at the review that it goes into.
"""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import qms_service as qms
from qms_service.satisfaction import AnswerSheet, Asked, Survey, SurveyScore, read_answers, score

FOLDER = Path(__file__).parent
ZONE = "Asia/Shanghai"
SHANGHAI = ZoneInfo(ZONE)
CLOSING = datetime(2026, 3, 31, 18, 0, tzinfo=SHANGHAI)
BOOK = qms.load_rulebook(FOLDER / "customer-survey.toml")
RULES = BOOK.on(CLOSING)
FORM = RULES.questionnaire("yearly")


def asked() -> list[Asked]:
    """The customers to whom the questionnaire was sent, with their region, size and revenue."""
    with (FOLDER / "asked.csv").open(encoding="utf-8", newline="") as file:
        return [
            Asked(
                row["customer"],
                segments={"region": row["region"], "size": row["size"]},
                revenue=int(row["revenue"]),
            )
            for row in csv.DictReader(file)
        ]


def read() -> AnswerSheet:
    """What came back, as it was typed in."""
    columns = {"customer": "Customer", "respondent": "Contact", "answered_at": "Date", "comment": "Remarks"}
    return read_answers(FOLDER / "answers.csv", FORM, timezone=ZONE, columns=columns)


def this_year() -> SurveyScore:
    """The score of 2026."""
    return score(Survey("2026", FORM, asked=asked(), responses=read().responses, closes_at=CLOSING))


def last_year() -> SurveyScore:
    """The score of 2025, of which the totals alone were kept."""
    totals = read_answers(FOLDER / "totals_2025.csv", FORM)
    return score(Survey("2025", FORM, asked=asked(), responses=totals.responses))
