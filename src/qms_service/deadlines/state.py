"""DeadlineState (期限状态): where a clock stands at a moment."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class DeadlineState(StrEnum):
    """The states of a deadline; each is its own string, so `deadline.state == "met"` holds."""

    NOT_STARTED = "not_started"
    UNDECIDED = "undecided"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    NOT_APPLICABLE = "not_applicable"
    VOID = "void"
    UNKNOWN = "unknown"


OPEN: Final = frozenset(
    (DeadlineState.UNDECIDED, DeadlineState.RUNNING, DeadlineState.PAUSED, DeadlineState.OVERDUE)
)
COUNTING: Final = frozenset((*OPEN, DeadlineState.MET, DeadlineState.MET_LATE)) - {DeadlineState.UNDECIDED}
