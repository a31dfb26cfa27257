"""Classes (类): the few kinds of values of an input between which no cell of the table differs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.errors import FactValueError
from qms_service.instants import is_missing
from qms_service.routing.facet import Facet
from qms_service.routing.lookup import Mask, TextLookup

Class = int
MISSING: Final[Class] = 0
REFUSED: Final[Class] = 1
FLOAT: Final[Class] = 2  # refused too, in words of its own


@attrs.frozen(eq=False)
class Classes:
    """The classes of an input: beside those above, one for each set of rules whose cells a value can pass."""

    facet: Facet
    by_mask: dict[Mask | None, Class] = attrs.field(init=False)

    @by_mask.default
    def _told_apart(self) -> dict[Mask | None, Class]:
        found = self.facet.lookup
        masks = [*found.values(), found.other] if isinstance(found, TextLookup) else found.masks
        places = {mask: FLOAT + place for place, mask in enumerate(dict.fromkeys(masks), 1)}
        return {**places, None: REFUSED}

    @property
    def count(self) -> int:
        """How many there are, the numbers of those that cannot occur included."""
        return FLOAT + 1 + len(self.by_mask)

    def of_masks(self, masks: Iterable[Mask | None]) -> NDArray[np.intp]:
        """The classes of values that pass the cells of these rules; None: of those outside the domain."""
        return np.array([self.by_mask[mask] for mask in masks], np.intp)

    def of_value(self, value: object) -> Class:
        """The class of one value."""
        if is_missing(value):
            return MISSING
        if isinstance(value, float):
            return FLOAT
        column = self.facet.column
        try:
            return self.by_mask[self.facet.lookup[column.type.fact(column.name, value)]]
        except FactValueError:
            return REFUSED
