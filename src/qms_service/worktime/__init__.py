"""WHEN (时间): terms, urgencies and working calendars."""

from __future__ import annotations

from qms_service.worktime.calendar import WorkCalendar
from qms_service.worktime.china import china_calendar
from qms_service.worktime.china_years import ChinaDay, ChinaYear, china_years
from qms_service.worktime.closed import ClosedReason, ClosedStretch
from qms_service.worktime.term import Term, parse_within
from qms_service.worktime.urgency import Urgency

__all__ = [
    "ChinaDay",
    "ChinaYear",
    "ClosedReason",
    "ClosedStretch",
    "Term",
    "Urgency",
    "WorkCalendar",
    "china_calendar",
    "china_years",
    "parse_within",
]
