"""A frame of polars: chunks that follow one another without a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from qms_service.analysis.building.columns import Block, Durations, Filled, Like, Spec, Texts, empty
from qms_service.analysis.read import BLOCK, blocks_of
from qms_service.instants import NAT


class FrameBuilder:
    """Builds a `polars.DataFrame`.

    Args:
        columns: What each column holds.
        rows: How many rows there are.
    """

    def __init__(self, columns: Mapping[str, Spec], rows: int) -> None:  # noqa: ARG002  # all builders are made alike
        self._columns = columns
        self._cells = {name: _cells(spec) for name, spec in columns.items() if isinstance(spec, Like)}
        self._filled = {name: spec for name, spec in columns.items() if not isinstance(spec, Like)}
        self._chunks: list[pl.DataFrame] = []

    def open(self, begin: int, end: int) -> Block:
        """Arrays of their own."""
        return {name: empty(spec, end - begin) for name, spec in self._filled.items()}

    def keep(self, block: Block) -> None:
        """A block becomes a chunk."""
        typed = (_typed(pl.col(name), spec) for name, spec in self._filled.items())
        self._chunks.append(pl.DataFrame({**block}).with_columns(typed))

    def frame(self) -> pl.DataFrame:
        """The result."""
        if not self._chunks:
            self.keep(self.open(0, 0))
        made = pl.concat(self._worded(), rechunk=False)
        return pl.DataFrame(
            [made[name] if name in made.columns else self._cells[name].alias(name) for name in self._columns]
        )

    def _worded(self) -> Iterator[pl.DataFrame]:
        """Each chunk with words for its codes; the codes are given up at once."""
        texts = {name: spec.words.texts for name, spec in self._filled.items() if isinstance(spec, Texts)}
        words = {name: pl.Series(own or [None], dtype=pl.Enum(own)) for name, own in texts.items()}
        self._chunks.reverse()
        while self._chunks:
            chunk = self._chunks.pop()
            yield chunk.with_columns(
                own.gather(chunk[name].cast(pl.UInt32)).alias(name) for name, own in words.items()
            )


def _typed(own: pl.Expr, spec: Filled) -> pl.Expr:
    """The numbers of a block as what they stand for; those of words wait for the last word."""
    if isinstance(spec, Texts):
        return pl.when(own >= 0).then(own)
    there = pl.when(own != NAT)
    if isinstance(spec, Durations):
        return there.then(own).cast(pl.Duration("us"))
    # Asked for a year, polars before version 2 reads what lies beneath a null too, and panics where that has none.
    return there.then(there.then(own).otherwise(0)).cast(pl.Datetime("us", spec.zone))


def _cells(spec: Like) -> pl.Series:
    cells: pl.Series = spec.column.to_native()
    if spec.times == 1:
        return cells
    rows = np.arange(BLOCK, dtype=np.uint32).repeat(spec.times)
    parts = [
        cells[begin:end].gather(rows[: (end - begin) * spec.times]) for begin, end in blocks_of(len(cells))
    ]
    return pl.concat(parts, rechunk=False) if parts else cells
