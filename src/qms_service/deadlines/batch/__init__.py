"""Columns (整列时限): clocks over whole columns of instants.

The scalar is the reference. What a few look-ups in arrays can answer is answered so; a row that needs a closer look
(corrected, extended, at the edge of what a calendar can compute) is asked of the scalar, and so is each row of a
short column, which must not pay for arrays. Inside, a column is int64 microseconds; what is missing is `NAT`.
"""

from __future__ import annotations

from qms_service.errors import MissingExtraError

try:
    from qms_service.deadlines.batch.columns import DeadlineColumns
    from qms_service.deadlines.batch.kinds import NAT, STATES
    from qms_service.deadlines.batch.many import deadline_many
    from qms_service.deadlines.batch.over import deadlines_over
    from qms_service.deadlines.batch.rows import LogRows, WideRows
except ModuleNotFoundError as missing:
    raise MissingExtraError("missing-extra", what=__name__, package="numpy", extra="analysis") from missing

__all__ = ["NAT", "STATES", "DeadlineColumns", "LogRows", "WideRows", "deadline_many", "deadlines_over"]
