"""The sections on the work: how the clocks were kept, what is still open, and what the figures do not know."""

from __future__ import annotations

from typing import Final

from qms_service.deadlines import DeadlineState
from qms_service.management.actions import OpenAction
from qms_service.management.lateness import ClockFigures
from qms_service.management.page.section import Section
from qms_service.management.page.speech import NOTHING, Speech
from qms_service.management.review import ManagementReview

# Running and paused are both open; the last ones, beside the share, stand in no base.
_COLUMNS: Final = {
    "met": (DeadlineState.MET,),
    "met_late": (DeadlineState.MET_LATE,),
    "overdue": (DeadlineState.OVERDUE,),
    "running": (DeadlineState.RUNNING, DeadlineState.PAUSED),
    "undecided": (DeadlineState.UNDECIDED,),
    "void": (DeadlineState.VOID, DeadlineState.NOT_APPLICABLE),
    "unknown": (DeadlineState.UNKNOWN,),
}


def lateness_section(review: ManagementReview, speech: Speech) -> Section:
    """How each clock was kept; those that nobody started are named."""
    started = [clock for clock in review.clocks if clock.base]
    idle = tuple(speech.label(clock.label) for clock in review.clocks if not clock.base)
    kinds = {flow.kind: speech.label(flow.label) for flow in review.flows}
    head = ("clock", "kind", "within", *_COLUMNS, "on-time", "clause")
    rows = tuple(_clock(clock, kinds.get(clock.kind, clock.kind), speech) for clock in started)
    return Section(
        title=speech.say("title.lateness"),
        clause="ISO 9001 9.3.2 c) 3)",
        lines=(speech.say("lateness.how"),) if started else (speech.say("lateness.none"),),
        tables=(speech.table("lateness", head, rows),) if started else (),
        notes=(speech.say("lateness.idle", clocks=idle),) if idle else (),
    )


def _clock(clock: ClockFigures, kind: str, speech: Speech) -> tuple[str, ...]:
    figures = (sum(clock[state] for state in states) for states in _COLUMNS.values())
    return (
        speech.label(clock.label),
        kind,
        clock.within or NOTHING,
        *(str(figure or NOTHING) for figure in figures),
        speech.share(clock["met"], clock.decided),
        speech.cite(clock.clause),
    )


def action_section(review: ManagementReview, speech: Speech) -> Section:
    """What was open when the period ended, with its owner and due time."""
    late = sum(action.overdue and not action.settled for action in review.actions)
    settled = sum(action.settled for action in review.actions)
    head = ("case", "kind", "customer", "about", "days", "step", "owner", "due", "clause")
    rows = tuple(_action(action, speech) for action in review.actions)
    return Section(
        title=speech.say("title.actions"),
        clause="ISO 9001 9.3.2 a), c) 4)",
        lines=(speech.say("actions", count=len(rows), late=late, settled=settled),),
        tables=(speech.table("actions", head, rows),) if rows else (),
    )


def _action(action: OpenAction, speech: Speech) -> tuple[str, ...]:
    return (
        action.case,
        speech.label(action.kind_label),
        action.customer or NOTHING,
        action.about or NOTHING,
        str(action.days),
        speech.say("settled") if action.settled else speech.label(action.step),
        _owner(action, speech),
        _due(action, speech),
        speech.cite(action.clause),
    )


def _owner(action: OpenAction, speech: Speech) -> str:
    owner = speech.label(action.owner)
    if action.owner and not action.owner_decided:
        owner = speech.say("assumed", owner=owner)
    return owner if action.by is None else f"{owner}\n{action.by}"


def _due(action: OpenAction, speech: Speech) -> str:
    dues = [speech.moment(action.due_at)] if action.due_at else []
    dues += [action.due_on.isoformat()] if action.due_on else []
    due = "\n".join(dues) or NOTHING
    return speech.say("overdue", due=due) if action.overdue and not action.settled else due


def limit_section(review: ManagementReview, speech: Speech) -> Section:
    """What the figures do not know."""
    rows = tuple(
        (
            limit.text(speech.lang, speech.catalogues),
            "\n".join(
                case if reason is None else f"{case}{speech.text('word.colon')}{speech.label(reason)}"
                for case, reason in limit.examples
            ),
        )
        for limit in review.limits
    )
    return Section(
        title=speech.say("title.limits"),
        lines=(speech.say("limits" if rows else "limits.none"),),
        tables=(speech.table("limits", ("limit", "examples"), rows),) if rows else (),
    )
