"""Bounds: the two readings of an uncertain case: the kindest to a clock and the least kind that its cells allow.

A day without a time leaves a clock a best case (started as late, stopped as early, paused as long as the day
allows) and a worst one. Only where both give the same outcome does the day decide. Events of one day are
taken in the order that the procedure means: a stop not before its start, the end of a pause not before its
beginning, the closing last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import attrs

from qms_service.caselog.logged import LoggedCase
from qms_service.deadlines import Clock, PauseRule
from qms_service.events import CLOSED, Selectors
from qms_service.instants import Micros
from qms_service.sheets.moments import Moment

ENDINGS = (CLOSED, "withdrawn")


@attrs.frozen(kw_only=True)
class Bounds:
    """Where the uncertain events of a case lie: at the kindest and at the least kind for a clock."""

    kind: dict[int, Micros]
    unkind: dict[int, Micros]


def bounds_of(case: LoggedCase, clock: Clock, pauses: Iterable[PauseRule]) -> Bounds:
    """The bounds of a case for one clock.

    Args:
        case: The case as logged.
        clock: The clock.
        pauses: The pauses that stop it.
    """
    starts, stops = _places(case, clock.start), _places(case, clock.stop)
    waits = [(_places(case, rule.starts), _places(case, rule.ends)) for rule in pauses]
    ends = [place for place, event in enumerate(case.events) if event.name in ENDINGS]
    late = [*starts, *(place for _, to in waits for place in to)]
    early = [*stops, *(place for since, _ in waits for place in since)]
    pairs = [*product(starts, stops), *(pair for since, to in waits for pair in product(since, to))]
    pairs += product((*starts, *stops), ends)
    moments = [event.moment for event in case.events]
    return Bounds(
        kind=_straight(
            moments, {**_latest(moments, ends), **_earliest(moments, early), **_latest(moments, late)}, pairs
        ),
        unkind=_straight(
            moments, {**_latest(moments, ends), **_latest(moments, early), **_earliest(moments, late)}, pairs
        ),
    )


def _places(case: LoggedCase, selectors: Selectors) -> list[int]:
    names = {selector.event for selector in selectors}
    return [place for place, event in enumerate(case.events) if event.name in names]


def _earliest(moments: Sequence[Moment], places: Iterable[int]) -> dict[int, Micros]:
    return {place: moments[place].earliest for place in places}


def _latest(moments: Sequence[Moment], places: Iterable[int]) -> dict[int, Micros]:
    return {place: moments[place].latest for place in places}


def _straight(
    moments: Sequence[Moment], at: dict[int, Micros], pairs: Iterable[tuple[int, int]]
) -> dict[int, Micros]:
    """The same instants, with each pair that came out backwards moved to one instant that both allow."""
    for before, after in pairs:
        meeting = min(moments[before].latest, moments[after].latest)
        both_allow = meeting >= max(moments[before].earliest, moments[after].earliest)
        if before != after and at[before] > at[after] and both_allow:
            at[before] = at[after] = meeting
    return at
