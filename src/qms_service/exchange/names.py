"""Names of the Catena-X 8D report (8D 报告模型), and of the facts that stand for them here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

REPORT_8D: Final = "urn:samm:io.catenax.report_8d:1.0.0#Report8D"
# Technical or systemic, cause of the occurrence (Auftreten) or of the non-detection (Nichtentdeckung).
CELLS: Final[Mapping[str, str]] = {
    "technical_occurrence": "TUA",
    "technical_non_detection": "TUN",
    "systemic_occurrence": "SUA",
    "systemic_non_detection": "SUN",
}
ASIDE: Final = "additionalInformationList"
CONTAINMENTS: Final = "descriptionOfInterimContainmentActions"
CAUSES: Final = "causes"
PLANNED: Final = "definePermanentCorrectiveActions"
IMPLEMENTED: Final = "implementedCorrectiveMeasures"
PREVENTIONS: Final = "errorPreventiveMeasures"
PEOPLE: Final = {"leader": "teamLeader", "sponsor": "sponsor", "contact": "contactPerson"}
PERSON_ASKED: Final = ("name", "email")
# What the model asks for at each place; a document without it is not valid.
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "header": (
        "complaintDate", "lastRevisionDate", "customerComplaintId", "customerContact", "parts", "supplierId",
    ),
    "header.customerContact": ("companyName", "city", "country", "bpnlProperty", "email"),
    "header.supplierContact": ("companyName", "city", "country", "bpnlProperty", "email"),
    "header.parts": ("customerPartNumber", "orderNumber"),
    "stepD1": ("contactPerson",),
    **{f"stepD1.{one}": PERSON_ASKED for one in (*PEOPLE.values(), "teamMembers")},
    "stepD2": ("symptomDescription", "problemDescription", "riskAssessmentStarted"),
    f"stepD3.{CONTAINMENTS}": ("proofOfEffectiveness", "introductionDate"),
    f"stepD4.{CAUSES}": ("typeOfCauses", "causeHypothesisDescription", "clarificationDate", "result"),
    f"stepD5.{PLANNED}": ("introductionDate", "proofOfEffectiveness", "measure"),
    f"stepD6.{IMPLEMENTED}": ("introductionDate", "proofOfEffectiveness", "measure"),
    f"stepD7.{PREVENTIONS}": ("introductionDate", "proofOfEffectiveness", "measure"),
    "stepD8": ("closingDate",),
}  # fmt: skip
_PLACE: Final = re.compile(r"\[\d+\]")


def asked_at(path: str) -> tuple[str, ...]:
    """What the model asks for in the object at a path."""
    return ASKED.get(_PLACE.sub("", path), ())
