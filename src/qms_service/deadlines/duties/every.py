"""Every (周期): how often a duty comes round."""

from __future__ import annotations

import re
from typing import Final, Literal, Self

import attrs

from qms_service.errors import DutyError

Unit = Literal["day", "working day", "week", "month"]
ALLOWED: Final = (
    "day", "working day", "week", "month", "quarter", "half-year", "year", "2 months", "3 years", "?",
)  # fmt: skip
_NAMED: Final[dict[str, tuple[int, Unit]]] = {
    "day": (1, "day"),
    "working day": (1, "working day"),
    "week": (1, "week"),
    "month": (1, "month"),
    "quarter": (3, "month"),
    "half-year": (6, "month"),
    "year": (12, "month"),
}
_SAID: Final = {(3, "month"): "quarter", (6, "month"): "half-year", (12, "month"): "year"}
_COUNTED: Final = re.compile(r"([1-9][0-9]?) (day|week|month|quarter|half-year|year)s?")
MONTHS_OF_A_YEAR: Final = 12
MOST_YEARS: Final = 10


@attrs.frozen
class Every:
    """How often a duty comes round: a number of days, weeks or months. Quarters and years are months.

    >>> str(Every.parse("quarter")), Every.parse("2 years").amount, str(Every.parse("6 months"))
    ('quarter', 24, 'half-year')
    """

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: object) -> Self | None:
        """What a duty writes in `every`; None for `"?"`: at irregular times, or the source lost the figure.

        Raises:
            DutyError: The text is no frequency; the error lists what is.
        """
        plain = " ".join(text.lower().split()) if isinstance(text, str) else ""
        if plain == "?":
            return None
        if plain in _NAMED:
            return cls(*_NAMED[plain])
        found = _COUNTED.fullmatch(plain)
        if found is None:
            raise DutyError("duty-every", got=repr(text), allowed=ALLOWED)
        length, unit = _NAMED[found[2]]
        amount = int(found[1]) * length
        if unit == "month" and amount > MOST_YEARS * MONTHS_OF_A_YEAR:
            raise DutyError("duty-every-long", got=repr(text), most=MOST_YEARS)
        return cls(amount, unit)

    @property
    def fits_a_calendar(self) -> bool:
        """Whether its periods have a place of their own: single days and weeks, months that divide a year."""
        return self.amount == 1 if self.unit != "month" else MONTHS_OF_A_YEAR % self.amount == 0

    @property
    def months(self) -> int:
        """How many months it has; 0 where it is made of days or weeks."""
        return self.amount if self.unit == "month" else 0

    def __str__(self) -> str:
        years, rest = divmod(self.months, MONTHS_OF_A_YEAR)
        if years > 1 and not rest:
            return f"{years} years"
        unit = _SAID.get((self.amount, self.unit), self.unit)
        return unit if self.amount == 1 or unit != self.unit else f"{self.amount} {self.unit}s"
