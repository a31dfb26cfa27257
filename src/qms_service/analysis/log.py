"""Log (日志表): a frame in which an event is a row, read case by case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.analysis import reasons as why
from qms_service.analysis.editions import NO_OPENING, NOT_YET, Places
from qms_service.analysis.event_rows import EventRows
from qms_service.analysis.facts import cells_of
from qms_service.analysis.grouping import Groups
from qms_service.analysis.log_part import LogPart
from qms_service.analysis.log_rows import SUBJECT, Rows, cells_at, differing, is_subject, last_told, of_cases
from qms_service.analysis.moments import Faults, Moments
from qms_service.analysis.parts import FactReader, Reading, Typed, editions_in, mark
from qms_service.analysis.plan import Plan
from qms_service.analysis.read import Column, Table, column_of, raw_column
from qms_service.analysis.reasons import Reasons
from qms_service.deadlines.batch import LogRows
from qms_service.deadlines.batch.fact_sets import sets_of
from qms_service.deadlines.batch.kinds import Indexes
from qms_service.instants import NAT, Micros
from qms_service.rulebooks.clocks import facts_read
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.system import SYSTEM_RULES
from qms_service.worktime.batch.kinds import Ints

_PASSED_OVER: Final = -1
_UNKNOWN: Final = -2
_ODD: Final = ("corrected", "extended", "agreed")  # events that move a due time or change another event


@attrs.frozen(kw_only=True, eq=False)
class LogReader:
    """Reads the rows of a log.

    Args:
        plan: Which column holds what.
        cases: The number of each case.
        groups: The rows of each case.
        name: The column of the event's name.
        at: The column of its moment.
        facts: The columns of facts, by path.
        reasons: Where the faults get their numbers.
        now: The moment asked, in microseconds.
    """

    plan: Plan
    cases: Column
    groups: Groups
    name: Column
    at: Moments
    facts: Mapping[str, Column]
    reasons: Reasons
    now: Micros

    @classmethod
    def of(cls, plan: Plan, table: Table, reasons: Reasons, now: Micros) -> LogReader:
        """The reader of a log.

        Raises:
            UnknownNameError: A column is not there.
            ColumnError: The column of moments holds something else.
            NaiveInstantError: Its moments have no zone, and none is given.
        """
        named: EventRows = plan.events  # type: ignore[assignment]  # a wide frame has a reader of its own
        number = column_of(table, plan.case)
        groups = Groups.of(number)
        return cls(
            plan=plan,
            cases=number[groups.first],
            groups=groups,
            name=column_of(table, named.name),
            at=Moments.of(named.at, raw_column(table, named.at), plan.zone, reasons),
            facts={path: column_of(table, name) for path, name in plan.facts.items()},
            reasons=reasons,
            now=now,
        )

    def blocks(self) -> Iterator[tuple[int, int]]:
        """The cases in blocks."""
        return self.groups.blocks()

    def block(self, begin: int, end: int) -> Reading:
        """Some cases."""
        faults = np.zeros(end - begin, np.int16)
        if begin <= self.groups.nameless < end:
            faults[self.groups.nameless - begin] = self.reasons.number(why.NO_CASE)
        rows = self._rows(begin, end, faults)
        editions = self._editions(rows, faults)
        parts = []
        for place in editions_in(editions):
            part = self._part(place, rows, editions, faults)
            parts += [] if part is None else [part]
        return Reading(editions=editions, faults=faults, parts=tuple(parts))

    def _rows(self, begin: int, end: int, faults: Faults) -> Rows:
        """The rows of cases that can be read, in the order in which they happened."""
        bounds = self.groups.starts[begin : end + 1]
        taken = self.groups.order[bounds[0] : bounds[-1]]
        case = np.repeat(np.arange(end - begin), np.diff(bounds))
        name = self._names(cells_at(self.name, taken))
        at, wrong = self.at.read(cells_at(self.at.cells, taken))
        wrong = np.zeros(at.size, np.int16) if wrong is None else wrong
        wrong[(at == NAT) & (wrong == why.READABLE)] = self.reasons.number(why.NO_MOMENT)
        wrong[name == _UNKNOWN] = self.reasons.number(why.EVENT_NAME)
        wrong[name == _PASSED_OVER] = why.READABLE
        bad = np.flatnonzero(wrong != why.READABLE)[::-1]
        first = np.zeros_like(faults)
        first[case[bad]] = wrong[bad]  # of several the last one stays, which is the first of the case
        np.copyto(faults, first, where=faults == why.READABLE)
        kept = np.flatnonzero((name >= _PASSED_OVER) & (faults[case] == why.READABLE))
        kept = kept[np.lexsort((at[kept], case[kept]))]
        facts = {path: cells_of(cells_at(column, taken)) for path, column in self.facts.items()}
        return Rows(cases=end - begin, case=case, name=name, at=at, facts=facts).where(kept)

    def _names(self, cells: Column) -> NDArray[np.int64]:
        """The event of each row, as a place among the names of the plan."""
        named: EventRows = self.plan.events  # type: ignore[assignment]  # a wide frame has a reader of its own
        known = {event: place for place, event in enumerate(self.plan.event_names)}
        found = cells_of(cells)
        places = [_UNKNOWN]
        for spelling in found.values[1:]:
            event = named.event(spelling)
            places.append(_PASSED_OVER if event is None else known.get(event, _UNKNOWN))
        return np.array(places)[found.codes]

    def _editions(self, rows: Rows, faults: Faults) -> Places:
        """The edition in force at the opening: the opening event where it is there, else the earliest."""
        opening = self._opening(rows)
        found = self.plan.editions.in_force(opening)
        mark(faults, np.flatnonzero(opening == NAT), self.reasons.number(why.NO_EVENT))
        mark(faults, np.flatnonzero(found == NOT_YET), self.reasons.number(why.NOT_IN_FORCE))
        return np.where(opening == NAT, NO_OPENING, found)

    def _opening(self, rows: Rows) -> Ints:
        names = [self.plan.event_names.index(name) for name in self.plan.openings]
        own = rows.earliest(np.isin(rows.name, names))
        return np.where(own == NAT, rows.earliest(rows.name >= 0), own)

    def _part(self, edition: int, rows: Rows, editions: Places, faults: Faults) -> LogPart | None:
        """The cases of an edition, without those that it cannot read."""
        mine = editions == edition
        rules = self.plan.rules(edition)
        if rules is None:
            mark(faults, np.flatnonzero(mine), self.reasons.number(why.NO_KIND))
            return None
        rows = rows.where(mine[rows.case])
        known = np.array([name in rules.events or name in SYSTEM_RULES for name in self.plan.event_names])
        strange = (rows.name >= 0) & ~known[rows.name]
        mark(faults, rows.case[strange], self.reasons.number(why.OTHER_EVENT))
        typed = self._facts(edition, rows, faults)
        left = mine & (faults == why.READABLE)
        subject = {
            path: (last_told(rows.case, codes, rows.cases)[left], values)
            for path, (codes, values) in typed.items()
            if is_subject(path)
        }
        rows, typed = of_cases(rows, typed, left)
        rows, typed = self._opened(rules, rows, typed)
        return LogPart(
            edition=edition,
            kind=self.plan.kind,
            places=np.flatnonzero(left),
            rows=self._log(rules, rows, typed, subject),
            typed=typed,
        )

    def _log(self, rules: KindRules, rows: Rows, typed: Typed, subject: Typed) -> LogRows:
        """The rows with what is on record of each case that the clocks read."""
        seen = rows.at <= self.now
        events = {
            path: (last_told(rows.case, np.where(seen, codes, 0), rows.cases), values)
            for path, (codes, values) in typed.items()
        }
        asked = facts_read(rules)
        read = {path: one for path, one in {**subject, **events}.items() if asked is None or path in asked}
        sets, of = sets_of(read, rows.cases)
        return LogRows(
            case=rows.case,
            name=rows.name,
            at=rows.at,
            names=self.plan.event_names,
            facts=sets,
            of=of,
            odd=self._odd(rows, read),
        )

    def _facts(self, edition: int, rows: Rows, faults: Faults) -> Typed:
        """The facts of each row, typed: those of its own event, and those of the subject."""
        reader = FactReader(
            types=self.plan.fact_types(edition), zone=self.plan.zone, reasons=self.reasons, faults=faults
        )
        typed: dict[str, tuple[Indexes, list[object]]] = {}
        for path, cells in rows.facts.items():
            owner = path.partition(".")[0]
            codes = cells.codes if is_subject(path) else np.where(self._is(owner, rows), cells.codes, 0)
            values = reader.read(path, codes, cells.values, rows.case)
            if is_subject(path):
                mark(faults, differing(rows, codes, values), self.reasons.number(why.DIFFERS))
            typed[path] = codes, values
        return typed

    def _is(self, event: str, rows: Rows) -> NDArray[np.bool_]:
        same: NDArray[np.bool_] = rows.name == self.plan.event_names.index(event)
        return same

    def _opened(self, rules: KindRules, rows: Rows, typed: Typed) -> tuple[Rows, Typed]:
        """The rows with an opening event, at the earliest moment, in each case that has none."""
        opening = self.plan.event_names.index(rules.opening)
        has = np.zeros(rows.cases, np.bool_)
        has[rows.case[rows.name == opening]] = True
        begins = np.flatnonzero(np.diff(rows.case, prepend=-1))  # rows are in order: the first of each case
        begins = begins[~has[rows.case[begins]]]
        if not begins.size:
            return rows, typed
        taken = np.insert(np.arange(rows.at.size), begins, begins)
        added = begins + np.arange(begins.size)
        opened = rows.where(taken)
        opened.name[added] = opening
        shown = {path: (codes[taken], values) for path, (codes, values) in typed.items()}
        for codes, _ in shown.values():
            codes[added] = 0
        return opened, shown

    def _odd(self, rows: Rows, on_record: Typed) -> NDArray[np.bool_]:
        """The cases whose facts may change, and those with an event that moves a due time."""
        owners = {path.partition(".")[0] for path in on_record} - {SUBJECT}
        system = {path.partition(".")[0] for path in self.plan.facts} & {*SYSTEM_RULES}
        odd = np.zeros(rows.cases, np.bool_)
        for event in {*_ODD, *system}:
            odd[rows.case[self._is(event, rows)]] = True
        for event in owners:
            odd |= np.bincount(rows.case[self._is(event, rows)], minlength=rows.cases) > 1
        return odd
