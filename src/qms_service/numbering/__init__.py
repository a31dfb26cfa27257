"""Numbering (编号): series of numbers, what they read as, and what became of each."""

from qms_service.numbering.adopt import Adoption, adoption
from qms_service.numbering.audit import NumberAudit, audit_numbers
from qms_service.numbering.audit_items import (
    DuplicateNumber,
    MalformedNumber,
    NumberDisorder,
    NumberHole,
    VoidedNumber,
)
from qms_service.numbering.fault import SeriesFault
from qms_service.numbering.ledger import LedgerEntry, NumberState
from qms_service.numbering.parts import NumberParts
from qms_service.numbering.series import NumberSeries
from qms_service.numbering.slot import Slot

__all__ = [
    "Adoption",
    "DuplicateNumber",
    "LedgerEntry",
    "MalformedNumber",
    "NumberAudit",
    "NumberDisorder",
    "NumberHole",
    "NumberParts",
    "NumberSeries",
    "NumberState",
    "SeriesFault",
    "Slot",
    "VoidedNumber",
    "adoption",
    "audit_numbers",
]
