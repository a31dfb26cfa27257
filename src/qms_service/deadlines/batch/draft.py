"""Draft (草稿): the columns of a clock while they are filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Self

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.clauses import ClauseRef
from qms_service.deadlines.batch.columns import AMOUNTS, INSTANTS, DeadlineColumns
from qms_service.deadlines.batch.kinds import CODE, NAT, Bools, Indexes, Ints
from qms_service.deadlines.deadline import Deadline
from qms_service.deadlines.state import DeadlineState
from qms_service.instants import micros

FIGURES: Final = ("due_at", "original_due_at", *AMOUNTS)
_ONE: Final = timedelta(microseconds=1)
Rows = Indexes | Bools | slice


@attrs.frozen(kw_only=True, eq=False)
class Draft:
    """The columns, at first those of a clock that started nowhere; codes are those of `DeadlineColumns`."""

    state: NDArray[np.uint8]
    clause: Indexes
    reason: Indexes
    columns: Mapping[str, Ints]
    _clauses: dict[ClauseRef | None, int]
    _reasons: dict[str | None, int]

    @classmethod
    def of(cls, size: int, clause: ClauseRef | None) -> Self:
        """The draft of a clock that rests on a clause."""
        return cls(
            state=np.full(size, CODE[DeadlineState.NOT_STARTED], np.uint8),
            clause=np.zeros(size, np.intp),
            reason=np.zeros(size, np.intp),
            columns={name: np.full(size, NAT, np.int64) for name in (*INSTANTS, *AMOUNTS)},
            clauses={clause: 0},
            reasons={None: 0},
        )

    def part(self, block: slice) -> Draft:
        """Some rows of it, to be filled by themselves."""
        return attrs.evolve(
            self,
            state=self.state[block],
            clause=self.clause[block],
            reason=self.reason[block],
            columns={name: column[block] for name, column in self.columns.items()},
        )

    def say(self, rows: Rows, state: DeadlineState, reason: str | None = None) -> None:
        """Some rows stand there, for that reason."""
        self.state[rows] = CODE[state]
        if reason is not None:
            self.reason[rows] = self._reason(reason)

    def rest_on(self, rows: Rows, clauses: Sequence[ClauseRef | None], of: Indexes) -> None:
        """Some rows rest on one clause, or each on that of its facts."""
        codes = np.array([self._clause(clause) for clause in clauses], np.intp)
        if codes.any():
            self.clause[rows] = codes[0] if codes.size == 1 else codes[of[rows]]

    def fill(self, rows: Rows, **columns: Ints) -> None:
        """Columns in some rows."""
        for name, values in columns.items():
            self.columns[name][rows] = values

    def unknown(self, rows: Indexes, reason: str) -> None:
        """Some rows have no figures, for that reason."""
        self.say(rows, DeadlineState.UNKNOWN, reason)
        self.clause[rows] = 0
        for name in FIGURES:
            self.columns[name][rows] = NAT

    def put(self, row: int, deadline: Deadline) -> None:
        """What the scalar says of a row."""
        self.state[row] = CODE[deadline.state]
        self.reason[row] = self._reason(deadline.finding.code if deadline.finding else None)
        self.clause[row] = self._clause(deadline.clause)
        for name in INSTANTS:
            at: datetime | None = getattr(deadline, name)
            self.columns[name][row] = NAT if at is None else micros(at)
        for name in AMOUNTS:
            amount: timedelta | None = getattr(deadline, name)
            self.columns[name][row] = NAT if amount is None else amount // _ONE

    def done(self, clock: str, edition: str) -> DeadlineColumns:
        """The columns as they are handed out."""
        return DeadlineColumns(
            id=clock,
            edition=edition,
            state=self.state,
            clause=self.clause,
            clauses=tuple(self._clauses),
            reason=self.reason,
            reasons=tuple(self._reasons),
            **self.columns,
        )

    def _clause(self, clause: ClauseRef | None) -> int:
        return self._clauses.setdefault(clause, len(self._clauses))

    def _reason(self, reason: str | None) -> int:
        return self._reasons.setdefault(reason, len(self._reasons))
