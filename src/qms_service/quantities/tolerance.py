"""Tolerance (允差): how far a quantity may stand off the one agreed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs

from qms_service.errors import QuantityError
from qms_service.facts import Quantity
from qms_service.quantities.exact import exact

Amount = int | Decimal | Quantity


def _percent(_value: object, field: attrs.Attribute[Decimal], given: object) -> None:
    if isinstance(given, Fraction) or exact(given) is None:
        raise QuantityError("tolerance-percent", field=field.name, got=repr(given))


@attrs.frozen
class Tolerance:
    """The tolerance of an order: how many percent less, and how many percent more, still count as agreed.

    The limits belong to it. A piece is a piece: limits are exact fractions, and nothing is rounded.

    Args:
        less: Percent below the agreed quantity.
        more: Percent above it; as much as `less` where none is given.

    Clause: pcb-complaint-office, returns (actual against approved quantity with the order's tolerance).

    >>> order = Tolerance(2)
    >>> order.allows(490, agreed=500), order.allows(489, agreed=500)
    (True, False)
    >>> print(*order.limits(500))
    490 510
    """

    less: int | Decimal = attrs.field(validator=_percent)
    more: int | Decimal = attrs.field(
        default=attrs.Factory(lambda self: self.less, takes_self=True), validator=_percent
    )

    def limits(self, agreed: Amount) -> tuple[Fraction, Fraction]:
        """The least and the most that count as the agreed quantity, in its unit."""
        amount, _ = _exact(agreed)
        return amount * (100 - Fraction(self.less)) / 100, amount * (100 + Fraction(self.more)) / 100

    def allows(self, actual: Amount, *, agreed: Amount) -> bool:
        """Whether a quantity counts as the agreed one.

        Raises:
            QuantityError: Their units differ, or one is no exact quantity.
        """
        got, unit = _exact(actual)
        _, other = _exact(agreed)
        if unit != other:
            raise QuantityError("tolerance-units", got=unit, agreed=other)
        least, most = self.limits(agreed)
        return least <= got <= most

    def booked(self, counted: Amount, *, agreed: Amount) -> Amount:
        """The quantity with which a return is booked and credited: what was counted.

        Fewer than agreed count as they came. More count as they came as far as the tolerance goes.

        Args:
            counted: How much came.
            agreed: How much was noted or approved for the return.

        Raises:
            QuantityError: More came than the tolerance covers: the source does not say what is booked then, so
                the difference is to be settled first. Their units differ, or one is no exact quantity.

        Clause: pcb-complaint-office (十三)2(1).

        >>> Tolerance(0, 2).booked(505, agreed=500)
        505
        """
        within = self.allows(counted, agreed=agreed)
        if not within and _exact(counted)[0] > self.limits(agreed)[1]:
            raise QuantityError("tolerance-above", counted=counted, agreed=agreed, more=self.more)
        return counted


def _exact(given: Amount) -> tuple[Fraction, str]:
    amount, unit = (given.amount, given.unit) if isinstance(given, Quantity) else (given, "")
    read = None if isinstance(amount, Fraction) else exact(amount)
    if read is None:
        raise QuantityError("tolerance-quantity", got=repr(given))
    return read, unit
