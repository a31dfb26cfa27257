"""A table of pyarrow: the arrays that were filled, as chunks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from qms_service.analysis.building.columns import Block, Durations, Filled, Instants, Like, Spec, Texts, empty
from qms_service.analysis.read import BLOCK, blocks_of
from qms_service.instants import NAT


class FrameBuilder:
    """Builds a `pyarrow.Table`.

    Args:
        columns: What each column holds.
        rows: How many rows there are.
    """

    def __init__(self, columns: Mapping[str, Spec], rows: int) -> None:  # noqa: ARG002  # all builders are made alike
        self._columns = columns
        self._cells = {name: _cells(spec) for name, spec in columns.items() if isinstance(spec, Like)}
        self._filled = {name: spec for name, spec in columns.items() if not isinstance(spec, Like)}
        self._chunks: dict[str, list[Any]] = {name: [] for name in self._filled}

    def open(self, begin: int, end: int) -> Block:
        """Arrays of their own."""
        return {name: empty(spec, end - begin) for name, spec in self._filled.items()}

    def keep(self, block: Block) -> None:
        """A block becomes a chunk."""
        for name, spec in self._filled.items():
            self._chunks[name].append(_chunk(spec, block[name]))

    def frame(self) -> Any:  # noqa: ANN401  # pyarrow has no types
        """The result."""
        made = {name: _column(spec, self._chunks[name]) for name, spec in self._filled.items()}
        return pa.table({name: made[name] if name in made else self._cells[name] for name in self._columns})


def _column(spec: Filled, chunks: list[Any]) -> Any:  # noqa: ANN401  # the same
    if not isinstance(spec, Texts):
        return pa.chunked_array(chunks, type=_type(spec))
    words = pa.array(spec.words.texts, pa.string())
    worded = [pa.DictionaryArray.from_arrays(codes, words) for codes in chunks]
    return pa.chunked_array(worded, type=pa.dictionary(_type(spec), pa.string()))


def _type(spec: Filled) -> Any:  # noqa: ANN401  # the same
    if isinstance(spec, Instants):
        return pa.timestamp("us", spec.zone)
    if isinstance(spec, Durations):
        return pa.duration("us")
    return pa.from_numpy_dtype(empty(spec, 0).dtype)


def _chunk(spec: Filled, array: NDArray[Any]) -> Any:  # noqa: ANN401  # the same
    there = array >= 0 if isinstance(spec, Texts) else array != NAT
    known = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
    return pa.Array.from_buffers(_type(spec), array.size, [known, pa.py_buffer(array)])


def _cells(spec: Like) -> Any:  # noqa: ANN401  # the same
    cells = spec.column.to_native()
    if spec.times == 1:
        return cells
    rows = np.arange(BLOCK).repeat(spec.times)
    parts = [
        cells.slice(begin, end - begin).take(pa.array(rows[: (end - begin) * spec.times])).chunks
        for begin, end in blocks_of(len(cells))
    ]
    return pa.chunked_array([chunk for part in parts for chunk in part], type=cells.type)
