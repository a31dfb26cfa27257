"""Brief: what was got, short enough for a message."""

from __future__ import annotations

from reprlib import Repr
from typing import Final

_LONGEST: Final = 60
_SHORT: Final = Repr()
_SHORT.maxstring = _SHORT.maxother = _LONGEST


def brief(got: object) -> str:
    """A value as Python shows it, cut where it is long; it never raises.

    >>> brief("no cases"), len(brief("x" * 1000))
    ("'no cases'", 60)
    """
    return _SHORT.repr(got)
