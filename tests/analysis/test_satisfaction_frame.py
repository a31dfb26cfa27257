"""Answers in a frame are scored as a survey is: exactly, row by row and group by group."""

from __future__ import annotations

import re
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
from qms_service.errors import ColumnError, NaiveInstantError, ScoreError, UnknownNameError
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
@settings(max_examples=30, deadline=None)
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
    assert cells(found, "response_rate") == [
        half_up(None if one.response_rate is None else one.response_rate.value) for one in surveys
    ]
    each = satisfaction_frame(frame, form, **columns)
    alone = [score(Survey("one", form, responses=[response(row)])).score.value for row in rows]
    assert cells(each, "total") == [half_up(one) for one in alone]
    assert [reason is None for reason in cells(each, "reason")] == [one is not None for one in alone]


FORM = Questionnaire(
    "form",
    [Item("q", Scale(1, 5), words={"good": 4}, missing=["", "-99"], not_applicable=["N/A", "9"])],
    answered_at_least=0,
)
ONE: dict[str, Any] = {"customer": "who", "items": {"q": "q"}}
OFF = "The answer to q is off its scale"
ODD = "The answer to q cannot be read"
_NOT = ["Nothing was answered", "No item applies", "Nothing was answered"]


@pytest.mark.parametrize(
    ("column", "totals", "reasons"),
    [
        (pd.Series([1, 5, 6], dtype="int8"), [0, 100, None], [None, None, OFF]),
        (pd.Series([1, None, 9, -99], dtype="Int8"), [0, None, None, None], [None, *_NOT]),
        (pd.Series([1.0, None, 9, -99]), [0, None, None, None], [None, *_NOT]),
        (pd.Series([1.5, 4.75, float("inf")]), [12.5, 93.8, None], [None, None, ODD]),
        (pd.Series([4, 10**6]), [75, None], [None, OFF]),
        (pd.Series([None, None], dtype="Int64"), [None, None], ["Nothing was answered"] * 2),
        (pd.Series([None, None], dtype="float64"), [None, None], ["Nothing was answered"] * 2),
        (pd.Series(["good", " 5 ", "?", "N/A"]), [75, 100, None, None], [None, None, ODD, "No item applies"]),
        (pd.Series(["good", "3"], dtype="category"), [75, 50], [None, None]),
        (pd.Series([Decimal("4.5"), NOT_APPLICABLE, [4]], dtype=object), [87.5, None, None], [None, "No item applies", ODD]),
        (pd.Series([True, False]), [None, None], [ODD, ODD]),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_the_item_has_it(column: Any, totals: list[Any], reasons: list[Any]) -> None:  # noqa: ANN401  # a series
    frame = pd.DataFrame({"who": [f"C{row}" for row in range(len(column))], "q": column})
    found = satisfaction_frame(frame, FORM, **ONE)
    assert cells(found, "total") == totals
    assert cells(found, "reason") == reasons


def test_whole_numbers_with_gaps_of_each_library() -> None:
    rows: dict[str, list[Any]] = {"who": ["a", "b", "c"], "q": [1, None, 5]}
    for kind in (pl.DataFrame(rows), pa.table(rows), pl.DataFrame(rows).cast({"q": pl.UInt8})):
        found = satisfaction_frame(kind, FORM, **ONE)
        assert type(found) is type(kind)
        assert cells(found, "total") == [0, None, 100]
        assert cells(found, "customer") == ["a", "b", "c"]


def test_pandas_keeps_its_index_and_the_row_its_names() -> None:
    frame = pd.DataFrame({"who": ["a", "b"], "q": [4, 9], "person": ["Li", None]}, index=["x", "x"])
    found = satisfaction_frame(frame, FORM, respondent="person", lang="zh", **ONE)
    assert found.index.tolist() == ["x", "x"]
    assert [*found.columns] == ["customer", "respondent", "total", "reason"]
    assert cells(found, "reason") == [None, "没有适用的项目"]


def test_a_row_without_a_customer_or_with_an_unreadable_moment_has_no_total() -> None:
    frame = pd.DataFrame(
        {"who": ["a", None, "c"], "q": [4, 4, 4], "at": pd.Series([START, START, "soon"], dtype=object)}
    )
    found = satisfaction_frame(frame, FORM, answered_at="at", **ONE)
    assert cells(found, "reason") == [
        None,
        "The row names no customer",
        "The moment of the answer cannot be read",
    ]
    by = satisfaction_by(frame.assign(year=2026), FORM, by="year", answered_at="at", **ONE)
    assert (cells(by, "score"), cells(by, "n"), cells(by, "unreadable")) == ([75], [1], [2])
    assert cells(by, "asked") == cells(by, "response_rate") == [None]


def test_moments_without_a_zone_need_one() -> None:
    frame = pd.DataFrame({"who": ["a"], "q": [4], "at": pd.to_datetime(["2026-03-02"])})
    with pytest.raises(NaiveInstantError):
        satisfaction_frame(frame, FORM, answered_at="at", **ONE)
    found = satisfaction_frame(frame, FORM, answered_at="at", timezone="Asia/Shanghai", **ONE)
    assert cells(found, "total") == [75]


def test_pcb_maker_divides_the_sum_of_the_totals_by_the_customers_who_answered() -> None:
    # pcb-maker 4.5.4: score = sum of the totals / number of customers; 260 / 3 = 86.67, four asked
    form = Questionnaire("customer", full_marks=100)
    answers = pl.DataFrame({"half": ["2026 H1"] * 4, "who": list("abcd"), "marks": [90, 85, 85, None]})
    found = satisfaction_by(
        answers, form, by=["half"], customer="who", total="marks", asked=answers[["half", "who"]], places=2
    )
    assert found.rows() == [("2026 H1", 86.67, 3, 4, 75.0, True, 0)]
    half = Questionnaire("customer", full_marks=50)
    told = satisfaction_frame(
        pl.DataFrame({"who": ["a", "b"], "marks": [45.5, 51]}), half, customer="who", total="marks"
    )
    assert told["total"].to_list() == [91.0, None]


@pytest.mark.parametrize("kind", KINDS)
def test_groups_by_several_columns_stand_in_order_and_keep_their_types(kind: str) -> None:
    frame = KINDS[kind](
        {"year": [2026, 2025, 2026], "region": ["west", "east", None], "who": ["a", "b", "c"], "q": [5, 4, 3]}
    )
    found = satisfaction_by(frame, FORM, by=["year", "region"], **ONE)
    assert cells(found, "year") == [2025, 2026, 2026]
    assert cells(found, "region") == ["east", "west", None]
    assert cells(found, "score") == [75, 100, 50]
    assert nw.from_native(found).schema["year"].is_integer()


def test_groups_by_days_and_by_what_is_no_number_or_text() -> None:
    day = START.date()
    frame = pl.DataFrame({"on": [day, day], "key": [True, False], "who": ["a", "b"], "q": [5, 4]})
    found = satisfaction_by(frame, FORM, by=["on", "key"], **ONE)
    assert found.select("on", "key", "score").rows() == [(day, False, 75.0), (day, True, 100.0)]


def test_a_segment_in_which_nobody_answered_has_no_score() -> None:
    frame = pd.DataFrame({"region": pd.Categorical(["east"]), "who": ["a"], "q": [5]})
    asked = pd.DataFrame({"region": ["east", "east", "west", "west"], "who": ["a", "a", "b", None]})
    found = satisfaction_by(frame, FORM, by="region", asked=asked, **ONE)
    assert cells(found, "region") == ["east", "west"]
    assert cells(found, "score") == [100, None]
    assert cells(found, "asked") == [1, 1]
    assert cells(found, "response_rate") == [100, 0]


def test_no_rows_are_no_groups() -> None:
    frame = pl.DataFrame(
        {"year": [], "who": [], "q": []}, schema={"year": pl.Int64, "who": pl.String, "q": pl.Int8}
    )
    assert satisfaction_by(frame, FORM, by="year", **ONE).height == 0
    assert satisfaction_frame(frame, FORM, **ONE).height == 0


GOOD = pd.DataFrame({"who": ["a"], "q": [4], "score": [1], "many": pd.Series([[1]])})


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda: satisfaction_frame(GOOD, FORM, customer="whom", items={"q": "q"}), UnknownNameError, "who"),
        (lambda: satisfaction_frame(GOOD, FORM, customer="who", items={"qq": "q"}), UnknownNameError, "item"),
        (
            lambda: satisfaction_frame(GOOD, FORM, customer="who", items={"q": "qq"}),
            UnknownNameError,
            "column",
        ),
        (lambda: satisfaction_frame(GOOD, FORM, customer="who"), ColumnError, "items=... or total=..."),
        (lambda: satisfaction_frame(GOOD, FORM, total="q", **ONE), ColumnError, "got q, q"),
        (lambda: satisfaction_frame([1], FORM, **ONE), ColumnError, "list"),
        (lambda: satisfaction_by(GOOD, FORM, by=[], **ONE), ColumnError, "at least one column"),
        (lambda: satisfaction_by(GOOD, FORM, by="score", **ONE), ColumnError, "got score"),
        (lambda: satisfaction_by(GOOD, FORM, by="year", **ONE), UnknownNameError, "year"),
        (lambda: satisfaction_by(GOOD, FORM, by="many", **ONE), ColumnError, "many"),
        (
            lambda: satisfaction_by(GOOD, FORM, by="q", asked=pd.DataFrame({"q": [1]}), **ONE),
            UnknownNameError,
            "who",
        ),
        (
            lambda: satisfaction_by(
                GOOD, FORM, by="q", asked=pd.DataFrame({"q": ["4"], "who": ["a"]}), **ONE
            ),
            ColumnError,
            "The column q of who was asked holds '4', that of the answers 4",
        ),
        (
            lambda: satisfaction_by(GOOD, FORM, by="q", asked=pd.DataFrame({"q": [4], "who": [7]}), **ONE),
            ColumnError,
            "The column who of who was asked holds 7, that of the answers 'a'",
        ),
        (lambda: satisfaction_frame(GOOD, FORM, places=-1, **ONE), ScoreError, "places: got -1"),
        (lambda: satisfaction_by(GOOD, FORM, by="q", places="1", **ONE), ScoreError, "places: got '1'"),  # type: ignore[arg-type]
        (lambda: satisfaction_frame(GOOD, "form", **ONE), ScoreError, "of the kind Questionnaire"),  # type: ignore[arg-type]
    ],
)
def test_what_is_wrong_with_a_whole_column_is_an_error_at_once(
    ask: Callable[[], object], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=re.escape(said)):
        ask()
