"""A clock over a plain mapping of instants: one row of somebody's own table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from qms_service.deadlines.amendment import AGREED
from qms_service.deadlines.answer import answer
from qms_service.deadlines.asked import Asked, is_provisional
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.deadline import Deadline
from qms_service.deadlines.pause import Pause, pauses_by_hand
from qms_service.deadlines.row_facts import facts_of_row
from qms_service.deadlines.run import run_of
from qms_service.errors import ClockError, FactValueError, UnknownNameError, nearest, unknown_name
from qms_service.events import CLOSED, SYSTEM_EVENTS, Event, Timeline
from qms_service.facts import as_row
from qms_service.instants import Micros, instant, is_missing, micros
from qms_service.worktime import WorkCalendar
from qms_service.worktime.term import OnUnknown

_MISSPELT: Final = 0.88
_SYSTEM: Final = frozenset((*SYSTEM_EVENTS, CLOSED))


def deadline_over(
    clock: Clock,
    events: Mapping[str, datetime | None],
    *,
    now: datetime,
    calendar: WorkCalendar | None,
    pauses: Iterable[tuple[object, ...]],
    facts: Mapping[str, object],
    agreed: datetime | None,
    on_unknown: OnUnknown,
) -> Deadline:
    """The deadline of a clock over a mapping of event names to instants."""
    happened = _row(clock, events)
    check_names(clock.id, (*clock.starts_at, *clock.stops_at), tuple(happened))
    now_us = micros(now)
    seen = sorted(_events(clock, happened, now_us), key=lambda event: event.place)
    run = run_of(clock, Timeline(tuple(seen), facts_of_row(clock, facts)))
    given = tuple(_pauses(clock, pauses, now_us))
    asked = Asked(
        clock=clock,
        run=run,
        pauses=(*given, *pauses_by_hand(clock.id, run.seen), *run.gaps),
        amendments=(_agreed(run.start, agreed),) if run.start and not is_missing(agreed) else (),
        now=now_us,
        calendar=calendar,
        provisional=is_provisional(clock, on_unknown),
        edition=clock.clause.edition if clock.clause else "",
    )
    return answer(asked)


def _row(clock: Clock, events: object) -> Mapping[str, object]:
    try:
        row = as_row(events)
    except FactValueError:
        row = {"": None}
    if not all(isinstance(name, str) and name for name in row):
        raise ClockError("clock-events", clock=clock.id, got=repr(events))
    return row


def events_used(clock: Clock) -> frozenset[str | None]:
    """The events of a row that mean something to the clock, None among them."""
    selected = (name for one in (*clock.start, *clock.stop) for name in (one.event, one.after))
    return _SYSTEM.union(selected)


def _events(clock: Clock, row: Mapping[str, object], now: Micros) -> Iterator[Event]:
    """What has happened, of the events that mean something to the clock."""
    used = events_used(clock)
    for seq, (name, at) in enumerate(row.items(), 1):
        if name in used and not is_missing(at):
            event = Event(name, instant(at), seq=seq)
            if event.us <= now:
                yield event


def _pauses(clock: Clock, given: object, now: Micros) -> Iterator[Pause]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ClockError("clock-pauses", clock=clock.id, got=repr(given))
    for pair in given:
        pause = _pause(clock, pair, now)
        if pause is not None:
            yield pause


def _agreed(start: Event, due: object) -> Event:
    return Event(AGREED, start.at, facts={"due_at": instant(due)})


def _pause(clock: Clock, given: object, now: Micros) -> Pause | None:
    """A pause as the caller wrote it; None for one that has not begun."""
    if not isinstance(given, tuple | list) or len(given) not in (2, 3):
        raise ClockError("pause-shape", clock=clock.id, got=repr(given))
    begin, end, reason = (*given, "")[:3]
    if is_missing(begin):
        if is_missing(end):
            return None
        raise ClockError("pause-without-begin", clock=clock.id, end=end)
    begin_us = micros(begin)
    end_us = None if is_missing(end) else micros(end)
    if end_us is not None and end_us < begin_us:
        raise ClockError("pause-backwards", clock=clock.id, begin=begin, end=end)
    if begin_us > now:
        return None
    said = "" if is_missing(reason) else str(reason)
    return Pause(begin=begin_us, end=None if end_us is None or end_us > now else end_us, reason=said)


@lru_cache(maxsize=256)
def check_names(clock: str, used: tuple[str, ...], given: tuple[str, ...]) -> None:
    """Refuse a mapping with neither start nor stop, or with a name that is one of them misspelt.

    Raises:
        UnknownNameError: It is so.
    """
    strangers = [name for name in given if name not in used and name not in SYSTEM_EVENTS]
    absent = [name for name in used if name not in given]
    for name in strangers:
        if any(SequenceMatcher(None, name, missing).ratio() >= _MISSPELT for missing in absent):
            raise unknown_name("event", name, used)
    if given and len(absent) == len(used):
        guesses = [name for name in strangers if nearest(name, used)]
        if guesses:
            raise unknown_name("event", guesses[0], used)
        raise UnknownNameError("clock-missing", clock=clock, got=given, allowed=used)
