"""Outcomes (结果): the decisions that occur, and the reasons why some rows have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.errors import QmsError
from qms_service.routing.batch.given import Given
from qms_service.routing.decision import Decision

if TYPE_CHECKING:
    from qms_service.routing.table import DecisionTable

_Reason = tuple[object, ...]


@attrs.frozen(eq=False)
class Outcomes:
    """What the scalar says of some rows, each different answer once."""

    table: DecisionTable
    given: Given
    decisions: dict[Decision, int] = attrs.field(init=False, factory=dict)
    errors: dict[_Reason, QmsError] = attrs.field(init=False, factory=dict)
    _places: dict[_Reason, int] = attrs.field(init=False, factory=dict)

    def code(self, row: int) -> int:
        """The place of a row's decision, or −1 − i for the i-th reason."""
        return self._code(row, self.given.facts(row))

    def codes(self) -> NDArray[np.int32]:
        """That of every row, one by one."""
        facts = enumerate(self.given.rows(0, self.given.size))
        return np.fromiter((self._code(row, own) for row, own in facts), np.int32, self.given.size)

    def _code(self, row: int, facts: dict[str, object]) -> int:
        try:
            decision = self.table.decide(facts)
        except QmsError as error:
            reason = _reason(error)
            self.errors.setdefault(reason, type(error)(error.code, **{**error.operands, "row": row}))
            return ~self._places.setdefault(reason, len(self._places))
        return self.decisions.setdefault(decision, len(self.decisions))


def _reason(error: QmsError) -> _Reason:
    """What rows without a decision have in common: not their own values, nor what those are like."""
    told = (error.operands.get(name) for name in ("fact", "rule_ids", "missing"))
    return (type(error), error.code.removesuffix(".nearest"), *told)
