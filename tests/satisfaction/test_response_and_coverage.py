"""How much of those asked the answers stand for, by number and by revenue."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from qms_service.errors import ScoreError
from qms_service.satisfaction import coverage, response_rate

Given = Any

REVENUE = {"ACME": 600, "Borg": Decimal("300.5"), "Cole": 299.5}


def test_the_response_rate_is_a_count_and_no_sample() -> None:
    rate = response_rate(27, 30)
    assert [rate.value, rate.n, rate.population, rate.interval] == [90, 27, 30, None]
    assert response_rate(["ACME"], REVENUE).value == Fraction(100, 3)
    assert [str(line) for line in rate.derivation] == [
        "27 of 30 asked answered.",
        "Share: 27 / 30 × 100 = 90.",
    ]


def test_of_nobody_asked_there_is_no_rate() -> None:
    assert response_rate(0, 0).value is None


def test_coverage_counts_customers_or_their_revenue() -> None:
    assert coverage(["ACME", "Borg"], REVENUE.keys()).value == Fraction(200, 3)
    by_revenue = coverage(["ACME", "Borg", "ACME"], REVENUE)
    assert by_revenue.value == Fraction(9005, 120)
    assert (by_revenue.n, by_revenue.population) == (2, 3)
    assert str(by_revenue.derivation[-1]) == "Covered: 900.5 / 1200 × 100 = 75.0417."


def test_an_unknown_revenue_leaves_the_coverage_open() -> None:
    found = coverage(["ACME"], {**REVENUE, "Dent": None})
    assert found.value is None
    assert str(found.derivation[-1]).startswith("The revenue of Dent is not on record")


@pytest.mark.parametrize("of", [[], {"ACME": 0}])
def test_of_nothing_nothing_is_covered(of: Given) -> None:
    assert coverage([], of).value is None


@pytest.mark.parametrize(
    ("call", "said", "zh"),
    [
        (lambda: response_rate(3, 2), "3 answered and only 2 were asked", "3 家作答"),
        (lambda: response_rate(-1, 2), "answered: got -1", "answered：收到 -1"),
        (
            lambda: coverage(["Dent"], REVENUE),
            "Dent answered and is not among all customers",
            "不在全部客户之中",
        ),
        (lambda: coverage([], {"ACME": -1}), "ACME: revenue: got -1; allowed is zero or more", "须不小于零"),
        (lambda: coverage([], {"ACME": "1"}), "revenue: got '1'", "revenue：收到 '1'"),
    ],
)
def test_what_does_not_add_up_is_refused(call: Given, said: str, zh: str) -> None:
    with pytest.raises(ScoreError) as caught:
        call()
    assert said in str(caught.value)
    assert zh in caught.value.text("zh")


def test_one_who_answered_twice_counts_once_in_the_rate_too() -> None:
    assert response_rate(["ACME", "ACME"], ["ACME", "Borg"]).value == 50
    assert response_rate(["ACME"], ["ACME", "ACME"]).value == 100


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: response_rate(["Zeta"], ["ACME", "Borg"]), "Zeta answered and is not among"),
        (lambda: response_rate("ACME", 30), "answered is a series of customers"),
        (lambda: response_rate([["ACME"]], 30), "answered is a series of customers"),
        (lambda: coverage("AB", ["A", "B", "C"]), "answered is a series of customers"),
        (lambda: coverage(["A"], "ABC"), "of is a series of customers"),
        (lambda: coverage(None, ["A"]), "answered is a series of customers"),  # type: ignore[arg-type]
    ],
)
def test_letters_and_strangers_are_no_customers(call: Given, said: str) -> None:
    with pytest.raises(ScoreError, match=said):
        call()
