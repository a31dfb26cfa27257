"""The rules of customer service in a quality management system, as data and pure functions.

    rulebook + history + now  →  what may happen next, who does it, by when, why

Three doors, each usable without the next: terms and calendars; clocks and tables over plain values; cases
with a desk and a store. Every answer cites the clause that it rests on.

The names below are loaded when first used, so that `import qms_service` stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from qms_service import adapters, analysis, exchange, forms, ports, satisfaction, testing
    from qms_service.authoring.diff import diff, upgrade
    from qms_service.authoring.editor import rulebook_schema
    from qms_service.authoring.lint import lint
    from qms_service.authoring.showing import show
    from qms_service.cases import (
        Case,
        Claim,
        Complaint,
        Containment,
        CorrectiveAction,
        CustomerFile,
        CustomerProperty,
        Pin,
        ReturnOrder,
        Subject,
        Visit,
    )
    from qms_service.clauses import ClauseRef
    from qms_service.deadlines import Clock, Deadline, DeadlineState, Explanation
    from qms_service.deadlines.duties import Duty, DutyCalendar, DutyState, duties_between
    from qms_service.desk import FollowedUp, Refreshed, ServiceDesk, WorklistItem
    from qms_service.errors import (
        AmbiguousRouteError,
        AmountError,
        CalendarError,
        CalendarHorizonError,
        CaseExistsError,
        CaseNotFoundError,
        ClauseError,
        ClockError,
        ColumnError,
        DutyError,
        EntryError,
        FactValueError,
        FormError,
        InstantRangeError,
        InvariantError,
        KeyReusedError,
        LogError,
        MissingExtraError,
        NaiveInstantError,
        NeverOpenError,
        NoRouteError,
        NotInForceError,
        NumberError,
        NumberOverflowError,
        PinnedElsewhereError,
        QmsError,
        QuantityError,
        Refused,
        RulebookError,
        ScoreError,
        SelectorError,
        SeriesError,
        SheetError,
        StaleCaseError,
        StoreBusyError,
        StoreError,
        SurveyError,
        TableError,
        TermError,
        TransactionError,
        UndecidedError,
        UnknownNameError,
        WireError,
        ZoneError,
    )
    from qms_service.events import Event, Evidence
    from qms_service.facts import Money, Quantity
    from qms_service.findings import Finding
    from qms_service.instants import utc
    from qms_service.management import ManagementReview, management_review
    from qms_service.numbering import LedgerEntry, NumberAudit, NumberParts, NumberSeries, audit_numbers
    from qms_service.ports import CaseView
    from qms_service.quantities import Quantities, Tolerance, shares
    from qms_service.routing import Assignment, Decision, DecisionTable, Raci
    from qms_service.rulebooks import (
        Problem,
        Procedure,
        Rulebook,
        Status,
        Step,
        load_rulebook,
        shipped_rulebooks,
    )
    from qms_service.wire import from_json, json_schema, to_json
    from qms_service.worktime import Term, Urgency, WorkCalendar, china_calendar

__version__ = "0.1.0"

_HOMES: Final = {
    "authoring.diff": ("diff", "upgrade"),
    "authoring.editor": ("rulebook_schema",),
    "authoring.lint": ("lint",),
    "authoring.showing": ("show",),
    "cases": (
        "Case", "Claim", "Complaint", "Containment", "CorrectiveAction", "CustomerFile", "CustomerProperty", "Pin",
        "ReturnOrder", "Subject", "Visit",
    ),
    "clauses": ("ClauseRef",),
    "deadlines": ("Clock", "Deadline", "DeadlineState", "Explanation"),
    "deadlines.duties": ("Duty", "DutyCalendar", "DutyState", "duties_between"),
    "desk": ("FollowedUp", "Refreshed", "ServiceDesk", "WorklistItem"),
    "errors": (
        "AmbiguousRouteError", "AmountError", "CalendarError", "CalendarHorizonError", "CaseExistsError",
        "CaseNotFoundError", "ClauseError", "ClockError", "ColumnError", "DutyError", "EntryError",
        "FactValueError", "FormError", "InstantRangeError", "InvariantError", "KeyReusedError", "LogError",
        "MissingExtraError", "NaiveInstantError", "NeverOpenError", "NoRouteError", "NotInForceError",
        "NumberError", "NumberOverflowError", "PinnedElsewhereError", "QmsError", "QuantityError",
        "Refused", "RulebookError", "ScoreError", "SelectorError", "SeriesError", "SheetError",
        "StaleCaseError", "StoreBusyError", "StoreError", "SurveyError", "TableError", "TermError",
        "TransactionError", "UndecidedError", "UnknownNameError", "WireError", "ZoneError",
    ),
    "events": ("Event", "Evidence"),
    "facts": ("Money", "Quantity"),
    "findings": ("Finding",),
    "instants": ("utc",),
    "management": ("ManagementReview", "management_review"),
    "numbering": ("LedgerEntry", "NumberAudit", "NumberParts", "NumberSeries", "audit_numbers"),
    "ports": ("CaseView",),
    "quantities": ("Quantities", "Tolerance", "shares"),
    "routing": ("Assignment", "Decision", "DecisionTable", "Raci"),
    "rulebooks": ("Problem", "Procedure", "Rulebook", "Status", "Step", "load_rulebook", "shipped_rulebooks"),
    "wire": ("from_json", "json_schema", "to_json"),
    "worktime": ("Term", "Urgency", "WorkCalendar", "china_calendar"),
}  # fmt: skip
_ROOMS: Final = ("adapters", "analysis", "exchange", "forms", "ports", "satisfaction", "testing")
_HOME: Final = {name: room for room, names in _HOMES.items() for name in names}

__all__ = [
    "AmbiguousRouteError",
    "AmountError",
    "Assignment",
    "CalendarError",
    "CalendarHorizonError",
    "Case",
    "CaseExistsError",
    "CaseNotFoundError",
    "CaseView",
    "Claim",
    "ClauseError",
    "ClauseRef",
    "Clock",
    "ClockError",
    "ColumnError",
    "Complaint",
    "Containment",
    "CorrectiveAction",
    "CustomerFile",
    "CustomerProperty",
    "Deadline",
    "DeadlineState",
    "Decision",
    "DecisionTable",
    "Duty",
    "DutyCalendar",
    "DutyError",
    "DutyState",
    "EntryError",
    "Event",
    "Evidence",
    "Explanation",
    "FactValueError",
    "Finding",
    "FollowedUp",
    "FormError",
    "InstantRangeError",
    "InvariantError",
    "KeyReusedError",
    "LedgerEntry",
    "LogError",
    "ManagementReview",
    "MissingExtraError",
    "Money",
    "NaiveInstantError",
    "NeverOpenError",
    "NoRouteError",
    "NotInForceError",
    "NumberAudit",
    "NumberError",
    "NumberOverflowError",
    "NumberParts",
    "NumberSeries",
    "Pin",
    "PinnedElsewhereError",
    "Problem",
    "Procedure",
    "QmsError",
    "Quantities",
    "Quantity",
    "QuantityError",
    "Raci",
    "Refreshed",
    "Refused",
    "ReturnOrder",
    "Rulebook",
    "RulebookError",
    "ScoreError",
    "SelectorError",
    "SeriesError",
    "ServiceDesk",
    "SheetError",
    "StaleCaseError",
    "Status",
    "Step",
    "StoreBusyError",
    "StoreError",
    "Subject",
    "SurveyError",
    "TableError",
    "Term",
    "TermError",
    "Tolerance",
    "TransactionError",
    "UndecidedError",
    "UnknownNameError",
    "Urgency",
    "Visit",
    "WireError",
    "WorkCalendar",
    "WorklistItem",
    "ZoneError",
    "adapters",
    "analysis",
    "audit_numbers",
    "china_calendar",
    "diff",
    "duties_between",
    "exchange",
    "forms",
    "from_json",
    "json_schema",
    "lint",
    "load_rulebook",
    "management_review",
    "ports",
    "rulebook_schema",
    "satisfaction",
    "shares",
    "shipped_rulebooks",
    "show",
    "testing",
    "to_json",
    "upgrade",
    "utc",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    elif name in _ROOMS:
        value = import_module(f"{__name__}.{name}")
    else:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
