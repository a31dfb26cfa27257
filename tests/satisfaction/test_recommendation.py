"""The net promoter score: whole answers from 0 to 10, one a customer, and how far it may be trusted."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.satisfaction.span import span

from qms_service.errors import ScoreError
from qms_service.satisfaction import nps

Given = Any

Z = 1.959963984540054
answers_of_ten = st.lists(st.integers(0, 10), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        (list(range(1, 11)), -40),  # github.com/rbouch85/DS_Adventures, nps_csat/README.md
        ([9, 10, 6, 8], 25),  # the example of nps in github.com/unytics/bigfunctions
        ([9, 10, 9, 10, 10, 10], 100),
        ([7, 7, 8], 0),
        ([0, 6], -100),
    ],
)
def test_promoters_less_detractors_by_all_who_answered(answers: list[int], score: int) -> None:
    assert nps(answers).value == score


def test_sixty_per_cent_promoters_and_fifteen_detractors_are_45() -> None:
    """The example that goes with github.com/hivehr/hiring-public, packages/lib-survey/src/enps.ts."""
    assert nps(promoters=60, passives=25, detractors=15).value == 45


def test_zero_is_an_answer_and_none_is_not() -> None:
    assert nps([0, 10]).value == 0
    assert nps([None, 10]).value == 100


@pytest.mark.parametrize("arguments", [{"answers": []}, {"promoters": 0, "passives": 0, "detractors": 0}])
def test_nobody_answering_is_no_score_of_zero(arguments: dict[str, Given]) -> None:
    score = nps(**arguments)
    assert (score.value, score.interval, score.standard_error, score.n) == (None, None, None, 0)


def test_the_same_answers_give_another_score_by_the_level_of_aggregation() -> None:
    """FIELD: 10.0, 9.5 or -3.8. Here four of ACME recommend, and one each of two others does not."""
    by_respondent = {"ACME 1": 9, "ACME 2": 9, "ACME 3": 10, "ACME 4": 10, "Borg": 6, "Cole": 5}
    by_customer = {"ACME": 9, "Borg": 6, "Cole": 5}
    assert nps(by_respondent).value == Fraction(100, 3)
    assert nps(by_customer).value == -Fraction(100, 3)


def test_walds_interval_of_a_thousand() -> None:
    """250 promoters and 75 detractors of 1,000: 17.5 ± 1.96 x root of ((0.25 + 0.075 - 0.175²)/1000) = 17.5 ± 3.36."""
    score = nps(promoters=250, passives=675, detractors=75, method="wald")
    assert score.interval is not None
    assert [round(float(end), 2) for end in score.interval] == [14.14, 20.86]
    assert score.standard_error is not None
    assert round(float(score.standard_error), 3) == 1.716


def test_the_adjusted_interval_adds_three_answers() -> None:
    """Rocks, The American Statistician 70 (2016), 365-372; measuringu.com/nps-confidence-intervals: n + 3, 3/4, 3/4.

    By hand of 5, 3 and 2: p = 5.75/13, d = 2.75/13, 23.0769 ± 1.96 x 21.494.
    """
    score = nps(promoters=5, passives=3, detractors=2)
    assert score.value == 30
    assert score.method == "adjusted-wald"
    assert score.interval is not None
    assert [float(end) for end in score.interval] == pytest.approx([-19.05, 65.20], abs=0.01)


def test_where_all_recommend_the_adjusted_interval_still_says_something() -> None:
    """Wald's has no width of ten promoters; three answers added make it (10 ± ...): 10.75 and 0.75 of 13."""
    plain, adjusted = (nps([10] * 10, method=method) for method in ("wald", "adjusted-wald"))
    assert plain.interval == span(100, 100)
    assert adjusted.interval is not None
    p, d = 10.75 / 13, 0.75 / 13
    margin = Z * ((p + d - (p - d) ** 2) / 13) ** 0.5
    assert float(adjusted.interval.low) == pytest.approx(100 * (p - d - margin))
    assert adjusted.interval.high == 100


def test_an_interval_never_leaves_out_its_own_score() -> None:
    """Of one detractor the formula begins at -25 - 1.96 x 37.5 = -98.5, above the score itself."""
    assert nps([0]).interval is not None
    assert nps([0]).interval == (-100, nps([0]).interval[1])  # type: ignore[index]  # not None, as just said


def test_of_a_short_list_the_answers_are_worth_more() -> None:
    """20 of 30 asked are worth 58: the interval of 10, 6 and 4 is that of 29, 17.4 and 11.6."""
    score = nps(promoters=10, passives=6, detractors=4, asked=30)
    p, d = (29 + 0.75) / 61, (11.6 + 0.75) / 61
    margin = Z * ((p + d - (p - d) ** 2) / 61) ** 0.5
    assert score.interval is not None
    assert [float(end) for end in score.interval] == pytest.approx(
        [100 * (p - d - margin), 100 * (p - d + margin)]
    )


def test_a_census_has_no_sampling_error() -> None:
    score = nps([10, 0, 9], asked=3)
    assert score.interval == span(Fraction(100, 3), Fraction(100, 3))
    assert score.standard_error == 0
    assert score.derivation[-1].code == "census"


def test_the_derivation_can_be_redone_by_hand() -> None:
    assert [str(line) for line in nps([10, 9, 8, 3, None], asked=8).derivation] == [
        "4 of 8 asked answered.",
        "1 without an answer count in neither sum nor number.",
        "Promoters (9, 10): 2; passives (7, 8): 1; detractors (0 to 6): 1.",
        "Net promoter score: (2 - 1) / 4 × 100 = 25.",
        (
            "4 of 8 having answered, the answers are worth n' = 4 × (8 - 1) / (8 - 4) = 7 answers of an endless number. "
            "It takes those who answered for a random part of those asked."
        ),
        (
            "For the interval three answers are added, 3/4 of one a promoter and 3/4 a detractor: n' = 10, promoters "
            "p = 0.425, detractors d = 0.25, score 17.5."
        ),
        "Standard error: 100 × √((p + d - (p - d)²) / n') = 25.3845.",
        "Interval of 95 %, z = 1.96: 17.5 ± 1.96 × 25.3845 = -32.2528 to 67.2528, kept within -100 to 100 and around the score.",
    ]
    plain = nps([10, 3], method="wald")
    assert str(plain.derivation[3]) == "For the interval: n' = 2, promoters p = 0.5, detractors d = 0.5."
    assert plain.derivation[1].text("zh") == "推荐者（9、10）：1；被动者（7、8）：0；贬损者（0 至 6）：1。"


@pytest.mark.parametrize(
    ("arguments", "said", "zh"),
    [
        ({"answers": [11]}, "Row 0 (the first is 0): 11 is no answer to the question of recommendation", "11 不是推荐意愿的答案"),
        ({"answers": {"ACME": -99}}, "ACME: -99 is no answer", "ACME：-99"),
        ({"answers": [7.5]}, "7.5 is no answer", "7.5 不是"),
        ({"answers": ["9"]}, "answer: got '9'", "收到 '9'"),
        ({"answers": [9], "method": "score"}, "allowed: adjusted-wald, wald", "可用：adjusted-wald、wald"),
        ({"answers": [9], "promoters": 1}, "got answers, promoters; give either", "收到 answers、promoters"),
        ({"promoters": 1, "detractors": 1}, "got promoters, detractors; give either", "请给出答案"),
        ({}, "all three of promoters, passives and detractors", "三个数"),
        (
            {"answers": [9], "promoters": 1, "passives": 1, "detractors": 1},
            "got answers, promoters, passives, detractors", "收到 answers",
        ),
        ({"promoters": 1.5, "passives": 0, "detractors": 0}, "promoters: got 1.5", "promoters：收到 1.5"),
        ({"answers": [9, 9], "asked": 1}, "2 answered and only 1 were asked", "2 家作答"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(arguments: dict[str, Given], said: str, zh: str) -> None:
    with pytest.raises(ScoreError) as caught:
        nps(**arguments)
    assert said in str(caught.value)
    assert zh in caught.value.text("zh")


@given(answers_of_ten, st.sampled_from(("wald", "adjusted-wald")))
def test_the_score_is_counted_and_stays_within_its_scale(answers: list[int], method: Given) -> None:
    score = nps(answers, method=method)
    signs = [1 if answer > 8 else -1 if answer < 7 else 0 for answer in answers]
    assert score.value == Fraction(100 * sum(signs), len(signs))
    assert score.interval is not None
    assert -100 <= score.interval.low <= score.value <= score.interval.high <= 100
    assert score == nps(answers[::-1], method=method)
    counted = nps(
        promoters=signs.count(1), passives=signs.count(0), detractors=signs.count(-1), method=method
    )
    assert (counted.value, counted.interval, counted.variance) == (
        score.value,
        score.interval,
        score.variance,
    )


@given(answers_of_ten, answers_of_ten)
def test_groups_merge_to_the_whole(one: list[int], other: list[int]) -> None:
    parts, whole = [nps(one), nps(other)], nps([*one, *other])
    weighted = sum((part.value * part.n for part in parts if part.value is not None), Fraction(0))
    assert whole.value == weighted / whole.n
