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
_MOST: Final = 1 << 20  # codes that may have a place of their own each
Coded = tuple[Sequence[object], Indexes]


@attrs.frozen(eq=False)
class FactSets:
    """The different sets of facts by path, None for what is missing; and which of them each row has."""

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
    coded = {path: _coded(path, column, size) for path, column in columns.items()}
    of, count = np.zeros(size, np.intp), min(size, 1)
    for values, codes in coded.values():
        of, count = _dense(of * len(values) + codes, count * len(values))
    some = np.empty(count, np.intp)
    some[of] = np.arange(size)
    return FactSets(
        [{path: values[codes[row]] for path, (values, codes) in coded.items()} for row in some.tolist()], of
    )


def _coded(path: str, given: Any, size: int) -> Coded:  # noqa: ANN401  # whatever is handed in
    """The different values of a column, and which of them each row has."""
    column = given if isinstance(given, list | tuple) else _array(path, given)
    if column is None:
        return [None if is_missing(given) else given], np.zeros(size, np.intp)
    if len(column) != size:
        raise ColumnError("column-lengths", names=("events", path), got=(size, len(column)))
    if not isinstance(column, list | tuple):
        if column.dtype.kind in _SORTED:
            values, codes = np.unique(column, return_inverse=True)
            return [None if is_missing(value) else value for value in values.tolist()], codes
        column = column.tolist()
    places: dict[object, int] = {}
    codes = np.array([places.setdefault(_key(value), len(places)) for value in column], np.intp)
    some = dict(zip(codes.tolist(), column, strict=True))
    return [None if is_missing(some[place]) else some[place] for place in range(len(places))], codes


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


def _dense(codes: Indexes, bound: int) -> tuple[Indexes, int]:
    """Codes below a bound renumbered without gaps, and how many there are."""
    if bound > _MOST:
        values, dense = np.unique(codes, return_inverse=True)
        return dense, values.size
    present = np.zeros(bound, np.bool_)
    present[codes] = True
    places = np.cumsum(present) - 1
    return places[codes], int(places[-1]) + 1 if bound else 0
