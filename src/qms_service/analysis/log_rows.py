"""The rows of some cases of a log while they are read, and what is told of each case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.analysis.facts import Cells
from qms_service.analysis.parts import Typed
from qms_service.analysis.read import Column
from qms_service.deadlines.batch.kinds import Indexes
from qms_service.instants import NAT
from qms_service.worktime.batch.kinds import NEVER, Ints

SUBJECT: Final = "subject"


@attrs.frozen(kw_only=True, eq=False)
class Rows:
    """The rows of some cases, those of one case after another.

    Args:
        cases: How many cases.
        case: The case of each row.
        name: Its event, a place among the names of the plan.
        at: When it happened.
        facts: The cells of each fact.
    """

    cases: int
    case: Indexes
    name: NDArray[np.int64]
    at: Ints
    facts: Mapping[str, Cells]

    def where(self, rows: NDArray[Any]) -> Rows:
        """Some of the rows."""
        facts = {path: Cells(codes=one.codes[rows], values=one.values) for path, one in self.facts.items()}
        return attrs.evolve(self, case=self.case[rows], name=self.name[rows], at=self.at[rows], facts=facts)

    def earliest(self, rows: NDArray[np.bool_]) -> Ints:
        """The earliest instant of each case among some of its rows; `NAT` where there is none."""
        found = np.full(self.cases, NEVER, np.int64)
        np.minimum.at(found, self.case[rows], self.at[rows])
        found[found == NEVER] = NAT
        return found


def cells_at(column: Column, rows: Indexes) -> Column:
    """The cells of some rows; those that stand together need no copy."""
    if rows.size and rows[-1] - rows[0] == rows.size - 1 and (np.diff(rows) == 1).all():
        return column[int(rows[0]) : int(rows[-1]) + 1]
    return column[rows]


def is_subject(path: str) -> bool:
    """Whether a fact is one of the subject."""
    return path.startswith(f"{SUBJECT}.")


def of_cases(rows: Rows, typed: Typed, left: NDArray[np.bool_]) -> tuple[Rows, Typed]:
    """The events of some cases, which are numbered anew, with the facts that are theirs."""
    kept = left[rows.case] & (rows.name >= 0)
    number = np.cumsum(left) - 1
    own = attrs.evolve(rows.where(kept), cases=int(left.sum()))
    facts = {path: (codes[kept], values) for path, (codes, values) in typed.items() if not is_subject(path)}
    return attrs.evolve(own, case=number[own.case]), facts


def last_told(case: Indexes, codes: Indexes, cases: int) -> Indexes:
    """What is on record of a fact in each case: what the last row that tells it says."""
    found = np.zeros(cases, np.intp)
    told = codes != 0
    found[case[told]] = codes[told]
    return found


def differing(rows: Rows, codes: Indexes, values: Sequence[object]) -> Indexes:
    """The cases whose rows say different things of the subject."""
    first: dict[object, int] = {}
    same = np.array([first.setdefault(repr(value), place) for place, value in enumerate(values)])[codes]
    told = np.flatnonzero(codes != 0)
    found = np.zeros(rows.cases, np.intp)
    found[rows.case[told]] = same[told]
    return np.unique(rows.case[told[same[told] != found[rows.case[told]]]])
