"""Closed time (非工作时间): why a calendar is closed, stretch by stretch.

`night` before the first or after the last span of a working day; `break` between two of them; `weekend` on
a weekday that the weekly hours close; `holiday` or `exception`, with or without a name, where a dated
exception closes what the weekday would have had.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

import attrs

from qms_service.worktime.wall import day_at, instant_of, midnight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms_service.instants import Micros
    from qms_service.worktime.pattern import Pattern

ClosedCode = Literal["night", "break", "weekend", "holiday", "exception"]


@attrs.frozen
class ClosedReason:
    """Why it is closed; a holiday has its name.

    >>> str(ClosedReason("holiday", "Spring Festival")), str(ClosedReason("break"))
    ('holiday:Spring Festival', 'break')
    """

    code: ClosedCode
    name: str = ""

    def __str__(self) -> str:
        return f"{self.code}:{self.name}" if self.name else self.code


@attrs.frozen
class ClosedStretch:
    """A stretch [start_us, end_us) that is closed for one reason."""

    start_us: Micros
    end_us: Micros
    reason: ClosedReason = attrs.field(kw_only=True)


NIGHT = ClosedReason("night")
BREAK = ClosedReason("break")
WEEKEND = ClosedReason("weekend")


def stretches(pattern: Pattern, start: Micros, end: Micros) -> Iterator[ClosedStretch]:
    """The closed time [start, end), one stretch per reason; neighbours of one reason are one stretch."""
    for reason, group in groupby(_clipped(pattern, start, end), key=attrgetter("reason")):
        pieces = list(group)
        yield ClosedStretch(pieces[0].start_us, pieces[-1].end_us, reason=reason)


def _clipped(pattern: Pattern, start: Micros, end: Micros) -> Iterator[ClosedStretch]:
    for day in range(day_at(start, pattern.zone), day_at(end - 1, pattern.zone) + 1):
        for piece in _pieces(pattern, day):
            left, right = max(start, piece.start_us), min(end, piece.end_us)
            if left < right:
                yield ClosedStretch(left, right, reason=piece.reason)


def _pieces(pattern: Pattern, day: int) -> Iterator[ClosedStretch]:
    """The date from midnight to midnight: the reason that holds wherever it is closed."""
    over = midnight(day + 1)
    cuts = [*_cuts(pattern, day), (over, NIGHT)]
    for (start, reason), (end, _) in pairwise(cuts):
        left, right = instant_of(start, pattern.zone), instant_of(min(end, over), pattern.zone)
        yield ClosedStretch(left, right, reason=reason)


def _cuts(pattern: Pattern, day: int) -> Iterator[tuple[int, ClosedReason]]:
    """From which wall time on which reason holds."""
    hours, usual = pattern.hours(day), pattern.usual(day)
    dated = _dated(pattern.names.get(day, "")) if day in pattern.dated else None
    begin = midnight(day)
    if not hours:
        yield begin, dated or WEEKEND
        return
    first, last = hours[0].start, hours[-1].end
    yield begin, NIGHT
    if dated and usual and usual[0].start < first:
        yield begin + usual[0].start, dated
    yield begin + first, BREAK
    if dated and usual and usual[-1].end > last:
        yield begin + last, dated
        last = usual[-1].end
    yield begin + last, NIGHT


def _dated(name: str) -> ClosedReason:
    return ClosedReason("holiday", name) if name else ClosedReason("exception")
