"""Assignments (职责分派): who is responsible, who answers for it, who is asked and who is told."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from qms_service.clauses import ClauseRef


def _names(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def _clauses(value: Iterable[ClauseRef]) -> tuple[ClauseRef, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class Assignment:
    """An assignment of a matter to departments (职责分派), with the clauses it rests on.

    Args:
        responsible: Who does it (R).
        accountable: Who answers for it (A).
        consulted: Who is asked, or assists (C).
        informed: Who is told (I).
        delegate: Who acts when the one responsible is absent.
        clauses: The clauses that say so.
        decided: False while facts that would name another owner are not on record: `responsible` is then
            the owner for "unknown", if the rules name one.
        missing: Those facts.

    >>> Assignment(responsible="process", consulted="quality").consulted
    ('quality',)
    """

    responsible: str | None = None
    accountable: str | None = None
    consulted: tuple[str, ...] = attrs.field(default=(), converter=_names)
    informed: tuple[str, ...] = attrs.field(default=(), converter=_names)
    delegate: str | None = None
    clauses: tuple[ClauseRef, ...] = attrs.field(default=(), converter=_clauses)
    decided: bool = True
    missing: tuple[str, ...] = attrs.field(default=(), converter=_names)
