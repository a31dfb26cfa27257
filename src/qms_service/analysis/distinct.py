"""Distinct values (不同取值) of a column: for each row the place of its value among them, by the frame's own means."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Final

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from qms_service.analysis.read import Column, kind_of
from qms_service.instants import is_missing

Places = NDArray[np.intp]


def distinct_of(column: Column) -> tuple[Places, list[object]]:
    """For each row the place of its value, -1 for a missing one; and the values, in the order in which they appear."""
    if column.dtype == nw.Object and kind_of(column) == "polars":
        return _one_by_one(column.to_list())
    try:
        return _OWN[kind_of(column)](column.to_native())
    except (TypeError, NotImplementedError):  # of lists, and what else is told apart by its cells alone
        return _one_by_one(column.to_list())


def _of_pandas(native: Any) -> tuple[Places, list[object]]:  # noqa: ANN401  # a Series: pandas need not be imported
    found, values = native.factorize()
    return np.array(found, np.intp), list(values.tolist())


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


def _one_by_one(cells: Iterable[object]) -> tuple[Places, list[object]]:
    """Cells that have no order and no hash are alike when they are written alike."""
    places: dict[Hashable, int] = {}
    values: list[object] = []
    found = []
    for cell in cells:
        if is_missing(cell):
            found.append(-1)
            continue
        found.append(places.setdefault(_key(cell), len(values)))
        if found[-1] == len(values):
            values.append(cell)
    return np.array(found, np.intp), values


def _key(cell: object) -> Hashable:
    try:
        hash(cell)
    except TypeError:
        return type(cell), repr(cell)
    return cell


_OWN: Final[Mapping[str, Callable[[Any], tuple[Places, list[object]]]]] = {
    "pandas": _of_pandas,
    "polars": _of_polars,
    "pyarrow": _of_pyarrow,
}
