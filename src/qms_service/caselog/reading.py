"""The run over the rows of a log: each becomes part of a case, or a reject with its reason.

A case is judged on its whole history, so one bad row of a long log rejects every row of its case; two cases
of one number in a wide log are both rejected, for nobody can tell which of them is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs
from pendulum.tz.timezone import Timezone

from qms_service.caselog.logged import LoggedCase, LoggedEvent, history_of
from qms_service.caselog.mapping import EventRows, LogMapping
from qms_service.caselog.mapping_check import event_names
from qms_service.caselog.progress import Progress
from qms_service.caselog.rejects import Reject
from qms_service.caselog.rows import RowReader
from qms_service.cases import Subject
from qms_service.errors import QmsError, Refused, nearest
from qms_service.facts import Facts
from qms_service.rulebooks.rulebook import Rulebook
from qms_service.sheets.fault import Fault, fault_of
from qms_service.sheets.row import Row
from qms_service.sheets.sheet import Sheet

FEW: Final = 5  # lines that a reason names at most


@attrs.define
class _Draft:
    """A case while it is read: its rows, and what they say of its subject and events."""

    rows: list[Row]
    subject: dict[str, object]
    events: list[LoggedEvent]


class Reading:
    """One run over the rows of a sheet: the cases that can be read, and the rejects.

    Args:
        mapping: Which column holds what; its names are known to exist.
        book: The rulebook.
        sheet: The rows.
        progress: Told of the rows done.
    """

    def __init__(self, mapping: LogMapping, book: Rulebook, sheet: Sheet, progress: Progress | None) -> None:
        self.rejects: list[Reject] = []
        self._mapping = mapping
        self._book = book
        self._sheet = sheet
        self._progress = progress
        self._rules = book.editions[-1].rules
        self._reader = RowReader(mapping, self._rules)
        self._events = event_names(self._rules, mapping.kind)

    def cases(self) -> Iterator[LoggedCase]:
        """The cases that can be read; the others go to the rejects."""
        done = 0
        for number, rows in self._by_number().items():
            draft = self._draft(rows)
            case = self._case(number, draft) if all(row.readable for row in rows) else None
            if case is None:
                self._reject(number, rows)
            else:
                yield case
            done += len(rows)
            if self._progress:
                self._progress(done, len(self._sheet.records))

    def _by_number(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each case, in the order of the file; rows without a number are rejected at once."""
        missing = frozenset(self._mapping.missing)
        groups: dict[str, list[Row]] = {}
        for record in self._sheet.records:
            row = Row(record, self._sheet, missing)
            number = None if record.broken else row.text(self._mapping.case)
            if number is None:
                if row.readable:
                    row.note("row.no-number", self._mapping.case)
                self._reject(None, [row])
            else:
                groups.setdefault(number, []).append(row)
        return groups

    def _draft(self, rows: Sequence[Row]) -> _Draft:
        draft = _Draft(rows=list(rows), subject={}, events=[])
        if self._mapping.rows is None and len(rows) > 1:
            self._note_twice(rows)
        for row in rows:
            if row.readable:
                self._read(row, draft)
        return draft

    def _note_twice(self, rows: Sequence[Row]) -> None:
        """Notes on each row of one number where the others stand, the first few of them."""
        column, first = self._mapping.case, [row.record.line for row in rows[: FEW + 1]]
        for row in rows:
            others = tuple(line for line in first if line != row.record.line)[:FEW]
            row.note("row.number-twice", column, got=row.text(column), lines=others)

    def _read(self, row: Row, draft: _Draft) -> None:
        zone = self._reader.zone(row)
        self._subject(row, self._reader.facts(row, "subject", zone), draft)
        if self._mapping.rows is not None:
            self._one_event(row, self._mapping.rows, zone, draft)
            return
        found = (self._reader.event(row, name, columns, zone) for name, columns in self._mapping.events)
        draft.events.extend(event for event in found if event is not None)
        if row.readable:
            self._reader.note_stranded(row, draft.events)

    def _subject(self, row: Row, facts: Facts, draft: _Draft) -> None:
        """What a row says of the subject; the rows of a case must not contradict each other."""
        for name, value in facts.items():
            if draft.subject.setdefault(name, value) != value:
                row.note("row.subject-differs", fact=name, got=value, before=draft.subject[name])

    def _one_event(self, row: Row, rows: EventRows, zone: Timezone, draft: _Draft) -> None:
        spelling = row.text(rows.name)
        if spelling is None:
            row.note("row.no-event-name", rows.name)
            return
        if spelling in rows.ignore:
            return
        name = dict(rows.names).get(spelling, spelling)
        if name not in self._events:
            known = (*dict(rows.names), *self._events)
            row.note("row.event", rows.name, got=spelling, nearest=nearest(spelling, known), allowed=known)
            return
        event = self._reader.event(row, name, rows.columns, zone)
        if event is not None:
            draft.events.append(event)
        elif row.readable:
            row.note("row.no-moment", rows.columns.at, event=name)

    def _case(self, number: str, draft: _Draft) -> LoggedCase | None:
        """The case that the rows tell, if the rulebook can read it."""
        if not draft.events:
            draft.rows[0].note("row.no-event")
            return None
        opening = self._rules.kind(self._mapping.kind).opening
        first = min(draft.events, key=lambda event: (event.name != opening, event.moment.earliest))
        subject = Subject(
            self._mapping.kind, number=number, opened_at=first.moment.starts_at, facts=draft.subject
        )
        try:
            case = self._book.on(subject.opened_at).adopt(subject, history_of(draft.events))
        except QmsError as error:
            draft.rows[0].faults.extend(_faults(error))
            return None
        lines = tuple(row.record.line for row in draft.rows)
        return LoggedCase(lines=lines, case=case, events=tuple(draft.events))

    def _reject(self, number: str | None, rows: Sequence[Row]) -> None:
        """Rejects all rows of a case; a row without a fault of its own names the line that has one."""
        culprits = tuple(row.record.line for row in rows if not row.readable)[:FEW]
        for row in rows:
            if row.readable:
                row.note("row.case-rejected", case=number, lines=culprits)
            self.rejects.append(
                Reject(line=row.record.line, case=number, fields=row.record.fields, faults=tuple(row.faults))
            )


def _faults(error: QmsError) -> list[Fault]:
    """What the rulebook refuses in a case."""
    if isinstance(error, Refused):
        return [
            Fault(code=f"finding.{one.code}", operands={"subject": one.subject, **one.facts})
            for one in error.findings
        ]
    return [fault_of(error)]
