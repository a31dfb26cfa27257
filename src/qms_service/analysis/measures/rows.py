"""Rows (行): the columns that a measure reads, each of the kind that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import narwhals as nw

from qms_service.analysis.read import Table, table_of, type_of
from qms_service.errors import ColumnError, UnknownNameError, misspelt, unknown_name

_COLUMNS: Final[Mapping[str, str]] = {
    "clock": "text",
    "state": "text",
    "started_at": "instant",
    "stopped_at": "instant",
    "due_at": "instant",
    "original_due_at": "instant",
    "gross": "duration",
    "net": "duration",
}
_KINDS: Final[Mapping[str, tuple[str, tuple[Any, ...]]]] = {
    "text": ("measure-text", (nw.String, nw.Categorical, nw.Enum, nw.Object)),
    "instant": ("measure-instant", (nw.Datetime,)),
    "duration": ("measure-duration", (nw.Duration,)),
}


def deadline_rows(frame: object, *needed: str) -> Table:
    """A long result of `deadlines_frame` that has the columns needed.

    Raises:
        UnknownNameError: One is missing.
        ColumnError: One is of another kind.
    """
    rows = table_of(frame)
    for name in needed:
        if name not in rows.columns:
            code, operands = misspelt("measure-column", name, rows.columns)
            raise UnknownNameError(code, kind="column", **operands)
        check_kind(rows, name, _COLUMNS[name])
    return rows


def check_kind(rows: Table, name: str, kind: str) -> None:
    """Raises `ColumnError` for a column of another kind than `"text"`, `"instant"` or `"duration"`."""
    code, allowed = _KINDS[kind]
    if not isinstance(type_of(rows[name]), allowed):
        raise ColumnError(code, name=name, got=str(rows.schema[name]))


def check_choice(got: object, allowed: Iterable[str]) -> None:
    """Raises `UnknownNameError` for a word that is not among the allowed ones."""
    if got not in (words := tuple(allowed)):
        raise unknown_name("choice", got, words)


def in_words(groups: Table) -> Table:
    """Groups with their categories as texts, which sort by name; large tables are grouped by the categories."""
    coded = [name for name, dtype in groups.schema.items() if isinstance(dtype, nw.Categorical | nw.Enum)]
    return groups.with_columns(*map(_word, coded)) if coded else groups


def _word(name: str) -> nw.Expr:
    """A category as a text; of a missing one pandas 2 would make "nan"."""
    own = nw.col(name)
    return nw.when(~own.is_null()).then(own.cast(nw.String)).alias(name)


def without_target() -> nw.Expr:
    """Whether a clock has no figure to keep: due at once is due at its start, in good time is never due."""
    at_once = (nw.col("original_due_at") == nw.col("started_at")).fill_null(value=False)
    return nw.col("due_at").is_null() | at_once
