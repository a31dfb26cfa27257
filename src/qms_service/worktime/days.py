"""Working days (工作日): the same wall time on the N-th working day, in whole numbers.

A working day is the date a span starts on, also for an instant after midnight: 02:00 in the night shift of
Monday is 26:00 of Monday. Going back is the mirror image: an instant is worked when the one before it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms_service.worktime.wall import instant_of, midnight, wall_at

if TYPE_CHECKING:
    from datetime import tzinfo

    from qms_service.instants import Micros
    from qms_service.worktime.segments import Segments


def add_days(segments: Segments, zone: tzinfo, start: Micros, n: int) -> Micros:
    """N working days later, or earlier when N is negative; none at all is the next opening."""
    if n > 0:
        return _later(segments, zone, start, n)
    return _earlier(segments, zone, start, n) if n else segments.opening(start)[0]


def nth_day(segments: Segments, zone: tzinfo, start: Micros, n: int) -> tuple[int, Micros]:
    """The N-th working day after the start, and the start's wall time on it, open or not."""
    base, home = segments.opening(start)
    day = segments.nth_day(home, n)
    return day, _same_wall(zone, base, home, day)


def inside_day(segments: Segments, day: int, at: Micros) -> Micros:
    """The instant, moved into [first opening, last closing) of a working day when it lies outside."""
    opening, closing = segments.day_bounds(day)
    return max(opening, min(at, closing - 1))


def _later(segments: Segments, zone: tzinfo, start: Micros, n: int) -> Micros:
    day, target = nth_day(segments, zone, start, n)
    if segments.day_containing(target) == day:
        return target
    opening, _ = segments.day_bounds(day)
    return segments.opening(max(target, opening))[0]


def _earlier(segments: Segments, zone: tzinfo, start: Micros, n: int) -> Micros:
    base, home = segments.closing(start)
    day = segments.nth_day(home, n)
    target = _same_wall(zone, base, home, day)
    if segments.day_containing(target - 1) == day:
        return target
    _, closing = segments.day_bounds(day)
    return segments.closing(min(target, closing))[0]


def _same_wall(zone: tzinfo, at: Micros, home: int, day: int) -> Micros:
    return instant_of(wall_at(at, zone) - midnight(home) + midnight(day), zone)
