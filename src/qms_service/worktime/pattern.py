"""Pattern (班制): the weekly hours and the dated exceptions of a calendar, checked against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import attrs

from qms_service.errors import CalendarError, nearest
from qms_service.instants import DAY
from qms_service.worktime.hours import Hours, Span, read_hours

if TYPE_CHECKING:
    from datetime import tzinfo

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAY: Final[Hours] = (Span(0, DAY),)
Week = tuple[Hours, ...]
Exceptions = tuple[tuple[date, Hours], ...]
Names = tuple[tuple[date, str], ...]
DayHours = Iterable[tuple[str, str] | Span]


@attrs.frozen(kw_only=True, eq=False)
class Pattern:
    """Which spans each date has; dates are ordinals.

    Args:
        zone: The zone whose wall the spans are read on.
        week: The hours of Monday to Sunday.
        dated: The hours of the dates that differ from their weekday.
        names: What those dates are called.
    """

    zone: tzinfo
    week: Week
    dated: Mapping[int, Hours]
    names: Mapping[int, str]

    def hours(self, day: int) -> Hours:
        """The hours of a date."""
        dated = self.dated.get(day)
        return self.usual(day) if dated is None else dated

    def usual(self, day: int) -> Hours:
        """The hours its weekday has."""
        return self.week[(day - 1) % 7]

    @property
    def never_closes(self) -> bool:
        """Whether every day is open from midnight to midnight."""
        return all(hours == ALL_DAY for hours in self.week) and not self.dated


def read_week(weekly: Mapping[str, DayHours] | Week) -> Week:
    """Weekly hours as `{"mon": [("08:30", "12:00")], …}`; a missing day is closed.

    Raises:
        CalendarError: An unknown weekday, an unreadable time, spans that overlap.
    """
    if isinstance(weekly, tuple) and len(weekly) == len(WEEKDAYS):
        weekly = dict(zip(WEEKDAYS, weekly, strict=True))  # read before: `attrs.evolve` hands it in again
    if not isinstance(weekly, Mapping):
        raise CalendarError("weekly-shape", got=repr(weekly))
    for key in weekly:
        if key not in WEEKDAYS:
            guess = nearest(str(key)[:3].lower(), WEEKDAYS)
            code = "weekday.nearest" if guess else "weekday"
            raise CalendarError(code, got=repr(key), allowed=WEEKDAYS, nearest=guess)
    return tuple(read_hours(day, weekly.get(day, ())) for day in WEEKDAYS)


def read_exceptions(exceptions: Mapping[date, DayHours] | Exceptions) -> Exceptions:
    """Dated exceptions as `{date(2026, 2, 17): []}`, in order of date.

    Raises:
        CalendarError: A key that is no date, an unreadable time, spans that overlap.
    """
    if isinstance(exceptions, tuple):
        exceptions = dict(exceptions)  # read before: `attrs.evolve` hands it in again
    if not isinstance(exceptions, Mapping):
        raise CalendarError("exceptions-shape", got=repr(exceptions))
    dated = ((plain_date(day), hours) for day, hours in exceptions.items())
    return tuple(sorted((day, read_hours(day.isoformat(), hours)) for day, hours in dated))


def read_names(names: Mapping[date, str] | Names) -> Names:
    """What dated exceptions are called, as `{date(2026, 2, 17): "Spring Festival"}`, in order of date.

    Raises:
        CalendarError: A key that is no date, or a name that is no text.
    """
    try:
        given = dict(names)
    except (TypeError, ValueError):
        raise CalendarError("exception-names-shape", got=repr(names)) from None
    if not all(isinstance(name, str) for name in given.values()):
        raise CalendarError("exception-names-shape", got=repr(names))
    return tuple(sorted((plain_date(day), name) for day, name in given.items()))


def plain_date(day: object) -> date:
    """A date and nothing more: a datetime has a zone of its own, and so perhaps another date.

    Raises:
        CalendarError: It is no date.
    """
    if isinstance(day, datetime) or not isinstance(day, date):
        raise CalendarError("no-date", got=repr(day))
    return date(day.year, day.month, day.day)


def check_neighbours(week: Week, exceptions: Exceptions) -> None:
    """Refuse spans that run past midnight into those of the next date.

    Raises:
        CalendarError: Two dates overlap; the error names both with their spans.
    """
    dated = {day.toordinal(): hours for day, hours in exceptions}
    for index, label in enumerate(WEEKDAYS):
        following = (index + 1) % 7
        if _overlap(week[index], week[following]):
            raise _overlap_error(label, week[index], WEEKDAYS[following], week[following])
    for first in sorted({day for own in dated for day in (own - 1, own)}):
        hours, following_hours = (dated.get(day, week[(day - 1) % 7]) for day in (first, first + 1))
        if _overlap(hours, following_hours):
            raise _overlap_error(_label(first), hours, _label(first + 1), following_hours)


def _overlap(hours: Hours, following: Hours) -> bool:
    return bool(hours and following) and hours[-1].end > DAY + following[0].start


def _overlap_error(day: str, hours: Hours, other_day: str, other_hours: Hours) -> CalendarError:
    first, second = str(hours[-1]), str(other_hours[0])
    return CalendarError("spans-overlap", day=day, first=first, other_day=other_day, second=second)


def _label(day: int) -> str:
    return f"{date.fromordinal(day).isoformat()} ({WEEKDAYS[(day - 1) % 7]})"
