"""Spans (区间): ranges of numbers or of days, each end included or not, or missing."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any, Final

import attrs

from qms_service.routing.exact import number_text

Point = int | Fraction | date
_RANGE: Final = re.compile(r"([\[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])\[])")


@attrs.frozen(kw_only=True)
class Span:
    """A range; a missing end is unbounded, an open end is excluded.

    >>> str(Span(low=1, high=5, high_open=True)), str(Span(high=300)), str(Span(low=7, high=7))
    ('[1..5)', '<=300', '7')
    """

    low: Point | None = None
    high: Point | None = None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def at(cls, point: Point) -> Span:
        """The range that holds one point alone."""
        return cls(low=point, high=point)

    def holds(self, point: Any) -> bool:  # noqa: ANN401  # a number or a day, as its column says
        """Whether the point lies in the range."""
        if self.low is not None and (point < self.low or (self.low_open and point == self.low)):
            return False
        return self.high is None or point < self.high or (point == self.high and not self.high_open)

    @property
    def is_empty(self) -> bool:
        """Whether no point can lie in the range."""
        low: Any = self.low
        high: Any = self.high
        if isinstance(low, date) or isinstance(high, date):
            first, last = (low or date.min).toordinal(), (high or date.max).toordinal()
            return bool(first + self.low_open > last - self.high_open)
        if low is None or high is None:
            return False
        return bool(low > high or (low == high and (self.low_open or self.high_open)))

    @property
    def bracketed(self) -> str:
        """The range with both brackets, a missing end left blank: `[0..]`."""
        low = "" if self.low is None else point_text(self.low)
        high = "" if self.high is None else point_text(self.high)
        return f"{'(' if self.low_open else '['}{low}..{high}{')' if self.high_open else ']'}"

    def __str__(self) -> str:
        if self.low is not None and self.low == self.high:
            return point_text(self.low)
        if self.low is not None and self.high is None:
            return f"{'>' if self.low_open else '>='}{point_text(self.low)}"
        if self.high is not None and self.low is None:
            return f"{'<' if self.high_open else '<='}{point_text(self.high)}"
        return self.bracketed


def point_text(point: Point) -> str:
    """A number or a day as a cell states it."""
    return point.isoformat() if isinstance(point, date) else number_text(point)


@attrs.frozen
class RangeText:
    """A range as it is written: the texts of its ends, and whether each is open."""

    low: str
    high: str
    low_open: bool
    high_open: bool

    @classmethod
    def parse(cls, text: str) -> RangeText | None:
        """The parts of `[1..5]`, `(1..5)` or `]1..5[`; None where the text is no range.

        >>> RangeText.parse("]1..5]")
        RangeText(low='1', high='5', low_open=True, high_open=False)
        """
        found = _RANGE.fullmatch(text)
        return cls(found[2], found[3], found[1] != "[", found[4] != "]") if found else None
