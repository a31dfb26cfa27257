"""Shares of answers and their intervals, the published ones and those of a short list."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.satisfaction.span import span

from qms_service.errors import ScoreError
from qms_service.satisfaction import Scale, csat, proportion_interval

Given = Any

FIVE = Scale(1, 5)
Z = 1.959963984540054


def ends(k: int, n: int, method: Given = "wilson", population: int | None = None) -> list[float]:
    found = proportion_interval(k, n, population, method)
    assert found is not None
    return [round(float(end) / 100, 4) for end in found]


@pytest.mark.parametrize(
    ("k", "n", "wilson", "wald"),
    [
        (81, 263, [0.2553, 0.3662], [0.2522, 0.3638]),
        (15, 148, [0.0624, 0.1605], [0.0527, 0.1500]),
        (0, 20, [0.0, 0.1611], [0.0, 0.0]),
        (1, 29, [0.0061, 0.1718], [0.0, 0.1009]),
    ],
)
def test_the_intervals_of_newcombe(k: int, n: int, wilson: list[float], wald: list[float]) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, methods 3 and 1 (the latter clipped at 0)."""
    assert ends(k, n) == wilson
    assert ends(k, n, "wald") == wald


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (430, 474, 0.8776750858, 0.9301239840),
        (392, 436, 0.8672311847, 0.9239627360),
        (10, 14, 0.4535045883, 0.8827881209),
    ],
)
def test_the_intervals_of_a_library_of_votes(k: int, n: int, low: float, high: float) -> None:
    """github.com/msn0/wilson-score-interval, README, which takes z = 1.96."""
    found = proportion_interval(k, n)
    assert found is not None
    assert [float(end) / 100 for end in found] == pytest.approx([low, high], abs=1e-5)


def test_of_a_short_list_the_answers_are_worth_more() -> None:
    """20 of 30 asked are worth 20 x 29/10 = 58: the interval of 15 of 20 is that of 43.5 of 58.

    By hand, z = 1.96: p = 0.75, z²/n' = 0.066232; centre (0.75 + 0.033116)/1.066232 = 0.734470,
    to either side 1.96 x root of (0.1875/58 + 0.066232/(4 x 58))/1.066232 = 0.109033.
    """
    assert ends(15, 20, population=30) == pytest.approx([0.6254, 0.8435], abs=1e-9)


def test_of_a_census_nothing_is_left_to_estimate() -> None:
    assert proportion_interval(3, 4, 4) == span(75, 75)
    assert proportion_interval(0, 1, 1) == span(0, 0)


def test_of_no_answers_nothing_can_be_said() -> None:
    assert proportion_interval(0, 0) is None
    assert proportion_interval(0, 0, population=5) is None


@given(st.integers(1, 400), st.data())
def test_wilsons_ends_are_where_the_share_found_would_just_be_a_surprise(n: int, data: Given) -> None:
    """By its definition: at either end p, the share found lies z standard errors of p away."""
    k = data.draw(st.integers(0, n))
    found = proportion_interval(k, n)
    assert found is not None
    assert 0 <= found.low <= Fraction(100 * k, n) <= found.high <= 100
    for end in found:
        p = float(end) / 100
        assert abs(k / n - p) == pytest.approx(Z * (p * (1 - p) / n) ** 0.5, abs=1e-5)


@given(st.integers(2, 60), st.data())
def test_the_more_of_a_list_answer_the_narrower_the_interval(n: int, data: Given) -> None:
    k = data.draw(st.integers(0, n))
    widths = []
    for population in (None, 10 * n, 2 * n, n + 1, n):
        found = proportion_interval(k, n, population)
        assert found is not None
        widths.append(found.width)
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == 0


@pytest.mark.parametrize(
    ("arguments", "said", "zh"),
    [
        ({"k": 5, "n": 4}, "5 of 4 is no share", "4 中的 5 不成比例"),
        ({"k": -1, "n": 4}, "k: got -1; allowed is a whole number of at least 0", "k：收到 -1"),
        ({"k": 1, "n": 4.5}, "n: got 4.5", "n：收到 4.5"),
        ({"k": True, "n": 4}, "k: got True", "k：收到 True"),
        ({"k": 1, "n": 4, "population": 3}, "4 answered and only 3 were asked", "4 家作答，却只询问了 3 家"),
        ({"k": 1, "n": 4, "method": "wilsn"}, "did you mean wilson?", "是否指 wilson？"),
        ({"k": 1, "n": 4, "confidence": 1}, "confidence: got 1", "confidence：收到 1"),
        ({"k": 0, "n": 0, "method": "exact"}, "allowed: wilson, wald", "可用：wilson、wald"),
    ],
)
def test_an_interval_of_nonsense_is_refused(arguments: dict[str, Given], said: str, zh: str) -> None:
    with pytest.raises(ScoreError) as caught:
        proportion_interval(**arguments)
    assert said in str(caught.value)
    assert zh in caught.value.text("zh")


def test_satisfied_are_those_who_chose_one_of_the_best_answers() -> None:
    score = csat([5, 4, 3, 5, 2, 4, 5, None], FIVE)
    assert score.value == Fraction(500, 7)
    assert (score.n, score.method, score.measure) == (7, "wilson", "csat")
    assert csat([5, 4, 3, 5, 2, 4, 5], FIVE, top=1).value == Fraction(300, 7)


def test_on_a_negative_scale_the_lowest_answers_are_the_best() -> None:
    assert csat([1, 2, 3, 4, 5], Scale(1, 5, polarity="negative")).value == 40
    assert csat([0, 0, 1, 3], Scale(0, 3, polarity="negative"), top=1).value == 50


def test_a_share_of_nobody_is_none() -> None:
    score = csat([], FIVE, asked=4)
    assert (score.value, score.interval, score.standard_error) == (None, None, None)
    assert [line.code for line in score.derivation] == ["answered.asked", "top"]


def test_a_census_of_satisfaction_is_exact() -> None:
    score = csat({"a": 5, "b": 1}, FIVE, asked=2, method="wald")
    assert [score.value, score.interval, score.standard_error] == [50, (50, 50), 0]
    assert [score.customers, score.values] == [("a", "b"), (100, 0)]


def test_the_derivation_of_a_share_can_be_redone_by_hand() -> None:
    score = csat([5] * 15 + [3] * 5, FIVE, asked=30)
    assert [str(line) for line in score.derivation] == [
        "20 of 30 asked answered.",
        "Counted as satisfied: the answers 4, 5 on 1–5.",
        "Share: 15 / 20 × 100 = 75.",
        (
            "20 of 30 having answered, the answers are worth n' = 20 × (30 - 1) / (30 - 20) = 58 answers of an endless number. "
            "It takes those who answered for a random part of those asked."
        ),
        (
            "Wilson's interval of 95 %, z = 1.96, p = 0.75, n' = 58: centre (p + z²/2n') / (1 + z²/n') = 73.4471 %, "
            "to either side z × √(p(1 - p)/n' + z²/4n'²) / (1 + z²/n') = 10.9033 %: 62.5437 to 84.3504."
        ),
    ]
    assert score.derivation[2].text("zh") == "占比：15 / 20 × 100 = 75。"
    wald = csat([5, 5, 3], FIVE, method="wald")
    assert str(wald.derivation[-1]).startswith("Wald's interval of 95 %, z = 1.96, p = 0.6667, n' = 3")


@pytest.mark.parametrize(
    ("answers", "scale", "top", "said", "zh"),
    [
        ([4.5], FIVE, 2, "4.5 lies between the steps of the scale 1–5", "4.5 落在量表 1–5 的两级之间"),
        ([6], FIVE, 2, "6 is not on the scale 1–5", "6 不在量表"),
        ([5], FIVE, 5, "top: got 5; the scale 1–5 has 5 answers, so at most 4", "最多只能有 4 级"),
        ([5], FIVE, 0, "top: got 0; allowed is a whole number of at least 1", "不小于 1 的整数"),
        ([5], Scale(1, 5.5), 2, "needs a scale in whole steps; got 1–5.5", "需要整数级的量表"),
    ],
)
def test_a_share_that_cannot_be_counted_is_refused(
    answers: Given, scale: Scale, top: int, said: str, zh: str
) -> None:
    with pytest.raises(ScoreError) as caught:
        csat(answers, scale, top)
    assert said in str(caught.value)
    assert zh in caught.value.text("zh")


@given(st.lists(st.integers(1, 5), max_size=30), st.lists(st.integers(1, 5), max_size=30), st.integers(1, 4))
def test_groups_of_satisfied_merge_to_the_whole(one: list[int], other: list[int], top: int) -> None:
    whole = csat([*one, *other], FIVE, top)
    satisfied = sum(answer > 5 - top for answer in (*one, *other))
    assert whole.value == (Fraction(100 * satisfied, len(one) + len(other)) if one or other else None)
    assert whole == csat([*other, *one], FIVE, top)
