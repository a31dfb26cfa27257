"""Promise (承诺): the budget of a run, and how its due time follows from it.

The budget is the measure from the start to where the term is over, fixed once; due is where that much net
time has passed. Three terms aim further than that instant. "End of day" and "same day" run on to the close
of the day. N working days from an opening, or from a time when the N-th day is closed, end at an opening,
not at the close before it, though no work lies between the two. An extension to a date ends on that date,
open or closed. Without pauses, due is what `Term.after` says.
"""

from __future__ import annotations

from datetime import tzinfo
from enum import Enum, auto

import attrs

from qms_service.deadlines.track import Track
from qms_service.instants import Micros
from qms_service.worktime import Term
from qms_service.worktime.inside import CalendarInside


class Aim(Enum):
    """Where a due time lies once the budget is used up."""

    THERE = auto()
    OPENING = auto()
    CLOSE = auto()
    CLOSE_OF_OPENING = auto()


@attrs.frozen(kw_only=True)
class Promise:
    """What a run has to keep.

    Args:
        budget: Net time until due, without the last run to a close.
        aim: What follows when the budget is used up.
        floor: The date of an extension: due is not before it.
        fixed: A date agreed with the customer: pauses do not move it.
    """

    budget: Micros
    aim: Aim = Aim.THERE
    floor: Micros | None = None
    fixed: Micros | None = None

    def aimed(self, track: Track, calendar: CalendarInside | None) -> Micros:
        """Where the budget is used up and, if it has to, the next opening is reached."""
        at = track.reach(self.budget)
        if calendar is None or self.aim not in (Aim.OPENING, Aim.CLOSE_OF_OPENING):
            return at
        return track.resume(at, calendar)

    def due(self, track: Track, calendar: CalendarInside | None) -> Micros:
        """The due time."""
        if self.fixed is not None:
            return self.fixed
        at = self.aimed(track, calendar)
        if calendar is not None and self.aim is Aim.CLOSE_OF_OPENING:
            at = calendar.day_close(at)
        elif calendar is not None and self.aim is Aim.CLOSE:
            at = calendar.day_close(at - 1)
        return at if self.floor is None else max(at, self.floor)


def promise_of(
    term: Term, start: Micros, calendar: CalendarInside | None, zone: tzinfo, *, provisional: bool
) -> Promise:
    """The promise that a term makes at a start.

    Raises:
        TermError: A working term without a calendar.
        CalendarHorizonError: It ends beyond what the calendar knows.
    """
    target = term.after_us(start, calendar, zone, provisional)
    if calendar is None or not term.working:
        return Promise(budget=target - start)
    bare = Track(start, calendar)
    if term.end_of_day:
        return _until_close(term, bare, calendar, zone, target)
    budget = bare.gross(target)
    return Promise(budget=budget, aim=Aim.THERE if bare.reach(budget) == target else Aim.OPENING)


def _until_close(term: Term, bare: Track, calendar: CalendarInside, zone: tzinfo, target: Micros) -> Promise:
    base = term.base_us(bare.start, calendar, zone)
    # The term keeps its base inside the day; the day's last microsecond stands for its close.
    budget = bare.gross(target if base + 1 == target else base)
    ends_there = budget > 0 and calendar.day_close(bare.reach(budget) - 1) == target
    return Promise(budget=budget, aim=Aim.CLOSE if ends_there else Aim.CLOSE_OF_OPENING)


def extended_to(until: Micros, track: Track, calendar: CalendarInside | None) -> Promise:
    """The promise after an extension: the net time to its date, with the pauses known when it was given."""
    budget = track.net(until)
    used_up = track.reach(budget)
    opens_there = calendar is not None and used_up != until and track.resume(used_up, calendar) == until
    return Promise(budget=budget, aim=Aim.OPENING if opens_there else Aim.THERE, floor=until)


def agreed_on(due: Micros, track: Track) -> Promise:
    """The promise of a date agreed with the customer; its budget is what the pauses leave until then."""
    return Promise(budget=max(track.net(due), 0), fixed=due)
