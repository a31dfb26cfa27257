"""Tally (统计): the outcomes of a clock over many cases, counted, and the rate that this gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import attrs

from qms_service.caselog.outcomes import Outcome

DECIDED: Final = (Outcome.MET, Outcome.MET_LATE, Outcome.OVERDUE)


@attrs.frozen
class Tally:
    """How many cases of a clock came to each outcome.

    Args:
        counts: The outcomes that occurred, each with its number.

    >>> tally = tally_of([Outcome.MET, Outcome.MET, Outcome.OVERDUE, Outcome.OPEN])
    >>> tally.rate, tally.decided, tally[Outcome.OPEN]
    (Fraction(2, 3), 3, 1)
    """

    counts: tuple[tuple[Outcome, int], ...] = ()

    def __getitem__(self, outcome: Outcome) -> int:
        return dict(self.counts).get(outcome, 0)

    @property
    def decided(self) -> int:
        """How many are decided: met, met late, or overdue. The denominator of the rate."""
        return sum(self[outcome] for outcome in DECIDED)

    @property
    def rate(self) -> Fraction | None:
        """The share of the decided that was met in time; None where nothing is decided."""
        return Fraction(self[Outcome.MET], self.decided) if self.decided else None

    @property
    def cases(self) -> int:
        """How many cases were counted."""
        return sum(number for _, number in self.counts)


def tally_of(outcomes: Iterable[Outcome]) -> Tally:
    """The outcomes, counted."""
    counted = Counter(outcomes)
    return Tally(tuple((outcome, counted[outcome]) for outcome in Outcome if counted[outcome]))
