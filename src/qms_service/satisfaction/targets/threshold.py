"""Threshold (目标值): a target that holds at any time."""

from __future__ import annotations

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.satisfaction.given import named
from qms_service.satisfaction.targets.bound import Bounded


@attrs.frozen(kw_only=True)
class Threshold(Bounded):
    """A target that holds at any time (目标值).

    Args:
        of: What has to keep it: `"score"`, `"response-rate"`, or the id of a dimension.
        clause: The clause that sets it.

    >>> from qms_service.satisfaction import judged
    >>> print(judged(Threshold(at_least=85, clause="3.1"), 84.95))
    Score 84.95: missed at least 85. [3.1]
    """

    of: str = attrs.field(default="score", validator=named)
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref)
