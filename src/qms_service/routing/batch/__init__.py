"""Columns (整列判定): a decision table over whole columns of facts.

The scalar is the reference. Each input is told apart into the few classes between which no cell of the table
differs, the classes of a row make one index, and each index that occurs is asked of `DecisionTable.decide` once, with
the facts of the first row that has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qms_service.errors import MissingExtraError

try:
    from qms_service.routing.batch.coded import Coded
    from qms_service.routing.batch.decisions import DecisionColumns
    from qms_service.routing.batch.given import read_columns
    from qms_service.routing.batch.index import Indexed
    from qms_service.routing.batch.outcomes import Outcomes
except ModuleNotFoundError as missing:
    raise MissingExtraError("missing-extra", what=__name__, package="numpy", extra="analysis") from missing

if TYPE_CHECKING:
    from qms_service.routing.table import DecisionTable

__all__ = ["Coded", "DecisionColumns", "decide"]

_FEW = 400  # rows that one by one cost less than making the arrays


def decide(table: DecisionTable, columns: Mapping[str, object]) -> DecisionColumns:
    """`DecisionTable.decide_many`."""
    given = read_columns(table, columns)
    outcomes = Outcomes(table, given)
    indexed = Indexed.over(table, given) if given.size > _FEW else None
    codes = outcomes.codes() if indexed is None else indexed.codes(given.size, outcomes)
    return DecisionColumns(
        codes=codes,
        decisions=tuple(outcomes.decisions),
        errors=tuple(outcomes.errors.values()),
        outputs=tuple(column.name for column in table.outputs),
    )
