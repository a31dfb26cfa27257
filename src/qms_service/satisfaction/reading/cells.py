"""Cells (单元格) with answers: a number on the item's scale, a word that stands for one, N/A, or nothing."""

from __future__ import annotations

from fractions import Fraction

from qms_service.satisfaction.answer import NOT_APPLICABLE, Answer
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.item import Item
from qms_service.sheets import CellError
from qms_service.sheets.number import read_number


def read_answer(cell: str, item: Item) -> Answer | None:
    """The answer in a cell; None where the item was not answered.

    Raises:
        CellError: It is no answer to the item; the error says which are.
    """
    folded = cell.casefold()
    if not cell or folded in _folded(item.missing):
        return None
    if folded in _folded(item.not_applicable):
        return NOT_APPLICABLE
    words = {word.casefold(): value for word, value in item.words.items()}
    if folded in words:
        return item.scale.answer(words[folded])
    try:
        number = Fraction(read_number(cell))
    except CellError:
        raise _refused("answers.no-answer", cell, item) from None
    if not item.scale.low <= number <= item.scale.high:
        raise _refused("answers.off-scale", cell, item)
    return number


def read_total(cell: str, full_marks: Fraction) -> Fraction:
    """The total in a cell, in full marks.

    Raises:
        CellError: It is no number, or lies outside 0 and the full marks.
    """
    total = Fraction(read_number(cell))
    if not 0 <= total <= full_marks:
        raise CellError("answers.off-marks", got=cell, allowed=figure(full_marks))
    return total


def _refused(code: str, cell: str, item: Item) -> CellError:
    return CellError(
        code,
        got=cell,
        scale=str(item.scale),
        words=tuple(item.words),
        not_applicable=item.not_applicable,
        missing=tuple(mark for mark in item.missing if mark),
    )


def _folded(marks: tuple[str, ...]) -> frozenset[str]:
    return frozenset(mark.casefold() for mark in marks)
