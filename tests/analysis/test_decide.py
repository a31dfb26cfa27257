"""A decision table over a frame: each row as the table decides it, and a frame of the kind that came in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service.analysis import decide_frame
from qms_service.errors import ColumnError, QmsError, UnknownNameError
from qms_service.instants import is_missing

CAUSES = ("operation", "process", "a, b", "客户")
RULES: list[dict[str, Any]] = [
    {"id": "big", "when": {"cause": "operation", "n": ">300"}, "then": {"owner": "quality", "days": 3, "own": True}, "clause": "4.1"},
    {"id": "small", "when": {"cause": "operation", "n": "<=300"}, "then": {"owner": "line", "days": 5, "own": True}},
    {"id": "urgent", "when": {"cause": "process", "urgent": True}, "then": {"owner": "quality", "days": 1, "own": False}, "clause": "4.2"},
    {"id": "late", "when": {"cause": "process", "urgent": False, "due": ">2026-03-01"}, "then": {"owner": "line", "days": 2, "own": False}},
    {"id": "also", "when": {"cause": "process", "urgent": True, "kind": "x"}, "then": {"owner": "both", "days": 2, "own": False}},
    {"id": "quoted", "when": {"cause": '"a, b"'}, "then": {"owner": "客户", "days": 9, "own": True}},
]  # fmt: skip
INPUTS: dict[str, Any] = {
    "cause": "text",
    "n": "number[0..]",
    "urgent": "bool",
    "due": "date",
    "kind": ["x", "y"],
}
TABLE = qms.DecisionTable(
    name="owner", inputs=INPUTS, outputs={"owner": "text", "days": "number", "own": "bool"}, rules=RULES
)
COLUMNS = {"cause": "c", "n": "q", "urgent": "u", "due": "d", "kind": "k"}
VALUES: dict[str, list[Any]] = {
    "c": [*CAUSES, "other", None],
    "q": [-1, 0, 300, 301, None],
    "u": [True, False, None],
    "d": [date(2026, 3, 1), date(2026, 3, 2), None],
    "k": ["x", "y", "z", None],
}
Row = dict[str, Any]


def as_polars(rows: Sequence[Row]) -> pl.DataFrame:
    kinds = {"c": pl.String, "q": pl.Int64, "u": pl.Boolean, "d": pl.Date, "k": pl.String}
    return pl.DataFrame([*rows], schema=kinds)


def as_categories(rows: Sequence[Row]) -> pl.DataFrame:
    return as_polars(rows).with_columns(
        pl.col("c").cast(pl.Categorical), pl.col("k").cast(pl.Enum(["z", "y", "x"]))
    )


def as_pyarrow(rows: Sequence[Row]) -> pa.Table:
    kinds = {"c": pa.string(), "q": pa.int32(), "u": pa.bool_(), "d": pa.date32(), "k": pa.string()}
    table = pa.table({name: pa.array([row[name] for row in rows], kind) for name, kind in kinds.items()})
    return table.set_column(0, "c", table["c"].dictionary_encode())


def as_pandas(rows: Sequence[Row]) -> pd.DataFrame:
    made = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in VALUES})
    return made.astype({"q": "Int64", "u": "boolean", "k": "category"}).set_index(np.arange(len(rows)) + 7)


def as_texts_of_pandas(rows: Sequence[Row]) -> pd.DataFrame:
    return as_pandas(rows).astype({"c": "str", "k": "str", "q": object})


KINDS: dict[str, Callable[[Sequence[Row]], Any]] = {
    "polars": as_polars,
    "categories of polars": as_categories,
    "pyarrow": as_pyarrow,
    "pandas": as_pandas,
    "texts of pandas": as_texts_of_pandas,
}


def cells(frame: Any, column: str) -> list[Any]:  # noqa: ANN401  # a frame of any kind
    return [None if is_missing(value) else value for value in nw.from_native(frame)[column].to_list()]


def wanted(row: Row) -> Row:
    """What the table says of a row, one question at a time."""
    facts = {name: row[column] for name, column in COLUMNS.items() if row[column] is not None}
    try:
        found = TABLE.decide(facts)
    except QmsError as error:
        return {"owner": None, "days": None, "own": None, "rules": None, "clauses": None, "why": type(error)}
    clauses = ", ".join(map(str, found.clauses)) or None
    outputs: Any = found.outputs
    return {**outputs, "rules": ", ".join(found.rule_ids), "clauses": clauses, "why": None}


ROWS = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("times", [1, 40])
@settings(max_examples=20, deadline=None)
@given(rows=ROWS)
def test_each_row_is_decided_as_the_table_decides_it(kind: str, times: int, rows: list[Row]) -> None:
    frame = KINDS[kind](rows * times)
    found = decide_frame(frame, TABLE, inputs=COLUMNS)
    assert type(found) is type(frame)
    told = [wanted(row) for row in rows] * times
    for column in ("owner", "days", "own", "rules", "clauses"):
        assert cells(found, column) == [row[column] for row in told]
    assert [reason is None for reason in cells(found, "reason")] == [row["why"] is None for row in told]
    if isinstance(frame, pd.DataFrame):
        assert found.index.equals(frame.index)


def test_reasons_are_few_sentences_in_the_readers_language() -> None:
    rows: list[Row] = [
        {"c": "other", "q": 1, "u": None, "d": None, "k": None},
        {"c": "process", "q": 1, "u": True, "d": None, "k": "x"},
        {"c": "operation", "q": None, "u": None, "d": None, "k": None},
        {"c": "operation", "q": -5, "u": None, "d": None, "k": None},
        {"c": "operation", "q": -6, "u": None, "d": None, "k": None},
    ]
    frame = as_polars(rows)
    assert cells(decide_frame(frame, TABLE, inputs=COLUMNS), "reason") == [
        "No rule covers the facts.",
        "More than one rule hits: urgent, also.",
        "Not decided yet: n not known.",
        "n is none of: number[0..].",
        "n is none of: number[0..].",
    ]
    assert (
        cells(decide_frame(frame, TABLE, inputs=COLUMNS, lang="zh"), "reason")[0] == "没有规则覆盖这些事实。"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_two_results_can_be_put_together(kind: str) -> None:
    rows: list[Row] = [
        {"c": cause, "q": 500, "u": None, "d": None, "k": None} for cause in ("operation", "a, b")
    ]
    parts = [decide_frame(KINDS[kind]([row]), TABLE, inputs=COLUMNS) for row in rows]
    both = nw.concat([nw.from_native(part) for part in parts]).to_native()
    assert cells(both, "owner") == ["quality", "客户"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_no_column_is_given_for_is_not_known(kind: str) -> None:
    frame = KINDS[kind]([{"c": "a, b", "q": 1, "u": None, "d": None, "k": None}] * 3)
    assert cells(decide_frame(frame, TABLE, inputs={"cause": "c"}), "owner") == ["客户"] * 3
    assert set(cells(decide_frame(frame, TABLE, inputs={}), "owner")) == {None}
    assert cells(decide_frame(KINDS[kind]([]), TABLE, inputs=COLUMNS), "owner") == []


def test_more_texts_than_polars_compares_one_by_one() -> None:
    texts = [f"cause {place}" for place in range(20)]
    rules = [{"id": text, "when": {"cause": text}, "then": {"to": text.upper()}} for text in texts]
    table = qms.DecisionTable(name="t", inputs={"cause": "text"}, outputs={"to": "text"}, rules=rules)
    asked = [*texts, "else", None]
    found = decide_frame(pl.DataFrame({"c": asked}), table, inputs={"cause": "c"})
    assert cells(found, "to") == [*(text.upper() for text in texts), None, None]


@pytest.mark.parametrize("library", [pl.DataFrame, pd.DataFrame, pa.table])
def test_outputs_of_every_type_and_collected_ones(library: Callable[[Any], Any]) -> None:
    then = {"on": date(2026, 3, 2), "rate": "2.5", "third": "1/3"}
    rules: list[dict[str, Any]] = [
        {"id": "one", "when": {"n": ">=1"}, "then": {**then, "third": 1}}, {"id": "two", "when": {"n": ">=2"}, "then": then},
    ]  # fmt: skip
    columns: dict[str, Any] = {
        "name": "t",
        "inputs": {"n": "number"},
        "outputs": {"on": "date", "rate": "number", "third": "number"},
    }
    first = qms.DecisionTable(**columns, rules=[*rules[1:], rules[0]], hit="first")
    found = decide_frame(library({"n": [2, 0]}), first, inputs={"n": "n"})
    assert cells(found, "on") == [date(2026, 3, 2), None]
    assert cells(found, "rate") == [Decimal("2.5"), None]
    assert cells(found, "third") == ["1/3", None]
    collected = decide_frame(
        library({"n": [2, 1, 0]}), qms.DecisionTable(**columns, rules=rules, hit="collect"), inputs={"n": "n"}
    )
    assert [[*value] for value in nw.from_native(collected)["on"].to_list()] == [
        [then["on"]] * 2,
        [then["on"]],
        [],
    ]
    assert cells(collected, "rules") == ["one, two", "one", None]


def test_decimals_and_objects_are_read_one_by_one() -> None:
    prices = [Decimal(300), Decimal("300.5"), None]
    causes = ["operation"] * 3
    for frame in (pl.DataFrame({"q": prices, "c": causes}), pd.DataFrame({"q": prices, "c": causes})):
        found = decide_frame(frame, TABLE, inputs={"n": "q", "cause": "c"})
        assert cells(found, "rules") == ["small", "big", None]


@pytest.mark.parametrize(
    ("column", "asked", "code"),
    [
        ([1.0, 2.0], "n", "decide-floats"),
        ([1, 2], "cause", "decide-kind"),
        ([1, 2], "kind", "decide-kind"),
        (["x", "y"], "n", "decide-kind"),
        ([1, 0], "urgent", "decide-kind"),
        ([datetime(2026, 3, 2), datetime(2026, 3, 3)], "due", "decide-kind"),  # noqa: DTZ001  # instants of a frame
    ],
)
def test_columns_wholly_of_another_kind_are_refused(column: list[Any], asked: str, code: str) -> None:
    for frame in (pl.DataFrame({"x": column}), pd.DataFrame({"x": column}), pa.table({"x": column})):
        with pytest.raises(ColumnError, match="x") as raised:
            decide_frame(frame, TABLE, inputs={asked: "x"})
        assert raised.value.code == code
        assert raised.value.text() != raised.value.text("zh")


def test_names_that_nobody_knows_are_refused() -> None:
    frame = pl.DataFrame({"km": [1]})
    with pytest.raises(UnknownNameError, match="km"):
        decide_frame(frame, TABLE, inputs={"n": "kms"})
    with pytest.raises(UnknownNameError, match="cause"):
        decide_frame(frame, TABLE, inputs={"caus": "km"})
    rules = [{"id": "a", "when": {"n": ">0"}, "then": {"reason": "so"}}]
    table = qms.DecisionTable(name="t", inputs={"n": "number"}, outputs={"reason": "text"}, rules=rules)
    with pytest.raises(ColumnError, match="prefix"):
        decide_frame(frame, table, inputs={"n": "km"})
    assert cells(decide_frame(frame, table, inputs={"n": "km"}, prefix="out."), "out.reason") == ["so"]
