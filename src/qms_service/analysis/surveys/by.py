"""Scores of groups (分组满意度): by year, by segment, by whatever columns the answers have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, TypeVar

import narwhals as nw
import numpy as np

from qms_service.analysis.building.few import Few, Word, each, frame_like
from qms_service.analysis.distinct import distinct_of
from qms_service.analysis.measures.split import in_order
from qms_service.analysis.read import Table, column_of, table_of, type_of
from qms_service.analysis.surveys.groups import Groups
from qms_service.analysis.surveys.read import Columns, Responses, responses_of
from qms_service.errors import ColumnError
from qms_service.satisfaction import Questionnaire
from qms_service.satisfaction.batch import ALL, UNSCORED, Chosen, Rows, group_scores
from qms_service.satisfaction.figures import rounded
from qms_service.satisfaction.number import whole

FrameT = TypeVar("FrameT")
OWN: Final = ("score", "n", "asked", "response_rate", "too_few", "unreadable")


def satisfaction_by(
    frame: FrameT,
    questionnaire: Questionnaire,
    *,
    by: str | Sequence[str],
    customer: str,
    items: Mapping[str, str] | None = None,
    total: str | None = None,
    respondent: str | None = None,
    answered_at: str | None = None,
    asked: FrameT | None = None,
    timezone: str | None = None,
    places: int = 1,
) -> FrameT:
    """The score of each group of responses, each as `score` has it for a survey of its own (分组满意度).

    Numerator: the sum of the customers' totals. Denominator: `n`, the customers with a total. Which response of a
    respondent counts, and who speaks for a customer, the questionnaire says, in each group by itself; so groups are
    years, halves, segments: nothing is pooled across them.

    Args:
        frame: A frame of pandas, polars (eager) or pyarrow; the same kind comes back.
        questionnaire: Its items, and what counts.
        by: The column that tells groups apart, or several.
        customer: The column of the customer.
        items: Item → column; an item without a column was not answered in any row, as is an empty cell.
        total: The column of the total in full marks, where only that is known; instead of `items`.
        respondent: The column of who answered; None where every customer has one voice.
        answered_at: The column of when; without it, several responses of one respondent count by their mean.
        asked: Who was asked: a frame of the same kind, with the columns of `by` and of the customer, a row each.
        timezone: The zone of moments that have none.
        places: The decimals of the figures: each is exact, and rounded half up once.

    Returns:
        A frame of the same kind, sorted by `by`: its columns, `score` in points of 100 (missing where nobody has a
        total, never 0), `n`, `asked` and `response_rate` (missing where nobody wrote down who was asked), `too_few`:
        whether `n` is below the questionnaire's base, and `unreadable`: the rows left out because a cell cannot be
        read.

    Raises:
        UnknownNameError: A frame has no such column, or the questionnaire no such item.
        ColumnError: A frame is none, `by` names nothing or a column of the result, neither items nor a total have a
            column, or both have.
        NaiveInstantError: Moments have no zone, and none is given.
        ScoreError: `places` is no whole number of 0 or more, or the questionnaire is none.

    >>> import pandas, qms_service as qms
    >>> from qms_service.satisfaction import Questionnaire
    >>> given = pandas.DataFrame({"year": [2025, 2025, 2026], "who": ["ACME", "BOLT", "ACME"], "marks": [90, 81, 70]})
    >>> sent = pandas.DataFrame({"year": [2025, 2025, 2025, 2026], "who": ["ACME", "BOLT", "CORE", "ACME"]})
    >>> form = Questionnaire("customer", full_marks=100, base=2)
    >>> found = qms.analysis.satisfaction_by(given, form, by="year", customer="who", total="marks", asked=sent)
    >>> found[["year", "score", "n", "asked", "response_rate", "too_few"]]
       year  score  n  asked  response_rate  too_few
    0  2025   85.5  2      3           66.7    False
    1  2026   70.0  1      1          100.0     True
    """
    columns = Columns(
        customer=customer,
        items=items or {},
        total=total,
        respondent=respondent,
        answered_at=answered_at,
        timezone=timezone,
    )
    names = [by] if isinstance(by, str) else [*by]
    if not names or {*names} & {*OWN}:
        raise ColumnError("survey-by", got=names)
    found = responses_of(frame, questionnaire, columns)
    groups = Groups.of(found, names, None if asked is None else table_of(asked))
    keys = {
        name: _named(found.rows, name, [key[place] for key in groups.keys])
        for place, name in enumerate(names)
    }
    figures = _figures(found, groups, questionnaire, whole(places, "places"))
    made: Any = nw.from_native(frame_like(found.rows, {**keys, **figures}, same_rows=False))
    result: FrameT = in_order(made, *names).to_native()
    return result


def _figures(found: Responses, groups: Groups, questionnaire: Questionnaire, places: int) -> dict[str, Few]:
    """The figures of each group."""
    counts = found.totals.scored
    if groups.asked is not None and questionnaire.unasked == "leave out":
        counts = counts & np.isin(groups.pairs, groups.asked)
    rows = ALL if counts.all() else np.flatnonzero(counts)
    count = len(groups.keys)
    scores = group_scores(_counted(found, groups, rows), count, questionnaire)
    n: list[int] = scores.n.tolist()
    asked = groups.asked_with(rows)
    rates = [Fraction(100 * one, most) if most else None for one, most in zip(n, asked, strict=True)]
    unreadable = groups.rows[found.totals.reasons >= len(UNSCORED)]
    return {
        "score": each("float", [_rounded(scores.score(group), places) for group in range(count)]),
        "n": each("int", n),
        "asked": each("int", asked),
        "response_rate": each("float", [_rounded(one, places) for one in rates]),
        "too_few": each("bool", [one < questionnaire.base for one in n]),
        "unreadable": each("int", np.bincount(unreadable, minlength=count).tolist()),
    }


def _counted(found: Responses, groups: Groups, rows: Chosen) -> Rows:
    """The responses that count."""
    name = found.columns.respondent
    voices = None if name is None else distinct_of(column_of(found.rows, name))[0] + 1
    return Rows(
        points=found.totals.points.take(rows),
        groups=groups.rows[rows],
        customers=groups.who[rows],
        respondents=None if voices is None else voices[rows],
        at=None if found.at is None else found.at[rows],
    )


def _rounded(value: Fraction | None, places: int) -> float | None:
    return None if value is None else float(rounded(value, places))


def _named(table: Table, name: str, values: list[object]) -> Few:
    """What the groups are called, of the type that the column has."""
    dtype = type_of(table[name])
    kinds: tuple[tuple[bool, Word], ...] = (
        (dtype.is_integer(), "int"),
        (isinstance(dtype, nw.String | nw.Categorical | nw.Enum), "text"),
    )
    return each(next((word for fits, word in kinds if fits), "any"), values)
