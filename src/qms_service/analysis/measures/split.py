"""Split (分组): what a measure tells apart: months, the values of a column, or nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from numbers import Real

import attrs
import narwhals as nw

from qms_service.analysis.measures.months import month_number, month_text
from qms_service.analysis.read import Column, Table, column_of
from qms_service.errors import ColumnError, unknown_name
from qms_service.instants import is_missing


@attrs.frozen(kw_only=True)
class Split:
    """How the rows of a measure are grouped.

    Args:
        name: The column of the result; empty where nothing is told apart.
        key: What rows are grouped by.
        is_month: Whether the key is the number of a month.
    """

    name: str
    key: nw.Expr
    is_month: bool = False

    def told(self, result: Table, *before: str) -> Table:
        """A result with its key `by` under its own name, months as texts; sorted by `before` and by it."""
        if not self.name:
            return in_order(result.drop("by"), *before)
        if self.is_month:
            texts = [month_text(number) for number in result["by"].to_list()]
            result = result.with_columns(
                nw.new_series("by", texts, nw.String(), backend=result.implementation)
            )
        return in_order(result.rename({"by": self.name}), *before, self.name)


def in_order(result: Table, *columns: str) -> Table:
    """A result sorted by columns, a missing value last; of pandas with a new index."""
    if any(isinstance(result.schema[name], nw.Object) for name in columns):
        cells = zip(*(result[name].to_list() for name in columns), strict=True)
        keys = [tuple(map(_place, row)) for row in cells]
        ordered = result[sorted(range(len(keys)), key=keys.__getitem__)]
    else:
        ordered = result.sort(*columns, nulls_last=True) if columns else result
    return nw.maybe_reset_index(ordered)


def _place(cell: object) -> tuple[bool, str, float, str]:
    """Where a cell stands among others of any type: numbers by their size, then each type by how it is written."""
    if is_missing(cell):
        return True, "", 0, ""
    if isinstance(cell, Real) and not isinstance(cell, bool):
        return False, "", float(cell), ""
    return False, type(cell).__name__, 0, str(cell)


def split_by(rows: Table, by: str, at: str, taken: Iterable[str]) -> Split:
    """What `by` stands for: `"month"` of the column `at`, `"all"`, or a column of the frame.

    Args:
        rows: The frame.
        by: `"month"`, `"all"`, or the name of a column; the two words come first.
        at: The column of which the month is meant.
        taken: The names that the result has already.

    Raises:
        UnknownNameError: There is no such column.
        ColumnError: The result has a column of that name already, or the column holds lists or the like.
    """
    if by == "month":
        return Split(name="month", key=month_number(nw.col(at)), is_month=True)
    if by == "all":
        return Split(name="", key=nw.lit(0))
    if by not in rows.columns:
        raise unknown_name("column", by, ("month", "all", *rows.columns))
    if by in taken:
        raise ColumnError("measure-by", got=by)
    return Split(name=told_apart(rows, by).name, key=nw.col(by))


def told_apart(rows: Table, name: str) -> Column:
    """A column whose values tell rows apart.

    Raises:
        UnknownNameError: There is no such column.
        ColumnError: It holds lists or the like.
    """
    column = column_of(rows, name)
    cells = column.to_list() if isinstance(column.dtype, nw.Object) else ()
    if column.dtype.is_nested() or not all(isinstance(cell, Hashable) for cell in cells):
        raise ColumnError("measure-nested", name=name, got=str(column.dtype))
    return column
