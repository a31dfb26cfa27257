"""A value as its author wrote it: a message about a file speaks TOML, not Python."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal


def as_written(value: object) -> str:
    """A value of a TOML file, as it may stand there.

    >>> as_written({"optional": True, "since": date(2026, 3, 2), "to": ["sales", Decimal("3.10")]})
    "{ optional = true, since = 2026-03-02, to = ['sales', 3.10] }"
    >>> as_written({}), as_written([])
    ('{}', '[]')
    """
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {as_written(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_written, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, date | time | Decimal) else repr(value)
