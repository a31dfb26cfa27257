"""Cells (单元格) of a column of answers: each different one is read once, as the item has it."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from qms_service.analysis.distinct import distinct_of
from qms_service.analysis.facts import plain
from qms_service.analysis.read import Column, blocks_of, type_of
from qms_service.errors import ScoreError
from qms_service.instants import is_missing
from qms_service.satisfaction import NOT_APPLICABLE, Item
from qms_service.satisfaction.answer import NotApplicable
from qms_service.satisfaction.batch import AnswerColumn, Worth
from qms_service.satisfaction.number import exact
from qms_service.satisfaction.reading.cells import read_answer
from qms_service.sheets import CellError

_RANGE: Final = 1 << 12  # whole numbers that are looked up by themselves


def answer_column(column: Column, item: Item) -> AnswerColumn:
    """A column with the answers to an item."""
    dtype = type_of(column)
    made = None
    if dtype.is_integer():
        made = _whole(column, item)
    elif dtype.is_float():
        made = _whole_floats(column.to_numpy(), item)
    return made or _distinct(column, item)


def worth(cell: object, item: Item) -> Worth:
    """What a cell is worth: a number, one of the item's words, or one of its marks.

    >>> from qms_service.satisfaction import Scale
    >>> item = Item("solder", Scale(1, 5), words={"good": 4}, missing=["-99"])
    >>> worth(4, item), worth("good", item), worth(-99.0, item), worth("N/A", item), worth(6, item), worth("?", item)
    (Fraction(75, 1), Fraction(75, 1), None, NOT_APPLICABLE, 'off-scale', 'unreadable')
    """
    cell = plain(cell)
    if is_missing(cell) or cell is NOT_APPLICABLE:
        return NOT_APPLICABLE if cell is NOT_APPLICABLE else None
    if not isinstance(cell, str):
        return _of_number(cell, item)
    try:
        answer = read_answer(cell.strip(), item)
    except CellError as error:
        return "off-scale" if error.code == "answers.off-scale" else "unreadable"
    return answer if answer is None or isinstance(answer, NotApplicable) else item.scale.points(answer)


def _of_number(cell: object, item: Item) -> Worth:
    """What a number is worth; it can be a mark too, such as -99."""
    try:
        number = exact(cell)
    except ScoreError:
        return "unreadable"
    if str(number) in item.missing or str(number) in item.not_applicable:
        return worth(str(number), item)
    return item.scale.points(number) if item.scale.low <= number <= item.scale.high else "off-scale"


def _distinct(column: Column, item: Item) -> AnswerColumn:
    places, values = distinct_of(column)
    return _answers(item, places, [None, *values], first=-1)


def _answers(item: Item, places: NDArray[Any], values: list[Any], first: int) -> AnswerColumn:
    return AnswerColumn(
        item=item.id,
        weight=item.weight,
        places=places,
        worth=tuple(worth(value, item) for value in values),
        first=first,
    )


def _whole(column: Column, item: Item) -> AnswerColumn | None:
    """Whole numbers of a small range are their own places."""
    if column.null_count() == len(column):
        return None
    low, high = int(column.min()), int(column.max())
    if high - low > _RANGE:
        return None
    if column.null_count():
        column = column.cast(nw.Int64).fill_null(low - 1)
    return _answers(item, column.to_numpy(), [None, *range(low, high + 1)], first=low - 1)


def _whole_floats(stored: NDArray[Any], item: Item) -> AnswerColumn | None:
    """Floats that are whole, as pandas makes of whole numbers with gaps."""
    low, high = np.fmin.reduce(stored, initial=np.inf), np.fmax.reduce(stored, initial=-np.inf)
    if not (abs(low) < _RANGE and abs(high) < _RANGE):
        return None
    first = int(np.floor(low)) - 1
    places = np.empty(stored.size, np.int16)
    for begin, end in blocks_of(stored.size, 1 << 14):
        block = stored[begin:end]
        there = np.where(np.isnan(block), first, block)
        places[begin:end] = there
        if (places[begin:end] != there).any():
            return None
    return _answers(item, places, [None, *range(first + 1, int(high) + 1)], first=first)
