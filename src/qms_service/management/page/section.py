"""Section (章节): a heading of the page with its clause, its sentences and its tables."""

from __future__ import annotations

import attrs

from qms_service.markup import Table


@attrs.frozen(kw_only=True)
class Section:
    """A part of the page, in one language.

    Args:
        title: Its heading.
        clause: The clauses that it answers.
        lines: Sentences above its tables.
        tables: Its tables; one without rows is left out by whoever makes it.
        notes: Sentences below its tables.
    """

    title: str
    clause: str = ""
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
