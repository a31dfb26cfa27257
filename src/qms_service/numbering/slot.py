"""Slot (号段): the counter that a document draws its number from, and how the number reads."""

from __future__ import annotations

from datetime import date

import attrs

from qms_service.facts import Facts


@attrs.frozen(kw_only=True)
class Slot:
    """One counter, (series, scope, period), seen from one business date.

    Args:
        series: The id of the series.
        scope: The values of the scope.
        period: The period of the business date.
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
        """How a serial reads here."""
        return f"{self.before}{seq:0{self.width}}{self.after}"
