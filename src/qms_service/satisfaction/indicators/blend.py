"""Blend (综合): how perception and indicators are made one figure, where a procedure says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, get_args

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.errors import ScoreError
from qms_service.satisfaction.given import all_of, choice, is_a, named
from qms_service.satisfaction.indicators.indicator import Indicator
from qms_service.satisfaction.number import Number, exact
from qms_service.satisfaction.scale import PERCENT, Scale

Side = Literal["own", "reported"]
Missing = Literal["refuse", "reweight"]


def _indicator(given: Indicator) -> Indicator:
    (indicator,) = all_of(Indicator, [given], "indicator")
    return indicator


def _weight(given: Number) -> Fraction:
    weight = exact(given, "weight")
    if weight <= 0:
        raise ScoreError("blend-weight", got=given)
    return weight


@attrs.frozen
class BlendPart:
    """One indicator of a blend.

    Args:
        indicator: The indicator.
        weight: How much it counts, an exact number above zero.
        side: Which of its values counts: `"own"`, or the customers' `"reported"`.
        scale: From where to where its values go, and how they become points; 0 to 100 where its unit is `"%"`. On
            that of an indicator of which less is better, the polarity is negative.

    Raises:
        ScoreError: The weight is not above zero, a unit that is no `"%"` has no scale, the polarity contradicts the indicator, or
            a word is none of those allowed.
    """

    indicator: Indicator = attrs.field(converter=_indicator)
    weight: Fraction = attrs.field(converter=_weight, kw_only=True)
    side: Side = attrs.field(validator=choice(*get_args(Side)), kw_only=True)
    scale: Scale = attrs.field(validator=is_a(Scale), kw_only=True)

    @scale.default
    def _percent(self) -> Scale:
        if self.indicator.unit != "%":
            raise ScoreError("blend-scale", got=self.indicator.unit, indicator=self.indicator.id)
        lower = self.indicator.better == "lower"
        return attrs.evolve(PERCENT, polarity="negative") if lower else PERCENT

    def __attrs_post_init__(self) -> None:
        lower = self.scale.polarity == "negative"
        if self.indicator.better is not None and lower != (self.indicator.better == "lower"):
            raise ScoreError("blend-polarity", indicator=self.indicator.id, better=self.indicator.better)


def _together(given: Iterable[BlendPart]) -> tuple[BlendPart, ...]:
    return all_of(BlendPart, given, "parts")


@attrs.frozen(kw_only=True)
class Blend:
    """How perception and indicators are made one figure (综合满意度).

    Without one they stay apart: what customers think and what the factory counts are two things.

    Args:
        id: Its name.
        perception: How much the score of the survey counts, an exact number above zero.
        parts: The indicators with their weights; only proportions of the weights matter.
        missing: What becomes of a part without a value: `"refuse"`: there is no figure; `"reweight"`: the others
            share its weight in their proportions, and the answer names it.
        clause: The clause that says so.

    Raises:
        ScoreError: There is no part, one indicator stands twice, a weight is not above zero, or `missing` is no such word.
    """

    id: str = attrs.field(validator=named)
    perception: Fraction = attrs.field(converter=_weight)
    parts: tuple[BlendPart, ...] = attrs.field(converter=_together)
    missing: Missing = attrs.field(validator=choice(*get_args(Missing)))
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref)

    def __attrs_post_init__(self) -> None:
        counted = Counter(one.indicator.id for one in self.parts)
        twice = [id_ for id_, count in counted.items() if count > 1]
        if not counted or twice:
            raise ScoreError("blend-parts" + ".twice" * bool(twice), got=twice, id=self.id)
