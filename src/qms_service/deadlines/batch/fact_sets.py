"""Fact sets: columns of facts as the different sets of facts that their rows have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.deadlines.batch.kinds import Indexes
from qms_service.errors import ColumnError
from qms_service.instants import is_missing

_SORTED: Final = "biufUMm"  # kinds of values that numpy can put in order
_MANY: Final = 1 << 40  # numbers of sets that a key can still tell apart, with one column more
_FEW_TO_A_ROW: Final = 4
Coded = tuple[Indexes, Sequence[object]]


@attrs.frozen(eq=False)
class FactSets:
    """The different sets of facts by path, without what is missing; and which of them each row has."""

    sets: Sequence[Mapping[str, object]]
    of: Indexes

    def first_row(self, number: int) -> int:
        """The first row that has a set."""
        return int(np.argmax(self.of == number))


def fact_sets(columns: Mapping[str, object], size: int) -> FactSets:
    """The sets that the rows of some columns have.

    Args:
        columns: By path: a numpy array, a list, or one value for all rows; None, `NaN` and `NaT` are missing.
        size: How many rows there are.

    Raises:
        ColumnError: A column of another length, or with more dimensions.
    """
    return FactSets(*sets_of({path: _coded(path, column, size) for path, column in columns.items()}, size))


def _coded(path: str, given: Any, size: int) -> Coded:  # noqa: ANN401  # whatever is handed in
    """For each row of a column the place of its value, and the values."""
    column = given if isinstance(given, list | tuple) else _array(path, given)
    if column is None:
        return np.zeros(size, np.intp), [None if is_missing(given) else given]
    if len(column) != size:
        raise ColumnError("column-lengths", names=("events", path), got=(size, len(column)))
    if not isinstance(column, list | tuple):
        if column.dtype.kind in _SORTED:
            values, codes = np.unique(column, return_inverse=True)
            return codes, [None if is_missing(value) else value for value in values.tolist()]
        column = column.tolist()
    places: dict[object, int] = {}
    codes = np.array([places.setdefault(_key(value), len(places)) for value in column], np.intp)
    some = dict(zip(codes.tolist(), column, strict=True))
    return codes, [None if is_missing(some[place]) else some[place] for place in range(len(places))]


def _array(path: str, given: object) -> NDArray[Any] | None:
    """A column as an array; None for one value for all rows."""
    if not hasattr(given, "__array__"):
        return None
    column = np.asarray(given)
    if column.ndim > 1:
        raise ColumnError("column-shape", name=path, got=column.shape)
    return column if column.ndim else None


def _key(value: object) -> object:
    """What two values have in common that are the same fact: 1 and True are equal, and two facts."""
    try:
        hash(value)
    except TypeError:
        return type(value), id(value)
    return type(value), value


def sets_of(columns: Mapping[str, Coded], rows: int) -> tuple[list[dict[str, object]], Indexes]:
    """The different sets of facts of some rows, and which of them each row has.

    Args:
        columns: By path, the places of each row's value and the values.
        rows: How many rows there are.
    """
    key = np.zeros(rows, np.intp)
    distinct = 1
    for codes, values in columns.values():
        if distinct * len(values) > _MANY:
            found, key = np.unique(key, return_inverse=True)
            distinct = found.size
        key = key * len(values) + codes
        distinct *= len(values)
    first, of = _distinct(key, distinct)
    sets = [
        {
            path: values[codes[row]]
            for path, (codes, values) in columns.items()
            if values[codes[row]] is not None
        }
        for row in first.tolist()
    ]
    return sets, of


def _distinct(key: Indexes, size: int) -> tuple[Indexes, Indexes]:
    """A row of each distinct number below a size, and for each row the place of its number among them."""
    if size > _FEW_TO_A_ROW * key.size:
        _, first, of = np.unique(key, return_index=True, return_inverse=True)
        return first, of
    row = np.full(size, -1, np.intp)
    row[key] = np.arange(key.size)
    there = np.flatnonzero(row >= 0)
    place = np.zeros(size, np.intp)
    place[there] = np.arange(there.size)
    return row[there], place[key]
