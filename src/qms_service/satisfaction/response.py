"""Response (调查回复): what one respondent of a customer answered."""

from __future__ import annotations

from fractions import Fraction

import attrs
from pendulum import DateTime

from qms_service.errors import ScoreError
from qms_service.instants import instant
from qms_service.satisfaction.answer import Answer, answers
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.given import amount_or_none, is_a, named
from qms_service.satisfaction.number import Number


def _total(given: Number | None) -> Fraction | None:
    return amount_or_none(given, "total")


@attrs.frozen
class Response:
    """What one respondent of a customer answered.

    Args:
        customer: The customer, by the id or name that `Asked` has.
        answers: Each item answered, with a number on its scale or `NOT_APPLICABLE`; what was not answered is absent.
        respondent: Who answered; None where the customer has one voice.
        answered_at: When, an aware instant; None where nobody wrote it down.
        total: The total in full marks, where only that is known.
        comment: What was written beside the answers.

    Raises:
        ScoreError: An answer is no number, or both answers and a total are given.
        NaiveInstantError: `answered_at` has no zone.

    >>> Response("ACME", {"solder": 4}).answers["solder"]
    Fraction(4, 1)
    """

    customer: str = attrs.field(validator=named)
    answers: FrozenMap[str, Answer] = attrs.field(factory=FrozenMap, converter=answers)
    respondent: str | None = attrs.field(
        default=None, validator=attrs.validators.optional(named), kw_only=True
    )
    answered_at: DateTime | None = attrs.field(
        default=None, converter=attrs.converters.optional(instant), kw_only=True
    )
    total: Fraction | None = attrs.field(default=None, converter=_total, kw_only=True)
    comment: str | None = attrs.field(
        default=None, validator=attrs.validators.optional(is_a(str)), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if self.answers and self.total is not None:
            raise ScoreError("score-total-or-answers", customer=self.customer)
