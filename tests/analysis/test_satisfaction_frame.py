"""Answers in a frame are scored as a survey is: exactly, row by row and group by group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.analysis import satisfaction_by, satisfaction_frame
from qms_service.instants import is_missing
from qms_service.satisfaction import NOT_APPLICABLE, Item, Questionnaire, Response, Scale, Survey, score

START = datetime(2026, 3, 2, tzinfo=UTC)
Row = dict[str, Any]
KINDS: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "pandas": lambda columns: pd.DataFrame(
        {name: pd.Series(values, dtype=object) for name, values in columns.items()}
    ).infer_objects(),
    "polars": lambda columns: pl.DataFrame(columns, strict=False),
    "pyarrow": pa.table,
}


def cells(frame: Any, column: str) -> list[Any]:  # noqa: ANN401  # a frame of any kind
    return [None if is_missing(value) else value for value in nw.from_native(frame)[column].to_list()]


def half_up(value: Fraction | None) -> float | None:
    """To one place, as done by hand."""
    if value is None:
        return None
    return float(
        (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    )


ITEMS = st.lists(
    st.builds(
        lambda weight, high, polarity: (weight, Scale(1, high, polarity=polarity)),
        st.sampled_from([1, 2, 5, Fraction(1, 3), Decimal("0.7")]),
        st.sampled_from([2, 4, 5, 7]),
        st.sampled_from(["positive", "negative"]),
    ),
    min_size=1,
    max_size=4,
)


@st.composite
def surveyed(draw: st.DrawFn) -> tuple[Questionnaire, list[Row], list[Row]]:
    """A questionnaire, the answers of some customers in some years, and who was asked."""
    items = [Item(f"q{place}", scale, weight=weight) for place, (weight, scale) in enumerate(draw(ITEMS))]
    form = Questionnaire(
        "form",
        items,
        respondents=draw(st.sampled_from(["mean", "lowest", "latest", "first"])),
        duplicates=draw(st.sampled_from(["latest", "first", "all"])),
        unasked=draw(st.sampled_from(["count", "leave out"])),
        answered_at_least=draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)])),
    )
    answers = {item.id: st.sampled_from([*range(1, int(item.scale.high) + 1), "N/A", None]) for item in items}
    row = st.fixed_dictionaries(
        {
            "year": st.sampled_from([2025, 2026]),
            "who": st.sampled_from(["ACME", "BOLT", "CORE"]),
            "person": st.sampled_from(["Li", "Wu", None]),
            "at": st.sampled_from([None, START, START + timedelta(hours=1)]),
            **answers,
        }
    )
    sent = st.fixed_dictionaries(
        {"year": st.sampled_from([2025, 2026, 2027]), "who": st.sampled_from(["ACME", "BOLT", "DORN"])}
    )
    return form, draw(st.lists(row, min_size=1, max_size=14)), draw(st.lists(sent, min_size=1, max_size=6))


def frame_of(rows: list[Row], kind: str) -> Any:  # noqa: ANN401  # a frame of any kind
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    for name, values in columns.items():
        if name.startswith("q"):  # as a file has them: numbers and marks in one column
            columns[name] = [None if value is None else str(value) for value in values]
    if kind != "pandas":
        return KINDS[kind](columns)
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype="datetime64[us, UTC]" if name == "at" else object)
            for name, values in columns.items()
        }
    )


def response(row: Row) -> Response:
    answers = {
        name: NOT_APPLICABLE if value == "N/A" else value
        for name, value in row.items()
        if name.startswith("q") and value is not None
    }
    return Response(row["who"], answers, respondent=row["person"], answered_at=row["at"])


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(drawn=surveyed())
def test_a_group_is_scored_as_a_survey_of_its_own(
    kind: str, drawn: tuple[Questionnaire, list[Row], list[Row]]
) -> None:
    form, rows, sent = drawn
    columns: Any = {
        "customer": "who",
        "items": {item.id: item.id for item in form.items},
        "respondent": "person",
        "answered_at": "at",
    }
    frame = frame_of(rows, kind)
    if kind == "polars":
        frame = frame.with_columns(pl.col("at").cast(pl.Datetime("us", "UTC")))
    if kind == "pyarrow":
        frame = frame.set_column(
            frame.column_names.index("at"), "at", frame["at"].cast(pa.timestamp("us", "UTC"))
        )
    asked = KINDS[kind]({name: [row[name] for row in sent] for name in ("year", "who")})
    found = satisfaction_by(frame, form, by="year", asked=asked, **columns)
    assert type(found) is type(frame)
    years = sorted({row["year"] for row in (*rows, *sent)})
    assert cells(found, "year") == years
    surveys = [
        score(
            Survey(
                str(year),
                form,
                asked=sorted({row["who"] for row in sent if row["year"] == year}),
                responses=[response(row) for row in rows if row["year"] == year],
            )
        )
        for year in years
    ]
    assert cells(found, "score") == [half_up(one.score.value) for one in surveys]
    assert cells(found, "n") == [one.answered for one in surveys]
    assert cells(found, "asked") == [one.asked for one in surveys]
    assert cells(found, "response_rate") == [half_up(one.response_rate.value) for one in surveys]
    each = satisfaction_frame(frame, form, **columns)
    alone = [score(Survey("one", form, responses=[response(row)])).score.value for row in rows]
    assert cells(each, "total") == [half_up(one) for one in alone]
    assert [reason is None for reason in cells(each, "reason")] == [one is not None for one in alone]
