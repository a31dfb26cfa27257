"""Means (平均分): the score of a survey, and the effort score, each with Student's interval."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from qms_service.satisfaction.answers import Answers, Given, answers_of
from qms_service.satisfaction.estimate import Estimate, Measure
from qms_service.satisfaction.figures import figure, shown
from qms_service.satisfaction.given import must_be
from qms_service.satisfaction.interval import Interval, around, root
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.number import Number, share
from qms_service.satisfaction.population import left, population_of
from qms_service.satisfaction.proportion import CONFIDENCE
from qms_service.satisfaction.quantile import student
from qms_service.satisfaction.scale import PERCENT, Scale


def mean_score(
    totals: Given, asked: int | None = None, *, scale: Scale = PERCENT, confidence: Number = CONFIDENCE
) -> Estimate:
    """The sum of the totals divided by the number of customers who answered (满意度得分), in points of 100.

    Args:
        totals: The total of each customer, in a list or by customer; None where one did not answer, who counts
            in neither sum nor number. By customer, two surveys can be compared customer by customer.
        asked: How many were asked. With it the interval narrows as the answers come near to all of them, and
            has no width when they are all.
        scale: What a total may be; 0 to 100 unless the full marks are others.
        confidence: Of the interval, a share.

    Returns:
        The mean with Student's interval; value None where nobody answered, no interval for one answer.

    Raises:
        ScoreError: A total is no number or not on the scale, more answered than were asked.

    Clause: pcb-maker 4.5.4 (survey score = sum of the totals / number of customers surveyed).

    >>> print(mean_score([90, 80, None, 85, 70], asked=5))
    81.3 (4 of 5; 95 %: 75.2 to 87.3)
    >>> mean_score([]).value is None
    True
    """
    must_be(Scale, scale, "scale")
    return mean_of(answers_of(totals, scale.answer, scale.points), "mean", scale, asked, confidence)


def ces(
    answers: Given, scale: Scale, *, asked: int | None = None, confidence: Number = CONFIDENCE
) -> Estimate:
    """The customer effort score (客户费力度): the mean answer on its scale, in points of 100.

    Where a high answer means much effort, the scale is negative: `Scale(1, 5, polarity="negative")`. 100
    points are the least effort.

    Args:
        answers: The answers, in a list or by customer; None where one did not answer.
        scale: The scale that they were given on.
        asked: How many were asked.
        confidence: Of the interval, a share.

    Raises:
        ScoreError: An answer is no number or not on the scale, more answered than were asked.

    >>> ces([6, 7, 5, 6], Scale(1, 7)).rounded(), ces([2, 1, 3, 2], Scale(1, 7, polarity="negative")).rounded()
    (Decimal('83.3'), Decimal('83.3'))
    """
    must_be(Scale, scale, "scale")
    return mean_of(answers_of(answers, scale.answer, scale.points), "ces", scale, asked, confidence)


def mean_of(
    answers: Answers, measure: Measure, scale: Scale, asked: int | None, confidence: Number
) -> Estimate:
    """The mean of answers with its interval and derivation."""
    population = population_of(asked, answers.n)
    made = Estimate(
        value=answers.mean,
        n=answers.n,
        population=population,
        method="t",
        standard_error=_standard_error(answers, population),
        measure=measure,
        confidence=share(confidence, "confidence"),
        bounds=scale.bounds,
        variance=answers.variance,
        values=answers.values,
        customers=answers.customers,
    )
    sure = attrs.evolve(made, interval=_interval(made))
    return attrs.evolve(sure, derivation=tuple(_derivation(sure, answers, scale)))


def _standard_error(answers: Answers, population: int | None) -> Fraction | None:
    if answers.n and not left(answers.n, population):
        return Fraction(0)
    if answers.variance is None:
        return None
    return root(answers.variance / answers.n * left(answers.n, population))


def _interval(made: Estimate) -> Interval | None:
    if made.value is None or made.standard_error is None:
        return None
    if not left(made.n, made.population):
        return Interval(made.value, made.value)
    t = student(made.confidence, Fraction(made.n - 1))
    return around(made.value, made.standard_error * t, made.bounds)


def _derivation(made: Estimate, answers: Answers, scale: Scale) -> Iterator[Line]:
    yield from opening(made.n, answers.absent, made.population)
    if made.value is None:
        return
    yield from _points(answers, scale)
    terms = " + ".join(
        figure(points) if times == 1 else f"{times} × {figure(points)}" for points, times in answers.points
    )
    yield Line("sum", {"terms": terms, "sum": figure(answers.total)})
    yield Line("mean", {"sum": figure(answers.total), "n": made.n, "value": figure(made.value)})
    if not left(made.n, made.population):
        yield Line("census", {"n": made.n})
    elif made.variance is None:
        yield Line("single")
    else:
        yield from _sure(made, figure(root(made.variance)))


def _points(answers: Answers, scale: Scale) -> Iterator[Line]:
    if any(answer != points for answer, points, _ in answers.given):
        pairs = tuple(f"{figure(answer)} → {figure(points)}" for answer, points, _ in answers.given)
        code = f"points.{scale.transform}.{scale.polarity}"
        yield Line(code, {"low": figure(scale.low), "high": figure(scale.high), "pairs": pairs})


def _sure(made: Estimate, spread: str) -> Iterator[Line]:
    yield Line("spread", {"spread": spread})
    if not made.variance:
        yield Line("no-spread", {"n": made.n})
    error = shown(made.standard_error)
    reckoned = {"spread": spread, "n": made.n, "error": error}
    if made.population is None:
        yield Line("error", reckoned)
    else:
        yield Line("error.finite", {**reckoned, "asked": made.population})
    low, high = made.interval or made.bounds
    yield Line(
        "t",
        {
            "degrees": made.n - 1,
            "percent": figure(100 * made.confidence),
            "t": figure(student(made.confidence, Fraction(made.n - 1))),
            "error": error,
            "low": figure(low),
            "high": figure(high),
        },
    )


def opening(n: int, absent: int, population: int | None) -> Iterator[Line]:
    """How many answered, of how many, and how many of those given did not."""
    yield (
        Line("answered", {"n": n})
        if population is None
        else Line("answered.asked", {"n": n, "asked": population})
    )
    if absent:
        yield Line("absent", {"count": absent})
