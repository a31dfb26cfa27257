"""Duties (定期义务): what a procedure asks for again and again, when each is due, and which event fulfils it."""

from qms_service.deadlines.duties.ages import AgeBand
from qms_service.deadlines.duties.between import duties_between
from qms_service.deadlines.duties.due import Due
from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.duty_calendar import DutyCalendar
from qms_service.deadlines.duties.every import Every
from qms_service.deadlines.duties.explanation import DutyExplanation
from qms_service.deadlines.duties.fulfilled_by import FulfilledBy
from qms_service.deadlines.duties.fulfilment import fulfilment
from qms_service.deadlines.duties.occurrence import DoneBy, Occurrence, PassedOver
from qms_service.deadlines.duties.period import Period
from qms_service.deadlines.duties.state import DutyState

__all__ = [
    "AgeBand",
    "DoneBy",
    "Due",
    "Duty",
    "DutyCalendar",
    "DutyExplanation",
    "DutyState",
    "Every",
    "FulfilledBy",
    "Occurrence",
    "PassedOver",
    "Period",
    "duties_between",
    "fulfilment",
]
