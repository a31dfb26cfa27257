"""The inside of a calendar (日历内部): what the other rooms ask of it, in whole numbers.

Instants and amounts are microseconds, instants since 1970 UTC. Beyond the horizon it answers by the weekly
pattern: who asks compares with `horizon_us`, or goes through `known` or `check_known`. The public face,
`WorkCalendar`, never answers there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import attrs

from qms_service.errors import CalendarHorizonError, NeverOpenError
from qms_service.instants import LAST_YEAR, Micros, from_micros
from qms_service.worktime import days
from qms_service.worktime.closed import ClosedStretch, stretches
from qms_service.worktime.compiled import Compiled
from qms_service.worktime.segments import Unbroken
from qms_service.worktime.wall import instant_of, midnight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, tzinfo

    from qms_service.worktime.pattern import Pattern
    from qms_service.worktime.segments import Segments


@attrs.frozen(kw_only=True, eq=False)
class CalendarInside:
    """A calendar's answers in whole numbers.

    Args:
        named: What errors call the calendar.
        known_until: The last date whose hours are published.
        horizon_us: The first unknown instant; None when nothing can change any more.
        segments: The working spans.
    """

    named: str
    known_until: date | None
    horizon_us: Micros | None
    _pattern: Pattern
    segments: Segments

    @classmethod
    def of(cls, pattern: Pattern, known_until: date | None, named: str) -> Self:
        """The inside of a calendar with this pattern."""
        return cls(
            named=named,
            known_until=known_until,
            horizon_us=_horizon(pattern, known_until),
            pattern=pattern,
            segments=Unbroken(pattern.zone) if pattern.never_closes else Compiled(pattern),
        )

    @property
    def zone(self) -> tzinfo:
        """The zone on whose wall the calendar is read."""
        return self._pattern.zone

    def work_between(self, start_us: Micros, end_us: Micros) -> Micros:
        """Working time in [start, end); negative when the end comes first."""
        return self.segments.work_between(start_us, end_us)

    def work_after(self, start_us: Micros, amount_us: Micros) -> Micros:
        """The earliest instant with so much work since the start; the amount is not negative.

        Raises:
            NeverOpenError: There is no such instant.
        """
        return self.segments.work_after(start_us, amount_us)

    def work_before(self, start_us: Micros, amount_us: Micros) -> Micros:
        """The latest instant with so much work until the start; the amount is not negative.

        Raises:
            NeverOpenError: There is no such instant.
        """
        return self.segments.work_before(start_us, amount_us)

    def days_after(self, start_us: Micros, n: int) -> Micros:
        """N working days later, or earlier when N is negative; beyond the horizon by the weekly pattern."""
        return days.add_days(self.segments, self.zone, start_us, n)

    def within_nth_day(self, start_us: Micros, n: int) -> Micros:
        """The start's wall time on the N-th working day after it, moved into that day where it lies outside.

        `day_close` of the answer is the close of the N-th working day, also when pauses move it on.
        """
        day, target = days.nth_day(self.segments, self.zone, start_us, n)
        return days.inside_day(self.segments, day, target)

    def day_close(self, at_us: Micros) -> Micros:
        """The close of the working day whose span contains the instant; when closed, of the next one to open."""
        _, day = self.segments.opening(at_us)
        return self.segments.day_bounds(day)[1]

    def next_open(self, at_us: Micros) -> Micros:
        """The instant itself when open, else the next opening."""
        return self.segments.opening(at_us)[0]

    def previous_close(self, at_us: Micros) -> Micros:
        """The instant itself when the one before it is open, else the previous closing."""
        return self.segments.closing(at_us)[0]

    def is_open(self, at_us: Micros) -> bool:
        """Whether work counts at an instant."""
        return self.segments.day_containing(at_us) is not None

    def is_working_day(self, day: date) -> bool:
        """Whether a span starts on a date of the zone."""
        return self.segments.is_working_day(day.toordinal())

    def open_spans(self, start_us: Micros, end_us: Micros) -> Iterator[tuple[Micros, Micros]]:
        """The open stretches clipped to [start, end); touching spans are one stretch."""
        return self.segments.open_spans(start_us, end_us)

    def closed_stretches(self, start_us: Micros, end_us: Micros) -> Iterator[ClosedStretch]:
        """The closed stretches clipped to [start, end), cut wherever the reason changes."""
        reached = start_us
        for opens, closes in self.open_spans(start_us, end_us):
            if reached < opens:
                yield from stretches(self._pattern, reached, opens)
            reached = closes
        if reached < end_us:
            yield from stretches(self._pattern, reached, end_us)

    def add(self, start_us: Micros, amount_us: Micros) -> Micros:
        """`WorkCalendar.add` in numbers: it refuses beyond the horizon."""
        if amount_us > 0:
            return self.known(start_us, lambda: self.work_after(start_us, amount_us), closing=True)
        if not amount_us:
            return start_us
        self.check_known(start_us)
        return self.work_before(start_us, -amount_us)

    def elapsed(self, start_us: Micros, end_us: Micros) -> Micros:
        """`WorkCalendar.elapsed` in numbers: it refuses beyond the horizon."""
        self.check_known(max(start_us, end_us))
        return self.work_between(start_us, end_us)

    def add_days(self, start_us: Micros, n: int) -> Micros:
        """`WorkCalendar.add_days` in numbers: it refuses beyond the horizon."""
        if n >= 0:
            return self.known(start_us, lambda: self.days_after(start_us, n))
        self.check_known(start_us)
        return self.days_after(start_us, n)

    def known(self, start_us: Micros, ask: Callable[[], Micros], *, closing: bool = False) -> Micros:
        """An answer in the future of a start, refused beyond the horizon.

        Args:
            start_us: Where the question begins.
            ask: The question.
            closing: Whether the answer ends known time: the horizon itself will do then.

        Raises:
            CalendarHorizonError: The start or the answer lies beyond the horizon.
        """
        horizon = self.horizon_us
        if horizon is None:
            return ask()
        self.check_known(start_us)
        try:
            answer = ask()
        except NeverOpenError as error:
            raise self._beyond(horizon) from error
        self.check_known(answer, closing=closing)
        return answer

    def check_known(self, at_us: Micros, *, closing: bool = True) -> None:
        """Refuse an instant beyond the horizon, and the horizon itself unless it closes known time.

        Raises:
            CalendarHorizonError: It lies there.
        """
        horizon = self.horizon_us
        if horizon is not None and (at_us > horizon or (at_us == horizon and not closing)):
            raise self._beyond(at_us)

    def check_known_date(self, day: date) -> None:
        """Refuse a date after the last known one.

        Raises:
            CalendarHorizonError: It comes after it.
        """
        if self.known_until is not None and day > self.known_until:
            raise self._beyond(instant_of(midnight(day.toordinal()), self.zone))

    def _beyond(self, at_us: Micros) -> CalendarHorizonError:
        at = from_micros(at_us, self.zone)
        return CalendarHorizonError(
            "calendar-horizon", at=at, known_until=self.known_until, calendar=self.named
        )


def _horizon(pattern: Pattern, known_until: date | None) -> Micros | None:
    """The first unknown instant; a night shift of the last known date is known to its end."""
    if known_until is None or known_until.year > LAST_YEAR:
        return None
    day = known_until.toordinal()
    last = [span.end for span in pattern.hours(day)][-1:]
    ends = [midnight(day + 1), *(midnight(day) + end for end in last)]
    return instant_of(max(ends), pattern.zone)
