"""Numbers (数值) as the arithmetic of this room takes them: exact, whatever they came as."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import isfinite, lcm
from numbers import Rational, Real
from typing import Final

from qms_service.errors import ScoreError, misspelt

Number = int | Decimal | Fraction | float
_LONGEST: Final = (
    1000  # figures before the point, or after it; a billion of them are no answer, and fill the memory
)


def exact(given: object, field: str = "answer") -> Fraction:
    """A number as a fraction; a float counts by its shortest decimal spelling, so that 0.1 is a tenth.

    Args:
        given: A whole number, Decimal, Fraction or float, of numpy too.
        field: What it is, for the error.

    Raises:
        ScoreError: It is no finite number. `True` is none, and neither is `nan`.

    >>> exact(0.1)
    Fraction(1, 10)
    >>> exact("0.1")
    Traceback (most recent call last):
      ...
    qms_service.errors.ScoreError: answer: got '0.1'; allowed is a finite number (int, Decimal, Fraction or float), or None where nothing was answered.
    """
    if type(given) is Fraction:
        return given
    if type(given) is int:
        return Fraction(given)
    if isinstance(given, Rational) and not isinstance(given, bool):
        return Fraction(int(given.numerator), int(given.denominator))
    if isinstance(given, Decimal) and given.is_finite() and abs(given.adjusted()) <= _LONGEST:
        return Fraction(given)
    if isinstance(given, Real) and not isinstance(given, bool) and isfinite(given):
        return Fraction(str(given))
    raise ScoreError("score-number", field=field, got=repr(given))


def summed(values: Iterable[Fraction]) -> Fraction:
    """The sum, exact: over one denominator, which is reduced once and not at every term.

    >>> summed([Fraction(1, 2), Fraction(1, 3)])
    Fraction(5, 6)
    """
    terms = tuple(values)
    below = lcm(*(one.denominator for one in terms))
    return Fraction(sum(one.numerator * (below // one.denominator) for one in terms), below)


def whole(given: object, field: str, least: int = 0) -> int:
    """A count: a whole number of at least so many.

    Raises:
        ScoreError: It is none.
    """
    count = exact(given, field)
    if count.denominator != 1 or count < least:
        raise ScoreError("score-count", field=field, got=repr(given), least=least)
    return int(count)


def share(given: object, field: str) -> Fraction:
    """A share between 0 and 1, such as a confidence of 0.95; both ends are outside.

    Raises:
        ScoreError: It is none; 95 is met with what was meant.
    """
    part = exact(given, field)
    if not (0 < part < 1 and 1 < 1 + float(part) < 2):  # noqa: PLR2004  # what a float rounds to 0 or 1 has no quantile
        meant = part / 100 if 1 <= part < 100 else Fraction(95 if field == "confidence" else 5, 100)  # noqa: PLR2004  # per cent
        raise ScoreError("score-share", field=field, got=repr(given), meant=str(float(meant)))
    return part


def one_of(field: str, given: object, known: Iterable[str]) -> str:
    """One of a few words.

    Raises:
        ScoreError: It is none of them; the nearest is named.
    """
    allowed = tuple(known)
    if not isinstance(given, str) or given not in allowed:
        code, operands = misspelt("score-word", given, allowed)
        raise ScoreError(code, field=field, **operands)
    return given
