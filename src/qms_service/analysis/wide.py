"""Wide (宽表): a frame in which a case is a row and an event a column, read block by block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
import numpy as np

from qms_service.analysis import reasons as why
from qms_service.analysis.editions import NO_OPENING, NOT_YET, Places
from qms_service.analysis.facts import UNREADABLE, Cells, Codes, asked_by, cells_of, sets_of
from qms_service.analysis.moments import NAT, Faults, Ints, Moments
from qms_service.analysis.plan import Columns, Plan
from qms_service.analysis.read import Column, Table, column_of
from qms_service.analysis.reasons import Reasons
from qms_service.deadlines.batch import WideRows
from qms_service.instants import Micros
from qms_service.rulebooks.system import SYSTEM_RULES
from qms_service.worktime.batch.kinds import NEVER


@attrs.frozen(kw_only=True, eq=False)
class Part:
    """The rows of a block that one edition judges.

    Args:
        edition: Its place among the editions.
        places: Where the rows stand in the block.
        rows: What is read of them.
    """

    edition: int
    places: Places
    rows: WideRows


@attrs.frozen(kw_only=True, eq=False)
class Reading:
    """A block of rows as far as it can be read.

    Args:
        editions: The edition of each row; below 0 for none.
        faults: Why a row cannot be read; `READABLE` for one that can.
        parts: The rows that can, by edition.
    """

    editions: Places
    faults: Faults
    parts: tuple[Part, ...]


@attrs.frozen(kw_only=True, eq=False)
class WideReader:
    """Reads the rows of a wide frame.

    Args:
        plan: Which column holds what.
        events: The columns of instants, by event.
        facts: The columns of facts, by path.
        reasons: Where the faults get their numbers.
        now: The moment asked, in microseconds.
    """

    plan: Plan
    events: Mapping[str, Moments]
    facts: Mapping[str, Column]
    reasons: Reasons
    now: Micros

    @classmethod
    def of(cls, plan: Plan, table: Table, reasons: Reasons, now: Micros) -> WideReader:
        """The reader of a frame.

        Raises:
            UnknownNameError: A column is not there.
            ColumnError: A column of instants holds something else.
            NaiveInstantError: Its instants have no zone, and none is given.
        """
        named: Columns = plan.events  # type: ignore[assignment]  # a log has a reader of its own
        return cls(
            plan=plan,
            events={
                event: Moments.of(name, column_of(table, name), plan.zone, reasons)
                for event, name in named.items()
            },
            facts={path: column_of(table, name) for path, name in plan.facts.items()},
            reasons=reasons,
            now=now,
        )

    def block(self, begin: int, end: int) -> Reading:
        """Some rows."""
        faults = np.zeros(end - begin, np.int16)
        happened: dict[str, Ints] = {}
        unreadable: dict[str, Faults] = {}
        for event, column in self.events.items():
            happened[event], found = column.block(begin, end)
            if found is not None:
                unreadable[event] = found
                _note(faults, found)
        editions = self._editions(happened, unreadable, faults)
        facts = {path: cells_of(column[begin:end]) for path, column in self.facts.items()}
        parts = [
            self._part(place, np.flatnonzero(editions == place), happened, facts, faults)
            for place in np.flatnonzero(np.bincount(editions[editions >= 0])).tolist()
        ]
        return Reading(
            editions=editions, faults=faults, parts=tuple(part for part in parts if part is not None)
        )

    def _editions(
        self, happened: Mapping[str, Ints], unreadable: Mapping[str, Faults], faults: Faults
    ) -> Places:
        """The edition in force at the opening: the opening event where it is there, else the earliest."""
        if not self.plan.editions.starts.size:
            return np.zeros(faults.size, np.intp)
        openings = self.plan.openings
        own = _earliest([at for event, at in happened.items() if event in openings], faults.size)
        found = self.plan.editions.in_force(
            np.where(own == NAT, _earliest(happened.values(), faults.size), own)
        )
        for event, cells in unreadable.items():  # it might have been the opening
            found[(cells != why.READABLE) & ((own == NAT) | (event in openings))] = NO_OPENING
        for place, code in ((NO_OPENING, why.NO_EVENT), (NOT_YET, why.NOT_IN_FORCE)):
            _note(faults, np.where(found == place, self.reasons.number(code), why.READABLE))
        return found

    def _part(
        self,
        edition: int,
        places: Places,
        happened: Mapping[str, Ints],
        facts: Mapping[str, Cells],
        faults: Faults,
    ) -> Part | None:
        """The rows of an edition, without those that it cannot read."""
        rules = self.plan.rules(edition)
        if rules is None:
            _mark(faults, places, self.reasons.number(why.NO_KIND))
            return None
        known = {event for event in happened if event in rules.events or event in SYSTEM_RULES}
        for event in happened.keys() - known:
            _mark(faults, places[happened[event][places] != NAT], self.reasons.number(why.OTHER_EVENT))
        read = self._facts(edition, places, happened, facts, faults)
        left = faults[places] == why.READABLE
        if not left.all():
            places = places[left]
            read = {path: (codes[left], values) for path, (codes, values) in read.items()}
        asked = asked_by(rules)
        sets, of = sets_of(
            {path: one for path, one in read.items() if asked is None or path in asked}, places.size
        )
        events = {event: at[places] for event, at in happened.items() if event in known}
        return Part(edition=edition, places=places, rows=WideRows(events=events, facts=sets, of=of))

    def _facts(
        self,
        edition: int,
        places: Places,
        happened: Mapping[str, Ints],
        facts: Mapping[str, Cells],
        faults: Faults,
    ) -> dict[str, tuple[Codes, list[object]]]:
        """The facts on record, typed; one of an event that lies ahead is not seen."""
        types = self.plan.fact_types(edition)
        read: dict[str, tuple[Codes, list[object]]] = {}
        for path, cells in facts.items():
            codes = cells.codes[places]
            if path not in types:
                _mark(faults, places[codes != 0], self.reasons.number(why.OTHER_FACT))
                continue
            values = cells.read(path, types[path], self.plan.zone)
            bad = [place for place, value in enumerate(values) if value is UNREADABLE]
            if bad:
                _mark(faults, places[np.isin(codes, bad)], self.reasons.number(why.FACT, path))
            owner = path.partition(".")[0]
            if owner in happened:
                codes = np.where(happened[owner][places] > self.now, 0, codes)
            read[path] = codes, values
        return read


def _earliest(columns: Iterable[Ints], rows: int) -> Ints:
    """The earliest instant of each row; `NAT` where there is none."""
    found = np.full(rows, NEVER, np.int64)
    for at in columns:
        np.minimum(found, at, out=found, where=at != NAT)
    found[found == NEVER] = NAT
    return found


def _note(faults: Faults, found: Faults) -> None:
    """The first fault of a row stays."""
    np.copyto(faults, found, where=(faults == why.READABLE) & (found != why.READABLE), casting="same_kind")


def _mark(faults: Faults, rows: Places, number: int) -> None:
    faults[rows[faults[rows] == why.READABLE]] = number
