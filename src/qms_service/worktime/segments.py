"""Segments (工作时段): what a calendar knows in whole numbers, the same questions for every kind of calendar.

Instants and amounts are microseconds, instants since 1970 UTC; dates are ordinals in the calendar's zone.
Beyond `known_until` the weekly pattern goes on: who asks checks the horizon. A calendar with hours is
`Compiled`; one that never closes is answered here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import attrs

from qms_service.worktime.wall import day_at, in_range, instant_of, midnight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from qms_service.instants import Micros


class Segments(Protocol):
    """The working spans of one calendar."""

    def work_between(self, start: Micros, end: Micros) -> Micros:
        """Working time in [start, end); negative when the end comes first."""
        ...

    def work_after(self, start: Micros, amount: Micros) -> Micros:
        """The earliest instant with so much work since the start; `NeverOpenError` when there is none."""
        ...

    def work_before(self, start: Micros, amount: Micros) -> Micros:
        """The latest instant with so much work until the start; `NeverOpenError` when there is none."""
        ...

    def opening(self, at: Micros) -> tuple[Micros, int]:
        """The instant itself when open, else the next opening; and the date of that span."""
        ...

    def closing(self, at: Micros) -> tuple[Micros, int]:
        """The instant itself when the one before it is open, else the previous closing; and the date."""
        ...

    def open_spans(self, start: Micros, end: Micros) -> Iterator[tuple[Micros, Micros]]:
        """The open stretches clipped to [start, end); touching spans are one stretch."""
        ...

    def day_containing(self, at: Micros) -> int | None:
        """The date whose span contains the instant, or None when closed."""
        ...

    def is_working_day(self, day: int) -> bool:
        """Whether a span starts on the date."""
        ...

    def day_bounds(self, day: int) -> tuple[Micros, Micros]:
        """First opening and last closing of a working day."""
        ...

    def nth_day(self, day: int, n: int) -> int:
        """The n-th working day after a working day, before it when n is negative."""
        ...


@attrs.frozen
class Unbroken:
    """The segments of a calendar that never closes (全天候): by arithmetic alone."""

    zone: tzinfo

    def work_between(self, start: Micros, end: Micros) -> Micros:
        """All time is working time."""
        return end - start

    def work_after(self, start: Micros, amount: Micros) -> Micros:
        """All time is working time."""
        return in_range(start + amount)

    def work_before(self, start: Micros, amount: Micros) -> Micros:
        """All time is working time."""
        return in_range(start - amount)

    def opening(self, at: Micros) -> tuple[Micros, int]:
        """It is open."""
        return at, day_at(at, self.zone)

    def closing(self, at: Micros) -> tuple[Micros, int]:
        """It was open just before."""
        return at, day_at(at - 1, self.zone)

    def open_spans(self, start: Micros, end: Micros) -> Iterator[tuple[Micros, Micros]]:
        """One stretch."""
        if start < end:
            yield start, end

    def day_containing(self, at: Micros) -> int:
        """The date on the wall."""
        return day_at(at, self.zone)

    def is_working_day(self, day: int) -> bool:
        """Unless the zone has skipped the date."""
        opening, closing = self.day_bounds(day)
        return opening < closing

    def day_bounds(self, day: int) -> tuple[Micros, Micros]:
        """From midnight to midnight."""
        return instant_of(midnight(day), self.zone), instant_of(midnight(day + 1), self.zone)

    def nth_day(self, day: int, n: int) -> int:
        """Every day is a working day."""
        return day + n
