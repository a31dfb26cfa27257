"""Reading a cell: from the text of a grid, or from a Python value.

-            any value, an absent one too        not(a, b)    none of these
operation    this value                          <5  >=5      a comparison
a, b, >=5    one of these                        [1..5)       a range, either bracket at either end
"""

from __future__ import annotations

import re
from typing import Any, Final

from qms_service.routing.cell import ANY, Cell, Item
from qms_service.routing.column import ColumnType
from qms_service.routing.fault import Unreadable
from qms_service.routing.marks import RESERVED, SIGNS, has_line_break, refuse_wide, split, unquoted
from qms_service.routing.partition import partition
from qms_service.routing.span import Point, RangeText, Span

ALLOWED: Final = {
    "number": "- | 5 | 2.5 | <5 | <=5 | >5 | >=5 | [1..5] | (1..5) | ]1..5[ | not(5) | 1, 2, >=5",
    "date": "- | 2026-03-02 | <2026-03-02 | >=2026-03-02 | [2026-03-01..2026-03-31] | not(2026-03-02)",
    "text": '- | operation | "open, short" | operation, process | not(operation)',
    "bool": "- | true | false",
}
_NOT: Final = re.compile(r"not\s*\((.*)\)")
_COMPARED: Final = re.compile(r"(<=|>=|<|>)\s*([^<>=].*)")


def read_cell(raw: object, kind: ColumnType) -> Cell:
    """A cell of an input of that type.

    Args:
        raw: The text of the cell, a value, or a list of both.
        kind: The type of the input.

    Raises:
        Unreadable: It is no such cell, or one that no value of the type can pass.

    >>> read_cell("not(<3, [10..20))", ColumnType.parse("number"))
    Cell(items=(Span(low=None, high=3, low_open=False, high_open=True),
        Span(low=10, high=20, low_open=False, high_open=True)), negated=True)
    """
    cell = _from_text(raw, kind) if isinstance(raw, str) else Cell(_from_value(raw, kind))
    _refuse_never(cell, kind, raw)
    return cell


def _refuse_never(cell: Cell, kind: ColumnType, raw: object) -> None:
    if not any(cell.holds(part.witness) for part in partition(kind, [cell]) if part):
        raise Unreadable("cell-never", got=repr(raw), allowed=str(kind))


def _from_text(raw: str, kind: ColumnType) -> Cell:
    text = raw.strip()
    if text == "-":
        return ANY
    refuse_wide(text, ordered=kind.is_ordered)
    negated = _NOT.fullmatch(text)
    return Cell(_items(negated[1] if negated else text, kind), negated=bool(negated))


def _from_value(raw: object, kind: ColumnType) -> tuple[Item, ...]:
    if not isinstance(raw, list | tuple):
        return (_value(raw, kind),)
    if not raw:
        raise Unreadable("cell-blank")
    return tuple(
        item
        for part in raw
        for item in (_items(part, kind) if isinstance(part, str) else (_value(part, kind),))
    )


def _value(raw: object, kind: ColumnType) -> Item:
    found: Any = kind.read(raw)
    return Span.at(found) if kind.is_ordered else found


def _items(text: str, kind: ColumnType) -> tuple[Item, ...]:
    refuse_wide(text, ordered=kind.is_ordered)
    if has_line_break(text):
        raise Unreadable("one-line", got=repr(text))
    return tuple(_item(part, kind) for part in split(text, ","))


def _item(text: str, kind: ColumnType) -> Item:
    if not text:
        raise Unreadable("cell-blank")
    if not kind.is_ordered:
        return _single(text, kind)
    span = _span(text, kind)
    _refuse_never(Cell((span,)), kind, text)
    return span


def _single(text: str, kind: ColumnType) -> Item:
    literal = unquoted(text) if kind.word != "bool" else None
    if literal is None and (text.startswith(SIGNS) or not RESERVED.isdisjoint(text) or text == "-"):
        raise _unreadable(text, kind)
    return kind.read_text(text if literal is None else literal)  # type: ignore[return-value]  # no span here


def _span(text: str, kind: ColumnType) -> Span:
    compared, ends = _COMPARED.fullmatch(text), RangeText.parse(text)
    try:
        if compared:
            return _compared(compared[1], kind.point(compared[2]))
        if ends is None:
            return Span.at(kind.point(text))
        low, high = kind.point(ends.low), kind.point(ends.high)
    except Unreadable:
        raise _unreadable(text, kind) from None
    return Span(low=low, high=high, low_open=ends.low_open, high_open=ends.high_open)


def _compared(sign: str, end: Point) -> Span:
    is_open = len(sign) == 1
    if sign[0] == "<":
        return Span(high=end, high_open=is_open)
    return Span(low=end, low_open=is_open)


def _unreadable(text: str, kind: ColumnType) -> Unreadable:
    return Unreadable("cell", got=repr(text), allowed=ALLOWED.get(kind.word, ALLOWED["text"]))
