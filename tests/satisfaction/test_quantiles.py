"""Student's t, which the standard library does not have, against a printed table and by integration."""

from __future__ import annotations

from fractions import Fraction
from math import exp, lgamma, pi, tan

import pytest

from qms_service.satisfaction.quantile import normal, student

PRINTED = {
    1: (6.314, 12.706, 63.657), 2: (2.920, 4.303, 9.925), 3: (2.353, 3.182, 5.841), 4: (2.132, 2.776, 4.604),
    5: (2.015, 2.571, 4.032), 10: (1.812, 2.228, 3.169), 15: (1.753, 2.131, 2.947), 20: (1.725, 2.086, 2.845),
    30: (1.697, 2.042, 2.750), 60: (1.671, 2.000, 2.660), 100: (1.660, 1.984, 2.626),
}  # fmt: skip


@pytest.mark.parametrize("degrees", PRINTED)
def test_the_printed_table(degrees: int) -> None:
    """NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, two-sided 90, 95 and 99 %."""
    found = [student(Fraction(percent, 100), Fraction(degrees)) for percent in (90, 95, 99)]
    assert tuple(round(float(t), 3) for t in found) == PRINTED[degrees]


@pytest.mark.parametrize(
    "degrees", [Fraction(3, 2), Fraction(79684, 10_000), Fraction(500), Fraction(20_000)]
)
@pytest.mark.parametrize("percent", [50, 95, 99])
def test_between_the_quantiles_lies_what_was_asked_for(degrees: Fraction, percent: int) -> None:
    """The density is integrated by Simpson's rule from -t to t, degrees of freedom whole or not."""
    t, free = float(student(Fraction(percent, 100), degrees)), float(degrees)
    scale = exp(lgamma((free + 1) / 2) - lgamma(free / 2)) / (free * pi) ** 0.5
    steps = 4000
    heights = [
        scale * (1 + (t * place / steps) ** 2 / free) ** (-(free + 1) / 2) for place in range(steps + 1)
    ]
    area = (heights[0] + heights[-1] + 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2])) * t / steps / 3
    assert 2 * area == pytest.approx(percent / 100, abs=1e-7)


def test_many_degrees_of_freedom_come_to_the_normal_quantile() -> None:
    near, far = (float(student(Fraction(95, 100), Fraction(free))) for free in (10_000, 10_001))
    assert 0 < near - far < 1e-7
    assert far == pytest.approx(float(normal(Fraction(95, 100))), abs=3e-4)


def test_an_extreme_confidence_has_its_quantile() -> None:
    """Of one degree of freedom t is the tangent of 90° times the confidence."""
    assert float(student(Fraction(999_999, 1_000_000), Fraction(1))) == pytest.approx(
        tan(pi / 2 * 0.999999), rel=1e-6
    )
    assert student(Fraction(1, 10**18), Fraction(1)) == 0
