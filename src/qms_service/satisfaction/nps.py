"""NPS (净推荐值): the share of promoters less the share of detractors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, Literal

import attrs

from qms_service.errors import ScoreError
from qms_service.satisfaction.answers import Answers, Given, answers_of
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.interval import Interval, around, root
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.means import opening
from qms_service.satisfaction.number import Number, exact, one_of, share, whole
from qms_service.satisfaction.population import left, population_of, worth
from qms_service.satisfaction.proportion import CONFIDENCE, worth_lines
from qms_service.satisfaction.quantile import normal

NpsMethod = Literal["adjusted-wald", "wald"]
BOUNDS: Final = Interval(Fraction(-100), Fraction(100))
_PROMOTER: Final = 9
_PASSIVE: Final = 7
_HIGHEST: Final = 10
_ADDED: Final = {"adjusted-wald": 3, "wald": 0}  # answers added before the interval is taken (Rocks 2016)


@attrs.frozen(kw_only=True)
class _Shares:
    """The shares of promoters and detractors among so many answers, those added included."""

    promoters: Fraction
    detractors: Fraction
    n: Fraction

    @property
    def score(self) -> Fraction:
        return self.promoters - self.detractors

    @property
    def variance(self) -> Fraction:
        return self.promoters + self.detractors - self.score**2

    @property
    def error(self) -> Fraction:
        return root(self.variance / self.n)


def nps(
    answers: Given | None = None,
    *,
    promoters: int | None = None,
    passives: int | None = None,
    detractors: int | None = None,
    method: NpsMethod = "adjusted-wald",
    asked: int | None = None,
    confidence: Number = CONFIDENCE,
) -> Estimate:
    """The net promoter score (净推荐值), -100 to 100: promoters (9, 10) less detractors (0 to 6), in per cent.

    One customer is one answer: average over the respondents of a customer first, or say that respondents are
    counted, for the same answers give another score by each level.

    Args:
        answers: Whole numbers from 0 to 10, in a list or by customer; None where one did not answer. 0 is an
            answer.
        promoters: How many answered 9 or 10, where not the answers but their counts are known.
        passives: How many answered 7 or 8.
        detractors: How many answered 0 to 6.
        method: Of the interval. `"adjusted-wald"` adds three answers, 3/4 a promoter, 3/4 a detractor
            (Rocks 2016), and tells something also where all answered alike; it is widened to the score itself
            where that lies outside, as of a single answer. `"wald"` is the textbook one.
        asked: How many were asked.
        confidence: Of the interval, a share.

    Raises:
        ScoreError: An answer is not 0 to 10 or not whole; answers and counts together, or not all three counts.

    >>> print(nps([10, 9, 9, 8, 7, 6, 0, 10, 9, 8]))
    30.0 (n = 10; 95 %: -19.1 to 65.2)
    >>> nps(promoters=5, passives=3, detractors=2).value
    Fraction(30, 1)
    """
    counts = {"promoters": promoters, "passives": passives, "detractors": detractors}
    given = [name for name, count in counts.items() if count is not None]
    if (answers is None) != (len(given) == len(counts)) or (answers is not None and given):
        raise ScoreError("score-nps-given", got=(*(["answers"] if answers is not None else []), *given))
    if answers is None:
        read = _counted({name: whole(count, name) for name, count in counts.items()})
    else:
        read = answers_of(answers, _answer, _points)
    return _estimate(read, method, asked, share(confidence, "confidence"))


def _answer(given: Number) -> Fraction:
    answer = exact(given)
    if answer.denominator != 1 or not 0 <= answer <= _HIGHEST:
        raise ScoreError("score-nps-answer", got=figure(answer))
    return answer


def _points(answer: Fraction) -> Fraction:
    return Fraction(100 if answer >= _PROMOTER else 0 if answer >= _PASSIVE else -100)


def _counted(counts: dict[str, int]) -> Answers:
    """Answers of which only the number of each kind is known."""
    worth = {"detractors": Fraction(-100), "passives": Fraction(0), "promoters": Fraction(100)}
    return Answers(given=tuple((points, points, counts[name]) for name, points in worth.items()))


def _estimate(answers: Answers, method: str, asked: int | None, confidence: Fraction) -> Estimate:
    added = _ADDED[one_of("method", method, _ADDED)]
    population = population_of(asked, answers.n)
    made = Estimate(
        value=answers.mean,
        n=answers.n,
        population=population,
        method=method,
        derivation=tuple(opening(answers.n, answers.absent, population)),
        measure="nps",
        confidence=confidence,
        bounds=BOUNDS,
        variance=answers.variance,
        values=answers.values,
        customers=answers.customers,
    )
    return (
        made if made.value is None else _with_interval(made, made.value, Counter(dict(answers.points)), added)
    )


def _with_interval(made: Estimate, value: Fraction, counts: Counter[Fraction], added: int) -> Estimate:
    lines = (*made.derivation, *_value_lines(counts, made.n, value))
    if not left(made.n, made.population):
        whole_list = Line("census", {"n": made.n})
        return attrs.evolve(
            made, interval=Interval(value, value), standard_error=Fraction(0), derivation=(*lines, whole_list)
        )
    size = worth(made.n, made.population)
    plain, adjusted = (_with_added(counts, made.n, size, more) for more in (0, added))
    ends = around(100 * adjusted.score, 100 * normal(made.confidence) * adjusted.error, BOUNDS)
    found = Interval(min(ends.low, value), max(ends.high, value))
    sure = (*worth_lines(made.n, made.population), *_sure(adjusted, added, made.confidence, found))
    return attrs.evolve(made, interval=found, standard_error=100 * plain.error, derivation=(*lines, *sure))


def _with_added(counts: Counter[Fraction], n: int, size: Fraction, added: int) -> _Shares:
    promoters, detractors = (
        (counts[Fraction(points)] * size / n + Fraction(added, 4)) / (size + added) for points in (100, -100)
    )
    return _Shares(promoters=promoters, detractors=detractors, n=size + added)


def _value_lines(counts: Counter[Fraction], n: int, value: Fraction) -> Iterator[Line]:
    promoters, passives, detractors = (counts[Fraction(points)] for points in (100, 0, -100))
    shown = {"promoters": promoters, "passives": passives, "detractors": detractors}
    yield Line("nps-counts", shown)
    yield Line("nps", {**shown, "n": n, "value": figure(value)})


def _sure(sizes: _Shares, added: int, confidence: Fraction, found: Interval) -> Iterator[Line]:
    shares = {
        "n": figure(sizes.n),
        "p": figure(sizes.promoters),
        "d": figure(sizes.detractors),
        "score": figure(100 * sizes.score),
    }
    yield Line("nps-added" if added else "nps-shares", shares)
    yield Line("nps-error", {**shares, "error": figure(100 * sizes.error)})
    z = normal(confidence)
    yield Line(
        "nps-interval",
        {
            "percent": figure(100 * confidence),
            "z": figure(z),
            "score": figure(100 * sizes.score),
            "error": figure(100 * sizes.error),
            "low": figure(found.low),
            "high": figure(found.high),
        },
    )
