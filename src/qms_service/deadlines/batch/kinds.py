"""What the columns of clocks are made of: int64 microseconds, and what stands for none."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from qms_service.deadlines.state import DeadlineState
from qms_service.instants import NAT
from qms_service.worktime.batch.kinds import Ints

Bools = NDArray[np.bool_]
Indexes = NDArray[np.intp]
FAR: Final = int(np.iinfo(np.int64).max)  # what has not happened comes after everything that has
STATES: Final = tuple(DeadlineState)
CODE: Final = {state: code for code, state in enumerate(STATES)}

__all__ = ["CODE", "FAR", "NAT", "STATES", "Bools", "Indexes", "Ints"]
