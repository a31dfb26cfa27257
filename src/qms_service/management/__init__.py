"""Management review (管理评审): a period in figures, as data and as a page."""

from qms_service.management.actions import OpenAction
from qms_service.management.claims import ClaimJudgement, Claims
from qms_service.management.complaints import Complaints, Found
from qms_service.management.duty_figures import DutyFigures, MissedPeriod
from qms_service.management.flow import Flow, Month
from qms_service.management.lateness import ClockFigures
from qms_service.management.limits import Limit
from qms_service.management.period import Period
from qms_service.management.ranking import Ranking
from qms_service.management.returns import Returns
from qms_service.management.review import ManagementReview
from qms_service.management.reviewing import management_review
from qms_service.management.sums import Part, Sum
from qms_service.management.surveys import SurveyFigures

__all__ = [
    "ClaimJudgement",
    "Claims",
    "ClockFigures",
    "Complaints",
    "DutyFigures",
    "Flow",
    "Found",
    "Limit",
    "ManagementReview",
    "MissedPeriod",
    "Month",
    "OpenAction",
    "Part",
    "Period",
    "Ranking",
    "Returns",
    "Sum",
    "SurveyFigures",
    "management_review",
]
