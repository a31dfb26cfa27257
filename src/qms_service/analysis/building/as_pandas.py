"""A frame of pandas: whole arrays that are written into, and become the columns without a copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qms_service.analysis.building.columns import Block, Durations, Filled, Like, Spec, Texts, empty
from qms_service.analysis.read import Column


class FrameBuilder:
    """Builds a `pandas.DataFrame`.

    Args:
        columns: What each column holds.
        rows: How many rows there are.
    """

    def __init__(self, columns: Mapping[str, Spec], rows: int) -> None:
        # Cells that are taken over go first: the room that it takes meanwhile is not yet taken by the others.
        self._columns = columns
        self._cells = {name: _cells(spec) for name, spec in columns.items() if isinstance(spec, Like)}
        self._filled = {name: spec for name, spec in columns.items() if not isinstance(spec, Like)}
        self._arrays = {name: empty(spec, rows) for name, spec in self._filled.items()}

    def open(self, begin: int, end: int) -> Block:
        """The arrays of some rows: a part of the result."""
        return {name: array[begin:end] for name, array in self._arrays.items()}

    def keep(self, block: Block) -> None:
        """It is part of the result already."""

    def frame(self) -> pd.DataFrame:
        """The result."""
        made = {name: self._cells.pop(name, None) for name in self._columns}
        for name, spec in self._filled.items():
            made[name] = _column(spec, self._arrays.pop(name))
        return pd.DataFrame(made, copy=False)


def _column(spec: Filled, array: NDArray[Any]) -> Any:  # noqa: ANN401  # an array of one of pandas' kinds
    if isinstance(spec, Texts):
        return pd.Categorical.from_codes(array, categories=pd.Index(spec.words.texts, dtype=str))
    if isinstance(spec, Durations):
        return pd.Series(array.view("timedelta64[us]"), copy=False)
    return pd.array(array, dtype=pd.DatetimeTZDtype("us", spec.zone), copy=False)


def _cells(spec: Like) -> Any:  # noqa: ANN401  # an array of one of pandas' kinds
    column: Column = spec.column
    cells = column.to_native()
    if spec.times == 1:
        return cells.array.copy()
    if isinstance(cells.dtype, np.dtype):
        repeated: NDArray[Any] = np.repeat(cells.to_numpy(), spec.times)
        return pd.Series(repeated, copy=False)
    return cells.array.take(np.repeat(np.arange(len(cells)), spec.times))
