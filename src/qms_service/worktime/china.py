"""The national calendar of China (中国工作日历): a factory's week, the public holidays, the make-up days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms_service.errors import CalendarError
from qms_service.worktime.calendar import WorkCalendar
from qms_service.worktime.china_years import ChinaDay, china_years
from qms_service.worktime.hours import Hours, read_hours
from qms_service.worktime.pattern import (
    WEEKDAYS,
    Week,
    plain_date,
    read_exceptions,
    read_names,
    read_week,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    Spans = Iterable[tuple[str, str]]

_MON_TO_FRI = slice(0, 5)


def china_calendar(
    weekly: Mapping[str, Spans],
    makeup: Spans | None = None,
    *,
    exceptions: Mapping[date, Spans] | None = None,
    exception_names: Mapping[date, str] | None = None,
    known_until: date | None = None,
    timezone: str = "Asia/Shanghai",
) -> WorkCalendar:
    """The calendar of a factory in China (中国工作日历) with the published holidays and make-up days.

    A day off closes its date whatever the week says: a factory that works Saturdays is closed on those that a
    notice lists. A make-up day has the make-up hours, also on a Saturday that the week opens already. The
    factory's own `exceptions` win over both.

    Args:
        weekly: The hours of each weekday, as for `WorkCalendar`; a missing day is closed.
        makeup: The hours of a make-up working day; `[]` when the factory does not work it. Left out, those
            of Monday to Friday when all five are the same; where they differ it is required.
        exceptions: The factory's own dated hours, `[]` = closed: a shutdown, a year published since.
        exception_names: What explanations call them.
        known_until: The date to which the calendar is known. Left out, 31 December of the last year published
            here; an earlier one leaves later days out; a later one needs `exceptions` in each further year.
        timezone: The zone of the wall times.

    Returns:
        A `WorkCalendar` whose dates carry the English and Chinese name of their holiday, and whose edition is
        the number of the last notice in it.

    Raises:
        CalendarError: Monday to Friday differ and `makeup` is missing; `known_until` lies before
            2004 or in a year without days; hours that cannot be read.

    Limits: nothing is known before 2004: there the week alone decides. Regional holidays and half days
        (8 March, 4 May) are in no national notice: they are `exceptions`.

    >>> from datetime import date
    >>> shift = [("08:30", "12:00"), ("13:30", "17:30")]
    >>> cal = china_calendar({day: shift for day in ("mon", "tue", "wed", "thu", "fri")})
    >>> cal.is_working_day(date(2026, 2, 14)), cal.is_working_day(date(2026, 2, 16))
    (True, False)
    >>> cal.known_until.isoformat(), cal.edition
    ('2026-12-31', '国办发明电〔2025〕7号')
    """
    week = read_week(weekly)
    makeup_hours = _common_hours(week) if makeup is None else read_hours("makeup", makeup)
    own = dict(read_exceptions(exceptions or {}))
    known = _known_until(known_until, own)
    published = [day for year in china_years() for day in year.days if day.on <= known]
    days = {day.on: day for day in published if day.on not in own}
    return WorkCalendar(
        timezone=timezone,
        weekly=week,
        exceptions={on: makeup_hours if day.worked else () for on, day in days.items()} | own,
        known_until=known,
        name="china",
        edition=_last_notice(published),
        exception_names={on: _name(day) for on, day in days.items()}
        | dict(read_names(exception_names or {})),
    )


def _common_hours(week: Week) -> Hours:
    monday, *others = week[_MON_TO_FRI]
    if monday and all(hours == monday for hours in others):
        return monday
    days = zip(WEEKDAYS[_MON_TO_FRI], week[_MON_TO_FRI], strict=True)
    raise CalendarError("makeup-hours", got=tuple(f"{day} {_shown(hours)}" for day, hours in days))


def _shown(hours: Hours) -> str:
    return " ".join(map(str, hours)) or "[]"


def _known_until(asked: date | None, own: Mapping[date, Hours]) -> date:
    first, *_, last = china_years()
    if asked is None:
        return last.known_until
    known = plain_date(asked)
    if known.year < first.year:
        raise CalendarError("year-before-first", got=known, first=str(first.year))
    arranged = {on.year for on in own}
    for year in range(last.year + 1, known.year + 1):
        if year not in arranged:
            raise CalendarError("year-without-days", got=known, year=str(year), published=last.known_until)
    return known


def _last_notice(days: list[ChinaDay]) -> str:
    used = {day.notice for day in days}
    return [notice for year in china_years() for notice in year.notices if notice in used][-1]


def _name(day: ChinaDay) -> str:
    if day.worked:
        return f"{day.holiday} make-up day {day.holiday_zh}调休上班"
    return f"{day.holiday} {day.holiday_zh}"
