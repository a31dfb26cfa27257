"""What a key of a rule says, in words: conditions, gates and lists as a reader would put them."""

from __future__ import annotations

from collections.abc import Mapping

from qms_service.cases import Pin
from qms_service.errors import TermError
from qms_service.facts import Facts
from qms_service.texts import Catalogue, Said, render, shown
from qms_service.worktime import Term
from qms_service.worktime.in_words import term_in_words

Catalogues = Mapping[str, Catalogue] | None
_ROWS = ("within", "every", "indicator")  # what a milestone, an age and a part of a blend cannot be without
_FORMS = ("event", "all", "any", "each", "balance")


def said(value: object, lang: str = "en", catalogues: Catalogues = None) -> str:
    """A value of a rulebook in words.

    >>> said(Facts({"event": "verified", "where": {"effective": True}, "after": "action_completed"}))
    'verified (effective = yes) after action_completed'
    """
    if isinstance(value, bool):
        return render("word.yes" if value else "word.no", {}, lang, catalogues)
    if isinstance(value, tuple):
        sides = [said(one, lang, catalogues) for one in value]
        of_facts = bool(value) and all(isinstance(one, Facts) and _is_condition(one) for one in value)
        return _joined(sides, "or" if of_facts else "list", lang, catalogues)
    if isinstance(value, Facts):
        return _need(value, lang, catalogues) if _is_need(value) else _condition(value, lang, catalogues)
    if isinstance(value, Pin):
        edition = edition_of(value)
        return render(edition.code, edition.operands, lang, catalogues)
    return _term(value, lang, catalogues) if isinstance(value, str) else shown(value, lang)


def _term(text: str, lang: str, catalogues: Catalogues) -> str:
    """A text of a rulebook; a term in words, as a document shows it."""
    try:
        return term_in_words(Term.parse(text), lang, catalogues)
    except TermError:
        return text


def edition_of(pin: Pin) -> Said:
    """An edition as a list of deviations names it."""
    named = {"rulebook": pin.rulebook, "edition": pin.edition, "digest": pin.digest[:12]}
    return Said("diff.edition", named)


def _is_need(facts: Facts) -> bool:
    return any(form in facts for form in (*_FORMS, "settled"))


def _is_condition(facts: Facts) -> bool:
    """Whether these are facts that must have their values: no need, and no row of a list of settings."""
    return not _is_need(facts) and not any(key in facts for key in _ROWS)


def _joined(parts: list[str], how: str, lang: str, catalogues: Catalogues) -> str:
    return render(f"diff.join.{how}", {}, lang, catalogues).join(parts)


def _condition(facts: Facts, lang: str, catalogues: Catalogues) -> str:
    """A table of facts that must all have their value; several values mean one of them."""
    parts = []
    for path, value in facts.items():
        if isinstance(value, tuple):
            values = _joined([said(one, lang, catalogues) for one in value], "or", lang, catalogues)
        else:
            values = said(value, lang, catalogues)
        parts.append(f"{path} = {values}")
    return _joined(parts, "and", lang, catalogues)


def _need(need: Facts, lang: str, catalogues: Catalogues) -> str:
    """A selector or a gate."""
    inner = _form(need, lang, catalogues)
    for key in ("where", "after", "each", "match", "count", "when", "settled"):
        if key in need:
            operands = {"need": inner, key: said(need.get(key), lang, catalogues)}
            code = "every" if key == "each" and need.get("every") is True else key
            inner = render(f"diff.need.{code}", operands, lang, catalogues).strip()
    marks = [key for key in ("if_known", "absolute", "waivable", "keeps") if need.get(key)]
    words = [render(f"diff.key.{key}", {}, lang, catalogues) for key in marks]
    return " ".join((inner, *words))


def _form(need: Facts, lang: str, catalogues: Catalogues) -> str:
    for key, how in (("all", "and"), ("any", "or")):
        given = need.get(key)
        if isinstance(given, tuple):
            return _joined([said(one, lang, catalogues) for one in given], how, lang, catalogues)
    if "balance" in need:
        return render("diff.need.balance", {"balance": need["balance"]}, lang, catalogues)
    kind = f"{need['kind']}." if "kind" in need else ""
    return f"{kind}{need.get('event', '')}"
