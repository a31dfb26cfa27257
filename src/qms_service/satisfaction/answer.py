"""Answer (回答): a number on the item's scale, or that the item does not apply; what was not answered is absent."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Final

from qms_service.errors import ScoreError
from qms_service.instants import is_missing
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.given import frozen
from qms_service.satisfaction.number import exact


class NotApplicable(Enum):
    """The answer that an item does not apply (不适用): neither zero, nor missing."""

    NOT_APPLICABLE = "N/A"

    def __repr__(self) -> str:
        return self.name


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE
Answer = Fraction | NotApplicable


def answers(given: Mapping[str, object]) -> FrozenMap[str, Answer]:
    """Answers by item, exact; what is None, or a table's mark for a missing value, was not answered and is left out.

    Raises:
        ScoreError: One is neither a number nor `NOT_APPLICABLE`.
    """
    pairs = frozen(given, "answers").items()
    return FrozenMap({item: _answer(item, value) for item, value in pairs if not is_missing(value)})


def _answer(item: object, value: object) -> Answer:
    if not isinstance(item, str):
        raise ScoreError("score-name", field="answers", got=repr(item))
    if isinstance(value, NotApplicable):
        return value
    if isinstance(value, str):
        raise ScoreError("score-answer-text", field=item, got=repr(value))
    return exact(value, item)
