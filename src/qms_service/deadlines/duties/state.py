"""DutyState (履行状态): where a duty stands in one of its periods."""

from __future__ import annotations

from enum import StrEnum


class DutyState(StrEnum):
    """The states of an occurrence; each is its own string, so `occurrence.state == "met"` holds.

    `UPCOMING` cannot be done yet, `DUE` can and is not late, `UNKNOWN` nobody can say: its finding says why.
    """

    UPCOMING = "upcoming"
    DUE = "due"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
