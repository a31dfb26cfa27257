"""Reading responses (读取回复): the rows of a frame as responses, with their totals or why they have none."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.analysis.moments import Moments
from qms_service.analysis.read import Column, Table, column_of, table_of
from qms_service.analysis.reasons import READABLE, Reasons
from qms_service.analysis.surveys.cells import answer_column
from qms_service.errors import ColumnError, unknown_name
from qms_service.instants import zone
from qms_service.satisfaction import Item, Questionnaire, Scale
from qms_service.satisfaction.batch import Totals, totals_of
from qms_service.satisfaction.given import must_be
from qms_service.texts import render
from qms_service.worktime.batch.kinds import Ints

TOTAL = "total"
NO_CUSTOMER = "no-customer"
NO_MOMENT = "moment"


@attrs.frozen(kw_only=True)
class Columns:
    """Which column holds what.

    Args:
        customer: The customer.
        items: Item → column.
        total: The total in full marks, where only that is known.
        respondent: Who answered.
        answered_at: When.
        timezone: The zone of moments that have none.
    """

    customer: str
    items: Mapping[str, str]
    total: str | None
    respondent: str | None
    answered_at: str | None
    timezone: str | None


@attrs.frozen(kw_only=True, eq=False)
class Responses:
    """The rows of a frame as responses.

    Args:
        rows: The frame.
        columns: Which of its columns holds what.
        totals: What each row comes to, or why it has no total.
        at: When each was answered; None where no column says it.
    """

    rows: Table
    columns: Columns
    totals: Totals
    at: Ints | None

    def sentences(self, lang: str) -> list[str]:
        """Why a row has no total, in the order of the reasons."""
        return [render(f"unscored.{code}", {"item": item}, lang) for code, item in self.totals.problems]


def responses_of(frame: object, questionnaire: Questionnaire, columns: Columns) -> Responses:
    """The rows of a frame as responses.

    Raises:
        UnknownNameError: The frame has no such column, or the questionnaire no such item.
        ColumnError: Neither items nor a total have a column, or both.
        NaiveInstantError: Moments have no zone, and none is given.
        ScoreError: The questionnaire is none.
    """
    must_be(Questionnaire, questionnaire, "questionnaire")
    rows = table_of(frame)
    totals = _totals(rows, questionnaire, columns)
    reasons = totals.reasons
    reasons[column_of(rows, columns.customer).is_null().to_numpy()] = len(totals.problems)
    at = None
    if columns.answered_at is not None:
        at, faulty = _moments(column_of(rows, columns.answered_at), columns)
        reasons[faulty] = len(totals.problems) + 1
    problems = (*totals.problems, (NO_CUSTOMER, None), (NO_MOMENT, None))
    return Responses(rows=rows, columns=columns, totals=attrs.evolve(totals, problems=problems), at=at)


def _totals(rows: Table, questionnaire: Questionnaire, columns: Columns) -> Totals:
    if bool(columns.items) == (columns.total is not None):
        raise ColumnError("survey-columns", got=[*columns.items, *filter(None, [columns.total])])
    known = {item.id: item for item in questionnaire.items}
    for name in columns.items:
        if name not in known:
            raise unknown_name("item", name, known)
    if columns.total is None:
        asked = [(known[name], column) for name, column in columns.items.items()]
        whole = sum((item.weight for item in known.values()), Fraction(0))
    else:
        asked = [(Item(TOTAL, Scale(0, questionnaire.full_marks)), columns.total)]
        whole = Fraction(1)
    answers = [answer_column(column_of(rows, column), item) for item, column in asked]
    return totals_of(answers, len(rows), whole=whole, at_least=questionnaire.answered_at_least)


def _moments(column: Column, columns: Columns) -> tuple[Ints, NDArray[np.bool_]]:
    """When the rows were answered, and which of these cannot be read."""
    name = str(columns.answered_at)
    where = None if columns.timezone is None else zone(columns.timezone)
    at, faults = Moments.of(name, column, where, Reasons(())).read(column)
    return at, np.zeros(at.size, np.bool_) if faults is None else faults != READABLE
