"""Exact numbers (精确数): what may be divided and compared without rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def exact(given: object) -> Fraction | None:
    """A whole number, Decimal or Fraction of zero or more, as a fraction; None for anything else.

    >>> exact(Decimal("2.5")), exact(2.5), exact(-1)
    (Fraction(5, 2), None, None)
    """
    if isinstance(given, bool) or not isinstance(given, int | Decimal | Fraction):
        return None
    if isinstance(given, Decimal) and not given.is_finite():
        return None
    return Fraction(given) if given >= 0 else None
