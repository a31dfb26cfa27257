"""AgeBand (年限区间): how often a duty comes round while its object is of an age."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import attrs

from qms_service.deadlines.duties.every import Every
from qms_service.errors import DutyError

_AGE: Final = re.compile(r"([1-9][0-9]{0,2}) (month|year)s?")
_OLDEST: Final = 1200
_PARTS: Final = frozenset(("every", "up_to"))


def _every(given: object) -> Every:
    every = given if isinstance(given, Every) else Every.parse(given)
    if every is None:
        raise DutyError("duty-ages", got=repr(given))
    return every


def _months(given: object) -> int | None:
    """An age in months, as `"1 year"` or `"18 months"`."""
    if given is None or type(given) is int:
        return given if given is None else _grown(given, given)
    found = _AGE.fullmatch(" ".join(given.lower().split())) if isinstance(given, str) else None
    if found is None:
        raise DutyError("duty-age", got=repr(given))
    return _grown(int(found[1]) * (12 if found[2] == "year" else 1), given)


def _grown(months: int, given: object) -> int:
    if not 0 < months <= _OLDEST:
        raise DutyError("duty-age", got=repr(given))
    return months


@attrs.frozen(kw_only=True)
class AgeBand:
    """How often a duty comes round up to an age of its object.

    Args:
        every: How often.
        up_to: The age, as `"1 year"`, in months; None: from there on. A period that begins on the day on
            which the age is reached belongs to the next band; one that began before runs to its own end.

    >>> AgeBand(every="month", up_to="1 year").up_to
    12
    """

    every: Every = attrs.field(converter=_every)
    up_to: int | None = attrs.field(default=None, converter=_months)


def as_bands(given: object) -> tuple[AgeBand, ...]:
    """Bands in order of age, the last of them without an end.

    Raises:
        DutyError: Something else stands there.
    """
    if not isinstance(given, list | tuple):
        raise DutyError("duty-ages", got=repr(given))
    bands = tuple(_band(one) for one in given)
    ends = [band.up_to for band in bands]
    if bands and (ends[-1] is not None or None in ends[:-1] or len(bands) == 1):
        raise DutyError("duty-ages", got=repr(given))
    if ends[:-1] != sorted({end for end in ends[:-1] if end is not None}):
        raise DutyError("duty-ages", got=repr(given))
    return bands


def _band(given: object) -> AgeBand:
    if isinstance(given, AgeBand):
        return given
    if isinstance(given, Mapping) and "every" in given and given.keys() <= _PARTS:
        return AgeBand(**given)
    raise DutyError("duty-ages", got=repr(given))
