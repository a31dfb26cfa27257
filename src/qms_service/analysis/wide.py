"""Wide (宽表): a frame in which a case is a row and an event a column, read block by block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import attrs
import numpy as np

from qms_service.analysis import reasons as why
from qms_service.analysis.editions import NO_OPENING, NOT_YET, Places
from qms_service.analysis.facts import Cells, cells_of
from qms_service.analysis.moments import Faults, Moments
from qms_service.analysis.parts import FactReader, Reading, Typed, editions_in, mark, note
from qms_service.analysis.plan import Columns, Plan
from qms_service.analysis.read import Column, Table, blocks_of, column_of, raw_column
from qms_service.analysis.reasons import Reasons
from qms_service.deadlines import Deadline
from qms_service.deadlines.batch import WideRows
from qms_service.deadlines.batch.fact_sets import sets_of
from qms_service.deadlines.batch.kinds import Indexes
from qms_service.instants import NAT, Micros, from_micros
from qms_service.rulebooks.clocks import facts_read
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.system import SYSTEM_RULES
from qms_service.worktime.batch.kinds import NEVER, Ints
from qms_service.worktime.term import OnUnknown


@attrs.frozen(kw_only=True, eq=False)
class WidePart:
    """The rows of a block that one edition judges.

    Args:
        edition: Its place among the editions.
        kind: The kind of case.
        places: Where the rows stand in the block.
        rows: What is read of them.
    """

    edition: int
    kind: str
    places: Places
    rows: WideRows

    def ask(
        self, procedure: Procedure, case: int, now: datetime, on_unknown: OnUnknown
    ) -> Sequence[Deadline]:
        """`Procedure.deadlines_of` over one row."""
        zone, row = procedure.rules.zone, self.rows
        happened = {name: int(at[case]) for name, at in row.events.items()}
        return procedure.deadlines_of(
            self.kind,
            events={name: from_micros(at, zone) for name, at in happened.items() if at != NAT},
            facts=row.facts[row.of[case]],
            now=now,
            on_unknown=on_unknown,
        )


@attrs.frozen(kw_only=True, eq=False)
class WideReader:
    """Reads the rows of a wide frame.

    Args:
        plan: Which column holds what.
        cases: The column of the case's number.
        events: The columns of instants, by event.
        facts: The columns of facts, by path.
        reasons: Where the faults get their numbers.
        now: The moment asked, in microseconds.
    """

    plan: Plan
    cases: Column
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
            cases=column_of(table, plan.case),
            events={
                event: Moments.of(name, raw_column(table, name), plan.zone, reasons)
                for event, name in named.items()
            },
            facts={path: column_of(table, name) for path, name in plan.facts.items()},
            reasons=reasons,
            now=now,
        )

    def blocks(self) -> Iterator[tuple[int, int]]:
        """The rows in blocks."""
        return blocks_of(len(self.cases))

    def block(self, begin: int, end: int) -> Reading:
        """Some rows."""
        faults = np.zeros(end - begin, np.int16)
        happened: dict[str, Ints] = {}
        unreadable: dict[str, Faults] = {}
        for event, column in self.events.items():
            happened[event], found = column.read(column.cells[begin:end])
            if found is not None:
                unreadable[event] = found
                note(faults, found)
        editions = self._editions(happened, unreadable, faults)
        facts = {path: cells_of(column[begin:end]) for path, column in self.facts.items()}
        parts = []
        for place in editions_in(editions):
            part = self._part(place, np.flatnonzero(editions == place), happened, facts, faults)
            parts += [] if part is None else [part]
        return Reading(editions=editions, faults=faults, parts=tuple(parts))

    def _editions(
        self, happened: Mapping[str, Ints], unreadable: Mapping[str, Faults], faults: Faults
    ) -> Places:
        """The edition in force at the opening: the opening event where it is there, else the earliest."""
        if self.plan.editions.alone:
            return np.zeros(faults.size, np.intp)
        openings = self.plan.openings
        own = _earliest([at for event, at in happened.items() if event in openings], faults.size)
        anything = _earliest(happened.values(), faults.size)
        found = self.plan.editions.in_force(np.where(own == NAT, anything, own))
        for event, cells in unreadable.items():  # it might have been the opening
            found[(cells != why.READABLE) & ((own == NAT) | (event in openings))] = NO_OPENING
        for place, code in ((NO_OPENING, why.NO_EVENT), (NOT_YET, why.NOT_IN_FORCE)):
            mark(faults, np.flatnonzero(found == place), self.reasons.number(code))
        return found

    def _part(
        self,
        edition: int,
        places: Places,
        happened: Mapping[str, Ints],
        facts: Mapping[str, Cells],
        faults: Faults,
    ) -> WidePart | None:
        """The rows of an edition, without those that it cannot read."""
        rules = self.plan.rules(edition)
        if rules is None:
            mark(faults, places, self.reasons.number(why.NO_KIND))
            return None
        known = [event for event in happened if event in rules.events or event in SYSTEM_RULES]
        for event in happened.keys() - {*known}:
            mark(faults, places[happened[event][places] != NAT], self.reasons.number(why.OTHER_EVENT))
        typed = self._facts(edition, places, happened, facts, faults)
        left = faults[places] == why.READABLE
        if not left.all():
            places = places[left]
            typed = {path: (codes[left], values) for path, (codes, values) in typed.items()}
        asked = facts_read(rules)
        sets, of = sets_of(
            {path: one for path, one in typed.items() if asked is None or path in asked}, places.size
        )
        events = {
            event: happened[event] if places.size == faults.size else happened[event][places]
            for event in known
        }
        rows = WideRows(events=events, facts=sets, of=of)
        return WidePart(edition=edition, kind=self.plan.kind, places=places, rows=rows)

    def _facts(
        self,
        edition: int,
        places: Places,
        happened: Mapping[str, Ints],
        facts: Mapping[str, Cells],
        faults: Faults,
    ) -> Typed:
        """The facts on record, typed; one of an event that lies ahead is not seen."""
        reader = FactReader(
            types=self.plan.fact_types(edition), zone=self.plan.zone, reasons=self.reasons, faults=faults
        )
        typed: dict[str, tuple[Indexes, list[object]]] = {}
        for path, cells in facts.items():
            codes = cells.codes[places]
            values = reader.read(path, codes, cells.values, places)
            owner = path.partition(".")[0]
            if owner in happened:
                codes = np.where(happened[owner][places] > self.now, 0, codes)
            typed[path] = codes, values
        return typed


def _earliest(columns: Iterable[Ints], rows: int) -> Ints:
    """The earliest instant of each row; `NAT` where there is none."""
    found = np.full(rows, NEVER, np.int64)
    for at in columns:
        np.minimum(found, at, out=found, where=at != NAT)
    found[found == NEVER] = NAT
    return found
