"""On time: of the decided cases with a target, the share that kept it, net and gross."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Literal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.analysis.measures import on_time
from qms_service.errors import ColumnError, NaiveInstantError, UnknownNameError

from .frames import KINDS, NOW, Bad, Frame, Row, as_pandas, as_polars, at, histories, kinds, month_of, rows_of

RATED = ("met", "met_late", "overdue")
WAYS: tuple[Literal["net", "gross"], ...] = ("net", "gross")
COUNTS = (*RATED, "open", "outside", "unknown")
Key = tuple[str, object]


def row(
    state: str, start: datetime | None, hours: int = 48, stop: datetime | None = None, **more: object
) -> Row:
    due = None if start is None else start + timedelta(hours=hours)
    return {
        "case": "C", "clock": "answer", "state": state, "started_at": start, "due_at": due, "stopped_at": stop,
        "original_due_at": due, **more,
    }  # fmt: skip


YEAR = [
    row("met", at(1, 5), stop=at(1, 6)),
    row("met", at(1, 20), stop=at(1, 21)),
    row("met_late", at(1, 31, 23), stop=at(2, 20)),
    row("overdue", at(2, 1, 0)),
    row("running", at(2, 20)),
    row("paused", at(2, 21)),
    row("void", at(2, 22)),
    row("undecided", at(2, 23)),
    row("not_applicable", None),
    row("unknown", at(3, 1)),
    row("met_late", at(3, 2), hours=0, stop=at(3, 3)),  # due at once
    row("met", at(3, 3), stop=at(3, 4), due_at=None, original_due_at=None),  # in good time
]


@pytest.mark.parametrize("kind", KINDS)
def test_the_rate_is_of_the_decided_cases_that_have_a_target(kind: str) -> None:
    assert rows_of(on_time(KINDS[kind](YEAR))) == [
        {"clock": "answer", "month": "2026-01", "met": 2, "met_late": 1, "overdue": 0, "decided": 3,
         "open": 0, "outside": 0, "unknown": 0, "rate": 2 / 3},
        {"clock": "answer", "month": "2026-02", "met": 0, "met_late": 0, "overdue": 1, "decided": 1,
         "open": 2, "outside": 2, "unknown": 0, "rate": 0},
        {"clock": "answer", "month": "2026-03", "met": 0, "met_late": 0, "overdue": 0, "decided": 0,
         "open": 0, "outside": 2, "unknown": 1, "rate": None},
        {"clock": "answer", "month": None, "met": 0, "met_late": 0, "overdue": 0, "decided": 0,
         "open": 0, "outside": 1, "unknown": 0, "rate": None},
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_one_row_a_clock_without_months(kind: str) -> None:
    (only,) = rows_of(on_time(KINDS[kind](YEAR), by="all"))
    assert only == {
        "clock": "answer", "met": 2, "met_late": 1, "overdue": 1, "decided": 4, "open": 2, "outside": 5,
        "unknown": 1, "rate": 0.5,
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_kind_of_frame_comes_back(kind: str) -> None:
    frame = KINDS[kind](YEAR)
    assert type(on_time(frame)) is type(frame)


def test_the_rows_of_a_result_of_pandas_are_numbered_from_nought() -> None:
    assert list(on_time(as_pandas(YEAR)).index) == [0, 1, 2, 3]


def test_gross_a_pause_does_not_excuse_a_late_stop() -> None:
    paused = row("met", at(1, 5), stop=at(1, 9), due_at=at(1, 10))  # its first due time was 7 January
    in_time = row("met", at(1, 5), stop=at(1, 7))  # exactly at its due time
    waiting = row("paused", at(1, 5), due_at=at(5, 1))
    young = row("running", at(4, 9), hours=100)
    frame = as_pandas([paused, in_time, waiting, young])
    net, gross = (rows_of(on_time(frame, by="all", counted=counted, now=NOW))[0] for counted in WAYS)
    assert (net["met"], net["decided"], net["open"]) == (2, 2, 2)
    assert (gross["met"], gross["met_late"], gross["overdue"], gross["open"]) == (1, 1, 1, 1)
    assert gross["rate"] == 1 / 3


def test_gross_what_is_due_just_now_is_not_late_yet() -> None:
    due_now = row("running", NOW - timedelta(hours=48))
    assert rows_of(on_time(as_polars([due_now]), counted="gross", now=NOW))[0]["open"] == 1
    just_past = NOW + timedelta(microseconds=1)
    assert rows_of(on_time(as_polars([due_now]), counted="gross", now=just_past))[0]["overdue"] == 1


def test_an_agreed_date_counts_net_and_the_first_due_time_gross() -> None:
    agreed = row("met", at(1, 5), stop=at(1, 20), due_at=at(1, 21))
    frame = as_pandas([agreed])
    assert rows_of(on_time(frame))[0]["rate"] == 1
    assert rows_of(on_time(frame, counted="gross", now=NOW))[0]["rate"] == 0


def test_by_a_column_of_one_s_own_a_missing_value_has_its_own_row() -> None:
    rows = [row("met", at(1, 5), product=name) for name in ("P1", "P1", None)] + [
        row("overdue", at(1, 5), product="P2")
    ]
    told = rows_of(on_time(as_polars(rows), by="product"))
    assert [(one["product"], one["met"], one["decided"], one["rate"]) for one in told] == [
        ("P1", 2, 2, 1),
        ("P2", 0, 1, 0),
        (None, 1, 1, 1),
    ]


def expected(rows: list[Row], by: str, *, gross: bool) -> dict[Key, dict[str, int]]:
    """The same by its sentences, row by row."""
    table: dict[Key, Counter[str]] = {}
    for one in rows:
        key = {"month": month_of(one["started_at"]), "all": "", "product": one.get("product")}[by]
        counter = table.setdefault((one["clock"], key), Counter())
        has_target = one["due_at"] is not None and (
            one["original_due_at"] is None or one["original_due_at"] != one["started_at"]
        )
        state = one["state"]
        if state == "unknown":
            outcome = "unknown"
        elif state not in (*RATED, "running", "paused") or not has_target:
            outcome = "outside"
        elif not gross:
            outcome = state if state in RATED else "open"
        else:
            ended = one["stopped_at"] or NOW
            late = one["original_due_at"] is not None and ended > one["original_due_at"]
            done = state in ("met", "met_late")
            outcome = ("met_late" if late else "met") if done else ("overdue" if late else "open")
        counter[outcome] += 1
    return {key: {name: counter[name] for name in COUNTS} for key, counter in table.items()}


def found(frame: Frame, by: str, *, gross: bool) -> dict[Key, dict[str, int]]:
    table = {}
    for one in rows_of(on_time(frame, by=by, counted="gross" if gross else "net", now=NOW)):
        decided = sum(one[name] for name in RATED)
        assert one["decided"] == decided
        assert one["rate"] == (one["met"] / decided if decided else None)
        table[one["clock"], one.get(by, "")] = {name: one[name] for name in COUNTS}
    return table


@settings(max_examples=80, deadline=None)
@given(
    rows=histories,
    kind=kinds,
    by=st.sampled_from(["month", "all", "product"]),
    gross=st.booleans(),
    seed=st.integers(0, 9),
)
def test_the_counts_are_those_of_a_reckoning_row_by_row_in_any_order(
    rows: list[Row], kind: str, by: str, *, gross: bool, seed: int
) -> None:
    shuffled = rows.copy()
    Random(seed).shuffle(shuffled)  # noqa: S311  # an order, no secret
    if not rows and by == "product":
        by = "all"
    assert found(KINDS[kind](shuffled), by, gross=gross) == expected(rows, by, gross=gross)


@settings(max_examples=25, deadline=None)
@given(rows=histories, kind=kinds, gross=st.booleans())
def test_the_months_add_up_to_the_whole(rows: list[Row], kind: str, *, gross: bool) -> None:
    frame = KINDS[kind](rows)
    months, whole = found(frame, "month", gross=gross), found(frame, "all", gross=gross)
    added: dict[Key, Counter[str]] = {}
    for (clock, _), counts in months.items():
        added.setdefault((clock, ""), Counter()).update(counts)
    assert {key: dict(counter) for key, counter in added.items()} == whole
    assert sum(sum(counts.values()) for counts in whole.values()) == len(rows)


def test_a_missing_column_is_named_with_the_nearest() -> None:
    frame = as_pandas(YEAR).rename(columns={"original_due_at": "original_due"})
    with pytest.raises(
        UnknownNameError, match=r"no column original_due_at.* is original_due meant"
    ) as caught:
        on_time(frame)
    assert "是否指 original_due" in caught.value.text("zh")


def test_a_column_of_another_kind_is_named_with_what_it_holds() -> None:
    frame = as_pandas(YEAR).assign(started_at="2026-01-05")
    with pytest.raises(ColumnError, match="The column started_at holds String, not instants"):
        on_time(frame)
    with pytest.raises(ColumnError, match="The column state holds Int64, not texts"):
        on_time(as_pandas(YEAR).assign(state=1))


@pytest.mark.parametrize("frame", [None, [1], {"clock": ["a"]}, as_polars(YEAR).lazy()])
def test_what_is_no_frame_is_told(frame: Bad) -> None:
    with pytest.raises(ColumnError):
        on_time(frame)


@pytest.mark.parametrize("by", ["mnth", None, 3])
def test_an_unknown_by_names_what_is_allowed(by: Bad) -> None:
    with pytest.raises(UnknownNameError, match="month"):
        on_time(as_pandas(YEAR), by=by)


def test_a_column_that_the_result_has_too_is_refused() -> None:
    with pytest.raises(ColumnError, match="a column met of its own"):
        on_time(as_pandas(YEAR).assign(met="x"), by="met")


def test_an_unknown_way_of_counting_names_the_ways() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean gross"):
        on_time(as_pandas(YEAR), counted="grosss")  # type: ignore[arg-type]


def test_gross_needs_the_moment_of_the_judgement_with_its_zone() -> None:
    with pytest.raises(NaiveInstantError, match="now="):
        on_time(as_pandas(YEAR), counted="gross")
    with pytest.raises(NaiveInstantError):
        on_time(as_pandas(YEAR), counted="gross", now=datetime(2026, 4, 1))  # noqa: DTZ001  # the naive one is the test


def test_a_column_with_values_of_several_types_is_told_apart_by_them() -> None:
    lines = [row("met", at(1, 5), stop=at(1, 6)) for _ in range(3)]
    frame = as_pandas(lines).assign(machine=pd.Series(["press", 7, None], dtype=object))
    answer = on_time(frame, by="machine")
    assert [(line["machine"], line["met"]) for line in rows_of(answer)] == [(7, 1), ("press", 1), (None, 1)]
