"""Few values (少数取值): a frame made at once, whose columns have few values, each row the place of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.analysis.read import Table, kind_of

Word = Literal["code", "text", "int", "float", "bool", "date", "decimal", "any"]
Places = NDArray[np.uint32]


@attrs.frozen(eq=False)
class Few:
    """A column with few values.

    Args:
        word: What it holds; `"code"`: texts of which each stands in many rows.
        values: The values, None for none.
        places: For each row the place of its value, the one behind the last for none.
        known: Texts that stand first among the categories, so that those of two results are alike.
    """

    word: Word
    values: Sequence[Any]
    places: Places
    known: Sequence[str] = ()

    @property
    def told(self) -> list[Any]:
        """The values, and none behind them."""
        return [*self.values, None]

    @property
    def words(self) -> list[str]:
        """The different texts."""
        return [*dict.fromkeys([*self.known, *(value for value in self.values if value is not None)])]

    @property
    def codes(self) -> NDArray[np.int32]:
        """For each row the place of its text among these; −1 for none."""
        place = {text: number for number, text in enumerate(self.words)}
        return np.array([place.get(value, -1) for value in self.told], np.int32).take(self.places)


def each(word: Word, values: Sequence[Any]) -> Few:
    """A column with a value for each row."""
    return Few(word, values, np.arange(len(values), dtype=np.uint32))


def placed(places: NDArray[np.integer[Any]], count: int) -> Places:
    """Places of which a negative one stands for none, as `Few` has them."""
    if not count:
        return np.zeros(places.size, np.uint32)
    return np.where(places < 0, count, places).astype(np.uint32)


def frame_like(table: Table, columns: Mapping[str, Few], *, same_rows: bool) -> Any:  # noqa: ANN401  # a frame of the kind that came in
    """A frame of the same kind; where its rows are those of the table, pandas gives them its index."""
    return _FRAMES[kind_of(table)](table, columns, same_rows)


def _pandas(table: Table, columns: Mapping[str, Few], same_rows: bool) -> Any:  # noqa: ANN401  # as its kin
    import pandas as pd  # noqa: PLC0415  # the frame is one of pandas

    kinds = {"int": "Int64", "float": "float64", "bool": "boolean", "text": None}

    def column(few: Few) -> Any:  # noqa: ANN401  # an array of one of pandas' kinds
        if few.word == "code":
            return pd.Categorical.from_codes(few.codes, categories=pd.Index(few.words, dtype=str))
        return pd.Series(few.told, dtype=kinds.get(few.word, object)).take(few.places).array

    index = table.to_native().index if same_rows else None
    return pd.DataFrame({name: column(few) for name, few in columns.items()}, index=index)


def _polars(_: Table, columns: Mapping[str, Few], _same: bool) -> Any:  # noqa: ANN401  # as its kin
    import polars as pl  # noqa: PLC0415  # so it is here

    kinds: dict[str, Any] = {
        "code": pl.Categorical,
        "int": pl.Int64,
        "float": pl.Float64,
        "bool": pl.Boolean,
        "date": pl.Date,
        "text": pl.String,
    }
    made: dict[str, pl.Series] = {}
    for places in {id(few.places): few.places for few in columns.values()}.values():
        own = {name: few for name, few in columns.items() if few.places is places}
        values = [
            pl.Series(name, few.told, dtype=kinds.get(few.word), strict=False) for name, few in own.items()
        ]
        some = [value for value in values if value.null_count() < len(value)]
        if some:
            made.update(pl.DataFrame(some)[pl.Series(places)].to_dict())
        none = (value for value in values if value.null_count() == len(value))
        made.update({value.name: value.new_from_index(0, len(places)) for value in none})
    return pl.DataFrame([made[name] for name in columns])


def _pyarrow(_: Table, columns: Mapping[str, Few], _same: bool) -> Any:  # noqa: ANN401  # as its kin
    import pyarrow as pa  # noqa: PLC0415  # and here

    kinds = {
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "text": pa.string(),
    }

    def column(few: Few) -> Any:  # noqa: ANN401  # pyarrow has no types
        if few.word == "code":
            codes = pa.array(few.codes, mask=few.codes < 0)
            return pa.DictionaryArray.from_arrays(codes, pa.array(few.words, pa.string()))
        return pa.array(few.told, kinds.get(few.word)).take(pa.array(few.places))

    return pa.table({name: column(few) for name, few in columns.items()})


_FRAMES: Final[Mapping[str, Callable[[Table, Mapping[str, Few], bool], Any]]] = {
    "pandas": _pandas,
    "polars": _polars,
    "pyarrow": _pyarrow,
}
