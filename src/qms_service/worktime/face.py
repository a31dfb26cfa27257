"""The face of a calendar for the other rooms (内部接口): the same questions in whole numbers.

Instants and amounts are microseconds, instants since 1970 UTC. Nothing here refuses beyond the horizon: the
weekly pattern goes on, and who asks compares with `horizon_us` or goes through `known`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from qms_service.errors import CalendarHorizonError, NeverOpenError
from qms_service.instants import Micros, from_micros
from qms_service.worktime import days
from qms_service.worktime.closed import ClosedReason, ClosedStretch, stretches
from qms_service.worktime.definition import Definition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@attrs.frozen(kw_only=True, cache_hash=True)
class CalendarFace(Definition):
    """A calendar's answers in whole numbers."""

    def work_between(self, start_us: Micros, end_us: Micros) -> Micros:
        """Working time in [start, end); negative when the end comes first."""
        return self._segments.work_between(start_us, end_us)

    def work_after(self, start_us: Micros, amount_us: Micros) -> Micros:
        """The earliest instant with so much work since the start; the amount is not negative.

        Raises:
            NeverOpenError: There is no such instant.
        """
        return self._segments.work_after(start_us, amount_us)

    def work_before(self, start_us: Micros, amount_us: Micros) -> Micros:
        """The latest instant with so much work until the start; the amount is not negative.

        Raises:
            NeverOpenError: There is no such instant.
        """
        return self._segments.work_before(start_us, amount_us)

    def days_after(self, start_us: Micros, n: int) -> Micros:
        """N working days later, or earlier when N is negative: `WorkCalendar.add_days` in numbers."""
        return days.add_days(self._segments, self.zone, start_us, n)

    def next_open_us(self, at_us: Micros) -> Micros:
        """The instant itself when open, else the next opening."""
        return self._segments.opening(at_us)[0]

    def previous_close_us(self, at_us: Micros) -> Micros:
        """The instant itself when the one before it is open, else the previous closing."""
        return self._segments.closing(at_us)[0]

    def open_spans(self, start_us: Micros, end_us: Micros) -> Iterator[tuple[Micros, Micros]]:
        """The open stretches clipped to [start, end); touching spans are one stretch."""
        return self._segments.open_spans(start_us, end_us)

    def closed_stretches(self, start_us: Micros, end_us: Micros) -> Iterator[ClosedStretch]:
        """The closed stretches clipped to [start, end), cut wherever the reason changes."""
        reached = start_us
        for opens, closes in self.open_spans(start_us, end_us):
            if reached < opens:
                yield from stretches(self._pattern, reached, opens)
            reached = closes
        if reached < end_us:
            yield from stretches(self._pattern, reached, end_us)

    def reason_closed(self, at_us: Micros) -> ClosedReason | None:
        """Why it is closed at an instant, or None when it is open."""
        stretch = next(self.closed_stretches(at_us, at_us + 1), None)
        return stretch.reason if stretch else None

    def working_date(self, at_us: Micros) -> date | None:
        """The date whose span contains the instant, or None when closed."""
        day = self._segments.day_containing(at_us)
        return None if day is None else date.fromordinal(day)

    def close_of(self, day: date) -> Micros:
        """The close of the last span of a working day.

        Raises:
            CalendarError: No span starts on the date.
        """
        return self._segments.day_bounds(day.toordinal())[1]

    def day_close(self, at_us: Micros) -> Micros:
        """The close of the working day whose span contains the instant; when closed, of the next one to open."""
        _, day = self._segments.opening(at_us)
        return self._segments.day_bounds(day)[1]

    def nth_day_us(self, start_us: Micros, n: int) -> Micros:
        """The start's wall time on the N-th working day after it, moved into that day where it lies outside.

        `day_close` of the answer is the close of the N-th working day, also when pauses move it on.
        """
        day, target = days.nth_day(self._segments, self.zone, start_us, n)
        return days.inside_day(self._segments, day, target)

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

    def _beyond(self, at_us: Micros) -> CalendarHorizonError:
        at = from_micros(at_us, self.zone)
        named = self.name or self.timezone
        return CalendarHorizonError("calendar-horizon", at=at, known_until=self.known_until, calendar=named)
