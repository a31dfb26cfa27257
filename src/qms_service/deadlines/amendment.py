"""Amendment (变更): an extension, or a date agreed with the customer, during the run of a clock."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final

from qms_service.errors import TermError
from qms_service.events import Event, Timeline
from qms_service.instants import Micros, micros
from qms_service.worktime import Term
from qms_service.worktime.inside import CalendarInside

EXTENDED: Final = "extended"
AGREED: Final = "agreed"


def amendments_of(clock: str, timeline: Timeline) -> tuple[Event, ...]:
    """The extensions and agreed dates of a clock in the cycle, oldest first."""
    found = [
        event
        for name in (EXTENDED, AGREED)
        for event in timeline.all(name)
        if event.facts.get("clock") == clock
    ]
    return tuple(sorted(found, key=lambda event: event.place))


def agreed_due(event: Event) -> Micros | None:
    """The date that an `agreed` event names; None for other events."""
    due = event.facts.get("due_at") if event.name == AGREED else None
    return micros(due) if isinstance(due, datetime) else None


def extended_due(
    event: Event, due: Micros, calendar: CalendarInside | None, zone: tzinfo, *, provisional: bool
) -> Micros | None:
    """The due time that an extension gives: its `until`, or its `within` after the due time in force.

    None where it gives none: it came after expiry, is not later than the due time in force, or names no
    date. Such an extension is refused when it is recorded; in a history made elsewhere it moves nothing.
    """
    until = _until(event, due, calendar, zone, provisional=provisional)
    return until if until is not None and event.us <= due < until else None


def _until(
    event: Event, due: Micros, calendar: CalendarInside | None, zone: tzinfo, *, provisional: bool
) -> Micros | None:
    until, within = event.facts.get("until"), event.facts.get("within")
    if isinstance(until, datetime):
        return micros(until)
    if isinstance(within, str):
        try:
            within = Term.parse(within)
        except TermError:
            return None
    return within.after_us(due, calendar, zone, provisional) if isinstance(within, Term) else None
