"""The due date of one period (到期日推算), in whole numbers; dates are ordinals."""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

import attrs

from qms_service.deadlines.duties.due import LAST, Due
from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.every import Every
from qms_service.deadlines.duties.period import Period
from qms_service.deadlines.duties.words import Part, part_of, said_in
from qms_service.deadlines.duties.work_days import counted, on_or_after, on_or_before
from qms_service.errors import InstantRangeError, NeverOpenError, QmsError
from qms_service.instants import Micros, from_micros
from qms_service.worktime.inside import CalendarInside
from qms_service.worktime.wall import instant_of, midnight

_NOTHING: Final = 0
_WEEK: Final = 7
_FARTHEST: Final = 366


@attrs.frozen(kw_only=True)
class Reckoned:
    """When a duty is due in one of its periods.

    Args:
        said: The date that the rule says, before working days move it.
        due: The date on which it is due.
        at_us: The last instant in time.
        asked: The last date whose hours the answer rests on; 0 where it rests on none.
        skipped: Whether it is not asked for, because its date is no working day.
        failed: Why the calendar has no answer.
    """

    said: int
    due: int
    at_us: Micros
    asked: int = _NOTHING
    skipped: bool = False
    failed: QmsError | None = None


@attrs.frozen
class Reckoning:
    """Reckons due dates on a calendar, or in a zone where no rule needs one.

    Args:
        zone: The zone of the dates.
        calendar: The calendar.
        worked: Its dated working days, in order: all that there are where its week is closed.
    """

    zone: tzinfo
    calendar: CalendarInside | None = None
    worked: tuple[int, ...] = ()

    def of(self, duty: Duty, every: Every, window: Period) -> Reckoned:
        """When a duty is due in a period, for periods of this length."""
        part = part_of(duty.due.place, window)
        said = said_in(duty.due, part)
        if self.calendar is None or not duty.needs_calendar or duty.due.unset:
            return Reckoned(said=said, due=said, at_us=self._at(duty.due, said))
        try:
            found = self._on_work(self.calendar, duty, every, part, said)
        except (NeverOpenError, InstantRangeError) as error:
            day = self._beyond(said, error)
            day = day if _is_near(duty.due, said, day) else said
            return Reckoned(said=said, due=day, at_us=self._ends(day), asked=said, failed=error)
        return found if _is_near(duty.due, said, found.due) else self._too_far(said)

    def _on_work(self, calendar: CalendarInside, duty: Duty, every: Every, part: Part, said: int) -> Reckoned:
        due, day, asked = duty.due, said, _NOTHING
        if every.unit == "working day":
            asked = part[0]
            if not calendar.segments.is_working_day(asked):
                return self._skipped(said, said, asked)
        if due.place.pick == "working day":
            day, asked = _nth(calendar, due.place.n, part)
            if duty.shift == "skip" and day > part[1]:
                return self._skipped(said, part[1], asked)
            day += 0 if due.working else due.offset
        if due.working:
            base, day = day, counted(calendar, day, due.offset)
            asked = max(asked, base, day)
        if due.falls_on_work or duty.shift == "none":
            return Reckoned(said=said, due=day, at_us=self._at(due, day), asked=asked)
        return self._shifted(calendar, duty, said, day, asked)

    def _shifted(self, calendar: CalendarInside, duty: Duty, said: int, day: int, asked: int) -> Reckoned:
        asked = max(asked, day)
        if duty.shift == "skip" and not calendar.segments.is_working_day(day):
            return self._skipped(said, day, asked)
        moved = on_or_before(calendar, day) if duty.shift == "previous" else on_or_after(calendar, day)
        return Reckoned(said=said, due=moved, at_us=self._at(duty.due, moved), asked=max(asked, moved))

    def _skipped(self, said: int, day: int, asked: int) -> Reckoned:
        return Reckoned(said=said, due=day, at_us=self._ends(day), asked=asked, skipped=True)

    def _at(self, due: Due, day: int) -> Micros:
        if due.at_us is not None:
            return instant_of(midnight(day) + due.at_us, self.zone)
        ends = self._ends(day)
        if not due.closes or self.calendar is None:
            return ends
        close = self.calendar.segments.day_bounds(day)[1]
        return ends if close == ends + 1 else close  # a close at 24:00 is still of that date

    def _ends(self, day: int) -> Micros:
        """The last microsecond of a date."""
        return instant_of(midnight(day + 1), self.zone) - 1

    def _too_far(self, said: int) -> Reckoned:
        """A date from which the next working day is more than a year away: no procedure means that one."""
        at_us = self._ends(said)
        error = NeverOpenError("never-open.after", at=from_micros(at_us, self.zone))
        return Reckoned(said=said, due=said, at_us=at_us, asked=said, failed=error)

    def _beyond(self, said: int, error: QmsError) -> int:
        """Where a date stands that the calendar never comes to: after its last working day, or before its first.

        So the order of the periods stays the order of their due dates.
        """
        if not self.worked or not isinstance(error, NeverOpenError):
            return said
        back = error.code == "never-open.before"
        return min(said, self.worked[0] - 1) if back else max(said, self.worked[-1] + 1)


def _is_near(due: Due, said: int, day: int) -> bool:
    """Whether a date lies where a procedure may mean it, from the date that it says."""
    return abs(day - said) <= _FARTHEST + 2 * _WEEK * abs(due.offset)


def _nth(calendar: CalendarInside, n: int, part: Part) -> tuple[int, int]:
    """The n-th working day of a part of a period, and the last date whose hours that rests on.

    A part with fewer has its last one; one without any, such as the week of a long holiday, the next one after.
    """
    first, last = part
    latest = _latest(calendar, last)
    if latest is None or latest < first:
        day = on_or_after(calendar, last + 1)
        return day, day
    if n == LAST:
        return latest, last
    nth = _counted_or_none(calendar, first - 1, n)
    return (nth, nth) if nth is not None and nth <= last else (latest, last)


def _latest(calendar: CalendarInside, day: int) -> int | None:
    try:
        return on_or_before(calendar, day)
    except NeverOpenError:
        return None


def _counted_or_none(calendar: CalendarInside, day: int, n: int) -> int | None:
    try:
        return counted(calendar, day, n)
    except NeverOpenError:
        return None
