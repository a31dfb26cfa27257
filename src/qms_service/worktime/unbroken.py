"""Round the clock (全天候): the segments of a calendar that never closes, by arithmetic alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from qms_service.worktime.wall import day_at, in_range, instant_of, midnight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from qms_service.instants import Micros


@attrs.frozen
class Unbroken:
    """`Segments` of a calendar whose every day is open from midnight to midnight."""

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
