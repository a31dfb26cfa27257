"""Measured (已有指标): the small frame that a measure gave, as rows to draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qms_service.analysis.read import table_of
from qms_service.errors import UnknownNameError, misspelt
from qms_service.instants import is_missing


def measured_rows(frame: object, measure: str, needed: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a measure's result; what is missing is None.

    Args:
        frame: The result.
        measure: The function that gives such a result.
        needed: The columns that it has.

    Raises:
        UnknownNameError: A column is missing: the frame is no result of that measure.
        ColumnError: It is no frame.
    """
    table = table_of(frame)
    for name in needed:
        if name not in table.columns:
            _, operands = misspelt("", name, table.columns)
            raise UnknownNameError("plot-measure", kind="column", measure=measure, **operands)
    return [
        {name: None if is_missing(value) else value for name, value in row.items()}
        for row in table.iter_rows(named=True)
    ]
