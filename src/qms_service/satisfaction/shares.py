"""Shares as estimates (占比): how many of those who answered said so, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from qms_service.satisfaction.answers import Answers
from qms_service.satisfaction.estimate import Estimate, Measure
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.interval import root
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.means import opening
from qms_service.satisfaction.number import Number, share
from qms_service.satisfaction.population import left, population_of, worth
from qms_service.satisfaction.proportion import interval_of


def share_of(
    answers: Answers,
    *,
    measure: Measure,
    asked: int | None,
    method: str,
    confidence: Number,
    lines: Iterable[Line],
) -> Estimate:
    """The share of the answers worth 100 points, where all others are worth none."""
    n, said = answers.n, int(answers.total / 100)
    population, sure = population_of(asked, n), share(confidence, "confidence")
    found, steps = interval_of(said, n, population, method, sure)
    value = answers.mean
    shown = () if value is None else (Line("share", {"k": said, "n": n, "value": figure(value)}),)
    return Estimate(
        value=value,
        n=n,
        population=population,
        interval=found,
        method=method,
        derivation=(*opening(n, answers.absent, population), *lines, *shown, *steps),
        standard_error=_error(value, n, population),
        measure=measure,
        confidence=sure,
        variance=answers.variance,
        values=answers.values,
        customers=answers.customers,
    )


def _error(value: Fraction | None, n: int, population: int | None) -> Fraction | None:
    if value is None:
        return None
    if not left(n, population):
        return Fraction(0)
    return root(value * (100 - value) / worth(n, population))
