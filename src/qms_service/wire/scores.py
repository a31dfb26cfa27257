"""Scores (得分) on the wire: exact fractions as their digits, `"325/4"`, and intervals of two of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from qms_service.satisfaction import Interval
from qms_service.wire.fault import Unfit, as_object, each, missing_field, unfit, unknown_field

FRACTION: Final = r"-?[0-9]{1,2000}(/0*[1-9][0-9]{0,1999})?"  # longer digits would keep the reader busy
_ENDS: Final = Interval._fields


def write_fraction(value: object) -> str:
    """A fraction, or a whole number where a fraction stands: `"325/4"`, `"85"`."""
    if not isinstance(value, int | Fraction) or isinstance(value, bool):
        raise unfit(value, "fraction")
    return str(value)


def read_fraction(data: object) -> Fraction:
    """A fraction from its text."""
    if not isinstance(data, str) or not re.fullmatch(FRACTION, data):
        raise unfit(data, "fraction")
    return Fraction(data)


def write_interval(value: object) -> dict[str, str]:
    """An interval: `{"low": "65/2", "high": "40"}`."""
    if not isinstance(value, Interval):
        raise unfit(value, "interval")
    return dict(zip(_ENDS, each(value._asdict().items(), write_fraction), strict=True))


def read_interval(data: object) -> Interval:
    """An interval from its object of two ends."""
    given: Mapping[str, object] = as_object(data, "interval")
    faults = [unknown_field(name, _ENDS) for name in given if name not in _ENDS]
    faults += [missing_field(name, _ENDS) for name in _ENDS if name not in given]
    if faults:
        raise Unfit(*faults)
    return Interval(*each([(name, given[name]) for name in _ENDS], read_fraction))
