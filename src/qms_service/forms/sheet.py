"""Sheet: a form as it is defined: its sections, their fields, and where each value comes from."""

from __future__ import annotations

from typing import Literal

import attrs

from qms_service.clauses import ClauseRef
from qms_service.forms.sources import Source
from qms_service.forms.value_type import TEXT, ValueType
from qms_service.labels import Label

RowsOf = Literal["events", "cases", "related", "per", "lines"]


@attrs.frozen(kw_only=True)
class Field:
    """A field of a form, or a column of one of its tables.

    Args:
        id: Its name in the form.
        label: What the sheet calls it.
        type: Of what type its values are.
        source: Where its value comes from; None where it is filled in by hand.
        clause: The clause that asks for it.
        wide: Whether it takes a whole row of the sheet.
        room: For how many lines of writing there is room.
        width: Of a column, how wide it is against the others.
        needed: Whether it is missing as long as it is empty, though its fact is optional.
    """

    id: str
    label: Label
    type: ValueType = TEXT
    source: Source | None = None
    clause: ClauseRef | None = None
    wide: bool = False
    room: int = 1
    width: int = 1
    needed: bool = False


@attrs.frozen(kw_only=True)
class Section:
    """A part of a form under a heading: fields side by side, or a table.

    Args:
        id: Its name in the form.
        title: Its heading.
        clause: The clause that it serves.
        fields: Its fields; of a table, its columns.
        rows_of: What the rows of a table are about; None for fields side by side.
        about: The event, the kind of case, or the fact whose values have a row each; empty for every event.
        keys: The values that the fact can have, where the rulebook lists them: a row for each.
        after: Of rows about events, the events that these must be later than to have a row.
        lines: The names of the rows of a table that is filled in by hand.
        blank: How many empty rows a table has at least.
    """

    id: str
    title: Label
    clause: ClauseRef | None = None
    fields: tuple[Field, ...] = ()
    rows_of: RowsOf | None = None
    about: str = ""
    keys: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    lines: tuple[Label, ...] = ()
    blank: int = 0


@attrs.frozen(kw_only=True)
class Sheet:
    """The definition of a form (表单).

    Args:
        id: Its name among the forms of its file.
        kind: The kind of case that it is about.
        title: What it is called.
        clause: The clause that names it.
        note: How it is to be filled in, as a line below the title.
        sections: Its parts, from top to bottom.
        landscape: Whether it is printed across.
    """

    id: str
    kind: str
    title: Label
    clause: ClauseRef | None = None
    note: Label | None = None
    sections: tuple[Section, ...] = ()
    landscape: bool = False

    @property
    def lists_cases(self) -> bool:
        """Whether it is a list over many cases, a row each."""
        return any(section.rows_of == "cases" for section in self.sections)

    @property
    def by_hand(self) -> dict[str, Field]:
        """The fields that are filled in by hand, by id."""
        grids = (section for section in self.sections if section.rows_of is None)
        return {field.id: field for section in grids for field in section.fields if field.source is None}

    @property
    def tables_by_hand(self) -> dict[str, Section]:
        """The tables that are filled in by hand, by id."""
        return {section.id: section for section in self.sections if section.rows_of == "lines"}
