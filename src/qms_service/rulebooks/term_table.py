"""Term table (期限表): a term that the facts of a case choose: urgent 2 d, normal 7 d."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import attrs

from qms_service.clauses import ClauseRef
from qms_service.errors import FactValueError
from qms_service.routing import DecisionTable
from qms_service.worktime import Term, Urgency

_NO_TERM: Final = (None, None)


@attrs.frozen(kw_only=True)
class TermTable:
    """The choice of a clock's term by a decision table.

    Args:
        table: Its output `within` is a term, as text.
        sources: For each input, the facts that give it, the first on record counting.
        terms: The terms of its rules by their text, read once.
    """

    table: DecisionTable
    sources: tuple[tuple[str, tuple[str, ...]], ...]
    terms: tuple[tuple[str, Term | Urgency], ...]

    def possible(
        self, fact: Callable[[str], object], /
    ) -> Iterator[tuple[Term | Urgency | None, ClauseRef | None]]:
        """The terms that the facts on record leave open, each with the clause of its rule.

        No term too where facts that are missing may yet fall into a gap of the table; nothing where a fact
        lies outside what its input takes: a clock never raises for a case.
        """
        looked_up = {name: _first(paths, fact) for name, paths in self.sources}
        facts = {name: value for name, value in looked_up.items() if value is not None}
        terms = dict(self.terms)
        try:
            possible = self.table.possible(facts)
        except FactValueError:
            return
        for rule in possible.rules:
            yield terms[str(rule.then["within"])], rule.clause
        if possible.rules and not possible.covered:
            yield _NO_TERM


def _first(paths: tuple[str, ...], fact: Callable[[str], object]) -> object:
    return next((value for path in paths if (value := fact(path)) is not None), None)
