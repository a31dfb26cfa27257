"""Published calculators that are wrong: what they say, what is right, and why ours differs.

Figures were worked out by hand from what the source does; none of its text or code stands here.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from qms_service.errors import ScoreError
from qms_service.satisfaction import Scale, compare, csat, mean_score, nps, sample_size


def test_breaks_of_another_scale_are_not_ignored_in_silence() -> None:
    """github.com/brendan-r/NPS, R/nps.R: `nps(x, breaks)` never hands the breaks on.

    Of a five-point question with breaks 1-3, 4, 5 it still cuts at 6 and 8: everybody is a detractor, -100. Ours takes
    0 to 10 alone and has nothing to ignore; a question of five points is a share of the best answers.
    """
    fives = [5, 5, 4, 3]
    assert nps(fives).value == -100
    with pytest.raises(TypeError):
        nps(fives, breaks=[3, 4, 5])  # type: ignore[call-arg]
    assert csat(fives, Scale(1, 5), top=1).value == 50


def test_one_missing_answer_does_not_lose_the_score() -> None:
    """github.com/brendan-r/NPS, R/nps.R: the documentation omits missing answers, the mean keeps them: no score."""
    assert nps([10, None, 0, 9]).value == Fraction(100, 3)


def test_promoters_and_detractors_do_not_vary_apart() -> None:
    """gist.github.com/jdmaturen/2995b2795c63825feec0: 250 and 75 of 1,000 are given 14.3 to 20.5.

    It draws the two shares each on its own. But who promotes does not detract: the covariance -pd/n belongs to the
    variance, and the interval is wider, 14.1 to 20.9.
    """
    score = nps(promoters=250, passives=675, detractors=75, method="wald")
    assert score.interval is not None
    assert score.interval.low < 14.3
    assert score.interval.high > 20.5


def test_the_passives_of_a_group_are_counted_by_that_group() -> None:
    """github.com/sivadivel/nps_stats, NPS_stats_2.R: the second group's passives are divided by the first one's size.

    60, 30 and 10 of 100, held against 5, 3 and 2 of 10: the share of passives becomes 30/10 = 3 instead of 0.3, and the
    variance 1.125 instead of 0.45.
    """
    wrong = 0.6 * (1 - 0.5) ** 2 + (30 / 10) * 0.5**2 + 0.1 * (-1 - 0.5) ** 2
    right = 0.6 * (1 - 0.5) ** 2 + 0.3 * 0.5**2 + 0.1 * (-1 - 0.5) ** 2
    second = nps(promoters=60, passives=30, detractors=10, method="wald")
    assert second.standard_error is not None
    assert float(second.standard_error) == pytest.approx(100 * (right / 100) ** 0.5)
    assert (wrong, right) == pytest.approx((1.125, 0.45))
    assert compare(nps(promoters=5, passives=3, detractors=2), second).difference == 20


def test_shares_are_not_cut_before_they_are_subtracted() -> None:
    """github.com/Karaka-Management/phpOMS, NetPromoterScore.php: both percentages lose their decimals first.

    39 promoters and 40 detractors of 200: 19 - 20 = -1 there, -0.5 here.
    """
    assert nps(promoters=39, passives=121, detractors=40).value == Fraction(-1, 2)


def test_nobody_answering_is_not_the_score_of_a_balanced_market() -> None:
    """The same, and many more (github.com/MarkMc1089/FIC, nps_moe_test): without answers they say 0."""
    assert nps([]).value is None
    assert mean_score([]).value is None


def test_a_score_is_rounded_and_not_cut_down() -> None:
    """github.com/hivehr/hiring-public, packages/lib-survey/src/enps.ts: says that it rounds, and takes the floor.

    7 promoters, 8 passives and 1 detractor are 37.5: 37 there, 38 rounded half up. Of 1, 4 and 2 it is -14.29: -15 there.
    """
    assert str(nps(promoters=7, passives=8, detractors=1).rounded(0)) == "38"
    assert str(nps(promoters=1, passives=4, detractors=2).rounded(0)) == "-14"


def test_an_answer_outside_the_question_is_in_no_denominator() -> None:
    """github.com/t4sath/projetos-cubos, exercicio08.ts: -99 is neither promoter nor detractor, and counted all the same.

    10, 9 and -99 are 66.7 there; the two who answered are 100.
    """
    with pytest.raises(ScoreError, match="-99 is no answer"):
        nps([10, 9, -99])
    assert nps([10, 9, None]).value == 100


def test_an_empty_row_is_in_no_denominator() -> None:
    """github.com/unytics/bigfunctions, the aggregate nps: divides by all rows, empty ones too.

    9, 10 and two empty rows are 50 there.
    """
    assert nps([9, 10, None, None]).value == 100


def test_zero_is_an_answer() -> None:
    """github.com/odoo/odoo, addons/rating/models/rating_data.py: 0 stands for "not rated yet"; averages begin at 1."""
    assert mean_score([0, 5], scale=Scale(0, 5)).value == 50


def test_a_share_of_the_highest_answer_is_no_share_of_the_satisfied() -> None:
    """4.0 of 5 sold as "80 % satisfied": nobody here is, by the answers 4 and 5, when half say 5 and half say 3."""
    answers = [5, 3] * 10
    assert mean_score(answers, scale=Scale(1, 5, transform="of_max")).value == 80
    assert mean_score(answers, scale=Scale(1, 5)).value == 75
    assert csat(answers, Scale(1, 5)).value == 50


def test_the_correction_divides_what_it_has_to() -> None:
    """github.com/crisfrndz/sscalc, ite307.js: a bracket too early divides the whole of (1 + z²pq) by e²N.

    For 1,000 customers it asks for 384.16 / (1.9604/2.5) = 490, more than for endlessly many; 278 are right. For 100 it
    asks for 49, which leaves a margin of 10 instead of 5 points; 80 are right. Without a population it rounds 384.16 down.
    """
    assert sample_size(0.05, population=1000) == 278
    assert sample_size(0.05, population=100) == 80
    assert sample_size(0.05) == 385


def test_a_part_of_an_answer_cannot_be_asked_for() -> None:
    """github.com/BrenoPremoli/Faculdade, calculadora_amostra/amostra.js: shows 277.74 of 1,000; 277 would be too few."""
    assert sample_size(0.05, population=1000) == 278


def test_a_list_of_thirty_does_not_need_385_answers() -> None:
    """Calculators without a population ask for 385 of any list."""
    assert sample_size(0.05, population=30) == 28
