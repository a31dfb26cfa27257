"""Decisions of many rows (整列判定结果): which decision each row has, or why it has none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.errors import QmsError, unknown_name
from qms_service.routing.decision import Decision


@attrs.frozen(kw_only=True, eq=False)
class DecisionColumns:
    """What a table answers to each row (整列判定结果).

    Args:
        codes: For each row the place of its decision, or −1 − i where its reason is `errors[i]`.
        decisions: The decisions that occur, each once.
        errors: Why rows have none, each reason once: as `decide` says it of the first such row, `row`.
        outputs: The names of the table's outputs.

    >>> from qms_service.routing import DecisionTable
    >>> rules = [{"id": "near", "when": {"km": "<=300"}, "then": {"due": "24 h"}}]
    >>> site = DecisionTable(name="site", inputs={"km": "number"}, outputs={"due": "text"}, rules=rules)
    >>> found = site.decide_many({"km": [12, 300, 301, None]})
    >>> found.output("due").tolist(), found.reason.tolist()
    (['24 h', '24 h', None, None], [-1, -1, 0, 1])
    >>> print(found.errors[0])
    Row 2 (the first is 0): Table site: no rule covers km = 301. Add a rule, or a default row; problems() lists the gaps.
    """

    codes: NDArray[np.int32]
    decisions: tuple[Decision, ...]
    errors: tuple[QmsError, ...]
    outputs: tuple[str, ...]

    def __len__(self) -> int:
        return self.codes.size

    @cached_property
    def answer(self) -> NDArray[np.int32]:
        """For each row the place of its decision; −1 where it has none."""
        return np.maximum(self.codes, -1) if self.errors else self.codes

    @cached_property
    def reason(self) -> NDArray[np.int32]:
        """For each row the place of the reason why it has no decision; −1 where it has one."""
        return np.maximum(~self.codes, -1) if self.errors else np.full(self.codes.size, -1, np.int32)

    def decision(self, row: int) -> Decision:
        """The decision of a row.

        Raises:
            QmsError: It has none: the reason, as of the first row that shares it.
        """
        code = int(self.codes[row])
        if code < 0:
            raise self.errors[~code]
        return self.decisions[code]

    def output(self, name: str) -> NDArray[np.object_]:
        """The values of an output, None where a row has no decision; under `collect` a tuple for each row.

        Raises:
            UnknownNameError: The table has no such output.
        """
        if name not in self.outputs:
            raise unknown_name("output", name, self.outputs)
        return self._each(lambda one: one.outputs[name])

    @property
    def clauses(self) -> NDArray[np.object_]:
        """The clauses behind each row's decision, a tuple; None where it has none."""
        return self._each(lambda one: one.clauses)

    @property
    def rule_ids(self) -> NDArray[np.object_]:
        """The rules behind each row's decision, a tuple; None where it has none."""
        return self._each(lambda one: one.rule_ids)

    def _each(self, told: Callable[[Decision], Any]) -> NDArray[np.object_]:
        return np.fromiter([*map(told, self.decisions), None], np.object_).take(self.answer)
