"""Reads the definitions of forms from their TOML tree; every mistake is noted, none stops the reading."""

from __future__ import annotations

from typing import Final

import attrs

from qms_service.clauses import ClauseRef
from qms_service.forms.names import Names
from qms_service.forms.read_field import FieldReader, cited, count_of, names_of, titled
from qms_service.forms.read_rows import read_rows
from qms_service.forms.sheet import RowsOf, Section, Sheet
from qms_service.labels import Label
from qms_service.rulebooks.context import label_of
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.section import Section as Table

MOST: Final = 12  # columns of a table: the parts that a sheet is ruled in
MOST_ROWS: Final = 40  # empty rows: what fits on a page
TABLE_KEYS: Final = ("rows", "lines", "columns")


def read_sheets(root: Table, rules: Rules) -> tuple[Sheet, ...]:
    """The forms of a file, in its order."""
    document = root.text("rulebook", needed=True) or ""
    forms = root.inner("forms")
    read = [_sheet(name, one, rules, document) for name, one in forms.tables()]
    root.finish()
    if not forms.raw:
        root.problems.note("no-forms", "forms")
    return tuple(one for one in read if one is not None)


def _sheet(name: str, table: Table, rules: Rules, document: str) -> Sheet | None:
    table.problems.plain(name, table.path)
    kind = table.name("kind", "case-kind", rules.kinds, needed=True)
    parts = table.inner("sections")
    sheet = Sheet(
        id=name,
        kind=kind or "",
        title=label_of(table, name, "title"),
        clause=cited(table, document),
        note=titled(table, "", "note"),
        landscape=table.flag("landscape"),
    )
    table.finish()
    if not parts.raw:
        table.problems.note("form-empty", table.path)
    if kind is None:
        return None
    caseless = any(isinstance(part, dict) and part.get("rows") == "cases" for part in parts.raw.values())
    names = Names(rules=rules, kind=rules.kinds[kind], problems=table.problems, caseless=caseless)
    reader = _SectionReader(names=names, document=document, clause=sheet.clause)
    return attrs.evolve(sheet, sections=tuple(reader.section(id_, part) for id_, part in parts.tables()))


@attrs.frozen(kw_only=True, eq=False)
class _SectionReader:
    """Reads the sections of one form; no two of its fields or tables share a name, for templates go by it."""

    names: Names
    document: str
    clause: ClauseRef | None
    taken: dict[str, str] = attrs.field(factory=dict)

    def section(self, name: str, table: Table) -> Section:
        is_table = any(key in table.raw for key in TABLE_KEYS)
        clause = cited(table, self.document)
        section = Section(id=name, title=label_of(table, name, "title"), clause=clause)
        section = self._table(section, table) if is_table else self._grid(section, table)
        table.finish()
        if not section.fields:
            table.problems.note("form-empty", table.path)
        return section

    def _grid(self, section: Section, table: Table) -> Section:
        reader = FieldReader(names=self.names, document=self.document, clause=section.clause or self.clause)
        fields = table.inner("fields")
        return attrs.evolve(section, fields=tuple(reader.fields(fields, self._free)))

    def _table(self, section: Section, table: Table) -> Section:
        self._free(section.id, table.path)
        names, rows_of, about = read_rows(self.names, table)
        after = self._after(table, rows_of)
        lines, blank = _lines(table)
        if lines and rows_of != "lines":
            table.problems.note("form-lines", table.at("lines"))
        columns = table.inner("columns")
        reader = FieldReader(
            names=names,
            document=self.document,
            clause=section.clause or self.clause,
            boxes=rows_of == "lines",
        )
        fields = tuple(reader.fields(columns, table.problems.plain))
        wide = len(columns.raw) + bool(lines)
        if wide > MOST:
            table.problems.note("form-columns", columns.path, got=wide, most=MOST)
        keys = tuple(key for key, _ in self.names.keys[about].choices) if names.per else ()
        return attrs.evolve(
            section,
            fields=fields,
            rows_of=rows_of,
            about=about,
            keys=keys,
            after=after,
            lines=lines,
            blank=blank,
        )

    def _after(self, table: Table, rows_of: RowsOf) -> tuple[str, ...]:
        """The events that those of a table must be later than."""
        after = names_of(table, "after", self.names)
        if after and rows_of != "events":
            table.problems.note("form-after", table.at("after"))
        return after

    def _free(self, name: str, at: str) -> None:
        """Notes a name that another field or table of the form has."""
        self.names.problems.plain(name, at)
        if name in self.taken:
            self.names.problems.note("form-name-twice", at, got=name, other=self.taken[name])
        self.taken.setdefault(name, at)


def _lines(table: Table) -> tuple[tuple[Label, ...], int]:
    """The names of the rows that are filled in by hand, or how many empty ones there are."""
    given = table.take("lines", int, list)
    if not isinstance(given, list):
        return (), count_of(table, "lines", MOST_ROWS, 0)
    labels = []
    for index, one in enumerate(given):
        at = f"{table.at('lines')}[{index}]"
        if isinstance(one, dict):
            line = Table(one, at, table.problems)
            labels.append(label_of(line, str(index + 1)))
            line.finish()
        else:
            table.problems.wrong(at, one, dict)
    return tuple(labels), len(labels)
