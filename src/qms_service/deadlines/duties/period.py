"""Period (期间): one round of a duty, and the grid that its rounds lie on."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

import attrs

from qms_service.deadlines.duties.every import MONTHS_OF_A_YEAR, Every

_WEEK: Final = 7
_MONDAY: Final = date(1, 1, 1)  # the first date there is, and the first of a year


@attrs.frozen
class Period:
    """A round of a duty: the dates from `starts_on` until before `ends_on`.

    Args:
        starts_on: Its first date.
        ends_on: The date after its last.
        name: What an event may call it: `"2026"`, `"2026-H1"`, `"2026-Q1"`, `"2026-03"`, `"2026-W11"`,
            `"2026-03-05"`; for any other length the first date.

    >>> march = Period(date(2026, 3, 1), date(2026, 4, 1), name="2026-03")
    >>> date(2026, 3, 31) in march, str(march)
    (True, '2026-03')
    """

    starts_on: date
    ends_on: date
    name: str = attrs.field(kw_only=True)

    @property
    def last_on(self) -> date:
        """Its last date."""
        return self.ends_on - timedelta(1)

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on

    def __str__(self) -> str:
        return self.name


@attrs.frozen
class Grid:
    """The rounds of one length, numbered without a gap.

    Args:
        every: Their length.
        anchor: The date on which round 0 begins; months count from its day. The calendar's own rounds begin on
            Mondays, on the first of a month, of a quarter, of a year.
    """

    every: Every
    anchor: date = _MONDAY

    def begins(self, index: int) -> date:
        """The first date of a round."""
        if self.every.months:
            return months_later(self.anchor, index * self.every.amount)
        return self.anchor + timedelta(index * self._days)

    def index(self, day: date) -> int:
        """The round in which a date lies."""
        if not self.every.months:
            return (day - self.anchor).days // self._days
        months = (day.year - self.anchor.year) * MONTHS_OF_A_YEAR + day.month - self.anchor.month
        index = months // self.every.amount
        return index if self.begins(index) <= day else index - 1

    def period(self, index: int) -> Period:
        """A round with its dates."""
        begins, ends = self.begins(index), self.begins(index + 1)
        return Period(begins, ends, name=self._name(begins))

    @property
    def of_calendar(self) -> bool:
        """Whether its rounds are the calendar's own months, quarters, years or weeks."""
        return self.anchor == _MONDAY

    @property
    def _days(self) -> int:
        return self.every.amount * (_WEEK if self.every.unit == "week" else 1)

    def _name(self, begins: date) -> str:
        if not self.of_calendar:
            return begins.isoformat()
        if self.every.unit == "week":
            year, week, _ = begins.isocalendar()
            return f"{year:04}-W{week:02}"
        months = self.every.months
        nth = (begins.month - 1) // months + 1 if months else 0
        names = {12: f"{begins.year:04}", 6: f"{begins.year:04}-H{nth}", 3: f"{begins.year:04}-Q{nth}",
                 1: f"{begins.year:04}-{begins.month:02}"}  # fmt: skip
        return names.get(months, begins.isoformat())


def months_later(day: date, months: int) -> date:
    """The same day so many months later; one that the month does not have is its last.

    >>> months_later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + months, MONTHS_OF_A_YEAR)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
