"""Dialects (方言): the few words in which SQLite and PostgreSQL differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs

from qms_service.errors import unknown_name

Value = str | int | None
Run = Callable[[str, Mapping[str, Value]], Sequence[tuple[Any, ...]]]


@attrs.frozen(kw_only=True)
class Dialect:
    """What a database calls the same thing.

    Args:
        name: The name by which callers choose it.
        text: The type of a text that sorts by code point, as Python sorts.
        identity: The type of a key that the database counts up itself.
        to_keep: What ends a SELECT whose rows nobody else may change until the transaction ends.
        one_at_a_time: The statement that makes a second migration wait; empty where writing itself does.
        tables: The query for the tables of this library that are there.
    """

    name: str
    text: str
    identity: str
    to_keep: str
    one_at_a_time: str
    tables: str


SQLITE: Final = Dialect(
    name="sqlite",
    text="TEXT",
    identity="INTEGER PRIMARY KEY",
    to_keep="",
    one_at_a_time="",
    tables="SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'qms!_%' ESCAPE '!'",
)
POSTGRESQL: Final = Dialect(
    name="postgresql",
    text='TEXT COLLATE "C"',
    identity="BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    to_keep=" FOR UPDATE",
    one_at_a_time="SELECT pg_advisory_xact_lock(7163947)",
    tables=(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid)"
        " AND relname LIKE 'qms!_%' ESCAPE '!'"
    ),
)
DIALECTS: Final[Mapping[str, Dialect]] = {one.name: one for one in (SQLITE, POSTGRESQL)}


def dialect_of(name: str) -> Dialect:
    """The dialect of a name.

    Raises:
        UnknownNameError: There is none; the error names those that there are.

    >>> dialect_of("postgresql").to_keep
    ' FOR UPDATE'
    """
    if name not in DIALECTS:
        raise unknown_name("dialect", name, DIALECTS)
    return DIALECTS[name]
