"""Numbering (编号): series of numbers, what they read as, and what became of each."""

from qms_service.numbering.audit import NumberAudit
from qms_service.numbering.ledger import LedgerEntry, NumberState
from qms_service.numbering.series import NumberSeries
from qms_service.numbering.slot import Slot

__all__ = ["LedgerEntry", "NumberAudit", "NumberSeries", "NumberState", "Slot"]
