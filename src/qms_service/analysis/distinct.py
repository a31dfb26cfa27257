"""Distinct values (不同取值) of a column: for each row the place of its value among them, by the frame's own means."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from qms_service.analysis.read import Column, kind_of

Places = NDArray[np.intp]


def distinct_of(column: Column) -> tuple[Places, list[object]]:
    """For each row the place of its value, -1 for a missing one; and the values, in the order in which they appear."""
    native: Any = column.to_native()
    if kind_of(column) == "pandas":
        found, values = native.factorize()
        return np.array(found, np.intp), list(values.tolist())
    return _of_polars(native) if kind_of(column) == "polars" else _of_pyarrow(native)


def _of_polars(native: Any) -> tuple[Places, list[object]]:  # noqa: ANN401  # a Series: polars need not be imported
    values = native.drop_nulls().unique(maintain_order=True).alias("value")
    known = values.to_frame().with_row_index("place")
    placed = native.alias("value").to_frame().join(known, on="value", how="left", maintain_order="left")
    found = placed["place"].fill_null(known.height).to_numpy().astype(np.intp)
    found[found == known.height] = -1
    return found, values.to_list()


def _of_pyarrow(native: Any) -> tuple[Places, list[object]]:  # noqa: ANN401  # a ChunkedArray
    coded = native.unify_dictionaries() if hasattr(native.type, "value_type") else native.dictionary_encode()
    coded = coded.combine_chunks()
    found = coded.indices.cast("int64").fill_null(-1).to_numpy(zero_copy_only=False)
    return np.array(found, np.intp), coded.dictionary.to_pylist()
