"""FilledForm (已填表单): a form with what is on record, what is missing, and the clause of each value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import IO, Any

import attrs
from pendulum import DateTime

from qms_service.cases import Pin
from qms_service.clauses import ClauseRef
from qms_service.errors import unknown_name
from qms_service.findings import Finding
from qms_service.forms.sheet import Field, Section, Sheet
from qms_service.forms.sources import FieldState
from qms_service.labels import Label
from qms_service.texts import Catalogue


@attrs.frozen(kw_only=True)
class FilledField:
    """A field with its value, or with why it has none.

    Args:
        field: The field: its label, its type, where its value comes from.
        value: The value; None where there is none. Instants stand in the zone of the rulebook.
        state: `"filled"`, `"missing"` (asked for and not on record), `"blank"` (optional and not on record),
            `"not_needed"` (the case does not ask for it) or `"by_hand"`.
        finding: What stands in the way, where more is known than that it is not on record.
    """

    field: Field
    value: object = None
    state: FieldState = "filled"
    finding: Finding | None = None

    @property
    def source(self) -> str:
        """The path that the value comes from; empty where it is filled in by hand."""
        return self.field.source.path if self.field.source else ""

    @property
    def clause(self) -> ClauseRef | None:
        """The clause that asks for it."""
        return self.field.clause


@attrs.frozen(kw_only=True)
class FilledRow:
    """A row of a table: its name, where the form names its rows, and its cells."""

    fields: tuple[FilledField, ...]
    label: Label | None = None

    @property
    def spare(self) -> bool:
        """Whether nothing stands in it: an empty row to write in."""
        return self.label is None and all(one.state == "by_hand" and one.value is None for one in self.fields)


@attrs.frozen(kw_only=True)
class FilledSection:
    """A section of a filled form: its fields side by side, or the rows of its table."""

    section: Section
    fields: tuple[FilledField, ...] = ()
    rows: tuple[FilledRow, ...] = ()

    @property
    def every_field(self) -> tuple[FilledField, ...]:
        """Its fields, and those of its rows."""
        return (*self.fields, *(field for row in self.rows for field in row.fields))


@attrs.frozen(kw_only=True)
class FilledForm:
    """A form filled from a case, or from many (已填表单).

    Args:
        form: The form's definition.
        case: The number of the case; empty for a list.
        pin: The edition that judges the case; None for a list.
        filled_at: The moment of filling, in the zone of the rulebook.
        zone: That zone.
        sections: The sections, filled.
    """

    form: Sheet
    case: str = ""
    pin: Pin | None = None
    filled_at: DateTime
    zone: str
    sections: tuple[FilledSection, ...] = ()

    @property
    def fields(self) -> Mapping[str, FilledField]:
        """The fields outside tables, by id."""
        return {one.field.id: one for section in self.sections for one in section.fields}

    @property
    def missing(self) -> tuple[FilledField, ...]:
        """What the procedure asks for and is not on record."""
        every = (one for section in self.sections for one in section.every_field)
        return tuple(one for one in every if one.state == "missing")

    def value(self, name: str) -> object:
        """The value of a field outside tables; None where it has none.

        Raises:
            UnknownNameError: The form has no such field.
        """
        if name not in self.fields:
            raise unknown_name("field", name, self.fields)
        return self.fields[name].value

    def data(self) -> dict[str, Any]:
        """The values by field as plain JSON data; `form.json_schema()` describes them.

        What has no value is left out; a table is a list of its rows.
        """
        from qms_service.forms.data import data_of  # noqa: PLC0415  # only for who asks

        return data_of(self)

    def to_markdown(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The form as Markdown, every text in it escaped.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages, each a mapping of code to template.
        """
        from qms_service.forms.markdown import markdown_of  # noqa: PLC0415  # only for who looks
        from qms_service.forms.wording import Wording  # noqa: PLC0415  # the same

        return markdown_of(self, Wording(lang=lang, catalogues=catalogues))

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The form as one page of HTML that prints on A4; it loads nothing, and every text in it is escaped.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages, each a mapping of code to template.
        """
        from qms_service.forms.html import html_of  # noqa: PLC0415  # only for who looks
        from qms_service.forms.wording import Wording  # noqa: PLC0415  # the same

        return html_of(self, Wording(lang=lang, catalogues=catalogues))

    def to_xlsx(
        self,
        path: str | os.PathLike[str] | IO[bytes],
        lang: str = "en",
        catalogues: Mapping[str, Catalogue] | None = None,
        *,
        template: str | os.PathLike[str] | IO[bytes] | None = None,
    ) -> None:
        """Writes the form as an Excel workbook, laid out as a sheet for A4; the same form gives the same bytes.

        Args:
            path: Where to write it: a path, or a binary file.
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages, each a mapping of code to template.
            template: A workbook of one's own whose cells hold `{field}`, and in a row of a table
                `{table.column}`; it is filled instead, and keeps its looks.

        Raises:
            MissingExtraError: openpyxl is not installed.
            FormError: The template is no workbook, or names what the form does not have.
        """
        from qms_service.forms.wording import Wording  # noqa: PLC0415  # only for who writes it
        from qms_service.forms.xlsx import write_xlsx  # noqa: PLC0415  # loads openpyxl

        write_xlsx(self, path, Wording(lang=lang, catalogues=catalogues), template)

    def _repr_html_(self) -> str:
        from qms_service.forms.html import part_of_page  # noqa: PLC0415  # only for who looks
        from qms_service.forms.wording import Wording  # noqa: PLC0415  # the same

        return part_of_page(self, Wording())
