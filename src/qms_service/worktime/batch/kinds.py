"""What columns are made of: int64 microseconds, and what answers a block of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Rows = Ints | int  # a column, or one number for all rows
Scalar = Callable[[int, int], int]
# Answers True where no row is left; else those that are left are `NAT`.
Kernel = Callable[[Ints, Rows, Ints], object]
Ends = tuple[int, int]  # the lowest and the highest of a column

NEVER: Final = 1 << 61
BLOCK: Final = 1 << 15  # rows whose buffers stay in the processor's cache
MOST_DAYS: Final = 4_000_000  # more than there are in all years
