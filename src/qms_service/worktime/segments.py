"""Segments (工作时段): what a calendar knows in whole numbers, the same questions for every kind of calendar.

Instants and amounts are microseconds, instants since 1970 UTC; dates are ordinals in the calendar's zone.
Beyond `known_until` the weekly pattern goes on: who asks checks the horizon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        """First opening and last closing of a working day; `CalendarError` when the date is none."""
        ...

    def nth_day(self, day: int, n: int) -> int:
        """The n-th working day after a working day, before it when n is negative."""
        ...
