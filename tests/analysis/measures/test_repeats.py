"""Repeats: cases that come back within a window, of those that were followed for all of it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.analysis.measures import repeats
from qms_service.errors import AmountError, ColumnError, NaiveInstantError, UnknownNameError

from .frames import KINDS, NOW, Bad, Row, Word, as_pandas, at, instants, kinds, month_of, rows_of

MONTH = timedelta(days=30)
COUNTS = ("came_back", "followed", "too_young", "keyless")


def case(customer: str | None, product: str | None, came: datetime | None) -> Row:
    return {"customer": customer, "product": product, "started_at": came}


CASES = [
    case("ACME", "P1", at(1, 5)),  # came back on the 20th
    case("ACME", "P2", at(1, 6)),  # never
    case("ACME", "P1", at(1, 20)),  # not within 30 days
    case("Bolt", "P1", at(1, 7)),  # another customer
    case("ACME", "P1", at(3, 30)),  # too young to tell, though it came back already
    case("ACME", "P1", at(4, 2)),  # too young to tell
    case("ACME", None, at(1, 7)),  # nobody can say
    case("Bolt", "P1", None),  # nobody can say
]


@pytest.mark.parametrize("kind", KINDS)
def test_of_the_cases_followed_for_the_whole_window_those_that_came_back(kind: str) -> None:
    frame = KINDS[kind](CASES)
    answer = repeats(frame, keys=["customer", "product"], at="started_at", within=MONTH, now=NOW)
    assert type(answer) is type(frame)
    assert rows_of(answer) == [{"came_back": 1, "followed": 4, "too_young": 2, "keyless": 2, "rate": 0.25}]


def test_by_month_a_case_counts_in_the_month_in_which_it_came_first() -> None:
    told = rows_of(
        repeats(
            as_pandas(CASES), keys=["customer", "product"], at="started_at", within=MONTH, now=NOW, by="month"
        )
    )
    assert [(one["month"], one["came_back"], one["followed"], one["rate"]) for one in told] == [
        ("2026-01", 1, 4, 0.25),
        ("2026-03", 0, 0, None),
        ("2026-04", 0, 0, None),
        (None, 0, 0, None),
    ]


def test_the_window_has_its_last_moment_and_not_its_first() -> None:
    def rate(gap: timedelta) -> object:
        frame = as_pandas([case("ACME", "P1", at(1, 5)), case("ACME", "P1", at(1, 5) + gap)])
        return rows_of(
            repeats(frame, keys=["customer"], at="started_at", within=MONTH, now=at(2, 5), by="all")
        )[0]["came_back"]

    assert rate(MONTH) == 1
    assert rate(MONTH + timedelta(microseconds=1)) == 0
    assert rate(timedelta(0)) == 0


def test_a_case_is_followed_when_its_window_ends_now() -> None:
    frame = as_pandas([case("ACME", "P1", at(1, 5))])
    followed = [
        rows_of(repeats(frame, keys=["customer"], at="started_at", within=MONTH, now=now))[0]["followed"]
        for now in (at(1, 5) + MONTH, at(1, 5) + MONTH - timedelta(microseconds=1))
    ]
    assert followed == [1, 0]


def test_without_a_moment_the_frame_tells_up_to_its_last_case() -> None:
    told = rows_of(repeats(as_pandas(CASES), keys=["customer", "product"], at="started_at", within=MONTH))
    assert told == rows_of(
        repeats(as_pandas(CASES), keys=["customer", "product"], at="started_at", within=MONTH, now=at(4, 2))
    )


def expected(rows: list[Row], by: str) -> dict[object, tuple[int, ...]]:
    """Each case against every other."""
    table: dict[object, Counter[str]] = {}
    for one in rows:
        key = {"all": "", "month": month_of(one["started_at"]), "product": one["product"]}[by]
        counter = table.setdefault(key, Counter())
        if None in one.values():
            counter["keyless"] += 1
        elif one["started_at"] + MONTH > NOW:
            counter["too_young"] += 1
        else:
            counter["followed"] += 1
            counter["came_back"] += any(
                other["started_at"] is not None
                and one["started_at"] < other["started_at"] <= one["started_at"] + MONTH
                and (other["customer"], other["product"]) == (one["customer"], one["product"])
                for other in rows
            )
    return {key: tuple(counter[name] for name in COUNTS) for key, counter in table.items()}


cases = st.builds(
    case,
    st.sampled_from(["ACME", "Bolt", None]),
    st.sampled_from(["P1", "P2", "P2", None]),
    st.none() | instants | instants,
)


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(cases, min_size=1, max_size=25),
    kind=kinds,
    by=st.sampled_from(["all", "month", "product"]),
    seed=st.integers(0, 9),
)
def test_the_counts_are_those_of_every_case_against_every_other_in_any_order(
    rows: list[Row], kind: str, by: Word, seed: int
) -> None:
    shuffled = rows.copy()
    Random(seed).shuffle(shuffled)  # noqa: S311  # an order, no secret
    told = rows_of(
        repeats(
            KINDS[kind](shuffled), keys=["customer", "product"], at="started_at", within=MONTH, now=NOW, by=by
        )
    )
    assert {one.get(by, ""): tuple(one[name] for name in COUNTS) for one in told} == expected(rows, by)
    for one in told:
        assert one["rate"] == (one["came_back"] / one["followed"] if one["followed"] else None)


@pytest.mark.parametrize("within", [timedelta(0), timedelta(days=-1), 30, None])
def test_a_window_that_is_no_amount_of_time_is_refused(within: Bad) -> None:
    with pytest.raises(AmountError, match="within is an amount of time above 0"):
        repeats(as_pandas(CASES), keys=["customer"], at="started_at", within=within)


def test_bad_input_is_named() -> None:
    frame = as_pandas(CASES)
    with pytest.raises(UnknownNameError, match="Did you mean customer"):
        repeats(frame, keys=["custmer"], at="started_at", within=MONTH)
    with pytest.raises(UnknownNameError, match="Did you mean started_at"):
        repeats(frame, keys=["customer"], at="startd_at", within=MONTH)
    with pytest.raises(ColumnError, match="not instants"):
        repeats(frame, keys=["customer"], at="product", within=MONTH)
    keys: Bad
    for keys in ("customer", []):
        with pytest.raises(ColumnError, match="keys is a list of columns"):
            repeats(frame, keys=keys, at="started_at", within=MONTH)
    with pytest.raises(NaiveInstantError):
        repeats(frame, keys=["customer"], at="started_at", within=MONTH, now=datetime(2026, 1, 1))  # noqa: DTZ001  # the naive one is the test


def test_keys_of_several_types_are_told_apart_as_a_spreadsheet_leaves_them() -> None:
    keys = [7, "7", 7, None, "7", float("nan")]
    days = pd.to_datetime([f"2026-01-0{day}" for day in range(1, 7)], utc=True)
    frame = pd.DataFrame({"customer": pd.Series(keys, dtype=object), "came": days})
    answer = repeats(frame, keys=["customer"], at="came", within=timedelta(days=2), now=NOW)
    assert rows_of(answer) == [{"came_back": 1, "followed": 4, "too_young": 0, "keyless": 2, "rate": 0.25}]
