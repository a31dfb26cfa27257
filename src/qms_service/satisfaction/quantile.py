"""Quantiles (分位数): how many standard errors to either side an interval reaches.

The normal one is the standard library's. Student's is found here, from the incomplete beta function.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import exp, lgamma, log1p, sqrt
from statistics import NormalDist
from typing import Final

_CLOSE: Final = 1e-15
_NEAR_NORMAL: Final = 10_000  # degrees of freedom from which two terms beside the normal quantile are enough
_HALVINGS: Final = 80


def normal(confidence: Fraction) -> Fraction:
    """The quantile z of the normal distribution, two-sided.

    >>> float(round(normal(Fraction(95, 100)), 6))
    1.959964
    """
    return Fraction(NormalDist().inv_cdf((1 + float(confidence)) / 2))


@lru_cache(maxsize=512)
def student(confidence: Fraction, degrees: Fraction) -> Fraction:
    """The quantile t of Student's distribution, two-sided; the degrees of freedom need not be whole.

    >>> float(round(student(Fraction(95, 100), Fraction(10)), 4))
    2.2281
    """
    z, free = float(normal(confidence)), float(degrees)
    if free > _NEAR_NORMAL:
        far = (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
        return Fraction(z + (z**3 + z) / (4 * free) + far)
    low, high = z, 2 * z
    while _outside(high, free) > 1 - float(confidence):
        low, high = high, 2 * high
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _outside(middle, free) > 1 - float(confidence) else (low, middle)
    return Fraction(high)


def _outside(t: float, free: float) -> float:
    """How probable it is to lie beyond t on either side."""
    square = t * t
    below, above = free / (free + square), square / (free + square)
    height = lgamma((free + 1) / 2) - lgamma(free / 2) - lgamma(0.5) - free / 2 * log1p(square / free)
    front = exp(height) * sqrt(above)
    if below < (free / 2 + 1) / (free / 2 + 2.5):
        return front * _fraction(below, free / 2, 0.5) / (free / 2)
    return 1 - front * _fraction(above, 0.5, free / 2) / 0.5


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method."""
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value, m = d, 0
    while abs(c * d - 1) >= _CLOSE or not m:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / (1 + step * d)
            c = 1 + step / c
            value *= c * d
    return value
