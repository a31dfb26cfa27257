"""Reads a column of numbers once; a bad row is noted and stops nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import repeat, zip_longest
from typing import TYPE_CHECKING, Final

import attrs

from qms_service.errors import NumberError, QmsError
from qms_service.facts import Facts
from qms_service.instants import is_missing
from qms_service.numbering.audit_items import MalformedNumber, Why
from qms_service.numbering.parts import NumberParts

if TYPE_CHECKING:
    from qms_service.numbering.series import NumberSeries

_END: Final = object()


@attrs.frozen(kw_only=True)
class Row:
    """A row with a number of the series; `on` is its document's business date where one is given."""

    row: int
    text: str
    parts: NumberParts
    on: date | None = None


@attrs.frozen(kw_only=True)
class Column:
    """A column as it was read.

    Args:
        count: How many rows it has.
        rows: Those with a number, in their order.
        malformed: The other ones, and dates that are none.
    """

    count: int
    rows: tuple[Row, ...]
    malformed: tuple[MalformedNumber, ...]


def read_column(
    series: NumberSeries, numbers: Iterable[object], dates: Iterable[object] | None = None
) -> Column:
    """Reads a column of numbers, and that of their documents' dates where there is one.

    Raises:
        NumberError: It is no column, or there are more or fewer dates than numbers.
    """
    if not _is_column(numbers):
        raise NumberError("number-column", got=repr(numbers), example=series.example)
    rows, malformed, count = list[Row](), list[MalformedNumber](), 0
    for number, (cell, dated) in enumerate(_pairs(numbers, dates)):
        count += 1
        on = None
        try:
            on = None if is_missing(dated) else series.business_date(dated)  # type: ignore[arg-type]  # else it raises
        except QmsError:
            why = Why("audit.date-unreadable", Facts({"got": repr(dated)}))
            malformed.append(MalformedNumber(row=number, got=_text(cell), why=why))
        try:
            parts = _parts(series, cell)
        except NumberError as error:
            why = Why(error.code, Facts(error.operands))
            malformed.append(MalformedNumber(row=number, got=_text(cell), why=why))
        else:
            rows.append(Row(row=number, text=str(cell), parts=parts, on=on))
    return Column(count=count, rows=tuple(rows), malformed=tuple(malformed))


def _is_column(given: object) -> bool:
    """Whether it is gone through cell by cell: a text by its letters and a frame by its names are mistakes."""
    is_one_cell = isinstance(given, str | bytes) or getattr(given, "ndim", 1) != 1
    return isinstance(given, Iterable) and not is_one_cell and not hasattr(given, "columns")


def _pairs(numbers: Iterable[object], dates: Iterable[object] | None) -> Iterator[tuple[object, object]]:
    if dates is None:
        yield from zip(numbers, repeat(None), strict=False)
        return
    given = [*zip_longest(numbers, dates, fillvalue=_END)]
    counts = [sum(pair[side] is not _END for pair in given) for side in (0, 1)]
    if counts[0] != counts[1]:
        raise NumberError("audit-lengths", numbers=counts[0], dates=counts[1])
    yield from given


def _parts(series: NumberSeries, cell: object) -> NumberParts:
    if is_missing(cell):
        raise NumberError("number-missing")
    return series.parse(cell)  # type: ignore[arg-type]  # what is no text is refused there


def _text(cell: object) -> str:
    if is_missing(cell):
        return ""
    return cell if isinstance(cell, str) else repr(cell)
