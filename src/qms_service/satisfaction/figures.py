"""Figures (数字) as a derivation shows them, and rounded once."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

_PLACES: Final = 4
_EXACT: Final = Context(prec=100_000)  # the ambient one rounds to 28 digits


def rounded(value: Fraction, places: int = 1) -> Decimal:
    """A value rounded half up, away from zero where it is negative: 0.25 is 0.3 and -0.25 is -0.3.

    >>> rounded(Fraction(1, 4)), rounded(Fraction(-1, 4)), rounded(Fraction(85))
    (Decimal('0.3'), Decimal('-0.3'), Decimal('85.0'))
    """
    scaled = abs(value) * 10**places
    units = int(scaled + Fraction(1, 2))
    return _EXACT.scaleb(Decimal(units if value > 0 else -units), -places)


def figure(value: Fraction) -> str:
    """A number for reading, to four places at most; the value itself stays exact.

    >>> figure(Fraction(85)), figure(Fraction(17, 2)), figure(Fraction(250, 3))
    ('85', '8.5', '83.3333')
    """
    return f"{rounded(value, _PLACES):f}".rstrip("0").rstrip(".")


def shown(value: Fraction | None) -> str:
    """A number for reading, a dash where there is none."""
    return "–" if value is None else figure(value)
