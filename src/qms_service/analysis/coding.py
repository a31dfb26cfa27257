"""Coding (编码): a column of a frame as what a decision table takes a column of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from qms_service.analysis.read import Column, kind_of, type_of
from qms_service.errors import ColumnError
from qms_service.routing import Column as Input
from qms_service.routing.batch import Coded

_TEXTS: Final = (nw.String, nw.Categorical, nw.Enum, nw.Object)
_COMPARED: Final = 12  # texts that polars sooner compares one by one
_ALLOWED: Final[Mapping[str, tuple[Any, ...]]] = {
    "text": _TEXTS,
    "values": _TEXTS,
    "number": (nw.Decimal, nw.Object),
    "bool": (nw.Boolean, nw.Object),
    "date": (nw.Date, nw.Object),
}


@attrs.frozen(kw_only=True, eq=False)
class Named(Coded):
    """Texts as codes into those that a table names; all others have one code, and are read where they are asked for."""

    cells: Column

    def value(self, row: int) -> object:
        """The text of a row; None where it is missing."""
        text: object = self.cells[row]
        return None if self.codes[row] < 0 else text


def coded(column: Column, name: str, asked: Input, named: Sequence[str]) -> object:
    """A column for an input of a table.

    Args:
        column: The column.
        name: Its name.
        asked: The input.
        named: The texts that the input's cells name.

    Raises:
        ColumnError: It holds wholly another kind of values.
    """
    dtype = type_of(column)
    word = asked.type.word
    if column.null_count() == len(column):
        return np.full(len(column), None, np.object_)
    if not (isinstance(dtype, _ALLOWED[word]) or (word == "number" and dtype.is_integer())):
        code = "decide-floats" if word == "number" and dtype.is_float() else "decide-kind"
        raise ColumnError(code, name=name, got=str(dtype), input=asked.name, allowed=str(asked.type))
    if isinstance(dtype, nw.Object | nw.Decimal):
        return column.to_list()
    if word in ("text", "values"):
        return _CODERS[kind_of(column)](column, named)
    return _plain(column)


def _plain(column: Column) -> NDArray[Any]:
    """Numbers, days and bools; a column of a frame with missing ones would come as floats or objects."""
    if column.dtype == nw.Date:
        days: NDArray[Any] = column.to_numpy().astype("M8[D]")
        return days
    if not column.null_count():
        return column.to_numpy()
    filled = column.fill_null(value=False) if column.dtype == nw.Boolean else column.fill_null(0)
    return np.ma.MaskedArray(filled.to_numpy(), mask=column.is_null().to_numpy())


def _of_polars(column: Column, named: Sequence[str]) -> object:
    import polars as pl  # noqa: PLC0415  # the frame is one of polars

    own: pl.Series = column.to_native()
    if isinstance(own.dtype, pl.Enum):
        codes = own.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
        return Coded(codes=codes, values=own.dtype.categories.to_list())
    text, place = pl.col("text"), pl.col("text").cast(pl.String).cast(pl.Enum(named), strict=False)
    code = place.to_physical().cast(pl.Int32).fill_null(len(named))
    if len(named) <= _COMPARED:
        code = pl.lit(len(named), pl.Int32)
        for number, one in enumerate(named):
            code = pl.when(text == one).then(pl.lit(number, pl.Int32)).otherwise(code)
    made = own.to_frame("text").select(pl.when(text.is_null()).then(-1).otherwise(code)).to_series()
    return _named(made.to_numpy(), named, column)


def _of_pyarrow(column: Column, named: Sequence[str]) -> object:
    return _of_arrow(column.to_native(), column, named)


def _of_arrow(own: Any, column: Column, named: Sequence[str]) -> object:  # noqa: ANN401  # pyarrow has no types
    import pyarrow as pa  # noqa: PLC0415  # so is this
    import pyarrow.compute as pc  # noqa: PLC0415  # the same

    kind = own.type.value_type if pa.types.is_dictionary(own.type) else own.type
    found = pc.fill_null(pc.index_in(own.cast(kind), pa.array(named, kind)), len(named))
    codes = pc.if_else(own.is_null(), -1, found).to_numpy()
    return _named(codes, named, column)


def _of_pandas(column: Column, named: Sequence[str]) -> object:
    own = column.to_native()
    if isinstance(column.dtype, nw.Categorical | nw.Enum):
        return Coded(codes=own.cat.codes.to_numpy(), values=own.cat.categories.tolist())
    if getattr(own.dtype, "storage", None) != "pyarrow":
        return own.to_numpy(np.object_)
    import pyarrow as pa  # noqa: PLC0415  # what the texts lie in

    return _of_arrow(pa.chunked_array(pa.array(own, from_pandas=True)), column, named)


def _named(codes: NDArray[Any], named: Sequence[str], cells: Column) -> Named:
    return Named(codes=codes, values=[*named, _unlike(named)], cells=cells)


def _unlike(named: Sequence[str]) -> str:
    """A text that is none of these."""
    return "".join(named) + "?"


_CODERS: Final = {"polars": _of_polars, "pyarrow": _of_pyarrow, "pandas": _of_pandas}
