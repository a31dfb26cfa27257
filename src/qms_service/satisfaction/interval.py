"""Interval (区间): from where to where a score may lie, in points."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, isqrt
from typing import Final, NamedTuple

_PLACES: Final = 10**10
_ROOT: Final = 10**20


class Interval(NamedTuple):
    """A lower and an upper end, both belonging to it.

    Args:
        low: The lower end, in points.
        high: The upper end, in points.

    >>> low, high = Interval(Fraction(70), Fraction(80))
    >>> high - low
    Fraction(10, 1)
    """

    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        """The upper end less the lower one."""
        return self.high - self.low


HUNDRED: Final = Interval(Fraction(0), Fraction(100))


def around(centre: Fraction, margin: Fraction, bounds: Interval) -> Interval:
    """So much to either side, clipped to the bounds; rounded once, outwards, to ten places.

    The ends rest on square roots and quantiles, so no fraction is exact; ten places hide nothing. Without a
    margin both ends are the centre itself.
    """
    low, high = centre - margin, centre + margin
    if margin:
        low, high = Fraction(floor(low * _PLACES), _PLACES), Fraction(ceil(high * _PLACES), _PLACES)
    return Interval(_clipped(low, bounds), _clipped(high, bounds))


def _clipped(end: Fraction, bounds: Interval) -> Fraction:
    return min(max(end, bounds.low), bounds.high)


def root(square: Fraction) -> Fraction:
    """The square root to twenty places, exact where both its terms are squares.

    >>> root(Fraction(9, 4)), float(root(Fraction(2)))
    (Fraction(3, 2), 1.4142135623730951)
    """
    top, bottom = isqrt(square.numerator), isqrt(square.denominator)
    if top * top == square.numerator and bottom * bottom == square.denominator:
        return Fraction(top, bottom)
    return Fraction(isqrt(square.numerator * _ROOT * _ROOT // square.denominator), _ROOT)
