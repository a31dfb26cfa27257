"""Status (状态): where a case stands at a moment; what a worklist shows and a scheduler asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast

import attrs
from pendulum import DateTime

from qms_service.cases import Case, CaseStatus, status_of
from qms_service.events import Timeline
from qms_service.instants import micros
from qms_service.rulebooks.checklist import RUNNING
from qms_service.rulebooks.clocks import deadlines_at
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.rules import Rules, midnight


@attrs.frozen(kw_only=True)
class Status:
    """Where a case stands.

    Args:
        status: `"open"`, `"closed"` or `"withdrawn"`.
        cycle: How often it was reopened.
        first_due_at: The earliest due time of the clocks that run; None where none does.
        next_change_at: The next moment at which something changes without anybody acting: a warning, a due
            time, the limit of a pause, the end of a waiver.
        overdue: The clocks that are overdue.
        moving: Whether `first_due_at` moves on with now, because a clock is paused; it never moves back.
    """

    status: CaseStatus
    cycle: int
    first_due_at: DateTime | None
    next_change_at: DateTime | None
    overdue: tuple[str, ...]
    moving: bool = False


def status_at(rules: Rules, kind: KindRules, case: Case, now: DateTime) -> Status:
    """Where a case stands at a moment."""
    timeline = case.timeline(now)
    deadlines = deadlines_at(rules, kind, timeline, now)
    due = [(one.due_at, one.moving) for one in deadlines if one.state in RUNNING and one.due_at is not None]
    first, moving = min(due, key=_fixed_first, default=(None, False))
    changes = [one.next_change for one in deadlines if one.next_change is not None]
    status = status_of(timeline)
    if status == "open":
        changes += [end for end in _waivers_end(rules, timeline) if end > now]
    return Status(
        status=status,
        cycle=timeline.cycle,
        first_due_at=first,
        next_change_at=min(changes, default=None),
        overdue=tuple(one.id for one in deadlines if one.state == "overdue"),
        moving=moving,
    )


def _fixed_first(due: tuple[DateTime, bool]) -> tuple[int, bool]:
    """Of two clocks due at one moment, the one that stays there is the first from then on."""
    return micros(due[0]), due[1]


def _waivers_end(rules: Rules, timeline: Timeline) -> Iterator[DateTime]:
    """The moments from which waivers no longer hold: midnight after their last day, in the rulebook's zone."""
    for event in timeline.all("waived"):
        last_day = cast("date", event.facts["expires_on"])
        yield midnight(last_day + timedelta(days=1), rules.zone)
