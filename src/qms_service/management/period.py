"""Period (评审期间): the span of time that a review looks at, and its months on the clock of a zone."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.errors import EntryError
from qms_service.instants import Micros, from_micros, instant, micros
from qms_service.rulebooks.rules import midnight


@attrs.frozen(kw_only=True)
class Period:
    """A half-open span: what happens at its start lies inside, what happens at its end does not.

    Args:
        start: Its first instant.
        end: The first instant after it.
        zone: The zone of its months, by name.
        months: The months that it touches, such as `"2026-03"`, each with the instant of the period at which
            it begins; the first and the last may be parts of a month.

    >>> import pendulum
    >>> from datetime import datetime, UTC
    >>> zone = pendulum.timezone("Asia/Shanghai")
    >>> first = period_of(datetime(2026, 1, 31, 16, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC), zone)
    >>> [name for name, _ in first.months], str(first.start)
    (['2026-02', '2026-03'], '2026-02-01 00:00:00+08:00')
    """

    start: DateTime
    end: DateTime
    zone: str
    months: tuple[tuple[str, Micros], ...] = attrs.field(repr=False)
    first: Micros = attrs.field(init=False, eq=False, repr=False)
    beyond: Micros = attrs.field(init=False, eq=False, repr=False)
    _begins: tuple[Micros, ...] = attrs.field(init=False, eq=False, repr=False)

    @first.default
    def _first(self) -> Micros:
        return micros(self.start)

    @beyond.default
    def _beyond(self) -> Micros:
        return micros(self.end)

    @_begins.default
    def _month_begins(self) -> tuple[Micros, ...]:
        return tuple(begin for _, begin in self.months)

    def has(self, us: Micros) -> bool:
        """Whether an instant lies in it."""
        return self.first <= us < self.beyond

    def month(self, us: Micros) -> str:
        """The month of an instant that lies in it."""
        return self.months[bisect_right(self._begins, us) - 1][0]


def period_of(start: datetime, end: datetime, zone: Timezone) -> Period:
    """The period from a start up to an end, on the clock of a zone.

    Raises:
        NaiveInstantError: The start or the end has no zone.
        EntryError: The end is not after the start.
    """
    first, beyond = micros(instant(start)), micros(instant(end))
    if beyond <= first:
        raise EntryError("review-period", start=start, end=end)
    opens, closes = from_micros(first, zone), from_micros(beyond, zone)
    months, month = list[tuple[str, Micros]](), date(opens.year, opens.month, 1)
    while micros(begin := midnight(month, zone)) < beyond:
        months.append((f"{month:%Y-%m}", max(first, micros(begin))))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return Period(start=opens, end=closes, zone=zone.name, months=tuple(months))
