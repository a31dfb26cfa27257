"""Events (事件): what happened, what of it counts, and how a rule points at it."""

from qms_service.events.changes import changes_before
from qms_service.events.condition import ALWAYS, Condition
from qms_service.events.event import CLOSED, SYSTEM_EVENTS, Event, Evidence
from qms_service.events.history import History, as_history, effective
from qms_service.events.selector import Selector, Selectors, first_of, selectors
from qms_service.events.timeline import Timeline, timeline

__all__ = [
    "ALWAYS",
    "CLOSED",
    "SYSTEM_EVENTS",
    "Condition",
    "Event",
    "Evidence",
    "History",
    "Selector",
    "Selectors",
    "Timeline",
    "as_history",
    "changes_before",
    "effective",
    "first_of",
    "selectors",
    "timeline",
]
