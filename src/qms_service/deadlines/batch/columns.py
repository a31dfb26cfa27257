"""Deadline columns (期限列): where a clock stands in every row."""

from __future__ import annotations

from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.clauses import ClauseRef
from qms_service.deadlines.batch.kinds import STATES, Indexes, Ints

INSTANTS: Final = ("started_at", "due_at", "original_due_at", "stopped_at")
AMOUNTS: Final = ("gross", "net", "paused")


@attrs.frozen(kw_only=True, eq=False)
class DeadlineColumns:
    """What a clock says of every row (期限列); each row is what `Deadline` says.

    `arrays()` has the columns as numpy knows them: text, datetime64 and timedelta64.

    Args:
        id: The clock.
        edition: The edition of the rules.
        state: Codes into `DeadlineColumns.STATES`.
        clause: Codes into `clauses`.
        clauses: The clauses that the rows rest on.
        reason: Codes into `reasons`.
        reasons: Why a row is unknown or void: codes of findings such as `"void-closed"`; None where nothing is to say.
        started_at: int64 microseconds since 1970 UTC; the least of all numbers (`NaT`) where there is none.
        due_at: The same.
        original_due_at: The same.
        stopped_at: The same.
        gross: int64 microseconds; the least of all numbers (`NaT`) where it is not known.
        net: The same.
        paused: The same.
    """

    STATES = STATES

    id: str
    edition: str
    state: NDArray[np.uint8]
    clause: Indexes
    clauses: tuple[ClauseRef | None, ...]
    reason: Indexes
    reasons: tuple[str | None, ...]
    started_at: Ints
    due_at: Ints
    original_due_at: Ints
    stopped_at: Ints
    gross: Ints
    net: Ints
    paused: Ints

    def __len__(self) -> int:
        return self.state.size

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The columns by name: `state`, `clause` and `reason` as text, instants in UTC, amounts of time.

        A frame is one step away: `pandas.DataFrame(columns.arrays())`, `polars.DataFrame(columns.arrays())`.

        >>> import numpy as np, pendulum
        >>> from qms_service import Clock
        >>> clock = Clock("analysis", start="sent", stop="done", within="12 h")
        >>> sent = np.array(["2026-03-02T09:00", "NaT"], "datetime64[us]")
        >>> columns = clock.deadline_many({"sent": sent, "done": sent + 1}, now=pendulum.datetime(2026, 3, 3))
        >>> columns.arrays()["state"].tolist(), columns.arrays()["due_at"].astype("datetime64[m]").tolist()[0]
        (['met', 'not_started'], datetime.datetime(2026, 3, 2, 21, 0))
        """
        texts = {
            "state": np.array([state.value for state in STATES])[self.state],
            "clause": np.array(["" if clause is None else str(clause) for clause in self.clauses])[
                self.clause
            ],
            "reason": np.array([reason or "" for reason in self.reasons])[self.reason],
        }
        instants = {name: getattr(self, name).view("datetime64[us]") for name in INSTANTS}
        amounts = {name: getattr(self, name).view("timedelta64[us]") for name in AMOUNTS}
        return texts | instants | amounts
