"""Cases (个案): what happened to one complaint, return, claim or visit."""

from qms_service.cases.case import Case, CaseStatus, Pin, status_of
from qms_service.cases.claim import Claim
from qms_service.cases.complaint import Complaint
from qms_service.cases.containment import Containment
from qms_service.cases.corrective_action import CorrectiveAction
from qms_service.cases.custody import Custody, custody
from qms_service.cases.customer_file import (
    CustomerFile,
    FiledDocument,
    FileEntry,
    FileFact,
    KindSum,
    Raised,
)
from qms_service.cases.customer_property import CustomerProperty
from qms_service.cases.eight_d import EightD, eight_d
from qms_service.cases.eight_d_findings import eight_d_findings
from qms_service.cases.recurrence import CutIn, DefectComplaint, Recurrence, recurrences
from qms_service.cases.return_order import ReturnOrder
from qms_service.cases.subject import CaseSubject, Subject
from qms_service.cases.subjects import AnySubject, TypedSubject
from qms_service.cases.visit import Visit

__all__ = [
    "AnySubject",
    "Case",
    "CaseStatus",
    "CaseSubject",
    "Claim",
    "Complaint",
    "Containment",
    "CorrectiveAction",
    "Custody",
    "CustomerFile",
    "CustomerProperty",
    "CutIn",
    "DefectComplaint",
    "EightD",
    "FileEntry",
    "FileFact",
    "FiledDocument",
    "KindSum",
    "Pin",
    "Raised",
    "Recurrence",
    "ReturnOrder",
    "Subject",
    "TypedSubject",
    "Visit",
    "custody",
    "eight_d",
    "eight_d_findings",
    "recurrences",
    "status_of",
]
