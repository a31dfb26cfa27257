"""Urgency (缓急): what a procedure says where it gives no figure."""

from __future__ import annotations

from enum import StrEnum


class Urgency(StrEnum):
    """A duty without a figure (缓急); each is its own string, so `deadline.urgency == "at once"` holds.

    `AT_ONCE` is due at its start, shown first and in no rate; `IN_GOOD_TIME` is shown and never computed;
    `UNSET` stands where the source lost the figure, until the factory sets it.
    """

    AT_ONCE = "at once"
    IN_GOOD_TIME = "in good time"
    UNSET = "?"
