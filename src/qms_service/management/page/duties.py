"""The section on recurring duties: which periods were met, met late, or missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qms_service.deadlines.duties.state import DutyState
from qms_service.management.page.section import Section
from qms_service.management.page.speech import NOTHING, Speech
from qms_service.management.review import ManagementReview
from qms_service.markup import Table

_COLUMNS: Final = {
    "met": (DutyState.MET,),
    "met_late": (DutyState.MET_LATE,),
    "overdue": (DutyState.OVERDUE,),
    "running": (DutyState.DUE, DutyState.UPCOMING),
    "unknown": (DutyState.UNKNOWN,),
}


def duty_section(review: ManagementReview, speech: Speech) -> Section:
    """How each duty was kept."""
    return Section(
        title=speech.say("title.duties"),
        clause="ISO 9001 9.3.2 c) 3)",
        lines=(speech.say("duties.how" if review.duties else "duties.none"),),
        tables=tuple(_tables(review, speech)),
    )


def _tables(review: ManagementReview, speech: Speech) -> Iterator[Table]:
    if not review.duties:
        return
    rows = (
        (
            speech.label(duty.label),
            speech.label(duty.owner),
            *(str(sum(duty[state] for state in states) or NOTHING) for states in _COLUMNS.values()),
            speech.share(duty["met"], duty.decided),
            speech.cite(duty.clause),
        )
        for duty in review.duties
    )
    yield speech.table("duties", ("duty", "owner", *_COLUMNS, "on-time", "clause"), rows)
    late = [
        (
            speech.label(duty.label),
            one.name,
            one.object or "",
            speech.moment(one.due_at),
            speech.moment(one.done_at),
        )
        for duty in review.duties
        for one in duty.late
    ]
    if late:
        yield speech.table("missed", ("duty", "period", "object", "due", "done"), late)
