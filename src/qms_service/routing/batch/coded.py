"""Coded columns (编码列): a column as codes into its distinct values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.errors import ColumnError


def _places(column: Coded, field: attrs.Attribute[Any], codes: NDArray[Any]) -> None:
    if codes.dtype.kind not in "iu":
        raise ColumnError("column-codes", name=field.name, got=str(codes.dtype))
    highest = int(codes.max(initial=0))
    if codes.size and highest >= len(column.values):
        raise ColumnError("column-codes.beyond", name=field.name, got=highest, count=len(column.values))


@attrs.frozen(kw_only=True, eq=False)
class Coded:
    """A column as codes into its distinct values (编码列): what a category or a dictionary of a frame is.

    Args:
        codes: For each row the place of its value; a negative one is missing.
        values: The values.

    Raises:
        ColumnError: The codes are no whole numbers, or there are fewer values.

    >>> Coded(codes=[0, 1, -1, 0], values=["quality", "delivery"]).value(1)
    'delivery'
    """

    values: Sequence[object]
    codes: NDArray[np.integer[Any]] = attrs.field(converter=np.asarray, validator=_places)

    def value(self, row: int) -> object:
        """The value of a row; None where it is missing."""
        code = int(self.codes[row])
        return None if code < 0 else self.values[code]
