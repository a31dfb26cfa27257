"""Cases (个案): what happened to one complaint, return, claim or visit."""

from qms_service.cases.case import Case, CaseStatus, Pin, status_of
from qms_service.cases.claim import Claim
from qms_service.cases.complaint import Complaint
from qms_service.cases.containment import Containment
from qms_service.cases.corrective_action import CorrectiveAction
from qms_service.cases.return_order import ReturnOrder
from qms_service.cases.subject import CaseSubject, Subject
from qms_service.cases.subjects import AnySubject, TypedSubject

__all__ = [
    "AnySubject",
    "Case",
    "CaseStatus",
    "CaseSubject",
    "Claim",
    "Complaint",
    "Containment",
    "CorrectiveAction",
    "Pin",
    "ReturnOrder",
    "Subject",
    "TypedSubject",
    "status_of",
]
