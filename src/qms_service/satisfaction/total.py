"""Total (总分): what a response comes to, in points of 100, with what was left out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal, cast

import attrs

from qms_service.satisfaction.answer import NOT_APPLICABLE
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.item import Item
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.number import summed
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
        questionnaire: By whose rules.
        points: The total, exact, in points of 100; None where there is none.
        items: The points of each item answered, in the order of the questionnaire.
        dimensions: The points of each dimension with an item answered: their weighted mean.
        not_applicable: The items that do not apply.
        missing: The items that apply and were not answered.
        answered: The share of the applicable weight that was answered; None where no item with a weight applies.
        reason: Why there is no total.
    """

    response: Response
    questionnaire: Questionnaire = attrs.field(repr=False)
    points: Fraction | None = None
    items: FrozenMap[str, Fraction] = attrs.field(factory=FrozenMap)
    dimensions: FrozenMap[str, Fraction] = attrs.field(factory=FrozenMap)
    not_applicable: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    answered: Fraction | None = None
    reason: Unscored | None = None

    @property
    def derivation(self) -> tuple[Line, ...]:
        """How it came about, line by line."""
        from qms_service.satisfaction.total_lines import total_lines  # noqa: PLC0415  # only for who looks

        return total_lines(self)


def total_of(response: Response, questionnaire: Questionnaire) -> Total:
    """The total of a response, by the rules of its questionnaire."""
    if response.answers:
        return _of_answers(response, questionnaire)
    if response.total is None:
        return Total(response=response, questionnaire=questionnaire, reason="nothing-answered")
    points = 100 * response.total / questionnaire.full_marks
    return Total(response=response, questionnaire=questionnaire, points=points)


def _of_answers(response: Response, questionnaire: Questionnaire) -> Total:
    answers = response.answers
    applicable = [item for item in questionnaire.items if answers.get(item.id) is not NOT_APPLICABLE]
    answered = [item for item in applicable if item.id in answers]
    points = FrozenMap({item.id: item.scale.worth(cast("Fraction", answers[item.id])) for item in answered})
    weighed = {item.id: item.weight * points[item.id] for item in answered}
    share = _share(answered, applicable)
    reason = unscored(share, questionnaire.answered_at_least)
    return Total(
        response=response,
        questionnaire=questionnaire,
        points=None if reason else _mean(answered, weighed),
        items=points,
        dimensions=_dimensions(answered, weighed),
        not_applicable=_others(questionnaire.items, applicable),
        missing=_others(applicable, answered),
        answered=share,
        reason=reason,
    )


def _share(answered: list[Item], applicable: list[Item]) -> Fraction | None:
    whole = summed(item.weight for item in applicable)
    return summed(item.weight for item in answered) / whole if whole else None


def unscored(share: Fraction | None, at_least: Fraction) -> Unscored | None:
    """Why there is no total; None where there is one."""
    if share is None:
        return "nothing-applicable"
    if not share:
        return "nothing-answered"
    return "too-little-answered" if share < at_least else None


def _mean(items: list[Item], weighed: Mapping[str, Fraction]) -> Fraction | None:
    """The mean of points, each already times its weight; None where no item has a weight."""
    whole = summed(item.weight for item in items)
    return summed(weighed[item.id] for item in items) / whole if whole else None


def _dimensions(answered: Iterable[Item], weighed: Mapping[str, Fraction]) -> FrozenMap[str, Fraction]:
    groups = dict[str, list[Item]]()
    for item in answered:
        if item.dimension is not None:
            groups.setdefault(item.dimension, []).append(item)
    means = {name: _mean(items, weighed) for name, items in groups.items()}
    return FrozenMap({name: mean for name, mean in means.items() if mean is not None})


def _others(items: Iterable[Item], known: Iterable[Item]) -> tuple[str, ...]:
    ids = {item.id for item in known}
    return tuple(item.id for item in items if item.id not in ids)
