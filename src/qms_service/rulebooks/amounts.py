"""Amounts (数值): a number as a rule writes it, or `$name` for the figure of a parameter."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from qms_service.rulebooks.context import BookContext
from qms_service.rulebooks.section import Section

Amount = int | Decimal | str
UNSET: Final = "?"  # the source lost the figure, and the factory has not set it


def amount_in(section: Section, key: str, book: BookContext) -> Amount | None:
    """The number of a key; `"?"` where it is the figure of a parameter that is not set."""
    given: Amount | None = section.take(key, int, Decimal, str)
    if not isinstance(given, str):
        return given
    at = section.at(key)
    if not given.startswith("$"):
        section.problems.wrong(at, given, Decimal)
        return None
    if not section.problems.known("parameter", given[1:], book.params, at):
        return None
    value = book.params[given[1:]].value
    if value == UNSET or (isinstance(value, int | Decimal) and not isinstance(value, bool)):
        return value
    section.problems.note("figure-number", at, got=repr(value), name=given[1:])
    return None


def word_in(section: Section, key: str, book: BookContext) -> str | None:
    """The text of a key; `$name` takes the figure of a parameter."""
    given = section.text(key)
    if given is None or not given.startswith("$"):
        return given
    if not section.problems.known("parameter", given[1:], book.params, section.at(key)):
        return None
    return str(book.params[given[1:]].value)
