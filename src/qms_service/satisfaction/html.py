"""Scores in HTML (得分的网页显示): a line that says it, and below it how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from qms_service.markup import Html, Table, Words
from qms_service.satisfaction.line import Line
from qms_service.texts import Catalogue


class Derived(Protocol):
    """What says itself in a line, and how it came about."""

    @property
    def derivation(self) -> tuple[Line, ...]:
        """The lines of the derivation."""

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The line."""


def score_html(score: Derived, words: Words) -> Html:
    """A table: the score above, a row for each line of its derivation."""
    lang, catalogues = words.lang, words.catalogues
    rows = [(str(number), line.text(lang, catalogues)) for number, line in enumerate(score.derivation, 1)]
    return Table(caption=score.text(lang, catalogues), rows=rows).html(words)
