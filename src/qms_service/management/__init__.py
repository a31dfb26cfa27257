"""Management review (管理评审): a period in figures, as data and as a page."""

from qms_service.management.actions import OpenAction
from qms_service.management.claims import ClaimJudgement, Claims
from qms_service.management.complaints import Complaints, Found
from qms_service.management.flow import Flow, Month
from qms_service.management.lateness import ClockFigures
from qms_service.management.limits import Limit
from qms_service.management.period import Period
from qms_service.management.ranking import Ranking
from qms_service.management.returns import Returns
from qms_service.management.review import ManagementReview, management_review
from qms_service.management.sums import Part, Sum

__all__ = [
    "ClaimJudgement",
    "Claims",
    "ClockFigures",
    "Complaints",
    "Flow",
    "Found",
    "Limit",
    "ManagementReview",
    "Month",
    "OpenAction",
    "Part",
    "Period",
    "Ranking",
    "Returns",
    "Sum",
    "management_review",
]
