"""Slot (待履行的一期): one occurrence while events are being counted for it."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from typing import Final, cast

import attrs
from pendulum import DateTime

from qms_service.deadlines.duties.occurrence import DoneBy, Occurrence
from qms_service.deadlines.duties.period import Period
from qms_service.deadlines.duties.sightings import Sighting
from qms_service.deadlines.duties.state import DutyState
from qms_service.findings import Finding
from qms_service.instants import Micros, micros
from qms_service.worktime.wall import instant_of, midnight

# "2026-W07" is a week, although Python reads a date in it.
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@attrs.define
class Slot:
    """An occurrence that has a period, and the events counted for it so far.

    Args:
        occurrence: The occurrence.
        opens_us: From which instant on it can be done.
        until_us: The last instant at which what is done counts for it, as the period in which it was done.
    """

    occurrence: Occurrence
    opens_us: Micros = attrs.field(init=False)
    until_us: Micros = attrs.field(init=False)
    taken: list[Sighting] = attrs.field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        one = self.occurrence
        self.opens_us = self._midnight(cast("date", one.opens_on))
        due_us = micros(one.due_at) if one.due_at else self.opens_us
        self.until_us = max(self._midnight(cast("date", one.closes_on)) - 1, due_us)

    @property
    def is_full(self) -> bool:
        """Whether no further event is needed."""
        return len(self.taken) >= self.occurrence.duty.times

    def is_named(self, name: object) -> bool:
        """Whether an event that names its period so means this one: by its name, or by a date in it."""
        period = cast("Period", self.occurrence.period)
        if name == period.name:
            return True
        day = self._day(name)
        return day is not None and day in period

    def settled(self, now_us: Micros) -> Occurrence:
        """The occurrence with what was counted for it, and where it stands."""
        done = sorted(self.taken, key=lambda one: one.event.place)
        found = attrs.evolve(self.occurrence, done_by=tuple(DoneBy(one.event, case=one.case) for one in done))
        finding = self._nobody_can_say(found, now_us)
        if finding is not None:
            return attrs.evolve(found, finding=finding, state=DutyState.UNKNOWN)
        return attrs.evolve(found, state=self._state(found, now_us))

    def _nobody_can_say(self, found: Occurrence, now_us: Micros) -> Finding | None:
        duty = found.duty
        if found.finding is not None:
            return found.finding
        if duty.per is not None and found.object is None:
            return _finding(found, "duty-objects-unknown", object=duty.per)
        if duty.fulfilled_by is None and found.due_at is not None and now_us > micros(found.due_at):
            return _finding(found, "duty-no-event")
        return None

    def _state(self, found: Occurrence, now_us: Micros) -> DutyState:
        if found.done_at is not None:
            return DutyState.MET_LATE if found.late_by else DutyState.MET
        if found.due_at is not None and now_us > micros(found.due_at):
            return DutyState.OVERDUE
        return DutyState.DUE if now_us >= self.opens_us else DutyState.UPCOMING

    def _midnight(self, day: date) -> Micros:
        return instant_of(midnight(day.toordinal()), self._zone)

    @property
    def _zone(self) -> tzinfo:
        return cast("tzinfo", cast("DateTime", self.occurrence.expected_at).tzinfo)

    def _day(self, name: object) -> date | None:
        if isinstance(name, datetime):
            return name.astimezone(self._zone).date()
        if isinstance(name, date):
            return name
        try:
            return date.fromisoformat(name) if isinstance(name, str) and _DATE.fullmatch(name) else None
        except ValueError:
            return None


def _finding(found: Occurrence, code: str, **facts: object) -> Finding:
    duty = found.duty
    return Finding(code=code, severity="warning", subject=duty.id, clause=duty.clause, facts=facts)
