"""Amendment (变更): an extension, or a date agreed with the customer, during the run of a clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final, Literal

import attrs
from pendulum import DateTime

from qms_service.errors import TermError
from qms_service.events import Event, Timeline
from qms_service.instants import Micros, from_micros, micros
from qms_service.texts import Catalogue, render
from qms_service.worktime import Term
from qms_service.worktime.inside import CalendarInside

EXTENDED: Final = "extended"
AGREED: Final = "agreed"


@attrs.frozen(kw_only=True)
class Amendment:
    """What moved a due time, as an explanation tells it (期限变更).

    Args:
        kind: `"extended"`, or `"agreed"` with the customer.
        at: When that was put on record; None for a date that was handed in beside the events.
        due_at: The due time that it gave. What was paused later moves that of an extension further.
        was_due_at: The due time that an extension found.
        within: By how much it extends, as it is on record; empty where it names a date.
        reason: Its reason.
        approved_by: Who approved it.
        moved: Whether it moved the due time: a date later than the rules' own moves none, where the clock takes
            an agreed date only when it is earlier.
    """

    kind: Literal["extended", "agreed"]
    at: DateTime | None
    due_at: DateTime
    was_due_at: DateTime | None = None
    within: str = ""
    reason: str = ""
    approved_by: str = ""
    moved: bool = True

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """One line for a reader."""
        form = ".within" if self.within else ".handed-in" if self.at is None else ""
        parts = [f"explain.{self.kind}{form}{'' if self.moved else '.later'}"]
        parts += [f"explain.amended.{name}" for name in ("reason", "approved_by") if getattr(self, name)]
        operands = attrs.asdict(self, recurse=False)
        return "".join(render(part, operands, lang, catalogues) for part in parts)


@attrs.frozen
class Amended:
    """An event that moved a due time, in whole numbers until somebody asks.

    Args:
        event: The extension or the agreed date.
        due: The due time that it gave.
        was: The due time that an extension found.
        moved: Whether it moved the due time.
    """

    event: Event
    due: Micros
    was: Micros | None = None
    moved: bool = True

    def told(self, zone: tzinfo) -> Amendment:
        """The same for a reader."""
        facts = self.event.facts
        handed_in = "clock" not in facts  # in a history it names its clock
        return Amendment(
            kind="agreed" if self.was is None else "extended",
            at=None if handed_in else from_micros(self.event.us, zone),
            due_at=from_micros(self.due, zone),
            was_due_at=None if self.was is None else from_micros(self.was, zone),
            within="" if self.was is None or "until" in facts else str(facts["within"]),
            reason=_said(facts.get("reason")),
            approved_by=_said(facts.get("approved_by")),
            moved=self.moved,
        )


def _said(fact: object) -> str:
    return "" if fact is None else str(fact)


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
