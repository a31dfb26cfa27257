"""Sample size (样本量): how many answers a margin of error needs."""

from __future__ import annotations

from math import ceil

from qms_service.satisfaction.number import Number, share, whole
from qms_service.satisfaction.proportion import CONFIDENCE
from qms_service.satisfaction.quantile import normal


def sample_size(
    margin: Number,
    population: int | None = None,
    confidence: Number = CONFIDENCE,
    p: Number = 0.5,
) -> int:
    """How many answers a share needs to be known to within a margin, rounded up (所需样本量).

    It counts answers, not questionnaires sent: where a third answers, ask three times as many.

    Args:
        margin: To either side, a share: 0.05 for five points of 100.
        population: How many there are in all; None: endlessly many.
        confidence: A share.
        p: The share expected; 0.5 needs the most.

    Raises:
        ScoreError: A share that is none, such as a margin of 5; a population that is no count.

    Source: Cochran, Sampling Techniques (1977), chapter 4: n0 = z^2 p(1 - p)/e^2, n = n0/(1 + (n0 - 1)/N).

    >>> sample_size(0.05), sample_size(0.05, population=30)
    (385, 28)
    """
    e, part, z = share(margin, "margin"), share(p, "p"), normal(share(confidence, "confidence"))
    endless = z * z * part * (1 - part) / (e * e)
    if population is None:
        return ceil(endless)
    size = whole(population, "population", 1)
    return min(size, ceil(endless * size / (endless + size - 1)))
