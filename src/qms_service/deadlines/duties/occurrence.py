"""Occurrence (到期事项): a duty in one of its periods."""

from __future__ import annotations

from datetime import date

import attrs
from pendulum import DateTime

from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.period import Period
from qms_service.findings import Finding
from qms_service.worktime.closed import ClosedReason


@attrs.frozen
class PassedOver:
    """Dates that a due date did not stop at (顺延所越过的日期): from the first to the last, and why they are closed."""

    first_on: date
    last_on: date
    reason: ClosedReason = attrs.field(kw_only=True)


@attrs.frozen(kw_only=True)
class Occurrence:
    """A duty in one of its periods (到期事项), for one object where it is owed to each.

    Args:
        duty: The duty.
        object: The object: a customer, a project; None where the duty is not owed to each of some.
        period: The dates it is about; None where nobody can say, as for an irregular duty.
        window: The period in which it is due: its own, or the one after.
        opens_on: From when on it can be done.
        said_on: The date that the rule says, before the calendar moves it.
        due_on: The date on which it is due, in the calendar's zone; None while it is unknown.
        due_at: The last instant that is in time: the last microsecond of that date, or the time of the day
            that the rule says.
        expected_at: Where it stands in order: `due_at`, or what that is by the weekly pattern.
        passed: The closed dates between what the rule says and when it is due.
        provisional_until: Set when the date rests on the weekly pattern beyond what the calendar knows: the
            first instant that it does not know.
        finding: Why the date is unknown.
        calendar_edition: The edition of the calendar that moved it.
    """

    duty: Duty
    object: str | None = None
    period: Period | None = None
    window: Period | None = None
    opens_on: date | None = None
    said_on: date | None = None
    due_on: date | None = None
    due_at: DateTime | None = None
    expected_at: DateTime | None = None
    passed: tuple[PassedOver, ...] = ()
    provisional_until: DateTime | None = None
    finding: Finding | None = None
    calendar_edition: str = ""

    @property
    def id(self) -> str:
        """The duty, its object and its period: the same in every run."""
        parts = (self.duty.id, self.object, self.period.name if self.period else None)
        return "/".join(part for part in parts if part)
