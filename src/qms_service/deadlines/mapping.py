"""A clock over a plain mapping of instants: one row of somebody's own table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from qms_service.deadlines.amendment import AGREED
from qms_service.deadlines.answer import answer
from qms_service.deadlines.asked import Asked, is_provisional
from qms_service.deadlines.clock import Clock, OnUnknown
from qms_service.deadlines.deadline import Deadline
from qms_service.deadlines.pause import Pause, pauses_by_hand
from qms_service.deadlines.run import run_of
from qms_service.errors import ClockError, UnknownNameError, nearest, unknown_name
from qms_service.events import SYSTEM_EVENTS, Event, Timeline
from qms_service.instants import Micros, instant, micros
from qms_service.worktime import WorkCalendar

_MISSPELT: Final = 0.88


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
    _check_names(clock.id, (*clock.starts_at, *clock.stops_at), tuple(events))
    now_us = micros(now)
    seen = sorted(_events(events, now_us), key=lambda event: event.place)
    run = run_of(clock, Timeline(tuple(seen), facts))
    given = tuple(pause for pair in pauses if (pause := _pause(clock, pair, now_us)))
    asked = Asked(
        clock=clock,
        run=run,
        pauses=(*given, *pauses_by_hand(clock.id, run.seen), *run.gaps),
        amendments=(_agreed(run.start, agreed),) if run.start and not _is_missing(agreed) else (),
        now=now_us,
        calendar=calendar,
        provisional=is_provisional(clock, on_unknown),
        edition=clock.clause.edition if clock.clause else "",
    )
    return answer(asked)


def _events(events: Mapping[str, datetime | None], now: Micros) -> Iterable[Event]:
    for seq, (name, at) in enumerate(events.items(), 1):
        if not _is_missing(at):
            event = Event(name, at, seq=seq)
            if event.us <= now:
                yield event


def _is_missing(value: object) -> bool:
    """None, or a mark for a missing value such as `NaT`: the one value that differs from itself."""
    return value is None or bool(value != value)  # noqa: PLR0124  # that is the test


def _agreed(start: Event, due: object) -> Event:
    return Event(AGREED, start.at, facts={"due_at": instant(due)})


def _pause(clock: Clock, given: object, now: Micros) -> Pause | None:
    """A pause as the caller wrote it; None for one that has not begun."""
    if not isinstance(given, tuple | list) or len(given) not in (2, 3):
        raise ClockError("pause-shape", clock=clock.id, got=repr(given))
    begin, end, reason = (*given, "")[:3]
    if _is_missing(begin):
        if _is_missing(end):
            return None
        raise ClockError("pause-without-begin", clock=clock.id, end=end)
    begin_us = micros(begin)
    end_us = None if _is_missing(end) else micros(end)
    if end_us is not None and end_us < begin_us:
        raise ClockError("pause-backwards", clock=clock.id, begin=begin, end=end)
    if begin_us > now:
        return None
    return Pause(begin=begin_us, end=None if end_us is None or end_us > now else end_us, reason=str(reason))


@lru_cache(maxsize=256)
def _check_names(clock: str, used: tuple[str, ...], given: tuple[str, ...]) -> None:
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
