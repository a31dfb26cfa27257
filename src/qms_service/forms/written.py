"""What was written by hand into a form: checked against the types of its fields and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qms_service.errors import EntryError, unknown_name
from qms_service.facts import Facts
from qms_service.forms.sheet import Field, Section, Sheet


def written(sheet: Sheet, given: Mapping[str, object]) -> Mapping[str, object]:
    """The values by field, and the rows by table, as the form holds them.

    Args:
        sheet: The form.
        given: Values by field; of a table that is filled in by hand, a row for each of its lines.

    Raises:
        UnknownNameError: A name belongs to nothing that is filled in by hand.
        FactValueError: A value is of another type than its field.
        EntryError: There are no names, or a table has no rows, or more than the form names.
    """
    if not isinstance(given, Mapping):
        raise EntryError("entry-rows", got=repr(given))
    fields, tables = sheet.by_hand, sheet.tables_by_hand
    read: dict[str, object] = {}
    for name, value in given.items():
        if name in tables:
            read[name] = _rows(tables[name], value)
        elif name in fields:
            read[name] = fields[name].type.read(name, value)
        else:
            raise unknown_name("field", name, (*fields, *tables))
    return read


def _rows(table: Section, given: object) -> tuple[Facts, ...]:
    rows = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str | Mapping) else None
    if rows is None or not all(isinstance(row, Mapping) for row in rows):
        raise EntryError("form-table", table=table.id, got=repr(given))
    if table.lines and len(rows) > len(table.lines):
        raise EntryError("form-table-lines", table=table.id, got=len(rows), most=len(table.lines))
    columns = {column.id: column for column in table.fields}
    return tuple(_row(columns, row, f"{table.id}[{place}]") for place, row in enumerate(rows))


def _row(columns: Mapping[str, Field], given: Mapping[str, object], at: str) -> Facts:
    for name in given:
        if name not in columns:
            raise unknown_name("column", name, columns)
    return Facts({name: columns[name].type.read(f"{at}.{name}", value) for name, value in given.items()})
