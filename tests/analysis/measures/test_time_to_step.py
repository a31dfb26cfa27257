"""Time to each step: median and percentiles of what was done, with the open ones beside."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.analysis.measures import time_to_step
from qms_service.errors import AmountError, ColumnError, UnknownNameError

from .frames import KINDS, Bad, Row, Word, as_pandas, at, histories, kinds, rows_of


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


DONE = [
    {"clock": "answer", "state": "met", "net": hours(1), "gross": hours(2), "started_at": at(1, 5, 9), "stopped_at": at(1, 5, 12)},
    {"clock": "answer", "state": "met", "net": hours(2), "gross": hours(2), "started_at": at(1, 5, 9), "stopped_at": at(1, 5, 13)},
    {"clock": "answer", "state": "met_late", "net": hours(3), "gross": hours(5), "started_at": at(1, 5, 9), "stopped_at": at(1, 5, 14)},
    {"clock": "answer", "state": "met", "net": hours(10), "gross": hours(10), "started_at": at(1, 5, 9), "stopped_at": at(1, 6, 9)},
    {"clock": "answer", "state": "overdue", "net": hours(90), "gross": hours(90), "started_at": at(1, 5, 9)},
    {"clock": "answer", "state": "void", "net": hours(1), "gross": hours(1), "started_at": at(1, 5, 9)},
    {"clock": "visit", "state": "running", "net": hours(7), "gross": hours(7), "started_at": at(1, 5, 9)},
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_median_is_of_what_was_done_and_the_open_ones_are_counted_beside(kind: str) -> None:
    frame = KINDS[kind](DONE)
    answer = time_to_step(frame)
    assert type(answer) is type(frame)
    assert rows_of(answer) == [
        {"clock": "answer", "done": 4, "open": 1, "p50": hours(2.5), "p80": hours(5.8), "p90": hours(7.9), "p95": hours(8.95)},
        {"clock": "visit", "done": 0, "open": 1, "p50": None, "p80": None, "p90": None, "p95": None},
    ]  # fmt: skip


@pytest.mark.parametrize(("counted", "median"), [("net", 2.5), ("gross", 3.5), ("wall", 4.5)])
def test_net_gross_and_real_time(counted: Word, median: float) -> None:
    assert rows_of(time_to_step(as_pandas(DONE), counted=counted, percentiles=[50]))[0]["p50"] == hours(
        median
    )


def test_the_ends_are_the_shortest_and_the_longest_and_a_percentile_may_have_a_fraction() -> None:
    (answer, _) = rows_of(time_to_step(as_pandas(DONE), percentiles=[0, 99.5, Fraction(100), Decimal("2.5")]))  # type: ignore[list-item]
    assert (answer["p0"], answer["p100"]) == (hours(1), hours(10))
    assert answer["p99.5"] == hours(3 + 7 * 0.985)
    assert answer["p2.5"] == hours(1 + 0.075)


def test_half_a_microsecond_is_rounded_up() -> None:
    rows = [{"clock": "a", "state": "met", "net": timedelta(microseconds=one)} for one in (1, 2)]
    assert rows_of(time_to_step(as_pandas(rows), percentiles=[50]))[0]["p50"] == timedelta(microseconds=2)


def test_a_median_of_four_thousand_years_keeps_its_microsecond() -> None:
    long = timedelta(days=1_400_000)
    rows = [{"clock": "a", "state": "met", "net": long + timedelta(microseconds=one)} for one in (0, 3, 6)]
    assert rows_of(time_to_step(KINDS["polars"](rows), percentiles=[50]))[0]["p50"] == long + timedelta(
        microseconds=3
    )


def expected(rows: list[Row], counted: str, percentiles: list[int]) -> list[Row]:
    table = []
    for clock in sorted({row["clock"] for row in rows}):
        mine = [row for row in rows if row["clock"] == clock]
        done = [row for row in mine if row["state"] in ("met", "met_late")]
        if counted == "wall":
            times = [
                row["stopped_at"] - row["started_at"]
                for row in done
                if row["stopped_at"] and row["started_at"]
            ]
        else:
            times = [row[counted] for row in done if row[counted] is not None]
        micros = [one // timedelta(microseconds=1) for one in times]
        still = sum(row["state"] in ("running", "paused", "overdue", "undecided") for row in mine)
        told: Row = {"clock": clock, "done": len(times), "open": still}
        for one in percentiles:
            told[f"p{one}"] = _percentile(micros, one) if micros else None
        table.append(told)
    return table


def _percentile(micros: list[int], percent: int) -> timedelta:
    """numpy's own, whose floats are exact for such short times; half up."""
    exact = Decimal(float(np.percentile(micros, percent, method="linear"))) + Decimal("0.5")
    near = exact.quantize(Decimal("0.000001"))
    return timedelta(microseconds=int(near.to_integral_value(ROUND_FLOOR)))


@settings(max_examples=60, deadline=None)
@given(
    rows=histories,
    kind=kinds,
    counted=st.sampled_from(["net", "gross", "wall"]),
    percentiles=st.lists(st.integers(0, 100), min_size=1, max_size=3, unique=True),
    seed=st.integers(0, 9),
)
def test_the_percentiles_are_those_of_numpy_in_any_order_of_rows(
    rows: list[Row], kind: str, counted: Word, percentiles: list[int], seed: int
) -> None:
    shuffled = rows.copy()
    Random(seed).shuffle(shuffled)  # noqa: S311  # an order, no secret
    answer = rows_of(time_to_step(KINDS[kind](shuffled), counted=counted, percentiles=percentiles))
    assert answer == expected(rows, counted, percentiles)


@pytest.mark.parametrize("bad", [-1, 101, "half", None, True, float("nan"), float("inf")])
def test_a_percentile_out_of_its_range_is_refused(bad: Bad) -> None:
    with pytest.raises(AmountError, match="from 0 to 100"):
        time_to_step(as_pandas(DONE), percentiles=[bad])


def test_a_missing_column_and_another_word_are_named() -> None:
    with pytest.raises(UnknownNameError, match="no column net"):
        time_to_step(as_pandas(DONE).drop(columns="net"))
    with pytest.raises(UnknownNameError, match="Known: net, gross, wall"):
        time_to_step(as_pandas(DONE), counted="real")  # type: ignore[arg-type]
    with pytest.raises(ColumnError, match="not durations"):
        time_to_step(as_pandas(DONE).assign(net=3))
