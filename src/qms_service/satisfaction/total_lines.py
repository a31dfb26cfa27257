"""The derivation (推导) of a response's total: item by item, with what was left out, to be redone by hand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.item import Item
from qms_service.satisfaction.line import Line

if TYPE_CHECKING:
    from qms_service.satisfaction.total import Total


def total_lines(total: Total) -> tuple[Line, ...]:
    """How a total came about, line by line."""
    if total.response.total is None:
        return tuple(_answered(total))
    return (_given(total.response.total, total.questionnaire.full_marks),)


def _given(total: Fraction, full_marks: Fraction) -> Line:
    points = 100 * total / full_marks
    code = "given" if points == total else "given.marks"
    return Line(code, {"total": figure(total), "full": figure(full_marks), "points": figure(points)})


def _answered(total: Total) -> Iterator[Line]:
    items = [item for item in total.questionnaire.items if item.id in total.items]
    for item in items:
        yield _item(item, total)
    if total.not_applicable:
        yield Line("not-applicable", {"items": total.not_applicable})
    if total.missing:
        yield Line("missing", {"items": total.missing})
    if total.points is not None:
        terms = " + ".join(f"{figure(item.weight)} × {figure(total.items[item.id])}" for item in items)
        weights = sum((item.weight for item in items), Fraction(0))
        yield Line("total", {"terms": terms, "weights": figure(weights), "points": figure(total.points)})


def _item(item: Item, total: Total) -> Line:
    operands = {
        "item": item.id,
        "answer": figure(cast("Fraction", total.response.answers[item.id])),
        "scale": str(item.scale),
        "points": figure(total.items[item.id]),
        "weight": figure(item.weight),
    }
    return Line("item", operands)
