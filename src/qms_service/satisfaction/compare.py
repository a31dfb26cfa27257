"""Comparing two scores (得分比较): is the drop real, or would it come by chance?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, Protocol

import attrs

from qms_service.errors import ScoreError
from qms_service.satisfaction.answers import Given
from qms_service.satisfaction.comparison import Change, Comparison
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.figures import figure, shown
from qms_service.satisfaction.interval import Interval, around, root
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.means import mean_score
from qms_service.satisfaction.number import Number, share, whole
from qms_service.satisfaction.population import left
from qms_service.satisfaction.proportion import CONFIDENCE
from qms_service.satisfaction.quantile import student
from qms_service.satisfaction.scale import PERCENT, Scale

BASE: Final = 5
_SPREADABLE: Final = 2  # answers below which nothing shows how far they spread


class Scored(Protocol):
    """What has a score, such as that of a survey."""

    @property
    def score(self) -> Estimate:
        """The score."""


Comparable = Estimate | Scored | Given


@attrs.frozen(kw_only=True)
class _Difference:
    """A difference, the squared standard error of it, and its degrees of freedom; None where they cannot be told."""

    value: Fraction | None
    square: Fraction | None = None
    degrees: Fraction | None = None


def compare(
    before: Comparable,
    after: Comparable,
    *,
    scale: Scale = PERCENT,
    base: int = BASE,
    paired: bool | None = None,
    finite: bool = False,
    confidence: Number = CONFIDENCE,
) -> Comparison:
    """Whether a score went up or down, or whether that cannot be told (满意度变化判断).

    Where the customers are known and at least `base` of them answered both times, each is compared with
    himself (Student's t on the differences): that sees much smaller changes. Otherwise the two means are
    compared, with Welch's t.

    Args:
        before: An estimate, the score of a survey, or the answers themselves: a list, or by customer.
        after: The same of the later survey.
        scale: The scale of answers given themselves.
        base: Below how many answers, or pairs, nothing is said.
        paired: True insists on customers, False on the two means; None pairs where it can.
        finite: Whether the surveys stand for those asked and no more. By default they do not: the question is
            whether something moved, and of two censuses every difference would be a move (Cochran, Sampling
            Techniques, 1977, on comparing domains).
        confidence: Of the interval, a share.

    Returns:
        The comparison: `up` or `down` where the interval of the difference leaves out 0.

    Raises:
        ScoreError: Scores of different measures or scales, figures without single answers (an index, a response
            rate), `paired=True` without customers, an answer that is refused.

    >>> last = {"ACME": 80, "Borg": 75, "Cole": 90, "Dent": 60, "Eden": 85}
    >>> this = {"ACME": 76, "Borg": 70, "Cole": 88, "Dent": 55, "Eden": 79}
    >>> print(compare(last, this))
    down: 78.0 → 73.6; -4.4 over the 5 who answered both (95 %: -6.3 to -2.5)
    >>> print(compare(list(last.values()), list(this.values())))
    not distinguishable: 78.0 → 73.6, -4.4 (95 %: -21.8 to 13.0)
    """
    old, new = _score(before, scale), _score(after, scale)
    _same_kind(old, new)
    least, sure = whole(base, "base", 1), share(confidence, "confidence")
    both = sorted({*old.customers} & {*new.customers})
    pairing = len(both) >= least if paired is None else paired
    if pairing and not (old.customers and new.customers):
        raise ScoreError("score-unpaired", got=old.measure)
    found = _paired(old, new, both, finite=finite) if pairing else _welch(old, new, finite=finite)
    interval = _interval(found, old, sure)
    enough = (len(both) if pairing else min(old.n, new.n)) >= least
    verdict = _change(interval) if enough else Change.TOO_FEW
    made = Comparison(
        verdict=verdict,
        difference=found.value,
        interval=interval,
        before=old.value,
        after=new.value,
        n_before=old.n,
        n_after=new.n,
        n_both=len(both),
        paired=pairing,
        method="paired-t" if pairing else "welch-t",
        base=least,
        standard_error=None if found.square is None else root(found.square),
        degrees=found.degrees,
        confidence=sure,
    )
    return attrs.evolve(made, derivation=tuple(_derivation(made, finite=finite)))


def _score(given: Comparable, scale: Scale) -> Estimate:
    score: Any = given if isinstance(given, Estimate) else getattr(given, "score", given)
    return score if isinstance(score, Estimate) else mean_score(score, scale=scale)


def _same_kind(old: Estimate, new: Estimate) -> None:
    for one in (old, new):
        if one.method == "none":
            raise ScoreError("score-no-spread", got=one.measure)
    name, other = (_kind(one) for one in (old, new))
    if name != other:
        raise ScoreError("score-compare", got=name, other=other)


def _kind(score: Estimate) -> str:
    """What was measured on which scale; of a share, by which answers too."""
    top: Any = next((line.operands for line in score.derivation if line.code == "top"), None)
    scale = f"{figure(score.bounds.low)}–{figure(score.bounds.high)}"
    counted = scale if top is None else f"{', '.join(top['boxes'])} ∈ {top['scale']}"
    return f"{score.measure} ({counted})"


def _paired(old: Estimate, new: Estimate, both: list[str], *, finite: bool) -> _Difference:
    gave, gives = _by_customer(old), _by_customer(new)
    moved = [gives[customer] - gave[customer] for customer in both]
    n = len(moved)
    if not n:
        return _Difference(value=None)
    mean = sum(moved, Fraction(0)) / n
    if n < _SPREADABLE:
        return _Difference(value=mean)
    variance = sum(((one - mean) ** 2 for one in moved), Fraction(0)) / (n - 1)
    asked = min((one.population for one in (old, new) if one.population), default=None)
    return _Difference(
        value=mean, square=variance / n * (left(n, asked) if finite else 1), degrees=Fraction(n - 1)
    )


def _by_customer(score: Estimate) -> Mapping[str, Fraction]:
    return dict(zip(score.customers, score.values, strict=True))


def _welch(old: Estimate, new: Estimate, *, finite: bool) -> _Difference:
    if old.value is None or new.value is None:
        return _Difference(value=None)
    difference = new.value - old.value
    if old.variance is None or new.variance is None:
        return _Difference(value=difference)
    one, other = (
        variance / score.n * (left(score.n, score.population) if finite else 1)
        for score, variance in ((old, old.variance), (new, new.variance))
    )
    split = one**2 / (old.n - 1) + other**2 / (new.n - 1)
    return _Difference(
        value=difference, square=one + other, degrees=(one + other) ** 2 / split if split else None
    )


def _interval(found: _Difference, score: Estimate, confidence: Fraction) -> Interval | None:
    if found.value is None or found.square is None:
        return None
    width = score.bounds.width
    t = student(confidence, found.degrees) if found.square and found.degrees else Fraction(0)
    return around(found.value, t * root(found.square), Interval(-width, width))


def _change(interval: Interval | None) -> Change:
    if interval is None:
        return Change.TOO_FEW
    if interval.low > 0:
        return Change.UP
    return Change.DOWN if interval.high < 0 else Change.NOT_DISTINGUISHABLE


def _derivation(made: Comparison, *, finite: bool) -> Iterator[Line]:
    difference = shown(made.difference)
    yield Line("compare-before", {"value": shown(made.before), "n": made.n_before})
    yield Line("compare-after", {"value": shown(made.after), "n": made.n_after})
    if made.paired:
        yield Line("compare-pairs", {"n": made.n_both, "difference": difference})
    else:
        yield Line("compare-means", {"difference": difference})
    if made.interval is not None and made.standard_error is not None:
        t = student(made.confidence, made.degrees) if made.degrees else Fraction(0)
        error = {"error": figure(made.standard_error), "degrees": shown(made.degrees)}
        ends = {"low": figure(made.interval.low), "high": figure(made.interval.high)}
        yield Line(f"compare-error.{made.method}", error)
        if finite:
            yield Line("compare-finite")
        yield Line("compare-interval", {"percent": figure(100 * made.confidence), "t": figure(t), **ends})
    yield Line(f"verdict.{made.verdict}")
