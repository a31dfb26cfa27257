"""Cells (单元格): what a rule asks of one input."""

from __future__ import annotations

from typing import Final

import attrs

from qms_service.routing.marks import quoted
from qms_service.routing.span import Span

Item = Span | str | bool


@attrs.frozen
class Cell:
    """A test of one input: any of its items, or with `negated` none of them; no items is `-`.

    >>> str(Cell((Span.at(1), Span(low=5)), negated=True))
    'not(1, >=5)'
    """

    items: tuple[Item, ...] = ()
    negated: bool = False

    @property
    def is_any(self) -> bool:
        """Whether it is `-`, which an absent input satisfies too."""
        return not self.items

    def holds(self, value: object) -> bool:
        """Whether a value of the input's type passes."""
        if self.is_any:
            return True
        hit = any(item.holds(value) if isinstance(item, Span) else item == value for item in self.items)
        return hit is not self.negated

    def __str__(self) -> str:
        if self.is_any:
            return "-"
        listed = ", ".join(item_text(item) for item in self.items)
        return f"not({listed})" if self.negated else listed


ANY: Final = Cell()


def item_text(item: Item) -> str:
    """One item of a cell, a text in double quotes where it must be."""
    if isinstance(item, bool):
        return "true" if item else "false"
    return str(item) if isinstance(item, Span) else quoted(item)
