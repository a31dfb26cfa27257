"""Reads what the rows of a table are about, and with it what its columns can name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import attrs

from qms_service.forms.names import Names
from qms_service.forms.sheet import RowsOf
from qms_service.rulebooks.section import Section as Table


def read_rows(names: Names, table: Table) -> tuple[Names, RowsOf, str]:
    """What the columns of a table can name, the sort of its rows, and what they are about.

    Without `rows` a table is filled in by hand.
    """
    at, rows = table.at("rows"), table.text("rows")
    if rows is None:
        return attrs.evolve(names, about=()), "lines", ""
    head, _, about = rows.partition(".")
    if head not in _ROWS or (head == "cases" and about):
        table.problems.note("form-rows", at, got=rows)
        return attrs.evolve(names, unsure=True), "lines", ""
    if names.caseless and head != "cases":
        table.problems.note("form-no-case", at, got=rows)
    rows_of, read = _ROWS[head]
    return read(names, about, at) or attrs.evolve(names, unsure=True), rows_of, about


def _cases(names: Names, _about: str, _at: str) -> Names:
    return attrs.evolve(names, caseless=False)


def _events(names: Names, event: str, at: str) -> Names | None:
    if not event:
        return attrs.evolve(names, about=tuple(names.events.values()))
    rule = names.event(event, at)
    return None if rule is None else attrs.evolve(names, about=(rule,))


def _per(names: Names, fact: str, at: str) -> Names | None:
    return attrs.evolve(names, per=fact) if names.problems.known("fact", fact, names.keys, at) else None


def _related(names: Names, kind: str, at: str) -> Names | None:
    return names.another(kind, at)


_ROWS: Final[Mapping[str, tuple[RowsOf, Callable[[Names, str, str], Names | None]]]] = {
    "cases": ("cases", _cases),
    "events": ("events", _events),
    "per": ("per", _per),
    "related": ("related", _related),
}
