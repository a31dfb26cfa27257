"""Terms in words (期限的说法): as documents about a rulebook say them."""

from __future__ import annotations

from collections.abc import Mapping

from qms_service.texts import Catalogue, render
from qms_service.worktime.term import Term


def term_in_words(term: Term, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
    """A term in the reader's language.

    >>> term_in_words(Term.parse("48 h"), "zh"), term_in_words(Term.parse("1 working d"))
    ('48 小时', '1 working day')
    """

    def say(code: str, **operands: object) -> str:
        return render(f"show.term.{code}", operands, lang, catalogues)

    if not term.amount:
        return say("same-day")
    unit = f"working-{term.unit}" if term.working else term.unit
    said = say(f"{unit}{'.one' if term.amount == 1 else ''}", amount=term.amount)
    return say("end-of-day", term=said) if term.end_of_day else said
