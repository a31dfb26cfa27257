"""Packing (打包): an answer as one whole number, so that the sum over the items of a row says all that is asked of it.

From the lowest bit on there are three lanes: the weighed points, the weight of what was answered, and the weight of
what does not apply. No lane can run into the next, because each is as wide as its largest sum. An answer that is none
is so far below zero that no sum with it reaches zero again.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.satisfaction.answer import NOT_APPLICABLE
from qms_service.satisfaction.batch.answer_column import AnswerColumn, Worth

_BITS: Final = 55
_PAIRS: Final = 22  # bits of both weights together: what can become of a row stands in a table of so many
_FAULT: Final = -(1 << _BITS)
_COLUMNS: Final = 1 << (62 - _BITS)


@attrs.frozen(kw_only=True, eq=False)
class Packing:
    """How answers are packed.

    Args:
        points: The bits of the points.
        lane: The bits of a weight.
        whole: The weight of all items of the questionnaire.
        unit: What the points over the answered weight are multiplied with, to be points of 100.
        tables: For each column what its answers add.
    """

    points: int
    lane: int
    whole: int
    unit: Fraction
    tables: tuple[NDArray[np.int64], ...]

    @classmethod
    def of(cls, columns: Sequence[AnswerColumn], whole: Fraction) -> Packing | None:
        """The packing of some columns; None where the sums need more bits than there are.

        Args:
            columns: The columns.
            whole: The weight of all items, with a column or without.
        """
        per_weight = _unit([*(one.weight for one in columns), whole])
        weighed = [point for one in columns for point in one.points]
        per_point = _unit(weighed)
        most = sum(max((int(point / per_point) for point in one.points), default=0) for one in columns)
        points, lane = most.bit_length(), int(whole / per_weight).bit_length()
        if points + 2 * lane > _BITS or 2 * lane > _PAIRS or len(columns) >= _COLUMNS:
            return None

        def packed(worth: Worth, weight: Fraction) -> int:
            if isinstance(worth, str):
                return _FAULT
            if worth is None:
                return 0
            shifted = int(weight / per_weight) << points
            if worth is NOT_APPLICABLE:
                return shifted << lane
            return shifted + int(weight * worth / per_point)

        tables = tuple(
            np.array([packed(worth, one.weight) for worth in one.worth] or [0], np.int64) for one in columns
        )
        return cls(
            points=points,
            lane=lane,
            whole=int(whole / per_weight),
            unit=per_point / per_weight,
            tables=tables,
        )


def _unit(numbers: Sequence[Fraction]) -> Fraction:
    """The largest number of which all are whole multiples; 1 where all are zero."""
    below = lcm(*(one.denominator for one in numbers))
    return Fraction(gcd(*(int(one * below) for one in numbers)) or below, below)
