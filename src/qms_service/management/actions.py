"""Open actions (未完成措施): what was open when the period ended, who has to act, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.clauses import ClauseRef
from qms_service.instants import DAY, from_micros, micros, zone_of
from qms_service.labels import Label
from qms_service.management.ranking import value_of
from qms_service.management.sight import CaseSight, Question
from qms_service.rulebooks import Procedure, Step

_PLANNED: Final = ("measure_decided", "action_planned")
_DONE: Final = ("measure_done", "action_implemented", "action_dropped")


@attrs.frozen(kw_only=True)
class OpenAction:
    """A case that was open when the period ended (未完成措施), as it stands at the moment of the review.

    Args:
        case: Its number.
        kind: The kind of case.
        kind_label: What people call the kind.
        customer: The customer; None where none is on record.
        about: What it is about: its title, its defect, else its product; None where none is on record.
        opened_at: When it opened.
        days: How many whole days it had been open by the end of the period, or by the review where that is
            earlier.
        step: The step that comes next; None where none is possible, or the rules cannot tell.
        owner: The department that does it; None where the rules name none.
        owner_decided: Whether the facts on record decide the owner.
        due_at: When the step is due; None where no clock runs to it.
        due_on: The day by which the earliest measure that is planned and not done was promised; None where none
            is on record.
        by: Who was named for that measure; None where nobody was.
        overdue: Whether either has passed.
        clause: The clause that asks for the step.
        settled: Whether it has been closed or withdrawn since the period ended.
    """

    case: str
    kind: str
    kind_label: Label
    customer: str | None
    about: str | None
    opened_at: DateTime
    days: int
    step: Label | None = None
    owner: Label | None = None
    owner_decided: bool = True
    due_at: DateTime | None = None
    due_on: date | None = None
    by: str | None = None
    overdue: bool = False
    clause: ClauseRef | None = None
    settled: bool = False


def action_of(seen: CaseSight, question: Question) -> OpenAction:
    """What is still to be done in a case, and by whom."""
    period, now = question.period, question.now
    about = (value_of(seen.fact(name)) for name in ("title", "defect", "product"))
    due_on, by = _promised(seen)
    action = OpenAction(
        case=seen.case.id,
        kind=seen.case.kind,
        kind_label=seen.kind.label if seen.kind else Label({"en": seen.case.kind}),
        customer=value_of(seen.fact("customer")),
        about=next((one for one in about if one), None),
        opened_at=from_micros(seen.opened, zone_of(now)),
        days=(min(period.beyond, micros(now)) - seen.opened) // DAY,
        due_on=due_on,
        by=by,
        overdue=due_on is not None and due_on < now.date(),
        settled=seen.now_over,
    )
    steps = seen.proc.next_steps(seen.case, now=now) if seen.proc else ()
    step = next((one for one in steps if not one.optional or one.due_at), None)
    return _with_step(action, step, seen.proc, now) if step and seen.proc else action


def _promised(seen: CaseSight) -> tuple[date | None, str | None]:
    """The earliest day promised for a measure that is not done, and who was named for it."""
    here = seen.known.here
    done = {event.facts.get("action"): event.place for name in _DONE for event in here.get(name, ())}
    planned = {event.facts.get("action"): event for name in _PLANNED for event in here.get(name, ())}
    promised = [
        (due, value_of(event.facts.get("owner")))
        for action, event in planned.items()
        if isinstance(due := event.facts.get("due"), date)
        and (action not in done or done[action] < event.place)
    ]
    return min(promised, key=itemgetter(0), default=(None, None))


def _with_step(action: OpenAction, step: Step, proc: Procedure, now: DateTime) -> OpenAction:
    owner = proc.rules.departments.get(step.owner.responsible or "")
    return attrs.evolve(
        action,
        step=step.label,
        owner=owner.label if owner else None,
        owner_decided=step.owner.decided,
        due_at=step.due_at,
        overdue=action.overdue or (step.due_at is not None and micros(step.due_at) < micros(now)),
        clause=step.clause,
    )


def in_order(actions: Iterable[OpenAction]) -> tuple[OpenAction, ...]:
    """Those overdue first, then those due first, then those without a due time by their age; settled ones last."""
    return tuple(sorted(actions, key=_place))


def _place(action: OpenAction) -> tuple[object, ...]:
    dues = [day for day in (action.due_at and action.due_at.date(), action.due_on) if day]
    due = min(dues, default=date.max)
    return (action.settled, not action.overdue, due, micros(action.opened_at), action.kind, action.case)
