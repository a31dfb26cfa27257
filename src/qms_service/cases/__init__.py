"""Cases (个案): what happened to one complaint, return, claim or visit."""

from qms_service.cases.case import Case, CaseStatus, Pin, status_of
from qms_service.cases.subject import CaseSubject, Complaint, Subject

__all__ = ["Case", "CaseStatus", "CaseSubject", "Complaint", "Pin", "Subject", "status_of"]
