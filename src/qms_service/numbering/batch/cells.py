"""Cells (单元格): a column of texts as it is handed in, and the letters of some of its rows."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.errors import ColumnError
from qms_service.instants import is_missing

Words = NDArray[np.uint32]


def read_cells(given: Any) -> NDArray[Any]:  # noqa: ANN401  # whatever is handed in
    """The column: texts of a fixed width as they are, anything else as Python values.

    Raises:
        ColumnError: It is no column.
    """
    if isinstance(given, np.ma.MaskedArray):
        return objects(given.tolist())
    if hasattr(given, "__array__"):
        column = np.asarray(given)
        if column.ndim != 1:
            raise ColumnError("column-shape", name="texts", got=column.shape)
        return column if column.dtype.kind == "U" else objects(column.tolist())
    if not isinstance(given, list | tuple):
        raise ColumnError("column-kind", name="texts", got=type(given).__name__)
    return objects(given)


def objects(values: list[Any] | tuple[Any, ...]) -> NDArray[np.object_]:
    """Python values as a column, whatever they are."""
    return np.fromiter(values, np.object_, len(values))


@attrs.frozen(eq=False)
class Letters:
    """The letters of some rows.

    Args:
        at: For each position the letters of all rows, 0 where a text is over; the last position is beyond any number.
        no_text: Rows that hold no text.
        missing: Of these the ones that hold nothing at all.
    """

    at: Words
    no_text: NDArray[np.bool_]
    missing: NDArray[np.bool_]

    @classmethod
    def of(cls, cells: NDArray[Any], width: int) -> Letters:
        """The first `width` letters of each cell."""
        none = np.zeros(cells.size, np.bool_)
        if cells.dtype.kind == "U":
            return cls(_spread(cells, width), none, none)
        values = cells.tolist()
        texts = [value if isinstance(value, str) and "\0" not in value else "" for value in values]
        at = _spread(np.array(texts, f"U{width}"), width)
        no_text = np.fromiter((not isinstance(value, str) for value in values), np.bool_, len(values))
        if no_text.any():
            none[no_text] = [is_missing(value) for value in values if not isinstance(value, str)]
        return cls(at, no_text, none)


def _spread(texts: NDArray[np.str_], width: int) -> Words:
    """The letters by position; numpy ends a text at the last letter that is none."""
    own = texts.dtype.itemsize // 4
    at = np.zeros((width, texts.size), np.uint32)
    if own:
        native = np.ascontiguousarray(texts, texts.dtype.newbyteorder("="))
        at[: min(own, width)] = native.view(np.uint32).reshape(texts.size, own)[:, :width].T
    return at
