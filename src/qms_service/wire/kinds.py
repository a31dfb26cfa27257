"""The values that travel, alone or in a list of one type, and the schema that they travel under."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args, get_origin

from qms_service.cases import (
    Case,
    Claim,
    Complaint,
    Containment,
    CorrectiveAction,
    CustomerProperty,
    ReturnOrder,
    Subject,
    Visit,
)
from qms_service.deadlines import Deadline, Explanation
from qms_service.errors import WireError
from qms_service.events import Event
from qms_service.findings import Finding
from qms_service.routing import Assignment, Decision
from qms_service.rulebooks.checklist import Step
from qms_service.rulebooks.problem import Problem
from qms_service.rulebooks.status import Status
from qms_service.satisfaction import Comparison, Estimate

SCHEMA: Final = "qms/1"
LIST: Final = "list"
TYPES: Final[Mapping[str, type]] = {
    kind.__name__: kind
    for kind in (
        Assignment, Case, Claim, Comparison, Complaint, Containment, CorrectiveAction, CustomerProperty, Deadline, Decision,
        Estimate, Event, Explanation, Finding, Problem, ReturnOrder, Status, Step, Subject, Visit,
    )
}  # fmt: skip


def name_of(kind: object) -> str:
    """The name of a type on the wire.

    Raises:
        WireError: Values of that type do not travel.
    """
    name = getattr(kind, "__name__", repr(kind))
    if TYPES.get(name) is not kind:
        raise WireError("wire-type-unknown", got=name, allowed=tuple(TYPES))
    return name


def item_of(kind: object) -> type | None:
    """The type of the items, where a list is asked for as `tuple[Step, ...]`; None for a value alone."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None
