"""A row for each response (逐行计分): its total, or why it has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import narwhals as nw
import numpy as np

from qms_service.analysis.building.few import Few, frame_like, placed
from qms_service.analysis.read import Table, kind_of
from qms_service.analysis.surveys.read import Columns, responses_of
from qms_service.satisfaction import Questionnaire
from qms_service.satisfaction.batch import Totals
from qms_service.satisfaction.number import whole

FrameT = TypeVar("FrameT")
_KEPT = ("customer", "respondent", "answered_at")


def satisfaction_frame(
    frame: FrameT,
    questionnaire: Questionnaire,
    *,
    customer: str,
    items: Mapping[str, str] | None = None,
    total: str | None = None,
    respondent: str | None = None,
    answered_at: str | None = None,
    timezone: str | None = None,
    places: int = 1,
    lang: str = "en",
) -> FrameT:
    """What each response comes to, as `score` has it: a row is a response (逐行满意度得分).

    A row without a total says why; it stops nothing. Which of a customer's responses count is asked of
    `satisfaction_by`.

    Args:
        frame: A frame of pandas, polars (eager) or pyarrow; the same kind comes back.
        questionnaire: Its items, with their scales, weights, words and marks.
        customer: The column of the customer.
        items: Item → column; an item without a column was not answered in any row, as is an empty cell.
        total: The column of the total in full marks, where only that is known; instead of `items`.
        respondent: The column of who answered.
        answered_at: The column of when.
        timezone: The zone of moments that have none.
        places: The decimals of the totals: each is exact, and rounded half up once.
        lang: The language of the reasons.

    Returns:
        Row by row as the frame, in pandas with its index: `customer`, `respondent` and `answered_at` where they have a
        column, `total` in points of 100, missing where there is none, and `reason`, a category.

    Raises:
        UnknownNameError: The frame has no such column, or the questionnaire no such item.
        ColumnError: The frame is none, or neither items nor a total have a column, or both have.
        NaiveInstantError: Moments have no zone, and none is given.
        ScoreError: `places` is no whole number of 0 or more, or the questionnaire is none.

    >>> import pandas, qms_service as qms
    >>> from qms_service.satisfaction import Item, Questionnaire, Scale
    >>> form = Questionnaire("customer", [Item("solder", Scale(1, 5), weight=2), Item("advice", Scale(1, 5))])
    >>> given = pandas.DataFrame({"who": ["ACME", "BOLT"], "q1": [4, 7], "q2": [2, 3]})
    >>> columns = {"customer": "who", "items": {"solder": "q1", "advice": "q2"}}
    >>> found = qms.analysis.satisfaction_frame(given, form, **columns)
    >>> found.total.tolist(), found.reason.tolist()
    ([58.3, nan], [nan, 'The answer to solder is off its scale'])
    """
    columns = Columns(
        customer=customer,
        items=items or {},
        total=total,
        respondent=respondent,
        answered_at=answered_at,
        timezone=timezone,
    )
    found = responses_of(frame, questionnaire, columns)
    rows, totals = found.rows, found.totals
    sentences = found.sentences(lang)
    reason = Few("code", sentences, placed(totals.reasons, len(sentences)), sentences)
    told: nw.DataFrame[Any] = nw.from_native(frame_like(rows, {"reason": reason}, same_rows=True))
    kept = {name: getattr(columns, name) for name in _KEPT if getattr(columns, name) is not None}
    made = rows.select(nw.col(column).alias(name) for name, column in kept.items())
    result: FrameT = made.with_columns(
        _points(totals, whole(places, "places"), rows), told["reason"]
    ).to_native()
    return result


def _points(totals: Totals, places: int, rows: Table) -> nw.Series[Any]:
    """The totals, missing where there is none, as the library of the frame has it."""
    rounded = totals.points.rounded(places)
    rounded[~totals.scored] = np.nan
    points = nw.new_series("total", rounded, nw.Float64, backend=rows.implementation)
    return points if kind_of(rows) == "pandas" else points.fill_nan(None)
