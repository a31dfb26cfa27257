"""Proportion (比例): where the share of all may lie, when k of n said so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, Literal

from qms_service.errors import ScoreError
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.interval import HUNDRED, Interval, around, root
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.number import Number, one_of, share, whole
from qms_service.satisfaction.population import left, population_of, worth
from qms_service.satisfaction.quantile import normal

ProportionMethod = Literal["wilson", "wald"]
CONFIDENCE: Final = 0.95
Centred = tuple[Fraction, Fraction]


def proportion_interval(
    k: int,
    n: int,
    population: int | None = None,
    method: ProportionMethod = "wilson",
    *,
    confidence: Number = CONFIDENCE,
) -> Interval | None:
    """Where the share of all may lie, when k of n said so, in points of 100 (比例的置信区间).

    Args:
        k: How many said so.
        n: How many answered.
        population: How many there are in all, the number asked; None: endlessly many. With it the n answers
            are worth n(N - 1)/(N - n); when all have answered, the interval is the share itself.
        method: `"wilson"` (Wilson 1927), or `"wald"`, the textbook one: of 0 or n it makes a width of 0.
        confidence: A share, 0.95.

    Returns:
        The interval; None where nobody answered.

    Raises:
        ScoreError: A count that is none, more of them than answered or than there are, an unknown method.

    Limits:
        In a short list nearly all of which answered, an interval may be narrower than one customer.

    >>> low, high = proportion_interval(81, 263)
    >>> round(float(low), 2), round(float(high), 2)
    (25.53, 36.62)
    """
    answered = whole(n, "n")
    said = whole(k, "k")
    if said > answered:
        raise ScoreError("score-part", got=said, n=answered)
    size = population_of(population, answered)
    found = interval_of(said, answered, size, method, share(confidence, "confidence"))
    return found[0] if answered else None


def interval_of(
    k: int, n: int, population: int | None, method: str, confidence: Fraction
) -> tuple[Interval | None, tuple[Line, ...]]:
    """The interval of a share with the lines that it was found by."""
    how = _METHODS[one_of("method", method, _METHODS)]
    if not n:
        return None, ()
    part = Fraction(k, n)
    if not left(n, population):
        return Interval(100 * part, 100 * part), (Line("census", {"n": n}),)
    size, z = worth(n, population), normal(confidence)
    centre, margin = how(part, size, z)
    found = around(100 * centre, 100 * margin, HUNDRED)
    shown = {
        "percent": figure(100 * confidence),
        "p": figure(part),
        "n": figure(size),
        "z": figure(z),
        "centre": figure(100 * centre),
        "margin": figure(100 * margin),
        "low": figure(found.low),
        "high": figure(found.high),
    }
    return found, (*worth_lines(n, population), Line(method, shown))


def worth_lines(n: int, population: int | None) -> tuple[Line, ...]:
    """What the answers are worth; nothing where that is their number."""
    if population is None:
        return ()
    return (Line("worth", {"n": n, "asked": population, "worth": figure(worth(n, population))}),)


def _wilson(p: Fraction, n: Fraction, z: Fraction) -> Centred:
    square = z * z / n
    spread = z * root(p * (1 - p) / n + square / (4 * n))
    return (p + square / 2) / (1 + square), spread / (1 + square)


def _wald(p: Fraction, n: Fraction, z: Fraction) -> Centred:
    return p, z * root(p * (1 - p) / n)


_METHODS: Final[Mapping[str, Callable[[Fraction, Fraction, Fraction], Centred]]] = {
    "wilson": _wilson,
    "wald": _wald,
}
