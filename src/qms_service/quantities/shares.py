"""Shares (分摊): an amount of money divided so that the parts add up to it, to the last coin."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from qms_service.errors import QuantityError
from qms_service.facts import Money
from qms_service.quantities.exact import exact

CENT: Final = Decimal("0.01")


def shares(
    total: Money, weights: Sequence[int | Decimal | Fraction], *, coin: Decimal = CENT
) -> tuple[Money, ...]:
    """An amount divided by weights, in whole coins, by the largest remainder.

    Each part is its exact share rounded down to the coin; the coins left over go one each to the parts that lost
    most by rounding, of equal ones to the first. Of a credit (an amount below zero) the parts are those of the
    debit with the sign turned.

    Args:
        total: The amount.
        weights: How much each bears: points, quantities, percentages; none below zero, not all zero.
        coin: The smallest amount of the currency; 1 for one without cents.

    Raises:
        QuantityError: There is no weight, one is below zero or no exact number, all are zero, or the amount is not
            made of whole coins.

    Clause: pcb-complaint-office, economic loss sharing (loss x own points / total points).

    >>> loss = Money(amount=Decimal("100.00"), currency="CNY")
    >>> [str(part.amount) for part in shares(loss, [1, 1, 1])]
    ['33.34', '33.33', '33.33']
    """
    borne = [_weight(weight) for weight in weights]
    whole = sum(borne)
    if not whole:
        raise QuantityError("share-weights", got=tuple(map(str, weights)))
    coins = _coins(total, coin)
    sign, left = (-1, -coins) if coins < 0 else (1, coins)
    owed = [left * weight / whole for weight in borne]
    parts = [int(share) for share in owed]
    most_lost = sorted(range(len(owed)), key=lambda place: parts[place] - owed[place])
    for place in most_lost[: left - sum(parts)]:
        parts[place] += 1
    return tuple(Money(amount=sign * part * coin, currency=total.currency) for part in parts)


def _weight(given: object) -> Fraction:
    weight = exact(given)
    if weight is None:
        raise QuantityError("share-weight", got=repr(given))
    return weight


def _coins(total: Money, coin: Decimal) -> int:
    if not (isinstance(coin, Decimal) and coin.is_finite() and coin > 0):
        raise QuantityError("share-coin", got=repr(coin))
    coins = Fraction(total.amount) / Fraction(coin)
    if coins.denominator != 1:
        raise QuantityError("share-total", got=total.amount, currency=total.currency, coin=coin)
    return int(coins)
