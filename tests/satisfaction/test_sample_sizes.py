"""How many answers a margin needs: always rounded up, and less of a short list."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_service.errors import ScoreError
from qms_service.satisfaction import sample_size

Given = Any

Z = 1.959963984540054


@pytest.mark.parametrize(("margin", "size"), [(0.05, 385), (0.03, 1068), (0.1, 97), (0.01, 9604)])
def test_the_sizes_of_endless_populations(margin: float, size: int) -> None:
    """z²/4e²: 384.15, 1067.07, 96.04 and 9603.6, rounded up."""
    assert sample_size(margin) == size


@pytest.mark.parametrize(
    ("population", "printed"),
    [(10, 10), (15, 14), (20, 19), (30, 28), (35, 32), (50, 44), (100, 80), (200, 132), (500, 217), (1000, 278),
     (10_000, 370), (50_000, 381), (75_000, 382)],
)  # fmt: skip
def test_the_table_of_krejcie_and_morgan_less_where_it_rounds_down(population: int, printed: int) -> None:
    """Krejcie and Morgan, Educational and Psychological Measurement 30 (1970), 607-610; chi-square 3.841.

    The table rounds to the nearest, 14.47 to 14: with that the margin is above 0.05, and one answer is missing.
    """
    too_few = margin_of(printed, population) > 0.05
    assert sample_size(0.05, population=population) == printed + too_few
    assert too_few == (population in (15, 20, 35, 50, 500, 50_000, 75_000))


def test_another_share_expected_needs_less() -> None:
    """z² x 0.1 x 0.9 / 0.05² = 138.29."""
    assert sample_size(0.05, p=0.1) == 139


def test_a_higher_confidence_needs_more() -> None:
    """2.5758² / 4 / 0.05² = 663.49."""
    assert sample_size(0.05, confidence=0.99) == 664


def margin_of(n: int, population: int, p: float = 0.5) -> float:
    finite = (population - n) / (population - 1) if population > 1 else 0
    return float(Z * (p * (1 - p) / n * finite) ** 0.5)


@given(st.integers(1, 3000), st.sampled_from((0.02, 0.05, 0.1, 0.3)), st.sampled_from((0.1, 0.5, 0.8)))
def test_it_is_the_least_number_that_keeps_the_margin(population: int, margin: float, p: float) -> None:
    size = sample_size(margin, population=population, p=p)
    assert 1 <= size <= population
    assert margin_of(size, population, p) <= margin + 1e-12
    assert size == 1 or margin_of(size - 1, population, p) > margin - 1e-12


@pytest.mark.parametrize(
    ("arguments", "said", "zh"),
    [
        ({"margin": 5}, "margin: got 5; allowed is a share between 0 and 1, such as 0.05.", "margin：收到 5"),
        ({"margin": 1}, "such as 0.01", "例如 0.01"),
        ({"margin": 0}, "margin: got 0; allowed is a share between 0 and 1, such as 0.05.", "例如 0.05"),
        ({"margin": 250}, "such as 0.05", "例如 0.05"),
        (
            {"margin": 0.05, "confidence": 95},
            "confidence: got 95; allowed is a share between 0 and 1, such as 0.95.",
            "0.95",
        ),
        ({"margin": 0.05, "p": 1}, "p: got 1", "p：收到 1"),
        (
            {"margin": 0.05, "population": 0},
            "population: got 0; allowed is a whole number of at least 1",
            "不小于 1",
        ),
    ],
)
def test_a_percentage_where_a_share_is_meant_is_refused(
    arguments: dict[str, Given], said: str, zh: str
) -> None:
    with pytest.raises(ScoreError) as caught:
        sample_size(**arguments)
    assert said in str(caught.value)
    assert zh in caught.value.text("zh")
