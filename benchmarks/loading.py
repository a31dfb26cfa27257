"""Loading `pcb-maker`, whole and checked, against `tomllib.loads` of the same text.

Ours reads the file, parses it, checks every rule with its names and types, makes the calendar, takes the digest, and
proves each table: gaps, overlaps, rows that nothing reaches. What one process keeps for the next load (zones,
number patterns, compiled expressions) is thrown away before each. The rival parses the text and knows nothing of it.

Run: python -m benchmarks.loading
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import _lru_cache_wrapper

from benchmarks.measured import Row, Words, best, table

from qms_service import load_rulebook
from qms_service.routing import DecisionTable
from qms_service.rulebooks import Rulebook
from qms_service.rulebooks.load import rulebook_texts
from qms_service.rulebooks.term_table import TermTable

ID = "pcb-maker"
ROUNDS = 25


def forget() -> None:
    """Throws away what the process keeps: the next load is as its first."""
    re.purge()
    for name, module in list(sys.modules.items()):
        if name.startswith("qms_service"):
            for one in vars(module).values():
                clear(one)


def clear(one: object) -> None:
    """Empties a function that keeps its answers, and those of a class."""
    for found in (one, *(vars(one).values() if isinstance(one, type) else ())):
        if isinstance(found, _lru_cache_wrapper):
            found.cache_clear()


def load() -> Rulebook:
    """Loads the rulebook and proves its tables."""
    book = load_rulebook(ID)
    for one in tables(book):
        one.problems()
    return book


def tables(book: Rulebook) -> Iterator[DecisionTable]:
    """Every table of a rulebook: those that route, those that choose a term."""
    for edition in book.editions:
        for kind in edition.rules.kinds.values():
            yield from (route.table for route in kind.routes)
            terms = (clock.within for clock in kind.clocks.values())
            yield from (term.table for term in terms if isinstance(term, TermTable))


def rows(*, quick: bool = False) -> Iterator[Row]:
    """Compares the rules with the text, then the times; each round begins cold."""
    ((_, text),) = rulebook_texts(ID)
    assert load().editions[0].rules.raw == tomllib.loads(text, parse_float=Decimal)
    actions = {"load": load, "parse": lambda: tomllib.loads(text)}
    rounds: list[dict[str, float]] = []
    for _ in range(2 if quick else ROUNDS):
        forget()
        rounds.append(best(actions, 1))
    yield Row(
        what=Words(
            f"`{ID}` loaded from cold and checked, its tables proven", f"`{ID}` 冷加载并检查，各表均已证明"
        ),
        ours=min(one["load"] for one in rounds),
        theirs=min(one["parse"] for one in rounds),
        rival=Words(
            "`tomllib.loads` of the same text, which checks nothing", "`tomllib.loads` 解析同一文本，不作检查"
        ),
    )


if __name__ == "__main__":
    print(table(rows()))
