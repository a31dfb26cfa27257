"""Pareto: the most frequent values first, the missing one a row of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.analysis.measures import pareto
from qms_service.errors import AmountError, ColumnError, UnknownNameError

from .frames import Bad, rows_of

CAUSES = ["drill", "etch", "drill", None, "plating", "drill", None, "etch"]
MAKERS: dict[str, Any] = {
    "pandas": lambda values: pd.DataFrame({"cause": pd.Series(values, dtype="str")}),
    "pandas category": lambda values: pd.DataFrame({"cause": pd.Series(values, dtype="category")}),
    "polars": lambda values: pl.DataFrame({"cause": pl.Series(values, dtype=pl.String)}),
    "polars category": lambda values: pl.DataFrame({"cause": pl.Series(values, dtype=pl.Categorical)}),
    "pyarrow": lambda values: pa.table({"cause": pa.array(values, pa.string())}),
    "pyarrow dictionary": lambda values: pa.table(
        {"cause": pa.array(values, pa.string()).dictionary_encode()}
    ),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_most_frequent_first_ties_by_name_and_the_missing_with_its_share(kind: str) -> None:
    frame = MAKERS[kind](CAUSES)
    answer = pareto(frame, "cause")
    assert type(answer) is type(frame)
    assert rows_of(answer) == [
        {"cause": "drill", "count": 3, "share": 0.375, "cumulative": 0.375},
        {"cause": "etch", "count": 2, "share": 0.25, "cumulative": 0.625},
        {"cause": None, "count": 2, "share": 0.25, "cumulative": 0.875},
        {"cause": "plating", "count": 1, "share": 0.125, "cumulative": 1},
    ]


def test_the_shares_of_the_first_few_are_of_all() -> None:
    assert rows_of(pareto(MAKERS["polars"](CAUSES), "cause", top=1)) == [
        {"cause": "drill", "count": 3, "share": 0.375, "cumulative": 0.375}
    ]


def test_numbers_and_truth_are_values_too() -> None:
    assert [row["line"] for row in rows_of(pareto(pd.DataFrame({"line": [3, 1, 3]}), "line"))] == [3, 1]
    assert [row["ours"] for row in rows_of(pareto(pd.DataFrame({"ours": [True, False, True]}), "ours"))] == [
        True,
        False,
    ]


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.sampled_from(["a", "b", "c", "d", None]), max_size=30),
    kind=st.sampled_from(sorted(MAKERS)),
    seed=st.integers(0, 9),
)
def test_the_counts_are_those_of_a_counter_in_any_order(
    values: list[str | None], kind: str, seed: int
) -> None:
    counted = Counter(values)
    order = sorted(counted, key=lambda value: (-counted[value], value is None, value or ""))
    seen = 0
    wanted = []
    for value in order:
        seen += counted[value]
        wanted.append(
            {"cause": value, "count": counted[value], "share": counted[value] / len(values), "cumulative": seen / len(values)}
        )  # fmt: skip
    shuffled = values.copy()
    Random(seed).shuffle(shuffled)  # noqa: S311  # an order, no secret
    assert rows_of(pareto(MAKERS[kind](shuffled), "cause")) == wanted


def test_bad_input_is_named() -> None:
    frame = MAKERS["pandas"](CAUSES)
    with pytest.raises(UnknownNameError, match="Did you mean cause"):
        pareto(frame, "cuase")
    with pytest.raises(ColumnError, match="a column count of its own"):
        pareto(frame.rename(columns={"cause": "count"}), "count")
    bad: Bad
    for bad in (0, -1, 1.5, True, "3"):
        with pytest.raises(AmountError, match="top is a whole number"):
            pareto(frame, "cause", top=bad)
    with pytest.raises(ColumnError):
        pareto([1], "cause")  # type: ignore[type-var]


def test_values_of_several_types_stand_side_by_side_as_a_spreadsheet_leaves_them() -> None:
    frame = pd.DataFrame({"cause": pd.Series([7, "etch", 10.5, "drill", None, "etch"], dtype=object)})
    answer = pareto(frame, "cause")
    assert [(row["cause"], row["count"]) for row in rows_of(answer)] == [
        *(("etch", 2), (7, 1), (10.5, 1)),
        *(("drill", 1), (None, 1)),
    ]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "pyarrow"])
def test_lists_are_refused_for_they_tell_no_rows_apart(make: Callable[..., Any]) -> None:
    with pytest.raises(ColumnError, match="The column causes holds lists or the like"):
        pareto(make({"causes": [["drill"], ["etch", "drill"], ["drill"]]}), "causes")
