"""Open and late: the stock at each month's end, from the three instants of each clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.analysis.measures import on_time, open_and_late
from qms_service.errors import ColumnError, NaiveInstantError, UnknownNameError

from .frames import KINDS, NOW, SHANGHAI, Bad, Row, as_pandas, at, histories, kinds, rows_of

COUNTED = ("running", "paused", "overdue", "met", "met_late")


def row(state: str, start: datetime, due: datetime, stop: datetime | None = None, **more: object) -> Row:
    return {
        "case": "C", "clock": "answer", "state": state, "started_at": start, "due_at": due, "stopped_at": stop,
        "original_due_at": due, **more,
    }  # fmt: skip


STOCK = [
    row("met", at(1, 5), at(1, 7), at(1, 6)),  # never open at a month's end
    row("met_late", at(1, 10), at(1, 12), at(2, 3)),  # late in January
    row("met", at(1, 30), at(2, 5), at(2, 4)),  # open in January
    row("overdue", at(2, 20), at(3, 2)),  # open in February, late from March on
    row("running", at(4, 9), at(4, 20)),
    row("met_late", at(4, 10), at(4, 10), at(4, 10), original_due_at=at(4, 10)),  # due at once: in no stock
]


@pytest.mark.parametrize("kind", KINDS)
def test_the_stock_of_each_month_s_end_and_of_now(kind: str) -> None:
    frame = KINDS[kind](STOCK)
    answer = open_and_late(frame, now=NOW)
    assert type(answer) is type(frame)
    assert rows_of(answer) == [
        {"clock": "answer", "month": "2026-01", "open": 2, "late": 1, "share": 0.5},
        {"clock": "answer", "month": "2026-02", "open": 1, "late": 0, "share": 0},
        {"clock": "answer", "month": "2026-03", "open": 1, "late": 1, "share": 1},
        {"clock": "answer", "month": "2026-04", "open": 2, "late": 1, "share": 0.5},
    ]


def test_a_month_in_which_nothing_is_open_has_an_unknown_share() -> None:
    rows = [row("met", at(1, 5), at(1, 7), at(1, 6))]
    told = rows_of(open_and_late(as_pandas(rows), now=at(3, 1)))
    assert [(one["month"], one["open"], one["share"]) for one in told] == [
        ("2026-01", 0, None),
        ("2026-02", 0, None),
        ("2026-03", 0, None),
    ]


def test_a_month_ends_with_its_last_microsecond_in_the_zone_of_the_column() -> None:
    midnight, moment = at(2, 1, 0), timedelta(microseconds=1)
    rows = [row("overdue", midnight - moment, at(2, 1, 12)), row("overdue", midnight, midnight + moment)]
    told = rows_of(open_and_late(as_pandas(rows), now=NOW))
    assert [(one["open"], one["late"]) for one in told[:2]] == [(1, 0), (2, 2)]
    due = [row("overdue", at(1, 5), midnight - moment), row("overdue", at(1, 5), midnight - 2 * moment)]
    assert rows_of(open_and_late(as_pandas(due), now=NOW))[0]["late"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_month_of_new_york_ends_at_its_own_midnight(kind: str) -> None:
    """31 March 23:30 there is 1 April 03:30 in UTC; now, 1 April 03:45 in UTC, is March there too."""
    start = datetime(2026, 4, 1, 3, 30, tzinfo=UTC)
    frame = nw.from_native(KINDS[kind]([row("running", start, start + timedelta(hours=1))]))
    columns = [name for name in frame.columns if name.endswith("_at")]
    there = frame.with_columns(nw.col(*columns).dt.convert_time_zone("America/New_York")).to_native()
    now = start + timedelta(minutes=15)
    assert [one["month"] for one in rows_of(open_and_late(there, now=now))] == ["2026-03"]
    assert [one["month"] for one in rows_of(on_time(there))] == ["2026-03"]
    assert rows_of(on_time(there, counted="gross", now=now))[0]["open"] == 1


def test_what_is_due_just_now_is_not_late() -> None:
    frame = as_pandas([row("running", at(4, 1), NOW)])
    assert rows_of(open_and_late(frame, now=NOW))[-1]["late"] == 0
    assert rows_of(open_and_late(frame, now=NOW + timedelta(microseconds=1)))[-1]["late"] == 1


def expected(rows: list[Row]) -> list[Row]:
    """Each month's end by looking at every row."""
    table = []
    counted = [
        one
        for one in rows
        if one["state"] in COUNTED
        and one["due_at"] is not None
        and one["started_at"] is not None
        and one["original_due_at"] != one["started_at"]
        and one["started_at"] <= NOW
    ]
    for clock in sorted({one["clock"] for one in counted}):
        mine = [one for one in counted if one["clock"] == clock]
        first = min(one["started_at"] for one in mine).astimezone(SHANGHAI)
        year, month = first.year, first.month
        while (year, month) <= (NOW.year, NOW.month):
            following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=SHANGHAI)
            end = min(following - timedelta(microseconds=1), NOW)
            is_open = [
                one
                for one in mine
                if one["started_at"] <= end and not (one["stopped_at"] and one["stopped_at"] <= end)
            ]
            late = sum(one["due_at"] < end for one in is_open)
            table.append(
                {
                    "clock": clock,
                    "month": f"{year}-{month:02}",
                    "open": len(is_open),
                    "late": late,
                    "share": late / len(is_open) if is_open else None,
                }
            )
            year, month = following.year, following.month
    return table


@settings(max_examples=80, deadline=None)
@given(rows=histories, kind=kinds, seed=st.integers(0, 9))
def test_the_stock_is_that_of_looking_at_every_row_at_each_month_s_end(
    rows: list[Row], kind: str, seed: int
) -> None:
    shuffled = rows.copy()
    Random(seed).shuffle(shuffled)  # noqa: S311  # an order, no secret
    assert rows_of(open_and_late(KINDS[kind](shuffled), now=NOW)) == expected(rows)


def test_bad_input_is_named() -> None:
    with pytest.raises(UnknownNameError, match="no column due_at"):
        open_and_late(as_pandas(STOCK).drop(columns="due_at"), now=NOW)
    naive = as_pandas(STOCK).assign(started_at=datetime(2026, 1, 1))  # noqa: DTZ001  # the naive one is the test
    with pytest.raises(ColumnError, match=r"The column started_at holds .* instants without a zone"):
        open_and_late(naive, now=NOW)
    bad: Bad = None
    with pytest.raises(NaiveInstantError):
        open_and_late(as_pandas(STOCK), now=bad)
