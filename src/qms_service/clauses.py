"""Clauses (条款): where in a procedure an answer rests."""

from __future__ import annotations

import attrs

from qms_service.errors import ClauseError


def _text(_clause: ClauseRef, field: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str):
        raise ClauseError("clause", field=field.name, got=repr(value))


@attrs.frozen
class ClauseRef:
    """A clause of a document in one edition.

    Clause numbers are text: 5.10 is not 5.1.

    Raises:
        ClauseError: A part of it is anything but text.

    >>> str(ClauseRef("4.2.4.2", document="pcb-maker", edition="1"))
    'pcb-maker 4.2.4.2'
    """

    number: str = attrs.field(validator=_text)
    document: str = attrs.field(default="", validator=_text, kw_only=True)
    edition: str = attrs.field(default="", validator=_text, kw_only=True)

    def __str__(self) -> str:
        return f"{self.document} {self.number}".strip()


def clause_ref(clause: ClauseRef | str | None) -> ClauseRef | None:
    """A clause given as its number alone, or already as a reference.

    Raises:
        ClauseError: It is neither.
    """
    return clause if clause is None or isinstance(clause, ClauseRef) else ClauseRef(clause)
