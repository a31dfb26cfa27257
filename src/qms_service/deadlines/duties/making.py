"""Making an occurrence (生成到期事项) of what was reckoned in whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, tzinfo
from itertools import groupby

import attrs
from pendulum import DateTime

from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.objects import Owed
from qms_service.deadlines.duties.occurrence import Occurrence, PassedOver
from qms_service.deadlines.duties.reckoning import Reckoned, Reckoning
from qms_service.deadlines.duties.round import Round
from qms_service.deadlines.duties.state import DutyState
from qms_service.errors import InstantRangeError
from qms_service.findings import Finding
from qms_service.instants import Micros, from_micros
from qms_service.worktime import WorkCalendar
from qms_service.worktime.closed import ClosedReason
from qms_service.worktime.inside import CalendarInside
from qms_service.worktime.wall import day_at, instant_of, midnight


@attrs.frozen(kw_only=True)
class Making:
    """Makes occurrences in a zone, on a calendar where there is one."""

    zone: tzinfo
    calendar: WorkCalendar | None
    provisional: bool
    _reckoning: Reckoning = attrs.field(init=False)
    _closed: dict[int, ClosedReason | None] = attrs.field(init=False, factory=dict, eq=False, repr=False)

    @_reckoning.default
    def _on_calendar(self) -> Reckoning:
        if self.calendar is None:
            return Reckoning(self.zone)
        worked = (day.toordinal() for day, hours in self.calendar.exceptions if hours)
        return Reckoning(self.zone, self.calendar.inside, tuple(worked))

    @property
    def _inside(self) -> CalendarInside | None:
        return self.calendar.inside if self.calendar else None

    def date_of(self, at_us: Micros) -> date:
        """The date of an instant in the zone."""
        return date.fromordinal(day_at(at_us, self.zone))

    def reckon(self, one: Round) -> Reckoned:
        """When a period is due."""
        return self._reckoning.of(one.duty, one.stretch.grid.every, one.window)

    def unplaced(self, duty: Duty, one: Owed) -> Occurrence | None:
        """The duty without a date, where it has none."""
        if duty.irregular:
            return self._unknown(duty, one, _finding(duty, "duty-irregular"))
        if one.origin or not (duty.ages or duty.from_start):
            return None
        code = "duty-start-unknown" if one.object else "duty-objects-unknown"
        return self._unknown(duty, one, _finding(duty, code, object=one.object or duty.per))

    def occurrence(self, one: Round, found: Reckoned) -> Occurrence | None:
        """A period with its dates; None where it is not asked for."""
        duty, finding = one.duty, self._finding(one.duty, found)
        if (found.skipped and not finding) or not one.is_asked(found):
            return None
        opens, closes = one.opens_and_closes(found)
        due_at = from_micros(found.at_us, self.zone)
        placed = Occurrence(
            duty=duty,
            object=one.owed.object,
            period=one.period,
            opens_on=opens,
            closes_on=closes,
            expected_at=due_at,
            calendar_edition=self.calendar.edition if self.calendar and found.asked else "",
            finding=finding,
            state=DutyState.UNKNOWN if finding else None,
        )
        if finding:
            return placed
        return attrs.evolve(
            placed,
            said_on=date.fromordinal(found.said),
            due_on=date.fromordinal(found.due),
            due_at=due_at,
            passed=tuple(self._passed(found)) if found.said != found.due else (),
            provisional_until=self._provisional_until(found),
        )

    def _unknown(self, duty: Duty, one: Owed, finding: Finding) -> Occurrence:
        return Occurrence(duty=duty, object=one.object, finding=finding, state=DutyState.UNKNOWN)

    def _beyond(self, found: Reckoned) -> bool:
        """Whether the answer rests on dates that the calendar does not know."""
        known_until = self._inside.known_until if self._inside else None
        return known_until is not None and (found.asked > known_until.toordinal() or found.failed is not None)

    def _finding(self, duty: Duty, found: Reckoned) -> Finding | None:
        """Why the due date is unknown, where it is."""
        if duty.due.unset:
            return _finding(duty, "duty-due-unset")
        at = from_micros(found.at_us, self.zone)
        if isinstance(found.failed, InstantRangeError):
            return _finding(duty, "calendar-years", first=found.failed.first, last=found.failed.last)
        inside = self._inside
        if inside and self._beyond(found) and (found.failed or not self.provisional):
            return _finding(
                duty, "calendar-horizon", at=at, known_until=inside.known_until, calendar=inside.named
            )
        return _finding(duty, "never-open", at=at) if found.failed else None

    def _provisional_until(self, found: Reckoned) -> DateTime | None:
        inside = self._inside
        if inside is None or inside.horizon_us is None or not self._beyond(found):
            return None
        return from_micros(inside.horizon_us, self.zone)

    def _passed(self, found: Reckoned) -> Iterator[PassedOver]:
        first, last = sorted((found.said, found.due))
        for day in range(first, last + 1):
            if day not in self._closed:  # the duties of a range move over the same days
                self._closed[day] = self._why_closed(day)
        closed = [(day, self._closed[day]) for day in range(first, last + 1)]
        for reason, group in groupby(closed, key=lambda pair: pair[1]):
            days = [day for day, _ in group]
            if reason:
                yield PassedOver(date.fromordinal(days[0]), date.fromordinal(days[-1]), reason=reason)

    def _why_closed(self, day: int) -> ClosedReason | None:
        inside = self._inside
        if inside is None or inside.segments.is_working_day(day):
            return None
        begin, end = (instant_of(midnight(one), self.zone) for one in (day, day + 1))
        return next((one.reason for one in inside.closed_stretches(begin, end)), None)


def _finding(duty: Duty, code: str, **facts: object) -> Finding:
    return Finding(code=code, severity="warning", subject=duty.id, clause=duty.clause, facts=facts)
