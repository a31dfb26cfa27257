"""Finite population (有限总体): what it changes that those asked are a short list, and most of them answered.

The correction answers one question: what would the score be, had everyone asked answered? It takes those who
answered for a random part of those asked. It does not cure a refusal that has to do with the score, and does
not ask what the same customers would say another day. Where everyone answered nothing is left to estimate.
"""

from __future__ import annotations

from fractions import Fraction

from qms_service.errors import ScoreError
from qms_service.satisfaction.number import whole


def population_of(asked: object, n: int) -> int | None:
    """How many were asked.

    Raises:
        ScoreError: It is no count, or fewer than answered.
    """
    if asked is None:
        return None
    population = whole(asked, "asked")
    if population < n:
        raise ScoreError("score-asked", got=population, n=n)
    return population


def left(n: int, population: int | None) -> Fraction:
    """The share of those asked that did not answer, 1 - n/N; 1 where the number asked is not known."""
    return 1 - Fraction(n, population) if population else Fraction(1)


def worth(n: int, population: int | None) -> Fraction:
    """How many answers of an endless population the answers are worth: n(N - 1)/(N - n).

    Of a census, in which N = n, they are worth endlessly many: ask `left` first.

    >>> worth(20, 30), worth(20, None)
    (Fraction(58, 1), Fraction(20, 1))
    """
    return Fraction(n * (population - 1), population - n) if population else Fraction(n)
