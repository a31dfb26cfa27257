"""Columns (整列编号): whole columns of numbers, read at once.

The scalar is the reference: spellings are tried in its order, and what a number's date tokens show is asked of the
same functions, once for each date that occurs. Arrays take apart what has one layout at each length; any other text
goes through the scalar's own reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms_service.errors import MissingExtraError

try:
    from qms_service.numbering.batch.cells import read_cells
    from qms_service.numbering.batch.columns import REASONS, NumberColumns
    from qms_service.numbering.batch.reading import Reading
except ModuleNotFoundError as missing:
    raise MissingExtraError("missing-extra", what=__name__, package="numpy", extra="analysis") from missing

if TYPE_CHECKING:
    from qms_service.numbering.series import NumberSeries

__all__ = ["REASONS", "NumberColumns", "parse"]


def parse(series: NumberSeries, texts: object) -> NumberColumns:
    """`NumberSeries.parse_many`."""
    return Reading.of(series).columns(read_cells(texts))
