"""BY WHEN (期限): clocks over events, and the deadlines with their ledger."""

from qms_service.deadlines.amendment import Amendment
from qms_service.deadlines.answer import deadline_of
from qms_service.deadlines.choice import Choice
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.deadline import Deadline
from qms_service.deadlines.explanation import Explanation
from qms_service.deadlines.ledger import Segment
from qms_service.deadlines.pause import PauseRule
from qms_service.deadlines.state import DeadlineState

__all__ = [
    "Amendment",
    "Choice",
    "Clock",
    "Deadline",
    "DeadlineState",
    "Explanation",
    "PauseRule",
    "Segment",
    "deadline_of",
]
