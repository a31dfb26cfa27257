"""Weighted indices, and items by importance and performance."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_service.errors import ScoreError, UnknownNameError
from qms_service.satisfaction import (
    Quadrant,
    Scale,
    importance_performance,
    mean_score,
    nps,
    weighted_index,
)

Given = Any

TEN = Scale(1, 10)
OHIO = {"satisfaction": 0.3885, "expectancy": 0.3190, "performance": 0.2925}
DEALER = {
    "Job done right the first time": (3.83, 2.63),
    "Fast action on complaints": (3.63, 2.73),
    "Prompt warranty work": (3.60, 3.15),
    "Able to do any job needed": (3.56, 3.00),
    "Service available when needed": (3.41, 3.05),
    "Courteous and friendly service": (3.41, 3.29),
    "Car ready when promised": (3.38, 3.03),
    "Perform only necessary work": (3.37, 3.11),
    "Low prices on service": (3.29, 2.00),
    "Clean up after service work": (3.27, 3.02),
    "Convenient to home": (2.52, 2.25),
    "Convenient to work": (2.43, 2.49),
    "Courtesy buses and rental cars": (2.37, 2.35),
    "Send out maintenance notices": (2.05, 3.33),
}


def test_the_formula_of_the_american_index() -> None:
    """verint.com/blog/acsi-american-customer-satisfaction-index-score-its-calculation: the weights of Ohio.

    By hand: (7 x 0.3885 + 6 x 0.3190 + 6 x 0.2925) / 9 x 100 = 6.3885 / 9 x 100 = 70.983.
    """
    scores = {"satisfaction": 8, "expectancy": 7, "performance": 7}
    assert weighted_index(scores, OHIO, TEN).value == Fraction(63885, 900)


def test_with_equal_weights_it_is_the_plain_formula() -> None:
    """The same page: (satisfaction + expectancy + performance - 3) / 27 x 100."""
    assert weighted_index([8, 7, 7], [1, 1, 1], TEN).value == Fraction(1900, 27)


def test_weights_need_not_add_up_to_anything() -> None:
    assert weighted_index([8, 7], [3, 1], TEN).value == weighted_index([8, 7], [0.75, 0.25], TEN).value == 75


def test_an_item_nobody_answered_is_left_out_with_its_weight() -> None:
    found = weighted_index({"a": 80, "b": None, "c": mean_score([])}, {"a": 1, "b": 5, "c": 2})
    assert [found.value, found.n, found.population] == [80, 1, 3]
    assert str(found) == "80.0 (1 of 3 items)"
    assert found.text("zh") == "80.0（3 项中 1 项）"
    assert [str(line) for line in found.derivation] == [
        "1 of 3 items have a score.",
        "Left out with their weights, for nobody answered: b, c.",
        "Index: (1 × 80) / 1 = 80.",
    ]


def test_estimates_come_with_their_points() -> None:
    scores: Given = {"quality": mean_score([4, 5], scale=Scale(1, 5)), "price": 7}
    assert weighted_index(scores, {"quality": 1, "price": 1}, TEN).value == Fraction(925, 12)


@pytest.mark.parametrize("scores", [[], {}, [None]])
def test_an_index_of_nothing_is_none(scores: Given) -> None:
    assert weighted_index(scores, [1] * len(scores)).value is None


def test_what_counts_may_have_no_weight() -> None:
    assert weighted_index([50, None], [0, 1]).value is None


@pytest.mark.parametrize(
    ("scores", "weights", "error", "said", "zh"),
    [
        ([11], [1], ScoreError, "1: 11 is not on the scale 1–10", "1：11 不在量表"),
        ([5, 5], [1], ScoreError, "There is no weight for 2", "2 没有权重"),
        ([5], [-1], ScoreError, "The weight of 1: got -1", "1 的权重：收到 -1"),
        ([5], [0], ScoreError, "All weights of 1 are 0", "1 的权重全为 0"),
        ([5], [True], ScoreError, "weight: got True", "weight：收到 True"),
        ({"price": 5}, {"prce": 1}, UnknownNameError, "Unknown item prce. Did you mean price?", "项目"),
    ],
)
def test_weights_that_do_not_fit_are_refused(
    scores: Given, weights: Given, error: type[Exception], said: str, zh: str
) -> None:
    with pytest.raises(error) as caught:
        weighted_index(scores, weights, TEN)
    assert said in str(caught.value)
    assert zh in caught.value.text("zh")  # type: ignore[attr-defined]  # every QmsError has it


@given(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 9)), min_size=1, max_size=8))
def test_an_index_lies_between_its_items(pairs: list[tuple[int, int]]) -> None:
    points = [Fraction(100 * (answer - 1), 9) for answer, _ in pairs]
    found = weighted_index([answer for answer, _ in pairs], [weight for _, weight in pairs], TEN)
    assert found.value is not None
    assert min(points) <= found.value <= max(points)
    assert found.value == weighted_index([a for a, _ in pairs[::-1]], [w for _, w in pairs[::-1]], TEN).value


def test_the_dealer_of_martilla_and_james() -> None:
    """Martilla and James, Journal of Marketing 41 (1977), 77-79, table 1 and figure 1."""
    found = importance_performance(DEALER)
    assert found.of(Quadrant.CONCENTRATE_HERE) == (
        "Job done right the first time", "Fast action on complaints", "Low prices on service",
    )  # fmt: skip
    assert found.of("low_priority") == (
        "Convenient to home", "Convenient to work", "Courtesy buses and rental cars",
    )  # fmt: skip
    assert found.of("possible_overkill") == ("Send out maintenance notices",)
    assert len(found.of("keep_up")) == 7
    assert found.importance_axis == Fraction(4412, 1400)


def test_the_axes_decide_and_are_said() -> None:
    items = {"a": (1, 1), "b": (2, 4), "c": (6, 4)}
    mean, median, middle = (importance_performance(items, axes) for axes in ("mean", "median", "midpoint"))
    assert [mean.importance_axis, median.importance_axis, middle.importance_axis] == [3, 2, Fraction(7, 2)]
    assert [one["b"].quadrant for one in (mean, median)] == ["possible_overkill", "keep_up"]
    on_scale = importance_performance(items, "midpoint", scale=Scale(1, 7))
    assert [on_scale.importance_axis, on_scale.performance_axis, on_scale.axes] == [4, 4, "midpoint"]


def test_an_item_on_an_axis_counts_as_high_and_says_so() -> None:
    found = importance_performance([("a", 1, 1), ("b", 2, 3), ("c", 3, 2)])
    assert found["b"].on_axis == ("importance",)
    assert found["c"].on_axis == ("performance",)
    assert str(found["b"]) == "b: keep up the good work (on the axis of importance)"
    assert found["c"].text("zh") == "c：继续保持（在绩效轴上）"


def test_an_item_without_a_value_lies_nowhere_and_moves_no_axis() -> None:
    items: dict[str, Given] = {"a": (1, 1), "b": (3, 3)}
    found = importance_performance({**items, "c": (9, None)})
    assert found["c"].quadrant is None
    assert str(found["c"]) == "c: not known"
    assert found.importance_axis == importance_performance(items).importance_axis
    nothing = importance_performance({"c": (None, 3)})
    assert (nothing.importance_axis, nothing["c"].quadrant) == (None, None)


def test_in_other_words_every_quadrant_has_a_name() -> None:
    names = [str(placed).partition(": ")[2] for placed in importance_performance(
        {"a": (2, 2), "b": (2, 1), "c": (1, 1), "d": (1, 2)}
    ).items]  # fmt: skip
    assert names == ["keep up the good work", "concentrate here", "low priority", "possible overkill"]


@pytest.mark.parametrize(
    ("call", "said", "zh"),
    [
        (
            lambda: importance_performance({"a": (1, 9)}, scale=Scale(1, 5)),
            "a: 9 is not on the scale 1–5",
            "a：9 不在",
        ),
        (
            lambda: importance_performance([("a", 1, 1), ("a", 2, 2)]),
            "The item a comes twice",
            "项目 a 出现两次",
        ),
        (lambda: importance_performance({"a": (1, "x")}), "a: value: got 'x'", "收到 'x'"),  # type: ignore[arg-type]
        (lambda: importance_performance({}, "median-ish"), "did you mean median?", "是否指 median？"),  # type: ignore[arg-type]
        (lambda: importance_performance({}).of("keepup"), "did you mean keep_up?", "是否指 keep_up？"),
    ],
)
def test_items_that_cannot_be_placed_are_refused(call: Given, said: str, zh: str) -> None:
    with pytest.raises(ScoreError) as caught:
        call()
    assert said in str(caught.value)
    assert zh in caught.value.text("zh")


def test_an_unknown_item_is_met_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean price"):
        importance_performance({"price": (1, 1)})["prise"]


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({5, 3}, "A set has no order"),
        ("53", "A set has no order"),
        (None, "A set has no order"),
        ([nps([0, 0]), 80], "1: the measure nps is not in points"),
    ],
)
def test_an_index_is_made_of_points_whose_items_are_told_apart(scores: Given, said: str) -> None:
    with pytest.raises(ScoreError, match=said):
        weighted_index(scores, [1, 2])
