"""The score of a survey: the sum of the totals by those who answered, with an interval that knows how many were asked."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from statistics import mean, stdev
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.satisfaction.span import span

from qms_service.errors import ScoreError
from qms_service.satisfaction import Scale, ces, mean_score

Given = Any

totals = st.lists(st.integers(0, 100), min_size=1, max_size=30)


def test_the_score_is_the_sum_of_the_totals_by_those_who_answered() -> None:
    """pcb-maker 4.5.4, read as those who answered, with the number asked beside it."""
    score = mean_score([90, 80, None, 85, 70, None], asked=6)
    assert score.value == Fraction(325, 4)
    assert (score.n, score.population) == (4, 6)
    assert score.rounded() == Decimal("81.3")
    assert score.rounded(2) == Decimal("81.25")


@pytest.mark.parametrize("answers", [[], [None, None], {"ACME": None}])
def test_nobody_answering_is_no_score_of_zero(answers: Given) -> None:
    score = mean_score(answers, asked=3)
    assert (score.value, score.interval, score.standard_error, score.rounded()) == (None, None, None, None)
    assert str(score) == "no answers (0 of 3)"
    assert score.text("zh") == "无人作答（3 家中 0 家作答）"


def test_zero_is_an_answer_and_none_is_not() -> None:
    assert mean_score([0, 100]).value == 50
    assert mean_score([None, 100]).value == 100


def test_a_code_for_missing_would_move_the_mean_and_is_refused() -> None:
    """FIELD: four of 344 rows coded -99 moved a mean of 5.28 to 4.06."""
    answers = [Decimal("5.28")] * 340
    seven = Scale(1, 7)
    raw = mean_score(answers, scale=seven).value
    assert raw == (Decimal("4.28") * 100) / 6 or raw == Fraction(428, 6)
    with pytest.raises(ScoreError, match=r"Row 340 .*: -99 is not on the scale 1–7"):
        mean_score([*answers, -99, -99, -99, -99], scale=seven)
    assert mean_score([*answers, None, None, None, None], scale=seven).value == raw


def test_the_interval_is_students() -> None:
    """By hand: mean 80, s = 10, n = 5, t(4) = 2.776 of the printed table: 80 ± 2.776 x 4.472."""
    score = mean_score([70, 70, 80, 90, 90])
    assert score.interval is not None
    assert score.method == "t"
    assert float(score.interval.low) == pytest.approx(80 - 2.776 * 10 / 5**0.5, abs=0.005)
    assert float(score.interval.high) == pytest.approx(80 + 2.776 * 10 / 5**0.5, abs=0.005)


def test_an_interval_of_r_for_the_sleep_of_ten_patients() -> None:
    """R, help of t.test: the differences of `sleep` have a mean of 1.58 and the interval 0.7001142 to 2.4598858."""
    gained = ["1.2", "2.4", "1.3", "1.3", "0.0", "1.0", "1.8", "0.8", "4.6", "1.4"]
    score = mean_score([Decimal(one) for one in gained])
    assert score.value == Fraction(158, 100)
    assert score.interval is not None
    assert [round(float(end), 7) for end in score.interval] == [0.7001142, 2.4598858]


def test_a_known_number_asked_narrows_the_interval() -> None:
    """By hand: 20 of 25 asked, so the standard error is that of an endless population x root of (1 - 20/25)."""
    answers = [60, 70, 80, 90] * 5
    free, finite = mean_score(answers), mean_score(answers, asked=25)
    assert free.standard_error is not None
    assert finite.standard_error is not None
    assert float(finite.standard_error / free.standard_error) == pytest.approx(0.2**0.5)


def test_a_census_has_no_sampling_error() -> None:
    score = mean_score([60, 80], asked=2)
    assert score.interval == span(70, 70)
    assert score.standard_error == 0
    assert str(score.derivation[-1]) == (
        "All 2 asked answered: nothing is left to estimate, so the interval is the value itself."
    )
    assert mean_score([70], asked=1).interval == span(70, 70)


def test_one_answer_of_many_has_no_interval() -> None:
    score = mean_score([70], asked=10)
    assert [score.value, score.interval, score.variance] == [70, None, None]
    assert str(score) == "70.0 (1 of 10)"
    assert str(score.derivation[-1]) == "One answer shows no spread, so there is no interval."


def test_equal_answers_say_that_they_hide_their_spread() -> None:
    score = mean_score([100, 100, 100])
    assert score.interval == span(100, 100)
    assert mean_score([2, 2], scale=Scale(1, 7)).interval == span(Fraction(50, 3), Fraction(50, 3))
    assert "few answers may be so by chance" in "".join(map(str, score.derivation))


def test_an_interval_stays_within_the_scale() -> None:
    score = mean_score([0, 100, 100])
    assert score.interval == span(0, 100)
    low = mean_score([1, 1, 2], scale=Scale(1, 5, transform="of_max"))
    assert low.interval is not None
    assert low.interval.low == 20


def test_a_lower_confidence_is_a_narrower_interval() -> None:
    """t(4) of the printed table at 90 %: 2.132; 80 ± 2.132 x 4.472 = 80 ± 9.534."""
    score = mean_score([70, 70, 80, 90, 90], confidence=0.9)
    assert str(score) == "80.0 (n = 5; 90 %: 70.5 to 89.5)"
    assert score.text("zh", places=0) == "80（5 份答卷；90 %：70 至 90）"


def test_an_effort_of_seven_steps_reads_the_same_both_ways() -> None:
    easy = ces([6, 7, 5, 6], Scale(1, 7))
    hard = ces([2, 1, 3, 2], Scale(1, 7, polarity="negative"), asked=8)
    assert easy.value == hard.value == Fraction(500, 6)
    assert (easy.measure, hard.population) == ("ces", 8)


def test_the_full_marks_may_be_others_than_100() -> None:
    assert mean_score([40, 45], scale=Scale(0, 50)).value == 85


def test_by_customer_the_values_are_kept_with_their_names() -> None:
    score = mean_score({"Borg": 70, "ACME": 90, "Cole": None})
    assert [score.customers, score.values] == [("ACME", "Borg"), (90, 70)]
    assert mean_score({2: 70, 1: 90}).customers == ("1", "2")


def test_the_derivation_can_be_redone_by_hand() -> None:
    score = mean_score([90, 80, None, 90, 60], asked=6)
    assert [str(line) for line in score.derivation] == [
        "4 of 6 asked answered.",
        "1 without an answer count in neither sum nor number.",
        "Sum: 60 + 80 + 2 × 90 = 320.",
        "Mean: 320 / 4 = 80.",
        "Spread of the answers: √(sum of squared deviations from the mean / (n - 1)) = 14.1421.",
        (
            "Standard error, 4 of 6 having answered: 14.1421 / √4 × √(1 - 4/6) = 4.0825. It takes those who answered "
            "for a random part of those asked."
        ),
        (
            "Interval of 95 %, Student's t for 3 degrees of freedom = 3.1824: mean ± 3.1824 × 4.0825 = 67.0077 to 92.9923, "
            "kept within the scale."
        ),
    ]
    assert score.derivation[3].text("zh") == "平均：320 / 4 = 80。"


@pytest.mark.parametrize(
    ("scale", "line"),
    [
        (Scale(1, 5), "(answer - 1) / (5 - 1) × 100: 2 → 25, 5 → 100."),
        (Scale(1, 5, polarity="negative"), "(5 - answer) / (5 - 1) × 100: 2 → 75, 5 → 0."),
        (Scale(1, 5, transform="of_max"), "answer / 5 × 100: 2 → 40, 5 → 100."),
        (Scale(1, 5, polarity="negative", transform="of_max"), "(1 + 5 - answer) / 5 × 100: 2 → 80, 5 → 20."),
    ],
)
def test_the_derivation_says_how_answers_became_points(scale: Scale, line: str) -> None:
    assert line in str(mean_score([5, 2], scale=scale).derivation[1])


@given(totals)
def test_the_order_of_answers_does_not_matter(answers: list[int]) -> None:
    assert mean_score(answers) == mean_score(answers[::-1]) == mean_score(sorted(answers))
    named = {f"c{place}": answer for place, answer in enumerate(answers)}
    assert mean_score(named) == mean_score(dict(reversed(named.items())))


@given(totals, st.integers(0, 20))
def test_the_score_is_that_of_the_standard_library(answers: list[int], more: int) -> None:
    score = mean_score(answers, asked=len(answers) + more)
    assert score.value == mean(map(Fraction, answers))
    if len(answers) > 1 and more:
        assert score.standard_error is not None
        finite = 1 - len(answers) / (len(answers) + more)
        assert float(score.standard_error) == pytest.approx(
            stdev(answers) * (finite / len(answers)) ** 0.5, abs=1e-9
        )
    if score.interval:
        assert 0 <= score.interval.low <= score.value <= score.interval.high <= 100


@given(totals, totals)
def test_groups_merge_to_the_whole(one: list[int], other: list[int]) -> None:
    parts, whole = [mean_score(one), mean_score(other)], mean_score([*one, *other])
    weighted = sum((part.value * part.n for part in parts if part.value is not None), Fraction(0))
    assert whole.value == weighted / sum(part.n for part in parts)


@pytest.mark.parametrize(
    ("answers", "more", "said", "zh"),
    [
        ([90, "x"], {}, "Row 1 (the first is 0): answer: got 'x'", "第 1 行"),
        ({"ACME": 101}, {}, "ACME: 101 is not on the scale 0–100", "ACME：101 不在量表"),
        ({7: 80, "7": 90}, {}, "The same customer comes twice: 7", "同一客户出现两次：7"),
        ({80, 90}, {}, "A set keeps equal answers once", "集合会把相同的答案并为一个"),
        ("80", {}, "give a list of answers", "请给出答案的列表"),
        (80, {}, "got 80; give a list", "收到 80"),
        ([80, 90], {"asked": 1}, "2 answered and only 1 were asked", "2 家作答，却只询问了 1 家"),
        ([80], {"asked": 1.5}, "asked: got 1.5; allowed is a whole number of at least 0", "不小于 0 的整数"),
        ([80], {"asked": -1}, "asked: got -1", "收到 -1"),
        (
            [80],
            {"confidence": 95},
            "confidence: got 95; allowed is a share between 0 and 1, such as 0.95",
            "例如 0.95",
        ),
        ([80], {"confidence": 0}, "such as 0.95", "例如 0.95"),
        ([80], {"confidence": 1 - Fraction(1, 10**20)}, "such as 0.95", "例如 0.95"),
    ],
)
def test_what_cannot_be_scored_is_refused(answers: Given, more: dict[str, Given], said: str, zh: str) -> None:
    with pytest.raises(ScoreError) as caught:
        mean_score(answers, **more)
    assert said in str(caught.value)
    assert zh in caught.value.text("zh")
