"""Audit (编号审查): what a column of numbers shows: given twice, missing, out of order, malformed."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class NumberAudit:
    """What a column of numbers shows."""

    count: int
