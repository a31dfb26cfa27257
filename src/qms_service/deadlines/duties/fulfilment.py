"""Fulfilment (履行情况): which event fulfils which period, and what is overdue."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from datetime import datetime

import attrs

from qms_service.deadlines.duties.duty_calendar import DutyCalendar
from qms_service.deadlines.duties.occurrence import DoneBy, Occurrence, in_list
from qms_service.deadlines.duties.sightings import HasHistory, Sighting, sightings
from qms_service.deadlines.duties.slot import Slot
from qms_service.events import Event
from qms_service.instants import micros


def fulfilment(
    occurrences: Iterable[Occurrence], events: Iterable[Event | HasHistory], *, now: datetime
) -> DutyCalendar:
    """Each occurrence with the events that fulfil it, and its state at a moment.

    An event counts once for a duty, and for one object where it is owed to each. One that names its period
    counts for that one, or for none. One that does not counts as its `FulfilledBy` declares: for the period in
    which it happened, as long as that is open (`"own"`), or for the oldest that is (`"oldest"`: hand in the
    occurrences from the first that may be open). What runs past its period, because its due date was moved,
    is still open until it is due: hand in that one too, or what was done for it counts for the next.

    Args:
        occurrences: What `duties_between` found.
        events: Cases, and events of one's own as one history; corrections are applied, what is void and what
            lies after `now` is not seen.
        now: The moment asked; aware.

    Returns:
        The occurrences in their order, with `state` and `done_by`; in `surplus` the events that show one of these
        duties done, in the time of these occurrences, and count for none.

    Raises:
        DutyError: Something that is no occurrence, or neither case nor event.
        NaiveInstantError: `now` has no zone.

    >>> from datetime import UTC, date
    >>> from qms_service.deadlines.duties import Duty, duties_between
    >>> duty = Duty("summary", every="month", due="end", fulfilled_by="compiled")
    >>> asked = duties_between([duty], date(2026, 1, 1), date(2026, 4, 1), timezone="UTC")
    >>> compiled = [Event("compiled", datetime(2026, 1, 30, tzinfo=UTC))]
    >>> [one.state.value for one in fulfilment(asked, compiled, now=datetime(2026, 3, 9, tzinfo=UTC))]
    ['met', 'overdue', 'due']
    """
    now_us = micros(now)
    whole = occurrences if isinstance(occurrences, DutyCalendar) else _read(occurrences)
    slots = [Slot(one) for one in whole]
    by_name: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings(events, now):
        by_name[sighting.event.name].append(sighting)
    over: dict[int, DoneBy] = {}
    taken: set[int] = set()
    for group in _groups(slots):
        left = _count(group, by_name)
        taken |= {id(one) for slot in group for one in slot.taken}
        over |= {id(one): DoneBy(one.event, case=one.case) for one in left}
    return attrs.evolve(
        whole,
        occurrences=tuple(slot.settled(now_us) for slot in slots),
        surplus=tuple(done for key, done in over.items() if key not in taken),
    )


def _read(given: object) -> DutyCalendar:
    found = in_list(given)
    return DutyCalendar(
        occurrences=tuple(one for one in found if one.period),
        unplaced=tuple(one for one in found if not one.period),
    )


def _groups(slots: Iterable[Slot]) -> Iterable[list[Slot]]:
    """The periods of each duty, for each object, in the order in which they begin."""
    groups: dict[tuple[str, str | None], list[Slot]] = defaultdict(list)
    for slot in slots:
        groups[slot.occurrence.duty.id, slot.occurrence.object].append(slot)
    return [sorted(group, key=lambda slot: slot.opens_us) for group in groups.values()]


def _count(group: list[Slot], by_name: dict[str, list[Sighting]]) -> list[Sighting]:
    """Counts events for the periods of one duty; gives back those in their time that count for none."""
    duty, one = group[0].occurrence.duty, group[0].occurrence.object
    shown_by = duty.fulfilled_by
    if shown_by is None:
        return []
    found = [
        sighting
        for sighting in by_name.get(shown_by.event, ())
        if sighting.is_for(duty, one) and sighting.shows(shown_by)
    ]
    named = {id(s): s.value(shown_by.period) for s in found} if shown_by.period else {}
    left = _by_name(group, [s for s in found if named.get(id(s)) is not None], named)
    left += _by_moment(
        group, [s for s in found if named.get(id(s)) is None], own=shown_by.counts_for == "own"
    )
    end = max(slot.until_us for slot in group)
    return [sighting for sighting in left if group[0].opens_us <= sighting.event.us <= end]


def _by_name(group: list[Slot], found: list[Sighting], named: dict[int, object]) -> list[Sighting]:
    left = []
    for sighting in found:
        slot = next((slot for slot in group if slot.is_named(named[id(sighting)])), None)
        if slot is None or slot.is_full:
            left.append(sighting)
        else:
            slot.taken.append(sighting)
    return left


def _by_moment(group: list[Slot], found: list[Sighting], *, own: bool) -> list[Sighting]:
    left = []
    waiting = deque(group)
    for sighting in found:
        at = sighting.event.us
        while waiting and (waiting[0].is_full or (own and waiting[0].until_us < at)):
            waiting.popleft()
        if waiting and waiting[0].opens_us <= at:
            waiting[0].taken.append(sighting)
        else:
            left.append(sighting)
    return left
