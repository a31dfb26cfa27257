"""Quadrants (象限): where an item lies by its importance and its performance."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Literal

import attrs

from qms_service.errors import unknown_name
from qms_service.satisfaction.number import one_of
from qms_service.texts import Catalogue, render

Axes = Literal["mean", "median", "midpoint"]
Axis = Literal["importance", "performance"]


class Quadrant(StrEnum):
    """What Martilla and James say of an item by where it lies."""

    KEEP_UP = "keep_up"
    CONCENTRATE_HERE = "concentrate_here"
    LOW_PRIORITY = "low_priority"
    POSSIBLE_OVERKILL = "possible_overkill"


@attrs.frozen(kw_only=True)
class Placed:
    """An item in its quadrant.

    Args:
        item: The item.
        importance: How important it is.
        performance: How well it is done.
        quadrant: Where it lies; None where one of the two is not known.
        on_axis: The axes that it lies on exactly: such an item counts as high on it.
    """

    item: str
    importance: Fraction | None
    performance: Fraction | None
    quadrant: Quadrant | None
    on_axis: tuple[Axis, ...] = ()

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The item with its quadrant in the reader's language."""
        quadrant = render(f"quadrant.{self.quadrant or 'unknown'}", {}, lang, catalogues)
        axes = tuple(render(f"axis.{axis}", {}, lang, catalogues) for axis in self.on_axis)
        code = "placed.on-axis" if axes else "placed"
        return render(code, {"item": self.item, "quadrant": quadrant, "axes": axes}, lang, catalogues)

    def __str__(self) -> str:
        return self.text()


@attrs.frozen(kw_only=True)
class ImportancePerformance:
    """Items by importance and performance.

    Args:
        items: Each in its quadrant, in the order given.
        axes: How the axes were drawn.
        importance_axis: From where on an item counts as important; None where there is none.
        performance_axis: From where on it counts as done well.
    """

    items: tuple[Placed, ...]
    axes: Axes
    importance_axis: Fraction | None
    performance_axis: Fraction | None

    def of(self, quadrant: Quadrant | str) -> tuple[str, ...]:
        """The items of a quadrant.

        Raises:
            ScoreError: There is no such quadrant.
        """
        one_of("quadrant", quadrant, [one.value for one in Quadrant])
        return tuple(placed.item for placed in self.items if placed.quadrant == quadrant)

    def __getitem__(self, item: str) -> Placed:
        for placed in self.items:
            if placed.item == item:
                return placed
        raise unknown_name("item", item, [placed.item for placed in self.items])
