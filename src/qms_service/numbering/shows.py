"""What the tokens of a pattern tell beyond themselves: year and month tell the quarter, and so on.

A period that the text does not tell could not be read back, and its numbers would repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from qms_service.numbering.dates import MONTHS, shown
from qms_service.numbering.period import Reset

_QUARTERLY: Final = (1, 4, 7, 10)

# Given these tokens, those are known too, where the fiscal year starts in one of these months. The tests hold
# the list against every day of 28 years, in which each pair of neighbouring years occurs.
_TELLS: Final[tuple[tuple[tuple[str, ...], tuple[str, ...], Collection[int]], ...]] = (
    (("YY",), ("YYYY",), MONTHS),
    (("YYYY",), ("YY",), MONTHS),
    (("MM",), ("Q",), MONTHS),
    (("WW", "DD"), ("MM",), MONTHS),  # a week has a day of the month once, and no other month has it then
    (("YYYY", "MM", "DD"), ("GGGG", "WW"), MONTHS),
    (("YYYY", "MM"), ("FY",), MONTHS),
    (("FY", "MM"), ("YYYY",), MONTHS),
    (("YYYY",), ("FY",), (1,)),
    (("FY",), ("YYYY",), (1,)),
    (("YYYY", "Q"), ("FY",), _QUARTERLY),
    (("FY", "Q"), ("YYYY",), _QUARTERLY),
    (("YYYY", "Q", "WW"), ("GGGG",), MONTHS),  # the quarter tells a week 1 of January from one of December
    (("GGGG", "Q", "WW"), ("YYYY",), MONTHS),
    (("YYYY", "FY", "WW"), ("GGGG",), range(2, 13)),  # so does the fiscal year
    (("GGGG", "FY", "Q"), ("YYYY",), (5, 6, 8, 9)),  # where it starts inside a quarter far from New Year
)

NEEDED: Final[Mapping[Reset, tuple[str, ...]]] = {
    "never": (),
    "year": ("YYYY",),
    "fiscal-year": ("FY",),
    "quarter": ("YYYY", "Q"),
    "month": ("YYYY", "MM"),
    "week": ("GGGG", "WW"),
    "day": ("YYYY", "MM", "DD"),
}


def told_by(tokens: Iterable[str], start: int) -> frozenset[str]:
    """Every date token whose value is known once these are.

    >>> sorted(told_by(["YYYY", "MM"], 4))
    ['FY', 'MM', 'Q', 'YY', 'YYYY']
    """
    known = frozenset(tokens)
    while True:
        gained = (new for given, new, starts in _TELLS if start in starts and known.issuperset(given))
        more = known.union(*gained)
        if more == known:
            return known
        known = more


def alike(tokens: Collection[str], start: int, told: Callable[[date], object]) -> tuple[date, date]:
    """Two dates that show the same under some tokens, and of which something else differs.

    It is searched among 28 years; ask only where the tokens do not tell it.
    """
    seen: dict[object, tuple[date, object]] = {}
    on = date(2024, 1, 1)
    while True:
        what = told(on)
        first, was = seen.setdefault(shown(on, tokens, start), (on, what))
        if was != what:
            return first, on
        on += timedelta(days=1)
