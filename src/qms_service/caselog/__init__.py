"""Case logs (个案日志): historic cases from a CSV file, how well they kept their terms, and what could not be read."""

from qms_service.caselog.log import CaseLog, read_log
from qms_service.caselog.logged import LoggedCase, LoggedEvent
from qms_service.caselog.mapping import EventColumns, EventRows, FactColumn, LogMapping, ZoneColumn
from qms_service.caselog.outcomes import Outcome
from qms_service.caselog.rejects import Reject, write_rejects
from qms_service.caselog.report import ClockRates, LateCase, Report, report_on
from qms_service.caselog.report_data import report_data
from qms_service.caselog.report_text import report_text
from qms_service.caselog.tally import Tally
from qms_service.sheets.moments import MomentReader

__all__ = [
    "CaseLog",
    "ClockRates",
    "EventColumns",
    "EventRows",
    "FactColumn",
    "LateCase",
    "LogMapping",
    "LoggedCase",
    "LoggedEvent",
    "MomentReader",
    "Outcome",
    "Reject",
    "Report",
    "Tally",
    "ZoneColumn",
    "read_log",
    "report_data",
    "report_on",
    "report_text",
    "write_rejects",
]
