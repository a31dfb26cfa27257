"""Warnings: a clock whose warning cannot be reckoned is unknown, so that columns have to see that too."""

from __future__ import annotations

from qms_service.deadlines.batch.counted import Courses
from qms_service.deadlines.batch.figures import Ground
from qms_service.deadlines.batch.kinds import Ints
from qms_service.errors import QmsError
from qms_service.worktime import Term
from qms_service.worktime.compiled import Compiled


def may_fail(warn: Term | None, courses: Courses, due: Ints, ground: Ground) -> bool:
    """Whether some row might have no warning: near the end of all years, or where a calendar opens no more.

    Far on the safe side: twice the warning after the last moment of any row has to be there.
    """
    if warn is None:
        return False
    latest = max(int(courses.end.max()), int(due.max()))
    try:
        for _ in range(2):
            latest = warn.base_us(latest, ground.calendar, ground.zone)
    except QmsError:
        return True
    calendar = ground.calendar
    return calendar is not None and isinstance(calendar.segments, Compiled) and not calendar.segments.goes_on
