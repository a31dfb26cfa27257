"""How a score shows itself: rounded half up, in two languages, as a table with its derivation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from qms_service.satisfaction import Estimate, mean_score, nps
from qms_service.satisfaction.line import Line


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (Fraction(1, 4), 1, "0.3"),
        (Fraction(-1, 4), 1, "-0.3"),
        (Fraction(249_999, 1_000_000), 1, "0.2"),
        (Fraction(85), 1, "85.0"),
        (Fraction(85, 2), 0, "43"),
        (Fraction(-1, 100), 1, "0.0"),
        (Fraction(200, 3), 2, "66.67"),
    ],
)
def test_a_value_is_rounded_half_up_by_its_amount(value: Fraction, places: int, rounded: str) -> None:
    """As GB/T 8170-2008 rounds a number below zero: its amount first, then the sign."""
    assert Estimate(value=value, n=1).rounded(places) == Decimal(rounded)
    assert str(Estimate(value=value, n=1).rounded(places)) == rounded


def test_a_score_is_shown_as_a_table_with_its_derivation() -> None:
    score = mean_score([90, 80], asked=3)
    html = score._repr_html_()
    assert html.startswith('<table class="qms" lang="en"')
    assert "85.0 (2 of 3; 95 %: 48.3 to 100.0)" in html
    assert html.count("<tr>") == len(score.derivation)
    assert "平均：170 / 2 = 85。" in score.to_html("zh")
    assert "no answers" in nps([]).to_html()


def test_a_catalogue_of_ones_own_is_taken() -> None:
    own = {"vi": {"derivation.census": "Tất cả {n}.", "estimate.bare": "{value}!"}}
    assert Line("census", {"n": 3}).text("vi", own) == "Tất cả 3."
    assert Estimate(value=Fraction(3), n=1).text("vi", own) == "3.0!"


def test_scores_are_values() -> None:
    assert len({mean_score([80, 90]), mean_score([90, 80]), nps([9])}) == 2
