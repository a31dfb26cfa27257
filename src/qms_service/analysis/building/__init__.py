"""Building a frame (生成数据表): of the kind that came in, written block by block into what becomes the result.

    builder = builder_like(table, {"state": Texts(words), "due_at": Instants(zone)}, rows)
    for begin, end in blocks_of(rows):
        block = builder.open(begin, end)       # arrays to be filled: codes, -1 for none; microseconds, NaT for none
        block["due_at"][:] = ...
        builder.keep(block)
    return builder.frame()

What a block holds is part of the result already (pandas), or becomes a chunk of it (polars, pyarrow): nothing is
copied at the end. A frame of few rows, or of few different values, is made at once by `few`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from qms_service.analysis.building.columns import (
    Block,
    Builder,
    Dictionary,
    Durations,
    Instants,
    Like,
    Spec,
    Texts,
)
from qms_service.analysis.read import Table, kind_of

__all__ = [
    "Block",
    "Builder",
    "Dictionary",
    "Durations",
    "Instants",
    "Like",
    "Spec",
    "Texts",
    "builder_like",
]


def builder_like(table: Table, columns: Mapping[str, Spec], rows: int) -> Builder:
    """What builds a frame of the same kind, with so many rows.

    Args:
        table: The frame whose kind comes back.
        columns: What each column of the result holds, in their order.
        rows: How many rows the result has.
    """
    module = import_module(f"{__name__}.as_{kind_of(table)}")
    builder: Builder = module.FrameBuilder(columns, rows)
    return builder
