"""Caps: how long a pause counts at most."""

from __future__ import annotations

import attrs
import numpy as np

from qms_service.deadlines.batch.figures import Ground
from qms_service.deadlines.batch.kinds import NAT, Indexes
from qms_service.deadlines.batch.stretches import Stretches
from qms_service.worktime import Term
from qms_service.worktime.batch import after_where_known


def capped(pauses: Stretches, at_most: Term, ground: Ground) -> tuple[Stretches, Indexes]:
    """The pauses with their caps as their ends where these come first; and the rows whose cap is not known."""
    if at_most.working and ground.calendar is None:
        return pauses, pauses.row
    cap = after_where_known(at_most, pauses.begin, ground.calendar, ground.zone)
    unknown = cap == NAT
    if at_most.working and ground.horizon is not None:
        unknown |= np.maximum(cap, pauses.begin) >= ground.horizon
    return attrs.evolve(pauses, over=np.minimum(cap, pauses.over)), pauses.row[unknown]
