"""Duties between two dates (期间内的定期义务): every period exactly once, over any split of the range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from typing import get_args

from qms_service import instants
from qms_service.deadlines.duties.course import course
from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.duty_calendar import DutyCalendar
from qms_service.deadlines.duties.making import Making
from qms_service.deadlines.duties.objects import Known, Objects, Owed, owed, read_objects
from qms_service.deadlines.duties.occurrence import Occurrence
from qms_service.deadlines.duties.reckoning import Reckoned
from qms_service.deadlines.duties.round import Round
from qms_service.errors import DutyError
from qms_service.instants import FIRST_YEAR, LAST_YEAR, Micros, from_micros, instant, micros, zone_of
from qms_service.worktime import WorkCalendar
from qms_service.worktime.term import OnUnknown
from qms_service.worktime.wall import instant_of, midnight

Placed = tuple[Micros, Occurrence]


def duties_between(
    duties: Iterable[Duty],
    start: date | datetime,
    end: date | datetime,
    *,
    calendar: WorkCalendar | None = None,
    timezone: str | None = None,
    objects: Objects | None = None,
    on_unknown: OnUnknown = "refuse",
) -> DutyCalendar:
    """What is due in [start, end), in order: every period exactly once over any split of the range.

    Args:
        duties: The duties, each with a name of its own.
        start: The first date in the calendar's zone, or an aware instant.
        end: The date, or instant, that no longer belongs to it. An occurrence lies where its `due_at` does.
        calendar: The working calendar, and the zone of the dates.
        timezone: Their zone where there is no calendar; without either that of the start.
        objects: The objects of duties that are owed to each, by the fact that names them: `{"project": {"P-1":
            date(2026, 3, 1)}, "customer": ["ACME"]}`, with the date each begins on, or a pair (begin, end).
        on_unknown: Beyond the calendar's `known_until`: `"refuse"` gives an occurrence in state `unknown` with
            its reason, in the place that the weekly pattern would give it; `"provisional"` its date by that
            pattern, with `provisional_until`.

    Returns:
        The occurrences; beside them, in `unplaced`, what has no date: irregular duties, and objects whose
        start is not on record.

    Raises:
        DutyError: Something that is no duty, two duties of one name, a range that ends before it starts, dates
            without a zone, a duty on working days without a calendar, objects that cannot be read.
        NaiveInstantError: A datetime without a zone.
        InstantRangeError: A range outside the years 3 to 9997.

    >>> report = Duty("report", every="month", due="day 5", of="next")
    >>> found = duties_between([report], date(2026, 1, 1), date(2026, 4, 1), timezone="Asia/Shanghai")
    >>> [(str(one.period), one.due_on.isoformat()) for one in found]
    [('2025-12', '2026-01-05'), ('2026-01', '2026-02-05'), ('2026-02', '2026-03-05')]
    """
    asked = _duties(duties, calendar)
    if on_unknown not in get_args(OnUnknown):
        raise DutyError("duty-on-unknown", got=repr(on_unknown), allowed=get_args(OnUnknown))
    zone = _zone(start, calendar, timezone)
    span = _range(start, end, zone)
    making = Making(zone=zone, calendar=calendar, provisional=on_unknown == "provisional")
    known = read_objects(objects)
    placed: list[Placed] = []
    unplaced: list[Occurrence] = []
    for duty in asked:
        for one in _owed(duty, known):
            reason = making.unplaced(duty, one)
            if reason:
                unplaced.append(reason)
            else:
                placed += _search(duty, one, span, making)
    placed.sort(key=lambda pair: pair[0])
    return DutyCalendar(
        occurrences=tuple(one for _, one in placed),
        unplaced=tuple(unplaced),
        starts_at=from_micros(span[0], zone),
        ends_at=from_micros(span[1], zone),
    )


def _duties(given: Iterable[Duty], calendar: object) -> tuple[Duty, ...]:
    if not isinstance(given, Iterable) or isinstance(given, str):
        raise DutyError("duty-none", got=repr(given))
    duties = tuple(given)
    if not (calendar is None or isinstance(calendar, WorkCalendar)):
        raise DutyError("duty-calendar-kind", got=repr(calendar))
    names = set()
    for duty in duties:
        if not isinstance(duty, Duty):
            raise DutyError("duty-none", got=repr(duty))
        if duty.id in names:
            raise DutyError("duty-twice", got=duty.id)
        if duty.needs_calendar and calendar is None:
            raise DutyError("duty-calendar", duty=duty.id)
        names.add(duty.id)
    return duties


def _zone(start: object, calendar: WorkCalendar | None, timezone: str | None) -> tzinfo:
    if calendar is not None:
        return calendar.zone
    if timezone is not None:
        if not isinstance(timezone, str):
            raise DutyError("duty-zone")
        return instants.zone(timezone)
    if isinstance(start, datetime):
        return zone_of(instant(start))
    raise DutyError("duty-zone")


def _range(start: object, end: object, zone: tzinfo) -> tuple[Micros, Micros]:
    span = _bound(start, zone), _bound(end, zone)
    if isinstance(start, datetime) is not isinstance(end, datetime):
        raise DutyError("duty-bound", got=f"{start}, {end}")
    if span[1] < span[0]:
        raise DutyError("duty-range", start=start, end=end)
    return span


def _bound(given: object, zone: tzinfo) -> Micros:
    if isinstance(given, datetime):
        return micros(instant(given))
    if not isinstance(given, date):
        raise DutyError("duty-bound", got=repr(given))
    if not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise instants.beyond_years()
    return instant_of(midnight(given.toordinal()), zone)


def _owed(duty: Duty, objects: Known) -> Iterable[Owed]:
    return (Owed(),) if duty.irregular else owed(duty, objects)


def _search(duty: Duty, one: Owed, span: tuple[Micros, Micros], making: Making) -> Iterator[Placed]:
    for stretch in course(duty, one):
        for each, found in _due_within(Round(duty, one, stretch, 0), span, making):
            made = making.occurrence(each, found)
            if made is not None:
                yield found.at_us, made


def _due_within(
    any_round: Round, span: tuple[Micros, Micros], making: Making
) -> Iterator[tuple[Round, Reckoned]]:
    """The periods of a stretch that are due in a span: a later period is never due earlier."""
    first, last = any_round.stretch.reach
    one = any_round.at(any_round.stretch.near(making.date_of(span[0]), any_round.duty.ahead))
    while first < one.index and making.reckon(one).at_us >= span[0]:
        one = one.at(one.index - 1)
    while one.index <= last and (found := making.reckon(one)).at_us < span[1]:
        if found.at_us >= span[0]:
            yield one, found
        one = one.at(one.index + 1)
