"""Pause (暂停): a stretch in which clocks that list it do not run, kept in the history.

A pause is defined once per kind (`PauseRule`); anyone may pause clocks by hand with the system events
`paused` and `resumed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.events import Event, Selectors, Timeline, selectors
from qms_service.instants import Micros
from qms_service.worktime import Term
from qms_service.worktime.inside import CalendarInside


def _term(given: object) -> Term | None:
    return given if given is None or isinstance(given, Term) else Term.parse(given)  # type: ignore[arg-type]  # refuses


@attrs.frozen
class PauseRule:
    """A kind of pause: from one event to another, at most so long.

    Args:
        id: Its name, by which clocks list it in `paused_by`.
        starts: The event that begins it (`from` in a rulebook).
        ends: The event that ends it (`to` in a rulebook).
        at_most: How long it counts at most, from its beginning.
        clause: The clause that it rests on.
    """

    id: str
    starts: Selectors = attrs.field(converter=selectors, kw_only=True)
    ends: Selectors = attrs.field(converter=selectors, kw_only=True)
    at_most: Term | None = attrs.field(default=None, converter=_term, kw_only=True)
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref, kw_only=True)


@attrs.frozen(kw_only=True)
class Pause:
    """One pause [begin, end) in microseconds; `end` is None while it lasts.

    An end that still lies ahead is a cap: what ends it otherwise has not happened yet.

    Args:
        reason: What was waited for.
        code: What an explanation calls it: `pause`, or `reopened` for the time a case lay closed.
        at_most: The term that caps it.
    """

    begin: Micros
    end: Micros | None
    reason: str = ""
    code: str = "pause"
    at_most: Term | None = None

    def lasts_at(self, now: Micros) -> bool:
        """Whether it has begun and not ended."""
        return self.begin <= now and (self.end is None or now < self.end)

    def capped(self, calendar: CalendarInside | None, zone: tzinfo, *, provisional: bool) -> Pause:
        """The pause with its cap as its end where that comes first."""
        if self.at_most is None:
            return self
        cap = self.at_most.after_us(self.begin, calendar, zone, provisional)
        end = cap if self.end is None else min(cap, self.end)
        return attrs.evolve(self, end=end, at_most=None)


def pauses_of(rules: Iterable[PauseRule], timeline: Timeline) -> Iterator[Pause]:
    """The pauses of these kinds in the cycle."""
    for rule in rules:
        begins = _matches(rule.starts, timeline)
        for begin, end in _paired(begins, _matches(rule.ends, timeline)):
            yield Pause(begin=begin.us, end=end.us if end else None, reason=rule.id, at_most=rule.at_most)


def pauses_by_hand(clock: str, timeline: Timeline) -> Iterator[Pause]:
    """The pauses that `paused` and `resumed` put on record for a clock; without `clocks`, for all."""
    begins = [event for event in timeline.all("paused") if _concerns(event, clock)]
    ends = [event for event in timeline.all("resumed") if _concerns(event, clock)]
    for begin, end in _paired(begins, ends):
        reason = begin.facts.get("reason")
        yield Pause(begin=begin.us, end=end.us if end else None, reason=str(reason) if reason else "")


def _matches(choices: Selectors, timeline: Timeline) -> list[Event]:
    return [event for choice in choices for event in choice.every(timeline)]


def _concerns(event: Event, clock: str) -> bool:
    clocks = event.facts.get("clocks")
    return not clocks or (clock == clocks if isinstance(clocks, str) else clock in clocks)  # type: ignore[operator]


def _paired(begins: Sequence[Event], ends: Sequence[Event]) -> Iterator[tuple[Event, Event | None]]:
    """Each beginning with the first ending after it; a beginning inside a pause begins nothing new."""
    endings = sorted(ends, key=_place)
    over: Event | None = None
    for begin in sorted(begins, key=_place):
        if over is not None and begin.place < over.place:
            continue
        over = next((end for end in endings if end.place > begin.place), None)
        yield begin, over
        if over is None:
            return


def _place(event: Event) -> tuple[Micros, int]:
    return event.place
