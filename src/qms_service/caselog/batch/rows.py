"""The rows that the histories of cases are: an event in a row, and the facts of each case."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from qms_service.cases import Case
from qms_service.deadlines import Clock
from qms_service.deadlines.batch import LogRows
from qms_service.events import SYSTEM_EVENTS
from qms_service.instants import Micros
from qms_service.worktime import Term, Urgency

_ODD: Final = frozenset(SYSTEM_EVENTS) - {"withdrawn"}
_ByOwner = Mapping[str, Sequence[tuple[str, str]]]  # an event or "subject" → path and name of each fact


def log_rows(cases: Sequence[Case], clocks: Iterable[Clock], read: Iterable[str], now: Micros) -> LogRows:
    """The events of cases, sorted by case, instant and place.

    Args:
        cases: The cases.
        clocks: The clocks that are to be told.
        read: The facts that they read, by path.
        now: The moment asked: what an event after it puts on record is not there yet.
    """
    by_owner: dict[str, list[tuple[str, str]]] = {}
    for path in read:
        owner, _, fact = path.partition(".")
        by_owner.setdefault(owner, []).append((path, fact))
    choosing = [frozenset(one.stops_at) for one in clocks if not isinstance(one.within, Term | Urgency)]
    names: dict[str, int] = {}
    events = [
        (place, names.setdefault(event.name, len(names)), event.us)
        for place, case in enumerate(cases)
        for event in sorted(case.history, key=lambda event: event.us)
    ]
    case, name, at = np.array(events, np.int64).reshape(-1, 3).T
    known = [_known(case, by_owner, now) for case in cases]
    # Values of different types may be equal, and yet satisfy different tests.
    keys = [tuple((path, type(value), value) for path, value in one.items()) for one in known]
    sets = dict(zip(keys, known, strict=True))
    codes = {key: code for code, key in enumerate(sets)}
    return LogRows(
        case=case.astype(np.intp),
        name=name.astype(np.intp),
        at=at.copy(),
        names=tuple(names),
        facts=tuple(sets.values()),
        of=np.array([codes[key] for key in keys], np.intp),
        odd=np.array([_is_odd(case, by_owner, choosing) for case in cases], np.bool_),
    )


def _known(case: Case, by_owner: _ByOwner, now: Micros) -> dict[str, object]:
    """The facts on record by path."""
    told = [(event.name, event.facts) for event in case.history if event.us <= now]
    if "subject" in by_owner:
        told.append(("subject", case.subject.facts))
    return {
        path: facts[fact]
        for owner, facts in told
        for path, fact in by_owner.get(owner, ())
        if facts.get(fact) is not None
    }


def _is_odd(case: Case, by_owner: _ByOwner, choosing: Iterable[Container[str]]) -> bool:
    """Whether a fact may change on the way, or may choose a term anew after the clock has stopped.

    That is so with any system event, with a second event that puts on record what the clocks read, and with one that
    follows the stop of a clock whose term is chosen.
    """
    names = [event.name for event in sorted(case.history, key=lambda event: event.us)]
    telling = [place for place, name in enumerate(names) if name in by_owner]
    if not _ODD.isdisjoint(names) or len({names[place] for place in telling}) < len(telling):
        return True
    last = max(telling, default=0)
    return any(name in stops for stops in choosing for name in names[:last])
