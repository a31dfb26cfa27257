"""CSAT (满意率): the share of those who chose one of the best answers."""

from __future__ import annotations

from fractions import Fraction

from qms_service.errors import ScoreError
from qms_service.satisfaction.answers import Given, answers_of
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.given import must_be
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.number import Number, whole
from qms_service.satisfaction.proportion import CONFIDENCE, ProportionMethod
from qms_service.satisfaction.scale import Scale
from qms_service.satisfaction.shares import share_of


def csat(
    answers: Given,
    scale: Scale,
    top: int = 2,
    *,
    asked: int | None = None,
    method: ProportionMethod = "wilson",
    confidence: Number = CONFIDENCE,
) -> Estimate:
    """The share of those who chose one of the `top` best answers, in points of 100 (满意率).

    Args:
        answers: The answers, in a list or by customer; None where one did not answer.
        scale: The scale that they were given on, in whole steps. On a negative one the lowest are the best.
        top: How many answers count as satisfied: 2 of 1 to 5 are 4 and 5.
        asked: How many were asked.
        method: Of the interval: `"wilson"` or `"wald"`.
        confidence: Of the interval, a share.

    Raises:
        ScoreError: An answer is not on the scale or lies between its steps; `top` takes in the whole scale.

    >>> print(csat([5, 4, 3, 5, 2, 4, 5, None], Scale(1, 5)))
    71.4 (n = 7; 95 %: 35.9 to 91.8)
    """
    must_be(Scale, scale, "scale")
    boxes = scale.high - scale.low
    if boxes.denominator != 1:
        raise ScoreError("score-steps", got=str(scale))
    count = whole(top, "top", 1)
    if count > boxes:
        raise ScoreError("score-top", got=count, boxes=int(boxes) + 1, allowed=int(boxes), scale=str(scale))
    good = _best(scale, count)
    read = answers_of(answers, lambda one: _step(one, scale), lambda one: Fraction(100 if one in good else 0))
    line = Line("top", {"boxes": tuple(figure(box) for box in good), "scale": str(scale)})
    return share_of(read, measure="csat", asked=asked, method=method, confidence=confidence, lines=(line,))


def _best(scale: Scale, count: int) -> tuple[Fraction, ...]:
    start = scale.high - count + 1 if scale.polarity == "positive" else scale.low
    return tuple(start + step for step in range(count))


def _step(given: Number, scale: Scale) -> Fraction:
    answer = scale.answer(given)
    if (answer - scale.low).denominator != 1:
        raise ScoreError("score-step", got=figure(answer), scale=str(scale))
    return answer
