"""Hours (上班时段): the spans of one day as its calendar writes them, read and checked.

A span belongs to the date it starts on. One whose end is not after its start ends the next day, so
`("22:00", "06:00")` is a night shift and `("08:00", "08:00")` lasts 24 hours. Touching spans join,
overlapping ones are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, cast

import attrs

from qms_service.errors import CalendarError
from qms_service.instants import DAY, HOUR, MINUTE, SECOND

_TIME: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?", re.ASCII)


@attrs.frozen
class Span:
    """One working span, in microseconds of wall time after the midnight that begins its date."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{format_time(self.start)}–{format_time(self.end)}"


Hours = tuple[Span, ...]


def read_hours(day: str, pairs: object) -> Hours:
    """The hours of one day, in order, touching spans joined.

    Args:
        day: What an error calls the day: a weekday or a date.
        pairs: Pairs of times such as `[("08:30", "12:00"), ("13:30", "17:30")]`; `[]` is closed.

    Raises:
        CalendarError: A time cannot be read, or two spans overlap.

    >>> [str(span) for span in read_hours("mon", [("20:00", "24:00"), ("24:00", "08:00")])]
    Traceback (most recent call last):
        ...
    qms_service.errors.CalendarError: mon: a span cannot start at 24:00. Write 00:00 on the next day.
    """
    if isinstance(pairs, str) or not isinstance(pairs, Iterable):
        raise CalendarError("hours-shape", day=day, got=repr(pairs))
    return _joined(day, sorted((_read_span(day, pair) for pair in pairs), key=_bounds))


def format_time(wall: int) -> str:
    """A wall time as its calendar writes it; past midnight the hours go on: `30:00` is 6 in the morning."""
    minutes, seconds = divmod(wall // SECOND, 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


def _read_span(day: str, pair: object) -> Span:
    if isinstance(pair, Span):
        return pair
    try:
        opening, closing = cast("Iterable[object]", pair)  # whatever is no pair raises here
    except (TypeError, ValueError):
        raise CalendarError("hours-shape", day=day, got=repr(pair)) from None
    start, end = _read_time(day, opening), _read_time(day, closing)
    if start == DAY:
        raise CalendarError("span-start", day=day)
    return Span(start, end if end > start else end + DAY)


def _read_time(day: str, text: object) -> int:
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise CalendarError("time-of-day", day=day, got=repr(text))
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    wall = hours * HOUR + minutes * MINUTE + seconds * SECOND
    if wall > DAY:
        raise CalendarError("time-of-day", day=day, got=repr(text))
    return wall


def _joined(day: str, spans: Iterable[Span]) -> Hours:
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last is None or span.start > last.end:
            joined.append(span)
        elif span.start == last.end:
            joined[-1] = Span(last.start, span.end)
        else:
            raise CalendarError("spans-overlap", day=day, first=str(last), other_day=day, second=str(span))
    return tuple(joined)


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
