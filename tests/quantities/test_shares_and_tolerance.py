"""Money is divided to the last coin, and an order's tolerance says what still counts as agreed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_service.errors import QuantityError
from qms_service.facts import Money, Quantity
from qms_service.quantities import Tolerance, shares

WEIGHTS = st.lists(
    st.one_of(
        st.integers(0, 1000),
        st.fractions(0, 50, max_denominator=60),
        st.decimals(0, 99, places=2),
    ),
    min_size=1,
    max_size=8,
).filter(any)


def cny(text: str) -> Money:
    return Money(amount=Decimal(text), currency="CNY")


def amounts(parts: tuple[Money, ...]) -> list[str]:
    return [str(part.amount) for part in parts]


def test_a_loss_is_shared_by_points() -> None:
    """10,000 by 3 : 2 : 2 points is 4,285.714..., 2,857.142..., 2,857.142...: one cent goes to the first remainder."""
    assert amounts(shares(cny("10000"), [3, 2, 2])) == ["4285.72", "2857.14", "2857.14"]


def test_a_coin_left_over_goes_to_whom_rounding_cost_most() -> None:
    assert amounts(shares(cny("0.05"), [10, 20, 75])) == ["0.00", "0.01", "0.04"]


def test_whoever_has_no_weight_bears_nothing() -> None:
    assert amounts(shares(cny("0.02"), [0, 1, 0, 2])) == ["0.00", "0.01", "0.00", "0.01"]


def test_a_credit_is_the_debit_with_the_sign_turned() -> None:
    assert amounts(shares(cny("-100"), [1, 1, 1])) == ["-33.34", "-33.33", "-33.33"]


def test_a_currency_without_cents_is_divided_in_whole_units() -> None:
    yen = Money(amount=Decimal(1000), currency="JPY")
    assert amounts(shares(yen, [1, 1, 1], coin=Decimal(1))) == ["334", "333", "333"]


@given(cents=st.integers(-(10**12), 10**12), weights=WEIGHTS)
def test_nothing_is_created_or_lost_and_nobody_is_a_coin_off(cents: int, weights: list[Any]) -> None:
    total = Decimal(cents).scaleb(-2)
    parts = shares(Money(amount=total, currency="CNY"), weights)
    assert sum(part.amount for part in parts) == total
    whole = sum(Fraction(weight) for weight in weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Fraction(part.amount) - Fraction(cents, 100) * Fraction(weight) / whole) < Fraction(1, 100)
        assert part.currency == "CNY"


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ([], "share-weights"),
        ([0, 0], "share-weights"),
        ([1, -1], "share-weight"),
        ([0.5, 0.5], "share-weight"),
        ([True], "share-weight"),
        ([Decimal("NaN")], "share-weight"),
    ],
)
def test_weights_that_say_nothing_are_refused(weights: list[Any], code: str) -> None:
    with pytest.raises(QuantityError) as caught:
        shares(cny("1"), weights)
    assert caught.value.code == code


def test_an_amount_that_is_not_made_of_coins_is_refused() -> None:
    with pytest.raises(QuantityError, match=r"0\.005 CNY is not made of whole coins of 0\.01"):
        shares(cny("0.005"), [1])


@pytest.mark.parametrize("coin", [Decimal(0), Decimal("-0.01"), Decimal("Infinity"), 0.01])
def test_a_coin_is_a_positive_decimal(coin: object) -> None:
    with pytest.raises(QuantityError) as caught:
        shares(cny("1"), [1], coin=coin)  # type: ignore[arg-type]  # what it refuses
    assert caught.value.code == "share-coin"


def test_the_limits_of_a_tolerance_belong_to_it() -> None:
    order = Tolerance(Decimal("2.5"), 5)
    assert order.limits(1000) == (Fraction(975), Fraction(1050))
    assert [order.allows(actual, agreed=1000) for actual in (974, 975, 1050, 1051)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_limit_between_two_pieces_is_not_rounded() -> None:
    """3 % of 50 pieces is one and a half: 49 counts, 48 does not."""
    assert Tolerance(3).limits(50) == (Fraction(97, 2), Fraction(103, 2))
    assert Tolerance(3).allows(49, agreed=50)
    assert not Tolerance(3).allows(48, agreed=50)


def test_a_return_is_booked_with_what_came_up_to_the_tolerance() -> None:
    order = Tolerance(5, 2)
    assert [order.booked(many, agreed=500) for many in (0, 100, 500, 510)] == [0, 100, 500, 510]
    sheets = Quantity(amount=51, unit="sheet")
    assert order.booked(sheets, agreed=Quantity(amount=50, unit="sheet")) == sheets


def test_beyond_the_tolerance_nobody_says_what_is_booked() -> None:
    with pytest.raises(QuantityError, match="511 were counted where 500 were agreed, with at most 2 % above"):
        Tolerance(5, 2).booked(511, agreed=500)
    with pytest.raises(QuantityError, match="pcs"):
        Tolerance(5).booked(Quantity(amount=5, unit="kg"), agreed=Quantity(amount=5, unit="pcs"))


def test_pieces_and_kilograms_are_not_compared() -> None:
    with pytest.raises(QuantityError, match="pcs"):
        Tolerance(5).allows(Quantity(amount=5, unit="kg"), agreed=Quantity(amount=5, unit="pcs"))
    assert Tolerance(0).allows(Quantity(amount=5, unit="kg"), agreed=Quantity(amount=Decimal(5), unit="kg"))


@pytest.mark.parametrize("given", [-1, 0.5, True, Decimal("NaN"), "2"])
def test_a_tolerance_is_a_share_of_zero_or_more_percent(given: object) -> None:
    with pytest.raises(QuantityError) as caught:
        Tolerance(given)  # type: ignore[arg-type]  # what it refuses
    assert caught.value.code == "tolerance-percent"


@pytest.mark.parametrize("given", [-1, 0.5, True, Decimal("Infinity")])
def test_a_quantity_is_exact_and_not_below_zero(given: object) -> None:
    with pytest.raises(QuantityError) as caught:
        Tolerance(1).allows(given, agreed=10)  # type: ignore[arg-type]  # what it refuses
    assert caught.value.code == "tolerance-quantity"
