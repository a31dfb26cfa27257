"""Sheets (数据表): files of rows, decoded and cut into cells, with every fault in its place; nothing judged yet."""

from qms_service.sheets.fault import CellError, Fault, fault_of
from qms_service.sheets.moments import MomentReader
from qms_service.sheets.sheet import Record, Sheet, read_sheet

__all__ = ["CellError", "Fault", "MomentReader", "Record", "Sheet", "fault_of", "read_sheet"]
