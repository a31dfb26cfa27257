"""Response rate and coverage (回复率、覆盖率): how much of those asked the answers speak for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from fractions import Fraction

from qms_service.errors import ScoreError
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.number import Number, exact, whole


def response_rate(answered: int | Collection[object], asked: int | Collection[object]) -> Estimate:
    """The share of those asked who answered, in points of 100 (回复率).

    It is a count and no sample, so it has no interval.

    Args:
        answered: How many answered, or who; one who answered twice counts once.
        asked: How many were asked, or who.

    Returns:
        The rate; value None where nobody was asked.

    Raises:
        ScoreError: A count that is none, more answered than were asked, or one who answered is not among those asked.

    >>> print(response_rate(27, 30))
    90.0 (27 of 30)
    """
    there, of = _told(answered, "answered"), _told(asked, "asked")
    if isinstance(there, tuple) and isinstance(of, tuple):
        _refuse_strangers(there, frozenset(of))
    n, population = (one if isinstance(one, int) else len(one) for one in (there, of))
    if n > population:
        raise ScoreError("score-asked", got=population, n=n)
    value = Fraction(100 * n, population) if population else None
    shown = () if value is None else (Line("share", {"k": n, "n": population, "value": figure(value)}),)
    return Estimate(
        value=value,
        n=n,
        population=population,
        derivation=(Line("answered.asked", {"n": n, "asked": population}), *shown),
        measure="response-rate",
    )


def _told(given: int | Collection[object], field: str) -> int | tuple[object, ...]:
    """A count, or who."""
    return _each_once(given, field) if isinstance(given, Collection) else whole(given, field)


def _each_once(given: Iterable[object], field: str) -> tuple[object, ...]:
    """Customers in the order given; a single text is no series of them."""
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        with suppress(TypeError):  # what has no hash is no name
            return tuple(dict.fromkeys(given))
    raise ScoreError("score-customers", field=field, got=repr(given))


def _refuse_strangers(there: Iterable[object], of: Collection[object]) -> None:
    """Refuses an answer of somebody who is not among all."""
    strangers = sorted(str(one) for one in there if one not in of)
    if strangers:
        raise ScoreError("score-unknown-customer", got=tuple(strangers))


def coverage(answered: Iterable[str], of: Iterable[str] | Mapping[str, Number | None]) -> Estimate:
    """How much of all customers, or of their revenue, those who answered stand for, in points of 100 (覆盖率).

    Args:
        answered: The customers who answered; one who answered twice counts once.
        of: All customers; or the revenue of each, in one currency.

    Returns:
        The coverage; value None where there is nothing to cover, or where the revenue of a customer is None.

    Raises:
        ScoreError: One who answered is not among all; no series of customers; a revenue is no number, or below zero.

    >>> coverage(["ACME", "Borg"], {"ACME": 600, "Borg": 300, "Cole": 300}).rounded()
    Decimal('75.0')
    >>> coverage(["ACME", "Borg"], ["ACME", "Borg", "Cole"]).rounded()
    Decimal('66.7')
    """
    weights = _weights(of)
    there = _each_once(answered, "answered")
    _refuse_strangers(there, weights)
    unknown = tuple(customer for customer, weight in weights.items() if weight is None)
    base = Line("answered.asked", {"n": len(there), "asked": len(weights)})
    if unknown:
        return _covered(None, there, weights, (base, Line("no-revenue", {"customers": unknown})))
    part, total = (
        sum((weights[one] or Fraction(0) for one in group), Fraction(0)) for group in (there, weights)
    )
    if not total:
        return _covered(None, there, weights, (base, Line("nothing-to-cover")))
    value = 100 * part / total
    shown = {"part": figure(part), "total": figure(total), "value": figure(value)}
    return _covered(value, there, weights, (base, Line("covered", shown)))


def _weights(of: Iterable[str] | Mapping[str, Number | None]) -> Mapping[object, Fraction | None]:
    if not isinstance(of, Mapping):
        return dict.fromkeys(_each_once(of, "of"), Fraction(1))
    return {one: None if given is None else _revenue(one, given) for one, given in of.items()}


def _revenue(customer: object, given: Number) -> Fraction:
    revenue = exact(given, "revenue")
    if revenue < 0:
        raise ScoreError("score-revenue", got=figure(revenue), customer=customer)
    return revenue


def _covered(
    value: Fraction | None, there: Collection[object], of: Collection[object], lines: tuple[Line, ...]
) -> Estimate:
    return Estimate(value=value, n=len(there), population=len(of), derivation=lines, measure="coverage")
