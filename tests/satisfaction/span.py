"""An interval with whole ends, as a test writes it."""

from __future__ import annotations

from fractions import Fraction

from qms_service.satisfaction import Interval


def span(low: int | Fraction, high: int | Fraction) -> Interval:
    return Interval(Fraction(low), Fraction(high))
