"""Own columns: the events and pauses of somebody's own table, read for one clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

import attrs
import numpy as np
from pendulum import DateTime

from qms_service.deadlines.batch.kinds import NAT, Bools, Ints
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.mapping import check_names, events_used
from qms_service.errors import ClockError, ColumnError, FactValueError, InstantRangeError
from qms_service.facts import as_row
from qms_service.instants import FIRST_YEAR, LAST_YEAR, from_micros, micros, zone
from qms_service.worktime.batch.rows import read_instants

_FIRST: Final = micros(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
_AFTER: Final = micros(datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC))
_PAIRS: Final = (2, 3)  # a reason explains one row, and says nothing of columns


@attrs.frozen(kw_only=True, eq=False)
class OwnColumns:
    """Columns of one length.

    Args:
        events: Those of the events that the clock uses, by name.
        pauses: Where pauses begin and where they end.
        size: How many rows they have.
    """

    events: Mapping[str, Ints]
    pauses: tuple[tuple[Ints, Ints], ...]
    size: int

    def events_of(self, row: int) -> dict[str, DateTime | None]:
        """The events of a row."""
        return {name: at(column[row]) for name, column in self.events.items()}

    def pauses_of(self, row: int) -> list[tuple[DateTime | None, DateTime | None]]:
        """The pauses of a row."""
        return [(at(begin[row]), at(end[row])) for begin, end in self.pauses]


def own_columns(clock: Clock, events: object, pauses: object) -> OwnColumns:
    """The columns that are handed in.

    Raises:
        ColumnError: There is no mapping of columns; one holds no instants, or is of another length.
        UnknownNameError: The mapping has neither the start nor the stop, or a misspelt one.
        ClockError: No pairs of columns, or in some row a pause that ends before it begins or has no beginning.
        InstantRangeError: An instant outside the years 3 to 9997.
    """
    try:
        given = as_row(events)
    except FactValueError:
        raise ColumnError("column-mapping", got=type(events).__name__) from None
    check_names(clock.id, (*clock.starts_at, *clock.stops_at), tuple(map(str, given)))
    used = events_used(clock)
    named = {name: _instants(name, column) for name, column in given.items() if name in used}
    paired = dict(_pairs(clock, pauses))
    every = named | paired
    sizes = {name: column.size for name, column in every.items() if column.ndim}
    if len({*sizes.values()}) > 1:
        raise ColumnError("column-lengths", names=tuple(sizes), got=tuple(sizes.values()))
    size = next(iter(sizes.values()), 1)
    full = {name: np.broadcast_to(column, (size,)) for name, column in every.items()}
    for name in named:
        _check_years(full[name])
    flat = [full[name] for name in paired]
    pairs = tuple(zip(flat[::2], flat[1::2], strict=True))
    for begin, end in pairs:
        _check_pause(clock, begin, end)
    return OwnColumns(events={name: full[name] for name in named}, pauses=pairs, size=size)


def at(us: np.int64) -> DateTime | None:
    """An instant of a column, in UTC as all of it."""
    return None if us == NAT else from_micros(int(us), zone("UTC"))


def _instants(name: str, given: object) -> Ints:
    """A column of instants; None stands for one in which nothing has happened."""
    return np.asarray(NAT) if given is None else read_instants(name, given)


def _pairs(clock: Clock, given: object) -> Iterable[tuple[str, Ints]]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ClockError("clock-pauses", clock=clock.id, got=repr(given))
    for number, pair in enumerate(given):
        if not isinstance(pair, tuple | list) or len(pair) not in _PAIRS:
            raise ClockError("pause-shape", clock=clock.id, got=repr(pair))
        for name, column in zip(("from", "to"), pair, strict=False):
            said = f"pauses[{number}].{name}"
            yield said, _instants(said, column)


def _check_years(column: Ints) -> None:
    row = _first((column != NAT) & ((column < _FIRST) | (column >= _AFTER)))
    if row is not None:
        got = str(column.view("M8[us]")[row])
        raise InstantRangeError("instant-years", got=got, first=FIRST_YEAR, last=LAST_YEAR, row=row)


def _check_pause(clock: Clock, begin: Ints, end: Ints) -> None:
    row = _first((end != NAT) & (begin == NAT))
    if row is not None:
        raise ClockError("pause-without-begin", clock=clock.id, end=_shown(end[row]), row=row)
    row = _first((end != NAT) & (end < begin))
    if row is not None:
        raise ClockError(
            "pause-backwards", clock=clock.id, begin=_shown(begin[row]), end=_shown(end[row]), row=row
        )


def _shown(us: np.int64) -> str:
    return str(us.view("M8[us]"))


def _first(rows: Bools) -> int | None:
    return int(rows.argmax()) if rows.any() else None
