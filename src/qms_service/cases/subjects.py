"""The subjects (对象) that a case can be about: those with a class of their own, and one for all the others."""

from __future__ import annotations

from qms_service.cases.claim import Claim
from qms_service.cases.complaint import Complaint
from qms_service.cases.containment import Containment
from qms_service.cases.corrective_action import CorrectiveAction
from qms_service.cases.customer_property import CustomerProperty
from qms_service.cases.return_order import ReturnOrder
from qms_service.cases.subject import Subject
from qms_service.cases.visit import Visit

TypedSubject = Claim | Complaint | Containment | CorrectiveAction | CustomerProperty | ReturnOrder | Visit
AnySubject = TypedSubject | Subject
