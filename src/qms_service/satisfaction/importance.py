"""Importance and performance (重要性—绩效分析): where to concentrate, where to keep up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from statistics import median
from typing import Final, get_args

from qms_service.errors import ScoreError
from qms_service.satisfaction.given import must_be
from qms_service.satisfaction.number import Number, exact, one_of
from qms_service.satisfaction.placed import Axes, Axis, ImportancePerformance, Placed, Quadrant
from qms_service.satisfaction.scale import Scale

Value = Number | None
Items = Mapping[str, tuple[Value, Value]] | Iterable[tuple[str, Value, Value]]
Pair = tuple[Fraction | None, Fraction | None]
_QUADRANTS: Final = {
    (True, True): Quadrant.KEEP_UP,
    (True, False): Quadrant.CONCENTRATE_HERE,
    (False, False): Quadrant.LOW_PRIORITY,
    (False, True): Quadrant.POSSIBLE_OVERKILL,
}


def importance_performance(
    items: Items, axes: Axes = "mean", *, scale: Scale | None = None
) -> ImportancePerformance:
    """Items in the four quadrants of Martilla and James (重要性—绩效分析).

    Where the axes are drawn decides as much as the answers do, so it is said. An item that lies on an axis
    counts as high there, and `on_axis` says so.

    Args:
        items: The importance and the performance of each item, by its name, or in triples; on whatever scales,
            each on one of its own. None where one is not known: the item is in no quadrant, and moves no axis.
        axes: Through the `"mean"` or the `"median"` of the items, or through the `"midpoint"` of the scale.
        scale: The scale of both, for `"midpoint"`; without it the midpoint lies between the lowest and the
            highest value there is.

    Raises:
        ScoreError: A value is no number or not on the scale, an item comes twice, an unknown way of axes.

    Source: Martilla and James, Importance-Performance Analysis, Journal of Marketing 41 (1977), 77-79.

    >>> found = importance_performance({"price": (60, 80), "delivery": (95, 55), "service": (90, 85)})
    >>> [str(placed) for placed in found.items]
    ['price: possible overkill', 'delivery: concentrate here', 'service: keep up the good work']
    """
    if scale is not None:
        must_be(Scale, scale, "scale")
    how = one_of("axes", axes, get_args(Axes))
    read = _read(items, scale)
    known = [(x, y) for x, y in read.values() if x is not None and y is not None]
    across = _axis([x for x, _ in known], how, scale)
    upward = _axis([y for _, y in known], how, scale)
    return ImportancePerformance(
        items=tuple(_placed(item, pair, (across, upward)) for item, pair in read.items()),
        axes=axes,
        importance_axis=across,
        performance_axis=upward,
    )


def _read(items: Items, scale: Scale | None) -> dict[str, Pair]:
    read = dict[str, Pair]()
    for item, importance, performance in _triples(items):
        if not isinstance(item, str):
            raise ScoreError("score-name", field="item", got=repr(item))
        if item in read:
            raise ScoreError("score-item-twice", got=item)
        read[item] = (_value(item, importance, scale), _value(item, performance, scale))
    return read


def _triples(items: Items) -> list[tuple[str, Value, Value]]:
    rows = ((item, *pair) for item, pair in items.items()) if isinstance(items, Mapping) else items
    try:
        return [(item, importance, performance) for item, importance, performance in rows]
    except (TypeError, ValueError):
        raise ScoreError("score-triples", got=repr(items)) from None


def _value(item: str, given: Value, scale: Scale | None) -> Fraction | None:
    try:
        return None if given is None else scale.answer(given) if scale else exact(given, "value")
    except ScoreError as error:
        raise ScoreError(error.code, **error.operands, customer=item) from None


def _axis(values: Sequence[Fraction], how: str, scale: Scale | None) -> Fraction | None:
    if how == "midpoint" and scale:
        return scale.midpoint
    if not values:
        return None
    if how == "midpoint":
        return (min(values) + max(values)) / 2
    return median(values) if how == "median" else sum(values, Fraction(0)) / len(values)


def _placed(item: str, pair: Pair, axes: Pair) -> Placed:
    importance, performance = pair
    if importance is None or performance is None or axes[0] is None or axes[1] is None:
        return Placed(item=item, importance=importance, performance=performance, quadrant=None)
    on: list[Axis] = []
    if importance == axes[0]:
        on.append("importance")
    if performance == axes[1]:
        on.append("performance")
    quadrant = _QUADRANTS[importance >= axes[0], performance >= axes[1]]
    return Placed(
        item=item, importance=importance, performance=performance, quadrant=quadrant, on_axis=tuple(on)
    )
