"""8D report (8D 报告): the causes and actions of a corrective action, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

import attrs

from qms_service.cases.case import Case
from qms_service.events import Event, Timeline

Outcome = Literal["open", "verified", "rejected"]


@attrs.frozen(kw_only=True)
class Cause:
    """A cause (原因假设) as it was last proposed, and what became of it.

    Args:
        id: Its name within the report.
        proposed: Its last proposal.
        judged: Its last verification or rejection, where it came after the proposal and every correction of it.
    """

    id: str
    proposed: Event
    judged: Event | None = None

    @property
    def outcome(self) -> Outcome:
        """Whether it was verified, rejected, or is open, as a cause is again that was changed."""
        if self.judged is None:
            return "open"
        return "verified" if self.judged.name == "cause_verified" else "rejected"


@attrs.frozen(kw_only=True)
class Action:
    """An action (措施) as it was last planned, and what was done of it.

    Args:
        id: Its name within the report.
        planned: Its last plan.
        implemented: Its last implementation, where it came after the plan and every correction of it.
        dropped: Why it was given up, in the same way.
        measured: The last measurement of its effect after that implementation.
    """

    id: str
    planned: Event
    implemented: Event | None = None
    dropped: Event | None = None
    measured: Event | None = None

    @property
    def is_dropped(self) -> bool:
        """Whether it was given up, and not taken up again."""
        if self.dropped is None:
            return False
        return self.implemented is None or self.dropped.place > self.implemented.place

    @property
    def cut_in_on(self) -> date | None:
        """The first day whose goods are all made with it; None while it is not in."""
        found = self.implemented.value("cut_in") if self.implemented and not self.is_dropped else None
        return found if isinstance(found, date) else None


@attrs.frozen(kw_only=True)
class EightD:
    """What stands in an 8D report at a moment.

    Args:
        causes: Every cause that was proposed, in the order of the first proposal.
        actions: Every action that was planned, in the order of the first plan.
        timeline: All that is on record.
    """

    causes: tuple[Cause, ...]
    actions: tuple[Action, ...]
    timeline: Timeline

    @property
    def verified(self) -> tuple[Cause, ...]:
        """The causes that were verified."""
        return tuple(cause for cause in self.causes if cause.outcome == "verified")

    @property
    def standing(self) -> tuple[Action, ...]:
        """The actions that were not given up."""
        return tuple(action for action in self.actions if not action.is_dropped)

    @property
    def revision(self) -> int:
        """The number of the plan's revision: each rejection makes one."""
        return len(self.timeline.all("actions_rejected"))

    @property
    def cut_in_on(self) -> date | None:
        """The first day whose goods are all made with every action; None while one of them is not in."""
        days = [action.cut_in_on for action in self.standing]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None


def eight_d(case: Case, now: datetime | None = None) -> EightD:
    """The 8D report in a case of the kind `corrective_action`, in its current cycle.

    Args:
        case: The case.
        now: The moment of which it tells; None: all of it.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> rules = qms.load_rulebook("pcb-maker").on(noon)
    >>> cause = qms.Event("cause_proposed", noon, facts={
    ...     "cause": "K1", "cell": "technical_occurrence", "statement": "Etching too long"})
    >>> report = eight_d(rules.adopt(qms.CorrectiveAction(number="8D-1", raised_at=noon), [cause]))
    >>> [(cause.id, cause.outcome) for cause in report.causes]
    [('K1', 'open')]
    """
    timeline = case.timeline(now)
    causes = tuple(
        Cause(
            id=id_,
            proposed=proposed,
            judged=_last(id_, "cause", ("cause_verified", "cause_rejected"), proposed, timeline),
        )
        for id_, proposed in _latest("cause_proposed", "cause", timeline)
    )
    planned = _latest("action_planned", "action", timeline)
    return EightD(
        causes=causes,
        actions=tuple(_action(id_, plan, timeline) for id_, plan in planned),
        timeline=timeline,
    )


def _action(id_: str, planned: Event, timeline: Timeline) -> Action:
    done = _last(id_, "action", ("action_implemented",), planned, timeline)
    return Action(
        id=id_,
        planned=planned,
        implemented=done,
        dropped=_last(id_, "action", ("action_dropped",), planned, timeline),
        measured=_last(id_, "action", ("effect_measured",), done, timeline) if done else None,
    )


def _latest(name: str, key: str, timeline: Timeline) -> Iterable[tuple[str, Event]]:
    """The last event of a name for each value of a fact, in the order of the first."""
    return {str(event.value(key)): event for event in timeline.all(name)}.items()


def _last(id_: str, key: str, names: Iterable[str], after: Event, timeline: Timeline) -> Event | None:
    """The last event of some names for an id that came after another and every correction of that one."""
    floor = max(event.place for event in (after, *timeline.changes_of((after,))))
    found = [
        event
        for name in names
        for event in timeline.all(name)
        if event.value(key) == id_ and event.place > floor
    ]
    return max(found, key=lambda event: event.place, default=None)
