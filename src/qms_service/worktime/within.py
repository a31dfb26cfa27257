"""Within (时限): what a rule writes as its time, a term or an urgency."""

from __future__ import annotations

from qms_service.worktime.term import Term
from qms_service.worktime.urgency import Urgency


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
