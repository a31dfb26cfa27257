"""The date that the words of a duty say (字面日期), before working days move it; dates are ordinals."""

from __future__ import annotations

from qms_service.deadlines.duties.due import LAST, Due, Place
from qms_service.deadlines.duties.period import Period, months_later

_WEEK = 7
Part = tuple[int, int]


def part_of(place: Place, window: Period) -> Part:
    """The first and the last date of the period, or of that month of it which is meant."""
    if place.month is None:
        return window.starts_on.toordinal(), window.ends_on.toordinal() - 1
    begins = months_later(window.starts_on, place.month - 1)
    return begins.toordinal(), months_later(begins, 1).toordinal() - 1


def said_in(due: Due, part: Part) -> int:
    """The date that is said; what is counted in working days is counted from it."""
    day = _picked(due.place, *part)
    on_calendar = due.working or due.place.pick == "working day"
    return day if on_calendar else day + due.offset


def _picked(place: Place, first: int, last: int) -> int:
    if place.pick == "day":
        return min(first + place.n - 1, last)
    if place.pick == "weekday":
        return _weekday(place, first, last)
    ends = place.pick in ("end", "?") or (place.pick == "working day" and place.n == LAST)
    return last if ends else first


def _weekday(place: Place, first: int, last: int) -> int:
    if place.n == LAST:
        return last - (last - 1 - place.weekday) % _WEEK
    return first + (place.weekday - (first - 1)) % _WEEK + _WEEK * max(place.n - 1, 0)
