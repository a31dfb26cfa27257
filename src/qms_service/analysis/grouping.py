"""Grouping (分组): the rows of a log by case, whatever the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np

from qms_service.analysis.distinct import distinct_of
from qms_service.analysis.read import BLOCK, Column
from qms_service.deadlines.batch.kinds import Indexes


@attrs.frozen(kw_only=True, eq=False)
class Groups:
    """The rows of each case.

    Args:
        order: The rows, those of one case after another, the cases by their first rows.
        starts: Where each case begins in `order`, and at last where all end.
        nameless: The case of the rows that name none; -1 where all do.
    """

    order: Indexes
    starts: Indexes
    nameless: int

    @classmethod
    def of(cls, column: Column) -> Groups:
        """The rows by the number of their case; those without one are a case by themselves."""
        codes, numbers = distinct_of(column)
        cases = len(numbers)
        nameless = cases if (codes < 0).any() else -1
        codes[codes < 0] = cases
        ends = np.cumsum(np.bincount(codes, minlength=cases))
        order = np.argsort(codes, kind="stable")
        return cls(order=order, starts=np.concatenate(([0], ends)).astype(np.intp), nameless=nameless)

    @property
    def first(self) -> Indexes:
        """The first row of each case."""
        return self.order[self.starts[:-1]]

    def blocks(self, most: int = BLOCK) -> Iterator[tuple[int, int]]:
        """The cases in blocks of about so many rows, at least one case in each."""
        begin, cases = 0, self.starts.size - 1
        while begin < cases:
            end = int(self.starts.searchsorted(self.starts[begin] + most, side="right")) - 1
            end = min(max(end, begin + 1), cases)
            yield begin, end
            begin = end
