"""Weighted index (加权指数): several scores as one, each with its weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import TypeVar

from qms_service.errors import ScoreError, unknown_name
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.given import must_be
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.number import Number, exact
from qms_service.satisfaction.scale import PERCENT, Scale

Scores = Mapping[str, "Number | Estimate | None"] | Iterable["Number | Estimate | None"]
T = TypeVar("T")
Weights = Mapping[str, Number] | Iterable[Number]


def weighted_index(scores: Scores, weights: Weights, scale: Scale = PERCENT) -> Estimate:
    """Scores as one, each with its weight, in points of 100: sum of weight x points / sum of weights (加权指数).

    With the weights of its three questions on 1 to 10 it is the formula of the American Customer Satisfaction
    Index (Fornell and others, Journal of Marketing 60, 1996).

    Args:
        scores: The mean answer on the scale for each item, or an `Estimate`, which has its points already;
            None for an item that nobody answered: it is left out with its weight.
        weights: The weight of each item, zero or more; they need not add up to anything.
        scale: The scale of the answers.

    Returns:
        The index; `n` is how many items count, `population` how many there are; value None where none counts.

    Raises:
        ScoreError: Weights and scores are not of the same items, a weight is below zero, all are zero, or a score is
            not in points of 0 to 100, as a net promoter score.
        UnknownNameError: A weight for an item without a score.

    >>> weighted_index({"quality": 8, "price": 7}, {"quality": 3, "price": 1}, Scale(1, 10)).value
    Fraction(75, 1)
    """
    must_be(Scale, scale, "scale")
    items = _paired(scores, weights)
    found = {name: (_points(name, one, scale), weight) for name, (one, weight) in items.items()}
    points = {name: (one, weight) for name, (one, weight) in found.items() if one is not None}
    total = sum((weight for _, weight in points.values()), Fraction(0))
    value = sum((weight * one for one, weight in points.values()), Fraction(0)) / total if total else None
    return Estimate(
        value=value,
        n=len(points),
        population=len(items),
        derivation=_derivation(points, items, total, value),
        measure="index",
        bounds=scale.bounds,
    )


def _paired(scores: Scores, weights: Weights) -> dict[str, tuple[Number | Estimate | None, Fraction]]:
    named, by = _named(scores), _named(weights)
    for name in by:
        if name not in named:
            raise unknown_name("item", name, named)
    missing = tuple(name for name in named if name not in by)
    if missing:
        raise ScoreError("score-no-weight", got=missing)
    read = {name: (named[name], _weight(name, by[name])) for name in named}
    if read and not any(weight for _, weight in read.values()):
        raise ScoreError("score-weights", got=tuple(read))
    return read


def _named(given: Mapping[str, T] | Iterable[T]) -> dict[str, T]:
    """Items by name; those of a list are named by their place, from 1, so that a set, which has no places, is none."""
    if isinstance(given, Mapping):
        return dict(given)
    if isinstance(given, AbstractSet | str | bytes) or not isinstance(given, Iterable):
        raise ScoreError("score-items", got=repr(given))
    return {str(place): one for place, one in enumerate(given, 1)}


def _weight(name: str, given: Number) -> Fraction:
    weight = exact(given, "weight")
    if weight < 0:
        raise ScoreError("score-weight", got=figure(weight), item=name)
    return weight


def _points(item: str, given: Number | Estimate | None, scale: Scale) -> Fraction | None:
    if given is None:
        return None
    if isinstance(given, Estimate):
        if given.bounds.low < 0:
            raise ScoreError("score-no-points", item=item, got=given.measure)
        return given.value
    try:
        return scale.points(given)
    except ScoreError as error:
        raise ScoreError(error.code, **error.operands, customer=item) from None


def _derivation(
    points: Mapping[str, tuple[Fraction, Fraction]],
    items: Mapping[str, object],
    total: Fraction,
    value: Fraction | None,
) -> tuple[Line, ...]:
    left_out = tuple(name for name in items if name not in points)
    lines = [Line("items", {"n": len(points), "all": len(items)})]
    if left_out:
        lines.append(Line("items-left-out", {"items": left_out}))
    if value is not None:
        terms = " + ".join(f"{figure(weight)} × {figure(one)}" for one, weight in points.values())
        lines.append(Line("index", {"terms": terms, "weights": figure(total), "value": figure(value)}))
    return tuple(lines)
