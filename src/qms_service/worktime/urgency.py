"""Urgency (缓急): what a procedure says where it gives no figure."""

from __future__ import annotations

from enum import Enum

from qms_service.worktime.term import Term


class Urgency(Enum):
    """A duty without a figure (缓急).

    `AT_ONCE` is due at its start, shown first and in no rate; `IN_GOOD_TIME` is shown and never computed;
    `UNSET` stands where the source lost the figure, until the factory sets it.
    """

    AT_ONCE = "at once"
    IN_GOOD_TIME = "in good time"
    UNSET = "?"

    def __str__(self) -> str:
        return self.value


def parse_within(text: str | Term | Urgency) -> Term | Urgency:
    """What a rule writes in `within`: a term, or an urgency.

    Raises:
        TermError: The text is neither.

    >>> parse_within("at once"), str(parse_within("12 h"))
    (<Urgency.AT_ONCE: 'at once'>, '12 h')
    """
    if isinstance(text, Term | Urgency):
        return text
    plain = " ".join(str(text).lower().split())
    found = [urgency for urgency in Urgency if urgency.value == plain]
    return found[0] if found else Term.parse(text)
