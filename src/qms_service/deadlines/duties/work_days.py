"""Working days by date (按日期数工作日): the next, the previous, the n-th; dates are ordinals.

Beyond the calendar's horizon the weekly pattern goes on: who asks compares the date with `known_until`.
"""

from __future__ import annotations

from qms_service.worktime.inside import CalendarInside
from qms_service.worktime.wall import instant_of, midnight


def on_or_after(calendar: CalendarInside, day: int) -> int:
    """The date itself where it is a working day, else the next one.

    Raises:
        NeverOpenError: There is none any more.
    """
    if calendar.segments.is_working_day(day):
        return day
    _, home = calendar.segments.opening(instant_of(midnight(day), calendar.zone))
    return home if home > day else calendar.segments.nth_day(home, 1)  # a night shift runs into the date


def on_or_before(calendar: CalendarInside, day: int) -> int:
    """The date itself where it is a working day, else the previous one.

    Raises:
        NeverOpenError: There has been none yet.
    """
    if calendar.segments.is_working_day(day):
        return day
    return calendar.segments.closing(instant_of(midnight(day + 1), calendar.zone))[1]


def counted(calendar: CalendarInside, day: int, n: int) -> int:
    """The n-th working day after a date, before it where n is negative; the date itself never counts.

    Raises:
        NeverOpenError: There are not so many.
    """
    if n > 0:
        return calendar.segments.nth_day(on_or_after(calendar, day + 1), n - 1)
    return calendar.segments.nth_day(on_or_before(calendar, day - 1), n + 1)
