"""What the published Catena-X 8D report asks for, written down by hand: keys, enumerations, patterns.

Source: urn:samm:io.catenax.report_8d:1.0.0#Report8D. A key that ends in `_` is asked for.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
BPNL: Schema = {"type": "string", "pattern": "^BPNL[a-zA-Z0-9]{12}$"}
PHONE: Schema = {"type": "string", "pattern": "^[+]?[0-9 ]+$"}
EMAIL: Schema = {
    "type": "string",
    "pattern": r"^[a-zA-Z0-9.!#$%&?*+\/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$",
}
DAY: Schema = {
    "type": "string",
    "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$|^null$|^NULL$",
}


def thing(**fields: Schema) -> Schema:
    """An object; a key that ends in `_` is asked for."""
    keys = {name.rstrip("_"): schema for name, schema in fields.items()}
    asked = [name[:-1] for name in fields if name.endswith("_")]
    return {"type": "object", "properties": keys, "required": asked, "additionalProperties": False}


def many(item: Schema) -> Schema:
    return {"type": "array", "items": item}


ASIDE = many(thing(key_=TEXT, value_=TEXT))
CONTACT = thing(
    companyName_=TEXT, street=TEXT, city_=TEXT, postalCode=TEXT, country_=TEXT, bpnlProperty_=BPNL, email_=EMAIL,
    phoneNumber=PHONE,
)  # fmt: skip
PART = thing(
    supplierPartNumber=TEXT, customerPartNumber_=TEXT, orderNumber_=TEXT, serialNumber=TEXT, batchNumber=TEXT,
    partName=TEXT, hwVersion=TEXT, partId=TEXT,
)  # fmt: skip
PERSON = thing(name_=TEXT, department=TEXT, role=TEXT, phoneNumber=PHONE, email_=EMAIL)
CONTAINMENT = thing(
    proofOfEffectiveness_=TEXT, effectivenessResult=NUMBER, introductionDate_=DAY, responsiblePerson=TEXT,
    riskOfImmediateMeasure=TEXT, methodForEffectivenessCheck=TEXT,
)  # fmt: skip
CAUSE = thing(
    typeOfCauses_={"enum": ["TUA", "TUN", "SUA", "SUN"]}, causeHypothesisDescription_=TEXT, verificationBy=TEXT,
    clarificationDate_=DAY, result_=TEXT, method=TEXT, report=TEXT, errorCauseCategory=TEXT,
)  # fmt: skip
MEASURE = thing(
    introductionDate_=DAY, responsiblePerson=TEXT, causeAssignment=TEXT, proofOfEffectiveness_=TEXT,
    effectivenessResult=NUMBER, status={"enum": ["closed", "open", "in progress"]}, measure_=TEXT,
)  # fmt: skip
REPORT_8D = thing(
    header_=thing(
        complaintDate_=DAY, lastRevisionDate_=DAY, title=TEXT, customerComplaintId_=TEXT, supplierComplaintId=TEXT,
        customerContact_=CONTACT, supplierContact=CONTACT, parts_=many(PART), complaintLocation=TEXT,
        supplierId_=TEXT, supplierName=TEXT, qualityTaskId=TEXT, additionalInformationList=ASIDE,
    ),
    stepD0=thing(
        defineEmergencyResponseAction_=many(MEASURE), customerComplaintId_=TEXT, supplierComplaintId=TEXT,
        problemDescription_=TEXT, complaintDate_=DAY, complaintLocation=TEXT, additionalInformationList=ASIDE,
    ),
    stepD1=thing(sponsor=PERSON, teamLeader=PERSON, contactPerson_=PERSON, teamMembers=many(PERSON)),
    stepD2=thing(
        symptomDescription_=TEXT, problemDescription_=TEXT, errorType=TEXT, riskAssessmentStarted_=DAY,
        riskAssessmentUpdated=DAY, qualityTaskAttachmentId=TEXT, errorLocation=TEXT,
        additionalInformationList=ASIDE,
    ),
    stepD3=thing(descriptionOfInterimContainmentActions_=many(CONTAINMENT), additionalInformationList=ASIDE),
    stepD4=thing(causes_=many(CAUSE), additionalInformationList=ASIDE),
    stepD5=thing(definePermanentCorrectiveActions_=many(MEASURE), additionalInformationList=ASIDE),
    stepD6=thing(implementedCorrectiveMeasures_=many(MEASURE), additionalInformationList=ASIDE),
    stepD7=thing(errorPreventiveMeasures_=many(MEASURE), additionalInformationList=ASIDE),
    stepD8=thing(resultAssesment=TEXT, closingDate_=DAY),
)  # fmt: skip
