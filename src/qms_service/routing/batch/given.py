"""Given (所给各列): the columns that are handed in, and the facts of one row of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.errors import ColumnError, unknown_name
from qms_service.instants import is_missing
from qms_service.routing.batch.coded import Coded

if TYPE_CHECKING:
    from qms_service.routing.table import DecisionTable

Values = NDArray[Any]
BLOCK: Final = 1 << 14  # rows whose buffers stay in the processor's cache
_ONE_VALUE: Final = (str, int, float, Decimal, Fraction, date)
_EXACT: Final[Mapping[type, str]] = {bool: "bool", int: "int64", date: "M8[D]"}


@attrs.frozen(eq=False)
class Given:
    """The columns by the input that they are for, all of one length."""

    columns: Mapping[str, Values | Coded]
    size: int

    def facts(self, row: int) -> dict[str, object]:
        """The facts of a row as the scalar takes them; what is missing is left out."""
        return self.rows(row, row + 1)[0]

    def rows(self, begin: int, end: int) -> list[dict[str, object]]:
        """The facts of some rows."""
        values = {name: _values(column, begin, end) for name, column in self.columns.items()}
        there = {name: [not is_missing(value) for value in column] for name, column in values.items()}
        return [
            {name: column[row] for name, column in values.items() if there[name][row]}
            for row in range(end - begin)
        ]


def read_columns(table: DecisionTable, columns: Mapping[str, object]) -> Given:
    """The columns, each as an array; one value for all rows as a column of that value.

    Raises:
        UnknownNameError: One is for no input of the table.
        ColumnError: There is no mapping of columns, one is no column, or their lengths differ.
    """
    if not isinstance(columns, Mapping):
        raise ColumnError("column-mapping", got=type(columns).__name__)
    known = [column.name for column in table.inputs]
    for name in columns:
        if name not in known:
            raise unknown_name("input", str(name), known)
    read = {name: _column(name, column) for name, column in columns.items()}
    sizes = {name: _codes(column).size for name, column in read.items() if _codes(column).ndim}
    if len({*sizes.values()}) > 1:
        raise ColumnError("column-lengths", names=tuple(sizes), got=tuple(sizes.values()))
    size = max(sizes.values(), default=1 if read else 0)
    return Given({name: _repeated(column, size) for name, column in read.items()}, size)


def _codes(column: Values | Coded) -> Values:
    return column.codes if isinstance(column, Coded) else column


def _column(name: str, given: object) -> Values | Coded:
    column = given if isinstance(given, Coded) else _array(name, given)
    if _codes(column).ndim > 1:
        raise ColumnError("column-shape", name=name, got=_codes(column).shape)
    return column


def _array(name: str, given: Any) -> Values:  # noqa: ANN401  # whatever is handed in
    """An array as it is; numpy would bend the values of a list, True among numbers and numbers among texts."""
    if isinstance(given, np.ma.MaskedArray):
        return objects(given.tolist()) if given.dtype == np.object_ else given
    if hasattr(given, "__array__"):
        column = np.asarray(given)
        return objects(column.tolist()) if column.dtype == np.object_ and column.ndim == 1 else column
    if isinstance(given, list | tuple):
        return objects(given)
    if given is None or isinstance(given, _ONE_VALUE):
        return np.array(given, np.object_)
    raise ColumnError("column-kind", name=name, got=type(given).__name__)


def _repeated(column: Values | Coded, size: int) -> Values | Coded:
    if isinstance(column, Coded) or column.ndim:
        return column
    return Coded(codes=np.broadcast_to(np.uint8(0), (size,)), values=[column.tolist()])


def objects(values: list[object] | tuple[object, ...]) -> Values:
    """Python values as a column: those of one exact type that arrays hold alike as such, others as they are."""
    kinds = {*map(type, values)}
    exact = _EXACT.get(kinds.pop()) if len(kinds) == 1 else None
    try:
        return np.array(values, exact) if exact else np.fromiter(values, np.object_, len(values))
    except OverflowError:
        return np.fromiter(values, np.object_, len(values))


def _values(column: Values | Coded, begin: int, end: int) -> list[object]:
    if isinstance(column, Coded):
        return [column.value(row) for row in range(begin, end)]
    cells = column[begin:end]  # of a masked one Python's None
    if column.dtype.kind == "M" and not is_days(column):
        cells = cells.astype("M8[us]")  # what Python shows as a datetime
    values: list[object] = cells.tolist()
    return values


def is_days(column: Values) -> bool:
    """Whether it is a column of days or of something longer, and so of no instants."""
    return column.dtype.kind == "M" and np.datetime_data(column.dtype)[0] in ("D", "W", "M", "Y")
