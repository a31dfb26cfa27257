"""Facets (输入索引): one input of a table with its cells, prepared once for every question."""

from __future__ import annotations

import attrs

from qms_service.routing.cell import Cell
from qms_service.routing.column import Column
from qms_service.routing.lookup import Lookup, Mask, lookup
from qms_service.routing.partition import Part, partition
from qms_service.routing.regions import masks_of, regions_of


@attrs.frozen(kw_only=True)
class Facet:
    """An input with its cells.

    Args:
        column: Its name and type.
        lookup: From a value to the rules whose cell it passes.
        anything: The rules whose cell is `-`.
        parts: The pieces of its domain on which no cell changes its answer.
        regions: For each rule the parts that pass its cell, a bit each.
    """

    column: Column
    lookup: Lookup
    anything: Mask
    parts: tuple[Part, ...]
    regions: tuple[int, ...]


def facet(column: Column, cells: tuple[Cell, ...]) -> Facet:
    """The facet of an input with these cells, in rule order."""
    places = partition(column.type, cells)
    parts = tuple(part for part in places if part is not None)
    regions = regions_of(cells, parts)
    return Facet(
        column=column,
        lookup=lookup(column.type, cells, places, masks_of(regions, len(parts))),
        anything=sum(1 << rule for rule, cell in enumerate(cells) if cell.is_any),
        parts=parts,
        regions=regions,
    )
