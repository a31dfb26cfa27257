"""Is the drop real? The same customers compared with themselves, others by their means."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_service.errors import ScoreError
from qms_service.satisfaction import Change, Estimate, Scale, compare, csat, mean_score, nps, response_rate

Given = Any

SLEEP = Scale(-10, 10)  # one hour is five points
FIRST = [Decimal(one) for one in ("0.7", "-1.6", "-0.2", "-1.2", "-0.1", "3.4", "3.7", "0.8", "0.0", "2.0")]
SECOND = [Decimal(one) for one in ("1.9", "0.8", "1.1", "0.1", "-0.1", "4.4", "5.5", "1.6", "4.6", "3.4")]
LAST = {"ACME": 80, "Borg": 75, "Cole": 90, "Dent": 60, "Eden": 85}
THIS = {"ACME": 76, "Borg": 70, "Cole": 88, "Dent": 55, "Eden": 79}


def test_the_same_patients_slept_longer() -> None:
    """Student (1908); R, help of t.test, paired: mean 1.58, interval 0.7001142 to 2.4598858, 9 degrees of freedom."""
    one, other = (dict(enumerate(hours)) for hours in (FIRST, SECOND))
    found = compare(one, other, scale=SLEEP)
    assert found.difference == Fraction(158, 20)
    assert found.interval is not None
    assert [round(float(end) / 5, 7) for end in found.interval] == [0.7001142, 2.4598858]
    assert found.verdict == "up"
    assert [found.paired, found.method, found.degrees, found.n_both] == [True, "paired-t", 9, 10]


def test_not_knowing_who_is_who_the_same_hours_tell_nothing() -> None:
    """R, help of t.test, Welch: 17.776 degrees of freedom, interval -3.3654832 to 0.2054832 the other way round."""
    found = compare(FIRST, SECOND, scale=SLEEP)
    assert found.degrees is not None
    assert round(float(found.degrees), 3) == 17.776
    assert found.interval is not None
    assert [round(float(end) / 5, 7) for end in found.interval] == [-0.2054832, 3.3654832]
    assert (found.verdict, found.paired, found.method) == ("not_distinguishable", False, "welch-t")


def test_a_drop_of_every_customer_is_seen_and_a_drop_of_the_mean_is_not() -> None:
    paired, means = compare(LAST, THIS), compare([*LAST.values()], [*THIS.values()])
    assert (paired.verdict, means.verdict) == (Change.DOWN, Change.NOT_DISTINGUISHABLE)
    assert paired.difference == means.difference == Fraction(-22, 5)
    assert compare(LAST, THIS, paired=False) == attrs.evolve(means, n_both=5)


def test_only_those_who_answered_both_times_are_paired() -> None:
    found = compare({**LAST, "Foss": 10}, {**THIS, "Gray": 100})
    assert (found.difference, found.n_before, found.n_after, found.n_both) == (Fraction(-22, 5), 6, 6, 5)
    assert found.before == Fraction(400, 6)


def test_too_few_pairs_leave_the_means() -> None:
    found = compare({**LAST, "Foss": 10}, {"ACME": 76, "x1": 70, "x2": 88, "x3": 55, "x4": 79})
    assert (found.paired, found.n_both) == (False, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [([80, 81, 82, 83], [10] * 9), ([80], [70]), ([], [70] * 9), ([], []), ([70] * 9, [None])],
)
def test_below_the_base_nothing_is_said(before: list[int], after: list[int]) -> None:
    found = compare(before, after)
    assert found.verdict == "too_few"
    assert found.text("zh").startswith("数量太少：")


def test_the_base_is_the_callers() -> None:
    assert compare([80, 81, 80], [10, 11, 10], base=3).verdict == "down"
    assert compare([80], [10], base=1).verdict == "too_few"
    assert compare(LAST, THIS, base=6).verdict == "too_few"


def test_insisting_on_pairs_tells_how_few_there_are() -> None:
    assert compare({"a": 80}, {"b": 70}, paired=True).difference is None
    found = compare({"a": 80}, {"a": 70}, paired=True)
    assert [found.difference, found.interval, found.verdict] == [-10, None, "too_few"]


def test_two_censuses_differ_by_what_they_differ() -> None:
    """Cochran, Sampling Techniques (1977), on comparing domains: whether something moved is asked without the correction."""
    before, after = mean_score([*LAST.values()], asked=5), mean_score([*THIS.values()], asked=5)
    assert compare(before, after).verdict == "not_distinguishable"
    exact = compare(before, after, finite=True)
    assert (exact.verdict, exact.interval) == ("down", (Fraction(-22, 5), Fraction(-22, 5)))
    assert [str(line) for line in exact.derivation][4] == (
        "The lists asked are taken for all there is: each s²/n is multiplied by 1 - n/N."
    )
    named = compare(mean_score(LAST, asked=5), mean_score(THIS, asked=9), finite=True)
    assert (named.interval, named.paired) == ((Fraction(-22, 5), Fraction(-22, 5)), True)


def test_equal_differences_have_no_spread() -> None:
    found = compare(LAST, {customer: total - 5 for customer, total in LAST.items()})
    assert [found.verdict, found.interval] == ["down", (-5, -5)]
    assert compare([70] * 5, [70] * 5).verdict == "not_distinguishable"


def test_shares_and_recommendations_are_compared_too() -> None:
    before, after = nps([10] * 30 + [0] * 10), nps([10] * 10 + [0] * 30)
    assert compare(before, after).verdict == "down"
    assert compare(nps(promoters=30, passives=0, detractors=10), after).difference == -100
    few, many = csat([5] * 10 + [1] * 10, Scale(1, 5)), csat([5] * 20, Scale(1, 5))
    assert compare(few, many).verdict == "up"


def test_a_difference_stays_within_what_scores_can_differ() -> None:
    found = compare([0, 100, 0, 100, 0], [100, 0, 100, 0, 100])
    assert found.interval is not None
    assert -100 <= found.interval.low <= found.interval.high <= 100


def test_whatever_has_a_score_is_compared() -> None:
    @attrs.frozen
    class Season:
        score: Estimate

    assert compare(Season(mean_score(LAST)), Season(mean_score(THIS))) == compare(LAST, THIS)


def test_the_derivation_can_be_redone_by_hand() -> None:
    assert [str(line) for line in compare(LAST, THIS).derivation] == [
        "Before: 78, of 5 answers.",
        "After: 73.6, of 5 answers.",
        "5 customers answered both times; each compared with himself, the mean of their differences is -4.4.",
        "Standard error: spread of the differences / √their number = 0.6782; degrees of freedom: their number less 1 = 4.",
        "Interval of 95 %, Student's t = 2.7764: -6.2831 to -2.5169.",
        "0 lies above the interval: the score went down.",
    ]
    assert [line.text("zh") for line in compare([70], [80]).derivation] == [
        "前次：70，1 个答案。", "本次：80，1 个答案。", "两个平均相比：本次减前次为 10。", "答案太少，无法判断。",
    ]  # fmt: skip
    assert str(compare([70, 71, 72, 73, 74], [80, 81, 82, 83, 84]).derivation[-1]) == (
        "0 lies below the interval: the score went up."
    )
    assert str(compare([70] * 5, [70] * 5).derivation[-3]).endswith("degrees of freedom by Welch: –.")


def test_a_comparison_says_itself() -> None:
    found = compare(LAST, THIS)
    assert str(found) == "down: 78.0 → 73.6; -4.4 over the 5 who answered both (95 %: -6.3 to -2.5)"
    assert found.text("zh") == "下降：78.0 → 73.6；两次都作答的 5 家相差 -4.4（95 %：-6.3 至 -2.5）"
    assert str(compare([], [70])) == "too few: – → 70.0"
    assert "<td" in found._repr_html_()


@pytest.mark.parametrize(
    ("before", "after", "more", "said", "zh"),
    [
        (nps([10]), csat([5], Scale(1, 5)), {}, "nps (-100–100) is not compared with csat (4, 5 ∈ 1–5)", "不与 csat"),
        (
            mean_score([4], scale=Scale(1, 5)), mean_score([4], scale=Scale(1, 5, transform="of_max")), {},
            "mean (0–100) is not compared with mean (20–100)", "同一换算",
        ),
        (response_rate(27, 30), response_rate(20, 30), {}, "response-rate: a figure without single answers", "没有单个答案的数字"),
        ([80], [70], {"paired": True}, "Only answers by customer can be paired", "才能配对"),
        ([80], [70], {"base": 0}, "base: got 0; allowed is a whole number of at least 1", "base：收到 0"),
        ([80], [700], {}, "Row 0 (the first is 0): 700 is not on the scale 0–100", "700 不在量表"),
        (5, [70], {}, "got 5; give a list of answers", "收到 5"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(
    before: Given, after: Given, more: Given, said: str, zh: str
) -> None:
    with pytest.raises(ScoreError) as caught:
        compare(before, after, **more)
    assert said in str(caught.value)
    assert zh in caught.value.text("zh")


@given(
    st.lists(st.integers(0, 100), min_size=2, max_size=12),
    st.lists(st.integers(0, 100), min_size=2, max_size=12),
)
def test_turned_round_a_comparison_says_the_contrary(one: list[int], other: list[int]) -> None:
    there, back = compare(one, other), compare(other, one)
    assert there.interval is not None
    assert back.interval is not None
    assert (there.interval.low, there.interval.high) == (-back.interval.high, -back.interval.low)
    contrary = {"up": "down", "down": "up"}
    assert back.verdict == contrary.get(there.verdict, there.verdict)


def test_shares_of_other_answers_are_not_compared() -> None:
    best, two = (csat([5, 4, 3, 2, 1], Scale(1, 5), top) for top in (1, 2))
    with pytest.raises(ScoreError, match=r"csat \(5 ∈ 1–5\) is not compared with csat \(4, 5 ∈ 1–5\)"):
        compare(best, two)
    with pytest.raises(ScoreError, match="1–7"):
        compare(two, csat([7, 6, 1], Scale(1, 7)))
