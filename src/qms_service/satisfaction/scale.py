"""Scale (量表): what an answer may be, which end is the good one, and how it becomes points of 100."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal, cast, get_args

import attrs

from qms_service.errors import ScoreError
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.given import must_be
from qms_service.satisfaction.interval import Interval
from qms_service.satisfaction.number import Number, exact, one_of

Polarity = Literal["positive", "negative"]
Transform = Literal["range", "of_max"]
_ALIASES: Final = {"higher_is_better": "positive", "lower_is_better": "negative"}


def _limit(given: Number) -> Fraction:
    return exact(given, "scale")


def _polarity(given: str) -> Polarity:
    known = {**dict.fromkeys(get_args(Polarity)), **_ALIASES}
    word = one_of("polarity", given, known)
    return cast("Polarity", _ALIASES.get(word, word))


def _transform(given: str) -> Transform:
    return cast("Transform", one_of("transform", given, get_args(Transform)))


@attrs.frozen
class Scale:
    """A scale of answers.

    The same answer is worth different points by another transform: 4.0 on 1 to 5 is 75 by its place in the
    range, and 80 as a part of the highest answer. So the transform belongs to the scale, not to a report.

    Args:
        low: The lowest answer.
        high: The highest answer.
        polarity: `"positive"` where high is good, `"negative"` where low is (an effort, a delay); also taken:
            `"higher_is_better"`, `"lower_is_better"`. On a negative scale an answer is mirrored first.
        transform: `"range"`: (x - low) / (high - low) x 100; `"of_max"`: x / high x 100.

    Raises:
        ScoreError: `low` is not below `high`; `"of_max"` of a scale that reaches below zero; an unknown word.

    >>> Scale(1, 5).points(4), Scale(1, 5, transform="of_max").points(4)
    (Fraction(75, 1), Fraction(80, 1))
    >>> Scale(1, 5, polarity="negative").points(1)
    Fraction(100, 1)
    """

    low: Fraction = attrs.field(converter=_limit)
    high: Fraction = attrs.field(converter=_limit)
    polarity: Polarity = attrs.field(default="positive", converter=_polarity, kw_only=True)
    transform: Transform = attrs.field(default="range", converter=_transform, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.low >= self.high:
            raise ScoreError("score-scale-order", got=str(self))
        if self.transform == "of_max" and self.low < 0:
            raise ScoreError("score-scale-of-max", got=str(self))

    @property
    def bounds(self) -> Interval:
        """The points of the worst and of the best answer."""
        best, worst = (self.high, self.low) if self.polarity == "positive" else (self.low, self.high)
        return Interval(self.points(worst), self.points(best))

    @property
    def midpoint(self) -> Fraction:
        """The middle between the lowest and the highest answer, in answers."""
        return (self.low + self.high) / 2

    def answer(self, given: Number) -> Fraction:
        """An answer, exact.

        Raises:
            ScoreError: It is no number, or lies outside the scale, as a code for a missing answer does.
        """
        answer = exact(given)
        if not self.low <= answer <= self.high:
            raise ScoreError("score-off-scale", got=figure(answer), scale=str(self))
        return answer

    def points(self, given: Number) -> Fraction:
        """An answer in points of 100, exact.

        Raises:
            ScoreError: As `answer`.
        """
        return self.worth(self.answer(given))

    def worth(self, answer: Fraction) -> Fraction:
        """The points of an answer that is known to be on the scale."""
        good = self.low + self.high - answer if self.polarity == "negative" else answer
        if self.transform == "of_max":
            return 100 * good / self.high
        return 100 * (good - self.low) / (self.high - self.low)

    def __str__(self) -> str:
        return f"{figure(self.low)}–{figure(self.high)}"


PERCENT: Final = Scale(0, 100)


def rescale(x: Number, scale: Scale) -> Fraction:
    """An answer in points of 100, exact (换算为百分制).

    Args:
        x: The answer, or a mean of answers.
        scale: The scale that it was given on.

    Raises:
        ScoreError: It is no number, or lies outside the scale.

    >>> rescale(4, Scale(1, 5)), rescale(4, Scale(1, 5, transform="of_max"))
    (Fraction(75, 1), Fraction(80, 1))
    >>> rescale(-99, Scale(1, 5))
    Traceback (most recent call last):
      ...
    qms_service.errors.ScoreError: -99 is not on the scale 1–5. A code for a missing answer is no answer: give None for it.
    """
    must_be(Scale, scale, "scale")
    return scale.points(x)
