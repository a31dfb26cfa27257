"""Rows (行): one record of a log while it is read, and what the mapping and the rulebook make of its cells.

A row notes every fault, so that all are reported at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.caselog.cells import one_of, read_fact
from qms_service.caselog.logged import LoggedEvent
from qms_service.caselog.mapping import EventColumns, FactColumn, LogMapping, ZoneColumn
from qms_service.caselog.mapping_check import facts_of
from qms_service.errors import ZoneError
from qms_service.facts import NO_FACTS, Facts, FactType
from qms_service.instants import zone
from qms_service.rulebooks.rules import Rules
from qms_service.sheets.fault import CellError
from qms_service.sheets.row import Row


class RowReader:
    """The reader of one log's rows.

    Args:
        mapping: Which column holds what; its names are known to exist.
        rules: The rules that declare the types.
    """

    def __init__(self, mapping: LogMapping, rules: Rules) -> None:
        self._mapping = mapping
        self._spellings = _spellings(mapping, rules)
        self._facts: dict[str, list[tuple[FactColumn, FactType]]] = {}
        for fact in mapping.facts:
            declared = facts_of(rules, mapping.kind, fact.owner)[fact.name]
            self._facts.setdefault(fact.owner, []).append((fact, self._spelt(declared)))

    def zone(self, row: Row) -> Timezone:
        """The zone of a row; UTC stands in where it has none that is known, which is noted."""
        given = self._mapping.timezone
        if isinstance(given, str):
            return zone(given)
        found = row.read(given.column, _zone, given)
        if found is None and row.text(given.column) is None:
            row.note("row.no-zone", given.column)
        return found or zone("UTC")

    def event(self, row: Row, name: str, columns: EventColumns, zone: Timezone) -> LoggedEvent | None:
        """The event of a row; None where it has no moment, or one that cannot be read."""
        moments = self._mapping.moments
        moment = row.read(columns.at, moments.read, zone)
        if moment is None:
            return None
        return LoggedEvent(
            name=name,
            moment=moment,
            facts=self.facts(row, name, zone),
            recorded_at=row.read(columns.recorded_at, self._instant, zone),
            by=row.text(columns.by),
            department=row.read(columns.department, self._department),
            role=row.text(columns.role),
            note=row.text(columns.note),
        )

    def facts(self, row: Row, owner: str, zone: Timezone) -> Facts:
        """The facts of an event, or of the subject, that a row states."""
        moments = self._mapping.moments
        values: dict[str, object] = {}
        for fact, declared in self._facts.get(owner, ()):
            value = row.read(fact.column, read_fact, fact, declared, moments, zone)
            if value is not None:
                values[fact.name] = value
        return Facts(values) if values else NO_FACTS

    def note_stranded(self, row: Row, events: Iterable[LoggedEvent]) -> None:
        """Notes each cell with a fact for which no event of the row has a moment: its clock would be misjudged."""
        there = {"subject", *(event.name for event in events)}
        owners: dict[str, list[str]] = {}
        for fact in self._mapping.facts:
            owners.setdefault(fact.column, []).append(fact.owner)
        for column, named in owners.items():
            if row.text(column) is not None and not there.intersection(named):
                row.note("row.fact-without-event", column, got=row.text(column), events=tuple(named))

    def _instant(self, cell: str, zone: Timezone) -> DateTime:
        return self._mapping.moments.read(cell, zone).starts_at

    def _department(self, cell: str) -> str:
        return self._spellings[one_of(cell, self._spellings)]

    def _spelt(self, declared: FactType) -> FactType:
        if declared.kind != "department":
            return declared
        return attrs.evolve(declared, aliases=tuple(self._spellings.items()))


def _spellings(mapping: LogMapping, rules: Rules) -> Mapping[str, str]:
    """Every spelling of a department: its id, its names and other names in the rulebook, and the mapping's own."""
    departments = rules.departments.values()
    names = {name: one.id for one in departments for _, name in one.label.names}
    aliases = {alias: one.id for one in departments for alias in one.aliases}
    return {**names, **aliases, **{one.id: one.id for one in departments}, **dict(mapping.departments)}


def _zone(cell: str, column: ZoneColumn) -> Timezone:
    name = dict(column.names).get(cell, cell)
    try:
        return zone(name)
    except ZoneError as error:
        raise CellError("cell.zone", got=cell) from error
