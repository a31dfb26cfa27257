"""Total (总分): what a response comes to, in points of 100, with what was left out of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

import attrs

from qms_service.satisfaction.answer import NOT_APPLICABLE, NotApplicable
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.item import Item
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.questionnaire import Questionnaire
from qms_service.satisfaction.response import Response

Unscored = Literal["nothing-answered", "nothing-applicable", "too-little-answered"]


@attrs.frozen(kw_only=True)
class Total:
    """What a response comes to.

    An item that does not apply leaves with its weight; an item that was not answered does too, but too many of
    them leave no total at all.

    Args:
        response: What was answered.
        points: The total, exact, in points of 100; None where there is none.
        items: The points of each item answered, in the order of the questionnaire.
        dimensions: The points of each dimension with an item answered: their weighted mean.
        not_applicable: The items that do not apply.
        missing: The items that apply and were not answered.
        answered: The share of the applicable weight that was answered; None where no item with a weight applies.
        reason: Why there is no total.
        derivation: How it came about, line by line.
    """

    response: Response
    points: Fraction | None
    items: FrozenMap[str, Fraction] = attrs.field(factory=FrozenMap)
    dimensions: FrozenMap[str, Fraction] = attrs.field(factory=FrozenMap)
    not_applicable: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    answered: Fraction | None = None
    reason: Unscored | None = None
    derivation: tuple[Line, ...] = ()


def total_of(response: Response, questionnaire: Questionnaire) -> Total:
    """The total of a response, by the rules of its questionnaire."""
    if response.answers:
        return _of_answers(response, questionnaire)
    if response.total is None:
        return Total(response=response, points=None, reason="nothing-answered")
    points = 100 * response.total / questionnaire.full_marks
    operands = {
        "total": figure(response.total),
        "full": figure(questionnaire.full_marks),
        "points": figure(points),
    }
    code = "given" if points == response.total else "given.marks"
    return Total(response=response, points=points, derivation=(Line(code, operands),))


def _of_answers(response: Response, questionnaire: Questionnaire) -> Total:
    answers = response.answers
    applicable = [item for item in questionnaire.items if answers.get(item.id) is not NOT_APPLICABLE]
    answered = [item for item in applicable if item.id in answers]
    points = FrozenMap({item.id: _points(item, response) for item in answered})
    share = _share(answered, applicable)
    reason = unscored(share, questionnaire.answered_at_least)
    total = None if reason else _mean(answered, points)
    not_applicable = tuple(item.id for item in questionnaire.items if item not in applicable)
    missing = tuple(item.id for item in applicable if item not in answered)
    return Total(
        response=response,
        points=total,
        items=points,
        dimensions=_dimensions(answered, points, questionnaire),
        not_applicable=not_applicable,
        missing=missing,
        answered=share,
        reason=reason,
        derivation=(
            *(_item_line(item, response, points) for item in answered),
            *_left_out(not_applicable, missing),
            *_total_lines(answered, points, total),
        ),
    )


def _points(item: Item, response: Response) -> Fraction:
    answer = response.answers[item.id]
    assert not isinstance(answer, NotApplicable)  # noqa: S101  # only items that apply are asked
    return item.scale.points(answer)


def _share(answered: list[Item], applicable: list[Item]) -> Fraction | None:
    whole = sum((item.weight for item in applicable), Fraction(0))
    return sum((item.weight for item in answered), Fraction(0)) / whole if whole else None


def unscored(share: Fraction | None, at_least: Fraction) -> Unscored | None:
    """Why there is no total; None where there is one."""
    if share is None:
        return "nothing-applicable"
    if not share:
        return "nothing-answered"
    return "too-little-answered" if share < at_least else None


def _mean(items: list[Item], points: FrozenMap[str, Fraction]) -> Fraction | None:
    """The weighted mean; None where no item has a weight."""
    whole = sum((item.weight for item in items), Fraction(0))
    return sum((item.weight * points[item.id] for item in items), Fraction(0)) / whole if whole else None


def _dimensions(
    answered: list[Item], points: FrozenMap[str, Fraction], questionnaire: Questionnaire
) -> FrozenMap[str, Fraction]:
    means = {
        dimension.id: _mean([item for item in answered if item.dimension == dimension.id], points)
        for dimension in questionnaire.dimensions
    }
    return FrozenMap({id_: mean for id_, mean in means.items() if mean is not None})


def _item_line(item: Item, response: Response, points: FrozenMap[str, Fraction]) -> Line:
    answer = response.answers[item.id]
    operands = {
        "item": item.id,
        "answer": figure(answer) if isinstance(answer, Fraction) else str(answer),
        "scale": str(item.scale),
        "points": figure(points[item.id]),
        "weight": figure(item.weight),
    }
    return Line("item", operands)


def _left_out(not_applicable: tuple[str, ...], missing: tuple[str, ...]) -> Iterator[Line]:
    if not_applicable:
        yield Line("not-applicable", {"items": not_applicable})
    if missing:
        yield Line("missing", {"items": missing})


def _total_lines(
    answered: list[Item], points: FrozenMap[str, Fraction], total: Fraction | None
) -> Iterator[Line]:
    if total is None:
        return
    terms = " + ".join(f"{figure(item.weight)} × {figure(points[item.id])}" for item in answered)
    weights = sum((item.weight for item in answered), Fraction(0))
    yield Line("total", {"terms": terms, "weights": figure(weights), "points": figure(total)})
