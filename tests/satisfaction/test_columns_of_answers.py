"""Answers by the column: the totals and the scores of groups are the fractions that one response at a time gives."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from fractions import Fraction
from importlib import import_module
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service.satisfaction
from qms_service.errors import MissingExtraError
from qms_service.instants import NAT
from qms_service.satisfaction import NOT_APPLICABLE, Questionnaire
from qms_service.satisfaction.batch import (
    AnswerColumn,
    ExactColumn,
    Rows,
    Totals,
    Worth,
    group_scores,
    totals_of,
)

# each has no common unit with the others that fits into 63 bits
ODD = [Fraction(1, 2**31 - 1), Fraction(1, 1_000_003), Fraction(10**12, 999_983), Fraction(7, 3)]
PLAIN = [Fraction(one) for one in (0, 1, 2, 5, 20)]
FAULTS: list[Worth] = ["off-scale", "unreadable"]
WORTH: list[Worth] = [None, NOT_APPLICABLE, Fraction(0), Fraction(25), Fraction(100, 3), Fraction(100)]


@st.composite
def answered(draw: st.DrawFn, weights: Sequence[Fraction]) -> tuple[list[AnswerColumn], int, Fraction]:
    """Columns of answers, how many rows they have, and the weight of all items."""
    count = draw(st.integers(1, 12))
    columns = []
    for place in range(draw(st.integers(1, 4))):
        worth = [*WORTH, *draw(st.lists(st.sampled_from(FAULTS), max_size=2))]
        first = draw(st.sampled_from([-1, 0, 3]))
        places = draw(st.lists(st.integers(first, first + len(worth) - 1), min_size=count, max_size=count))
        weight = draw(st.sampled_from(weights))
        columns.append(
            AnswerColumn(
                item=f"q{place}", weight=weight, places=np.array(places, np.int8), worth=worth, first=first
            )
        )
    unasked = draw(st.sampled_from(weights))
    return columns, count, sum((one.weight for one in columns), unasked) or Fraction(1)


def by_hand(columns: list[AnswerColumn], row: int, whole: Fraction, least: Fraction) -> Fraction | str:
    """The total of one response by the sentences of the questionnaire."""
    given = [(one.item, one.weight, one.worth[int(one.places[row]) - one.first]) for one in columns]
    for item, _, worth in given:
        if isinstance(worth, str):
            return f"{worth} {item}"
    applicable = whole - sum(weight for _, weight, worth in given if worth is NOT_APPLICABLE)
    points = [(weight, worth) for _, weight, worth in given if isinstance(worth, Fraction)]
    weight = sum((weight for weight, _ in points), Fraction(0))
    if not applicable:
        return "nothing-applicable"
    if not weight:
        return "nothing-answered"
    if weight / applicable < least:
        return "too-little-answered"
    return sum((weight * worth for weight, worth in points), Fraction(0)) / weight


def told(found: Totals, row: int) -> Fraction | str:
    if found.scored[row]:
        return found.points[row]
    code, item = found.problems[int(found.reasons[row])]
    return code if item is None else f"{code} {item}"


@pytest.mark.parametrize("weights", [PLAIN, [*PLAIN, *ODD], ODD], ids=["packed", "mixed", "one by one"])
@settings(max_examples=50, deadline=None)
@given(data=st.data(), least=st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]))
def test_each_total_is_the_fraction_that_one_response_gives(
    weights: list[Fraction], data: st.DataObject, least: Fraction
) -> None:
    columns, count, whole = data.draw(answered(weights))
    found = totals_of(columns, count, whole=whole, at_least=least)
    assert [told(found, row) for row in range(count)] == [
        by_hand(columns, row, whole, least) for row in range(count)
    ]


def test_a_denominator_beyond_sixty_three_bits_is_reckoned_one_by_one() -> None:
    # 22 items of unlike weights: the answered weights that occur have no small common multiple
    primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79]
    answers = np.eye(len(primes), dtype=np.int8)  # row by row another item alone is answered
    columns = [
        AnswerColumn(
            item=str(prime), weight=Fraction(prime), places=answers[place], worth=[None, Fraction(100, 3)]
        )
        for place, prime in enumerate(primes)
    ]
    whole = Fraction(sum(primes))
    found = totals_of(columns, len(primes), whole=whole, at_least=Fraction(0))
    assert [found.points[row] for row in range(len(primes))] == [Fraction(100, 3)] * len(primes)


def test_no_rows_and_no_answers_are_no_totals() -> None:
    empty = AnswerColumn(item="q", weight=Fraction(1), places=np.array([], np.int8), worth=[])
    assert totals_of([empty], 0, whole=Fraction(1), at_least=Fraction(0)).scored.size == 0
    assert totals_of([], 2, whole=Fraction(1), at_least=Fraction(0)).scored.tolist() == [False, False]


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 20), 1, 0.1),  # half up, not to the even digit
        (Fraction(3, 20), 1, 0.2),
        (Fraction(1, 4), 1, 0.3),
        (Fraction(7996, 100), 1, 80.0),
        (Fraction(7994, 100), 1, 79.9),
        (Fraction(100, 3), 2, 33.33),
        (Fraction(200, 3), 0, 67),
    ],
)
@pytest.mark.parametrize("dtype", [np.int64, np.object_])
def test_a_column_is_rounded_half_up_once(
    value: Fraction, places: int, expected: float, dtype: type[Any]
) -> None:
    counts = np.array([value.numerator, 0], dtype)
    column = ExactColumn(counts=counts, unit=Fraction(1, value.denominator), most=value.numerator)
    assert column.rounded(places).tolist() == [expected, 0]


def test_counts_that_grow_beyond_int64_stay_exact() -> None:
    near = 2**61
    column = ExactColumn(counts=np.array([near] * 3), unit=Fraction(1), most=near)
    total = column.summed(np.zeros(3, np.intp), 1)
    assert total[0] == 3 * near
    assert column.times(7)[2] == near
    assert column.rounded(9).tolist() == [float(near)] * 3


Response = tuple[int, int, int, int | None, int]


def spoken(rows: list[Response], form: Questionnaire) -> list[Fraction]:
    """The totals of the customers of one group, by the words of the questionnaire."""
    customers = []
    for customer in sorted({row[1] for row in rows}):
        own = [row for row in rows if row[1] == customer]
        voices: list[tuple[int | None, Fraction]] = []
        for person in sorted({row[2] for row in own}):
            said = [(row[3], Fraction(row[4])) for row in own if row[2] == person]
            if form.duplicates == "all":
                voices += said
            else:
                kept = edge(said, form.duplicates)
                voices.append((kept[0][0], sum(points for _, points in kept) / Fraction(len(kept))))
        if form.respondents == "lowest":
            customers.append(min(points for _, points in voices))
        else:
            kept = voices if form.respondents == "mean" else edge(voices, form.respondents)
            customers.append(sum((points for _, points in kept), Fraction(0)) / len(kept))
    return customers


def edge(
    said: list[tuple[int | None, Fraction]], how: Literal["latest", "first"]
) -> list[tuple[int | None, Fraction]]:
    dated = [at for at, _ in said if at is not None]
    if not dated:
        return said
    last = max(dated) if how == "latest" else min(dated)
    return [one for one in said if one[0] == last]


ROWS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from([0, 1, 10**9]),  # far apart: they are numbered anew
        st.sampled_from([0, 1, 10**9]),
        st.sampled_from([None, 5, 6]),
        st.integers(0, 100),
    ),
    max_size=12,
)


@pytest.mark.parametrize("unit", [Fraction(1), Fraction(1, 7)])
@pytest.mark.parametrize("dtype", [np.int64, np.object_])
@settings(max_examples=50, deadline=None)
@given(
    rows=ROWS,
    respondents=st.sampled_from(["mean", "lowest", "latest", "first"]),
    duplicates=st.sampled_from(["latest", "first", "all"]),
)
def test_a_group_is_the_mean_of_its_customers(
    unit: Fraction,
    dtype: type[Any],
    rows: list[Response],
    respondents: Any,  # noqa: ANN401  # a word
    duplicates: Any,  # noqa: ANN401  # a word
) -> None:
    form = Questionnaire("form", respondents=respondents, duplicates=duplicates)
    groups, customers, people = (np.array([row[place] for row in rows], np.intp) for place in range(3))
    found = group_scores(
        Rows(
            points=ExactColumn(counts=np.array([row[4] for row in rows], dtype), unit=unit, most=100),
            groups=groups,
            customers=customers,
            respondents=people,
            at=np.array([NAT if row[3] is None else row[3] for row in rows], np.int64),
        ),
        3,
        form,
    )
    for group in range(3):
        totals = spoken([row for row in rows if row[0] == group], form)
        assert found.score(group) == (unit * sum(totals) / len(totals) if totals else None)
        assert found.n[group] == len(totals)


@settings(max_examples=50, deadline=None)
@given(rows=ROWS)
def test_segments_that_share_no_customer_add_up_to_the_total(rows: list[Response]) -> None:
    own = [(hash(row[1]) % 3, *row[1:]) for row in rows]  # each customer in one segment
    sums = []
    for segments in ([row[0] for row in own], [0] * len(own)):
        found = group_scores(
            Rows(
                points=ExactColumn(
                    counts=np.array([row[4] for row in own], np.int64), unit=Fraction(1, 3), most=100
                ),
                groups=np.array(segments, np.intp),
                customers=np.array([row[1] for row in own], np.intp),
            ),
            3,
            Questionnaire("form"),
        )
        sums.append((sum(found.sums[group] for group in range(3)), found.n.sum()))
        scores = [found.score(group) for group in range(3)]
        assert all(one is None or 0 <= one <= Fraction(100, 3) for one in scores)
    assert sums[0] == sums[1]


@pytest.mark.parametrize("respondents", ["mean", "latest"])
def test_without_dates_all_answers_of_a_respondent_count_by_their_mean(respondents: Any) -> None:  # noqa: ANN401  # a word
    form = Questionnaire("form", respondents=respondents)
    rows = Rows(
        points=ExactColumn(counts=np.array([70, 81, 100]), unit=Fraction(1), most=100),
        groups=np.zeros(3, np.intp),
        customers=np.array([4, 4, 5]),
    )
    assert group_scores(rows, 1, form).score(0) == (Fraction(151, 2) + 100) / 2


def test_without_numpy_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    for name in [name for name in sys.modules if name.startswith("qms_service.satisfaction.batch")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(qms_service.satisfaction, "batch")
    with pytest.raises(MissingExtraError, match=r'pip install "qms-service\[analysis\]"'):
        import_module("qms_service.satisfaction.batch")
