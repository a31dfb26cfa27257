"""Index (索引): the classes of a row's values as one number, and the outcome of each number."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Self

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.routing.batch.given import BLOCK, Given
from qms_service.routing.batch.outcomes import Outcomes
from qms_service.routing.batch.places import Places

if TYPE_CHECKING:
    from qms_service.routing.table import DecisionTable

_DENSE = 1 << 16  # numbers for which a table is kept
_HIGHEST = 1 << 62
_NEW = int(np.iinfo(np.int32).min)


@attrs.frozen(eq=False)
class Indexed:
    """The columns of a table's inputs, each with what a place in it adds to the number of a row."""

    columns: tuple[tuple[Places, NDArray[np.intp]], ...]
    count: int

    @classmethod
    def over(cls, table: DecisionTable, given: Given) -> Self | None:
        """Those of some columns; None where there are more numbers than an array can hold."""
        facets = [facet for facet in table.facets if facet.column.name in given.columns]
        places = [Places.over(facet, given.columns[facet.column.name]) for facet in facets]
        sizes = [int(one.classes.max()) + 1 for one in places]
        if prod(sizes) > _HIGHEST:
            return None
        steps = (prod(sizes[:place]) for place in range(len(sizes)))
        return cls(
            tuple((one, one.classes * step) for one, step in zip(places, steps, strict=True)), prod(sizes)
        )

    def codes(self, size: int, outcomes: Outcomes) -> NDArray[np.int32]:
        """The outcome of each row."""
        codes = np.empty(size, np.int32)
        known = np.full(self.count, _NEW, np.int32) if self.count <= _DENSE else None
        seen: dict[int, int] = {}
        buffers = np.empty(BLOCK, np.intp), np.empty(BLOCK, np.intp)
        for begin in range(0, size, BLOCK):
            block = slice(begin, min(begin + BLOCK, size))
            number = self._numbers(block, *(buffer[: block.stop - begin] for buffer in buffers))
            if known is None:
                codes[block] = _sparse(number, seen, outcomes, begin)
            else:
                _dense(number, known, outcomes, begin, codes[block])
        return codes

    def _numbers(self, block: slice, numbers: NDArray[np.intp], work: NDArray[np.intp]) -> NDArray[np.intp]:
        numbers[:] = 0
        for places, adds in self.columns:
            adds.take(places.of(block), out=work, mode="clip")
            np.add(numbers, work, out=numbers)
        return numbers


def _dense(
    number: NDArray[np.intp], known: NDArray[np.int32], outcomes: Outcomes, begin: int, out: NDArray[np.int32]
) -> None:
    known.take(number, out=out, mode="clip")
    if out.min() == _NEW:
        new = np.flatnonzero(out == _NEW)
        numbers, first = np.unique(number[new], return_index=True)
        for place in np.argsort(first):
            known[numbers[place]] = outcomes.code(begin + int(new[first[place]]))
        known.take(number, out=out, mode="clip")


def _sparse(
    number: NDArray[np.intp], seen: dict[int, int], outcomes: Outcomes, begin: int
) -> NDArray[np.int32]:
    keys, first, place = np.unique(number, return_index=True, return_inverse=True)
    for key, row in sorted(zip(keys.tolist(), first.tolist(), strict=True), key=lambda pair: pair[1]):
        if key not in seen:
            seen[key] = outcomes.code(begin + row)
    return np.array([seen[key] for key in keys.tolist()], np.int32).take(place)
