"""Fills a form: reads the value of each field from a case, or from a case for each row of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.cases import Case
from qms_service.errors import EntryError, QmsError
from qms_service.facts import NO_FACTS, Facts
from qms_service.findings import Finding
from qms_service.forms.bound import events_of
from qms_service.forms.filled import FilledField, FilledForm, FilledRow, FilledSection
from qms_service.forms.sheet import Field, Section, Sheet
from qms_service.forms.sight import Rulings, Sight, sight_of
from qms_service.forms.sources import Found, OfCase, links_without, related_of
from qms_service.forms.written import written
from qms_service.instants import from_micros, instant, micros
from qms_service.rulebooks import Procedure, Rulebook


@attrs.frozen(kw_only=True, eq=False)
class Filling:
    """One form being filled.

    Args:
        sheet: The form.
        rulings: One edition, or a rulebook that has the edition of each case.
        now: The moment.
        related: The linked cases handed in.
        by_hand: What was written by hand, by field.
        replay: Whether a case of another edition is read by this one.
        zone: The zone of the rulebook.
    """

    sheet: Sheet
    rulings: Rulings
    now: DateTime
    related: tuple[Case, ...]
    by_hand: Mapping[str, object]
    replay: bool
    zone: Timezone

    def of(self, case: Case) -> FilledForm:
        """The form filled from one case."""
        sight = self._sight(case)
        if self.sheet.lists_cases:
            raise EntryError("form-list", form=self.sheet.id)
        self._right_kind(case)
        sections = tuple(self._section(one, sight) for one in self.sheet.sections)
        return attrs.evolve(self._form(sections), case=case.id, pin=case.pin)

    def over(self, cases: Iterable[Case]) -> FilledForm:
        """The list filled from many cases: one that cannot be read has a row that says why."""
        if not self.sheet.lists_cases:
            raise EntryError("form-no-list", form=self.sheet.id)
        given = as_cases(cases)
        return self._form(tuple(self._list_section(one, given) for one in self.sheet.sections))

    def _form(self, sections: tuple[FilledSection, ...]) -> FilledForm:
        filled_at = from_micros(micros(self.now), self.zone)
        return FilledForm(form=self.sheet, filled_at=filled_at, zone=self.zone.name, sections=sections)

    def _sight(self, case: Case) -> Sight:
        return sight_of(case, self.rulings, self.now, self.related, replay=self.replay)

    def _right_kind(self, case: Case) -> None:
        if case.kind != self.sheet.kind:
            raise EntryError(
                "form-kind", form=self.sheet.id, case=case.id, got=case.kind, allowed=self.sheet.kind
            )

    def _section(self, section: Section, sight: Sight) -> FilledSection:
        if section.rows_of is None:
            return FilledSection(section=section, fields=self._grid(section, sight))
        return self._table(section, [*self._rows(section, sight)])

    def _list_section(self, section: Section, cases: Sequence[Case]) -> FilledSection:
        if section.rows_of is None:
            return FilledSection(section=section, fields=self._grid(section, None))
        rows = [self._case_row(section, one) for one in cases] if section.rows_of == "cases" else []
        return self._table(section, rows or [*self._rows_by_hand(section)])

    def _table(self, section: Section, rows: Sequence[FilledRow]) -> FilledSection:
        """A table with its empty rows below those that are filled."""
        empty = FilledRow(fields=tuple(FilledField(field=one, state="by_hand") for one in section.fields))
        return FilledSection(section=section, rows=(*rows, *[empty] * (section.blank - len(rows))))

    def _rows(self, section: Section, sight: Sight) -> Iterator[FilledRow]:
        if section.rows_of == "events":
            events = (
                sight.timeline.all(section.about)
                if section.about
                else sight.timeline.events[sight.timeline.cycle_start :]
            )
            for event in events:
                if not sight.newer(event, section.after):
                    yield FilledRow(fields=self._cells(section.fields, sight.on(event)))
        elif section.rows_of == "per":
            for key in _keys(section, sight):
                yield FilledRow(fields=self._cells(section.fields, sight.of_key(section.about, key)))
        elif section.rows_of == "related":
            for case in related_of(sight, section.about):
                yield FilledRow(fields=self._cells(section.fields, sight.beside(case)))
            for number in links_without(sight, section.about):
                yield self._unread(section, number, _absent(number, section.about))
        else:
            yield from self._rows_by_hand(section)

    def _rows_by_hand(self, section: Section) -> Iterator[FilledRow]:
        """The rows that were written by hand, under their names where the form names its rows."""
        given = self.by_hand.get(section.id, ())
        for label, row in zip_longest(section.lines, given if isinstance(given, tuple) else ()):
            values = row or NO_FACTS
            fields = tuple(
                FilledField(field=one, value=self._here(values.get(one.id)), state="by_hand")
                for one in section.fields
            )
            yield FilledRow(fields=fields, label=label)

    def _case_row(self, section: Section, case: Case) -> FilledRow:
        """A row for one case; a case that the rules cannot read stops no other."""
        try:
            sight = self._sight(case)
            self._right_kind(case)
            return FilledRow(fields=self._cells(section.fields, sight))
        except QmsError as error:
            number = case.id if isinstance(case, Case) else repr(case)
            return self._unread(section, number, _refused(number, error))

    def _unread(self, section: Section, number: str, finding: Finding) -> FilledRow:
        """The row of a case that was not read: its number, and why the rest is missing."""
        return FilledRow(
            fields=tuple(
                FilledField(field=field, value=number)
                if isinstance(field.source, OfCase) and field.source.figure == "id"
                else FilledField(field=field, state="missing", finding=finding)
                for field in section.fields
            )
        )

    def _grid(self, section: Section, sight: Sight | None) -> tuple[FilledField, ...]:
        """Fields side by side, those without a source with what was written into them."""
        cells = self._cells(section.fields, sight)
        return tuple(
            attrs.evolve(one, value=self._here(self.by_hand[one.field.id]))
            if one.field.id in self.by_hand
            else one
            for one in cells
        )

    def _cells(self, fields: Iterable[Field], sight: Sight | None) -> tuple[FilledField, ...]:
        return tuple(self._cell(field, sight) for field in fields)

    def _cell(self, field: Field, sight: Sight | None) -> FilledField:
        if field.source is None:
            return FilledField(field=field, state="by_hand")
        found = Found(value=self.now) if sight is None else field.source.read(sight)
        state = "missing" if found.state == "blank" and field.needed else found.state
        return FilledField(field=field, value=self._here(found.value), state=state, finding=found.finding)

    def _here(self, value: object) -> object:
        """A value with its instants on the clocks of the rulebook's zone."""
        if isinstance(value, datetime):
            return from_micros(micros(value), self.zone)
        if isinstance(value, tuple):
            return tuple(self._here(one) for one in value)
        if isinstance(value, Facts):
            return Facts({name: self._here(one) for name, one in value.items()})
        return value


def filling(
    sheet: Sheet,
    rulings: Rulings,
    *,
    now: datetime,
    related: Iterable[Case],
    by_hand: Mapping[str, object] | None,
    replay: bool,
) -> Filling:
    """A form about to be filled.

    Raises:
        EntryError: The rules are none.
        UnknownNameError: What was written by hand belongs to no field that is filled in by hand.
        FactValueError: It is of another type than its field.
        NaiveInstantError: `now` has no zone.
    """
    if not isinstance(rulings, Procedure | Rulebook):
        raise EntryError("form-rules", got=repr(rulings))
    newest = rulings if isinstance(rulings, Procedure) else rulings.editions[-1]
    return Filling(
        sheet=sheet,
        rulings=rulings,
        now=instant(now),
        related=as_cases(related),
        by_hand=written(sheet, by_hand or {}),
        replay=replay,
        zone=newest.rules.zone,
    )


def as_cases(given: object) -> tuple[Case, ...]:
    """Cases as a caller has them.

    Raises:
        EntryError: They are no list; a single case is none.
    """
    if not isinstance(given, Iterable) or isinstance(given, str | Mapping):
        raise EntryError("form-cases", got=repr(given))
    return tuple(given)


def _keys(section: Section, sight: Sight) -> Iterable[object]:
    """The keys that a table has a row for: those that the rulebook lists, then others on record."""
    tallies = sight.kind.quantities
    found = [
        key
        for name, value in sight.quantities.items()
        if tallies[name].per == section.about and isinstance(value, Mapping)
        for key in value
    ]
    names = frozenset[str]().union(*(events_of(field.source) for field in section.fields))
    events = sight.timeline.events[sight.timeline.cycle_start :]
    told = [event.value(section.about) for event in events if event.name in names]
    return dict.fromkeys((*section.keys, *found, *(key for key in told if key is not None)))


def _absent(number: str, kind: str) -> Finding:
    """That a linked case was not handed in."""
    return Finding(code="form-not-handed-in", severity="warning", subject=number, facts={"kind": kind})


def _refused(number: str, error: QmsError) -> Finding:
    told = {"en": error.text("en"), "zh": error.text("zh")}
    return Finding(code="refused", severity="warning", subject=number, facts=told)
