"""Asked (提问): one clock, its run in a case, and the moment for which the answer holds."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

import attrs

from qms_service.deadlines.clock import UNKNOWNS, Clock
from qms_service.deadlines.pause import Pause
from qms_service.deadlines.reckoning import Course
from qms_service.deadlines.run import Run
from qms_service.errors import ClockError
from qms_service.instants import Micros, zone, zone_of
from qms_service.worktime import WorkCalendar

if TYPE_CHECKING:
    from qms_service.events import Event


def _calendar(asked: Asked, _field: attrs.Attribute[WorkCalendar | None], value: object) -> None:
    if value is not None and not isinstance(value, WorkCalendar):
        raise ClockError("clock-calendar", clock=asked.clock.id, got=repr(value))


@attrs.frozen(kw_only=True)
class Asked:
    """A question about a clock.

    Args:
        clock: The clock.
        run: Where it started and stopped.
        pauses: Its pauses.
        amendments: Its extensions and agreed dates, oldest first.
        now: The moment asked.
        calendar: The working calendar.
        provisional: Whether the weekly pattern answers beyond what the calendar knows.
        edition: The edition of the rules.

    Raises:
        ClockError: The calendar is none.
    """

    clock: Clock
    run: Run
    pauses: tuple[Pause, ...]
    amendments: tuple[Event, ...]
    now: Micros
    calendar: WorkCalendar | None = attrs.field(validator=_calendar)
    provisional: bool
    edition: str

    @property
    def zone(self) -> tzinfo:
        """The zone of the instants handed out: the calendar's, without one the start's."""
        if self.calendar is not None:
            return self.calendar.zone
        return zone_of(self.run.start.at) if self.run.start else zone("UTC")

    def course(self, start: Event) -> Course:
        """What the due time depends on beside the term.

        Raises:
            CalendarHorizonError: The cap of a pause lies beyond what the calendar knows.
        """
        zone, stop = self.zone, self.run.stop
        inside = self.calendar.inside if self.calendar is not None else None
        capped = (pause.capped(inside, zone, provisional=self.provisional) for pause in self.pauses)
        return Course(
            start=start.us,
            end=stop.us if stop else self.now,
            pauses=tuple(capped),
            amendments=tuple(event for event in self.amendments if stop is None or event.place < stop.place),
            calendar=inside,
            zone=zone,
            provisional=self.provisional,
            earlier_only=self.clock.agreed == "when-earlier",
        )


def is_provisional(clock: Clock, on_unknown: object) -> bool:
    """Whether the weekly pattern answers beyond what the calendar knows.

    Raises:
        ClockError: It is neither `"refuse"` nor `"provisional"`.
    """
    if not isinstance(on_unknown, str) or on_unknown not in UNKNOWNS:
        raise ClockError("clock-on-unknown", clock=clock.id, got=repr(on_unknown), allowed=UNKNOWNS)
    return on_unknown == "provisional"
