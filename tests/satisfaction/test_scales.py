"""A scale says what an answer may be, which end is good, and how many points an answer is worth."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.satisfaction.span import span

from qms_service.errors import ScoreError
from qms_service.satisfaction import Interval, Scale, rescale

Given = Any

FIVE = Scale(1, 5)
numbers = st.fractions(-1000, 1000, max_denominator=50)


@pytest.mark.parametrize(("transform", "points"), [("range", 75), ("of_max", 80)])
def test_four_of_one_to_five_is_75_or_80_by_the_transform_and_flips_a_target_of_80(
    transform: Given, points: int
) -> None:
    """Both are in use under the name of per cent; only the scale says which one is meant."""
    assert rescale(4, Scale(1, 5, transform=transform)) == points


@pytest.mark.parametrize(
    ("answer", "points"), [(1, 0), (2, Fraction(100, 6)), (4, 50), (Decimal("5.5"), 75), (7, 100)]
)
def test_the_points_of_seven_steps(answer: Given, points: Fraction) -> None:
    assert rescale(answer, Scale(1, 7)) == points


def test_on_a_negative_scale_the_lowest_answer_is_worth_most() -> None:
    effort = Scale(1, 5, polarity="negative")
    assert [effort.points(answer) for answer in (1, 2, 3, 4, 5)] == [100, 75, 50, 25, 0]
    assert [Scale(1, 5, polarity="negative", transform="of_max").points(answer) for answer in (1, 5)] == [
        100,
        20,
    ]


def test_zero_is_an_answer_where_the_scale_has_it() -> None:
    assert Scale(0, 10).points(0) == 0
    assert Scale(0, 10, polarity="negative").points(0) == 100


def test_the_words_of_others_for_the_polarity_are_taken() -> None:
    assert Scale(1, 5, polarity="higher_is_better") == FIVE
    assert Scale(1, 5, polarity="lower_is_better").polarity == "negative"


def test_the_points_reach_from_the_worst_to_the_best_answer() -> None:
    assert FIVE.bounds == span(0, 100)
    assert Scale(1, 5, transform="of_max").bounds == span(20, 100)
    assert Scale(1, 5, polarity="negative", transform="of_max").bounds == span(20, 100)
    assert Scale(-3, 3).bounds == span(0, 100)
    assert FIVE.midpoint == 3
    assert Interval(Fraction(20), Fraction(100)).width == 80


@pytest.mark.parametrize(
    "answer", [4, 4.0, Decimal(4), Fraction(4), np.int64(4), np.float64(4.0), np.float32(4.0)]
)
def test_a_number_is_taken_as_whatever_it_comes(answer: Given) -> None:
    assert rescale(answer, FIVE) == 75


def test_a_float_counts_by_its_shortest_spelling() -> None:
    assert rescale(3.3, Scale(0, 10)) == 33


@pytest.mark.parametrize(
    "answer", [True, float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), "4", None, 1j]
)
def test_what_is_no_number_is_refused(answer: Given) -> None:
    with pytest.raises(ScoreError, match="allowed is a finite number") as caught:
        rescale(answer, FIVE)
    assert caught.value.got == repr(answer)
    assert "须为有限的数" in caught.value.text("zh")


@pytest.mark.parametrize("answer", [-99, 0, 6, Decimal("5.01"), 10**400])
def test_a_code_for_a_missing_answer_is_refused_with_the_scale(answer: Given) -> None:
    with pytest.raises(ScoreError) as caught:
        rescale(answer, FIVE)
    assert f"{answer} is not on the scale 1–5" in str(caught.value)
    assert "give None" in str(caught.value)
    assert "不在量表 1–5 之内" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("given_", "said", "zh"),
    [
        ({"low": 5, "high": 1}, "got 5–1. Where low is good, say polarity", "量表须从最低答案"),
        ({"low": 1, "high": 1}, "got 1–1", "量表须从最低答案"),
        ({"low": -1, "high": 1, "transform": "of_max"}, 'Use transform="range"', "请用 transform"),
        ({"low": 1, "high": 5, "polarity": "negativ"}, "did you mean negative?", "是否指 negative？"),
        ({"low": 1, "high": 5, "transform": "percent"}, "allowed: range, of_max", "可用：range、of_max"),
        ({"low": "1", "high": 5}, "scale: got '1'", "scale：收到 '1'"),
    ],
)
def test_a_scale_without_sense_is_refused(given_: dict[str, Given], said: str, zh: str) -> None:
    with pytest.raises(ScoreError) as caught:
        Scale(**given_)
    assert said in str(caught.value)
    assert zh in caught.value.text("zh")


@given(low=numbers, span=st.fractions(Fraction(1, 50), 100, max_denominator=50), share=st.fractions(0, 1))
def test_points_lie_within_the_bounds_and_both_polarities_add_up(
    low: Fraction, span: Fraction, share: Fraction
) -> None:
    answer = low + share * span
    up, down = Scale(low, low + span), Scale(low, low + span, polarity="negative")
    assert up.points(answer) == 100 * share
    assert up.points(answer) + down.points(answer) == 100
