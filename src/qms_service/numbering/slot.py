"""Slot (号段): the counter that a document draws its number from, and how the number reads."""

from __future__ import annotations

from datetime import date

import attrs

from qms_service.errors import NumberOverflowError
from qms_service.facts import Facts
from qms_service.numbering.token import HIGHEST


@attrs.frozen(kw_only=True)
class Slot:
    """One counter, (series, scope, period), seen from one business date.

    Args:
        series: The id of the series.
        scope: The values of the scope.
        period: The period of the business date; empty where the series never starts again.
        on: The business date, in the series' zone.
        before, after: What stands around the serial on that date.
        width: How many digits the serial has at least.
        last: The highest serial that has a number.
    """

    series: str
    scope: Facts
    period: str
    on: date
    before: str
    after: str
    width: int
    last: int

    def number(self, seq: int) -> str:
        """How a serial reads here; nothing is checked."""
        return f"{self.before}{seq:0{self.width}}{self.after}"

    def overflow(self) -> NumberOverflowError:
        """The error for a serial behind the last: what is used up, and what to do."""
        code = "number-overflow.highest" if self.last >= HIGHEST else "number-overflow"
        return NumberOverflowError(
            code,
            series=self.series,
            period=self.period,
            scope=self.scope,
            last=self.last,
            number=self.number(self.last),
        )
