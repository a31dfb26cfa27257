"""Clauses (条款): where in a procedure an answer rests."""

from __future__ import annotations

import attrs


@attrs.frozen
class ClauseRef:
    """A clause of a document in one edition.

    Clause numbers are strings: 5.10 is not 5.1.

    >>> str(ClauseRef("4.2.4.2", document="pcb-maker", edition="1"))
    'pcb-maker 4.2.4.2'
    """

    number: str
    document: str = attrs.field(default="", kw_only=True)
    edition: str = attrs.field(default="", kw_only=True)

    def __str__(self) -> str:
        return f"{self.document} {self.number}".strip()


def clause_ref(clause: ClauseRef | str | None) -> ClauseRef | None:
    """A clause given as its number alone, or already as a reference."""
    return ClauseRef(clause) if isinstance(clause, str) else clause
