"""Reading a frame (读取数据表): pandas, polars or pyarrow, eager, and its columns by name.

`table_of` is the door for every function of this room that takes a frame; `column_of` gives one of its columns, or
says which there are. What a column holds is read by `moments` (instants) and `facts` (typed values), block by block.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import narwhals as nw
from narwhals.exceptions import DuplicateError

from qms_service.errors import ColumnError, unknown_name

Table = nw.DataFrame[Any]
Column = nw.Series[Any]
BLOCK: Final = 1 << 17  # rows that are read, asked and written at a time
KINDS: Final = ("pandas", "polars", "pyarrow")


def table_of(frame: object) -> Table:
    """A frame of pandas, polars or pyarrow.

    Raises:
        ColumnError: It is none, it is lazy, or two of its columns have one name.
    """
    if type(frame).__name__ == "LazyFrame":
        raise ColumnError("frame-lazy", got=type(frame).__name__)
    try:
        table: Table = nw.from_native(frame, eager_only=True)
    except TypeError:
        raise ColumnError("frame-none", got=type(frame).__name__, allowed=KINDS) from None
    except DuplicateError as error:
        raise ColumnError("frame-columns-twice", got=str(error)) from None
    if kind_of(table) not in KINDS:
        raise ColumnError("frame-none", got=type(frame).__name__, allowed=KINDS)
    return table


def kind_of(table: Table | Column) -> str:
    """The library that a frame or a column is of."""
    return str(table.implementation.value)


def column_of(table: Table, name: object) -> Column:
    """A column by its name.

    Raises:
        UnknownNameError: The frame has no such column; the nearest is named.
    """
    return in_utc(raw_column(table, name))


def raw_column(table: Table, name: object) -> Column:
    """A column as it lies there: what is read of it block by block goes through `in_utc` block by block."""
    if name not in table.columns:
        raise unknown_name("column", name, table.columns)
    return table.get_column(name)  # not table[name]: pandas names columns by numbers and pairs too


def in_utc(column: Column) -> Column:
    """Instants whose zone narwhals does not know, in UTC; other columns as they are."""
    if column.dtype == nw.Unknown and isinstance(kind := type_of(column), nw.Datetime):
        return column.cast(nw.Datetime(kind.time_unit, "UTC"))
    return column


def type_of(column: Column) -> nw.dtypes.DType:
    """What a column holds.

    narwhals knows the zone of a pandas column by a name of letters and slashes alone: one in America/New_York is of an
    unknown type to it.
    """
    own = getattr(column.to_native(), "dtype", None) if column.dtype == nw.Unknown else None
    zone = getattr(own, "tz", None)
    return column.dtype if own is None or zone is None else nw.Datetime(own.unit, str(zone))


def blocks_of(rows: int, most: int = BLOCK) -> Iterator[tuple[int, int]]:
    """The rows in blocks: where each begins and ends."""
    for begin in range(0, rows, most):
        yield begin, min(begin + most, rows)
