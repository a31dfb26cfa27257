"""Exact numbers (精确数): what a table compares is an int or a fraction, never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Final

Exact = int | Fraction
NUMBER: Final = re.compile(r"[+-]?(0|[1-9]\d{0,39})(\.\d{1,40}|/[1-9]\d{0,39})?", re.ASCII)
LONGEST: Final = 400  # decimal places either way: beyond, a short decimal would fill the memory


def exact(value: object) -> Exact | None:
    """The number a value stands for, or None where it is no exact, finite number.

    >>> exact(Decimal("2.50")), exact(7), exact(True), exact(0.1)
    (Fraction(5, 2), 7, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal):
        return _whole(Fraction(value)) if _is_short(value) else None
    if isinstance(value, Rational):
        return _whole(Fraction(int(value.numerator), int(value.denominator)))
    return None


def _is_short(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -LONGEST and value.adjusted() <= LONGEST


def _whole(value: Fraction) -> Exact:
    return value.numerator if value.denominator == 1 else value


def read_number(text: str) -> Exact | None:
    """A number as a cell states it: `5`, `-2.5`, `1/3`; None for anything else."""
    return _whole(Fraction(text)) if NUMBER.fullmatch(text) else None


def number_text(value: Exact) -> str:
    """A number as a cell states it, a decimal where one is exact.

    >>> number_text(Fraction(-5, 2)), number_text(Fraction(1, 3)), number_text(300)
    ('-2.5', '1/3', '300')
    """
    places = _places(value.denominator)
    if places is None:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _places(denominator: int) -> int | None:
    places = 0
    while 10**places % denominator:
        places += 1
        if places > denominator.bit_length():
            return None
    return places


def plain(value: Exact) -> int | Decimal | Fraction:
    """The number as a caller reads it: an int, else a Decimal where it is exact, else a fraction."""
    if isinstance(value, int) or _places(value.denominator) is None:
        return value
    return Decimal(number_text(value))


def between(low: Exact | None, high: Exact | None) -> Exact:
    """A number strictly between two, with as few decimal places as will do.

    >>> between(1, 9), between(1, 2), between(None, 0)
    (2, Fraction(11, 10), -1)
    """
    if low is None:
        return 0 if high is None else _ceiling(high) - 1
    step, found = 1, _floor(low) + 1
    while high is not None and Fraction(found, step) >= high:
        step *= 10
        found = _floor(low * step) + 1
    return _whole(Fraction(found, step))


def _floor(value: Exact) -> int:
    return value.numerator // value.denominator


def _ceiling(value: Exact) -> int:
    return -(-value.numerator // value.denominator)


def whole_steps(ends: tuple[Exact, ...]) -> tuple[int, ...]:
    """For each number the first int not below it and the first int above it, all in order.

    >>> whole_steps((5, Fraction(15, 2)))
    (5, 6, 8, 8)
    """
    return tuple(sorted(step for end in ends for step in (_ceiling(end), _floor(end) + 1)))
