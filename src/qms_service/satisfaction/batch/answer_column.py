"""Answer column (答案列): the answers to one item as the places of the few that there are."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.satisfaction.answer import NotApplicable

Fault = Literal["unreadable", "off-scale"]
Worth = Fraction | NotApplicable | Fault | None


@attrs.frozen(kw_only=True, eq=False)
class AnswerColumn:
    """The answers to one item.

    Args:
        item: The id of the item.
        weight: How much it counts.
        places: For each row the place of its answer, counted from `first`.
        worth: What each answer is worth: points of 100, `NOT_APPLICABLE`, None where nothing was answered, or why it
            is none: `"unreadable"`, `"off-scale"`.
        first: The place of the first answer.
    """

    item: str
    weight: Fraction
    places: NDArray[np.integer[Any]]
    worth: Sequence[Worth]
    first: int = 0

    @property
    def points(self) -> list[Fraction]:
        """The points that its answers are worth, each weighed."""
        return [self.weight * one for one in self.worth if isinstance(one, Fraction)]
