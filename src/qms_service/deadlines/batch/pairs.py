"""Pairs: where pauses begin and where they end, among the events of many cases."""

from __future__ import annotations

from typing import Final

import numpy as np

from qms_service.deadlines.batch.kinds import Indexes

_BEGIN: Final = 1


def paired(begins: Indexes, ends: Indexes, case: Indexes) -> tuple[Indexes, Indexes]:
    """Each beginning with the first ending after it; a beginning inside a pause begins nothing new.

    Args:
        begins: Events that begin a pause, ascending.
        ends: Events that end one, ascending; an event may do both, and ends before it begins.
        case: The case of every event.

    Returns:
        The beginnings that count, and their endings; of those that last, the number of all events.
    """
    marks = _where_turned(np.sort(np.concatenate((2 * begins + _BEGIN, 2 * ends))), case)
    at = np.flatnonzero(marks % 2 == _BEGIN)
    begin = marks[at] // 2
    over = np.append(marks // 2, case.size)[at + 1]  # an ending, or a beginning in another case
    same = np.append(case, -1)[over] == case[begin]
    return begin, np.where(same, over, case.size)


def _where_turned(marks: Indexes, case: Indexes) -> Indexes:
    """Beginnings that no beginning of the case stands right before, and endings that one does."""
    begins, owner = marks % 2 == _BEGIN, case[marks // 2]
    same = np.append(False, owner[1:] == owner[:-1])[: marks.size]
    inside = same & np.append(False, begins[:-1])[: marks.size]
    turned: Indexes = marks[begins != inside]
    return turned
