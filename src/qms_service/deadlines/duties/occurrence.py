"""Occurrence (到期事项): a duty in one of its periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs
from pendulum import DateTime

from qms_service.clauses import ClauseRef
from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.period import Period
from qms_service.deadlines.duties.state import DutyState
from qms_service.errors import DutyError
from qms_service.events import Event
from qms_service.findings import Finding
from qms_service.instants import micros
from qms_service.texts import Catalogue
from qms_service.worktime.closed import ClosedReason

if TYPE_CHECKING:
    from qms_service.deadlines.duties.explanation import DutyExplanation


@attrs.frozen
class PassedOver:
    """Closed dates that a due date did not stop at (顺延所越过的日期), from the first to the last, and why."""

    first_on: date
    last_on: date
    reason: ClosedReason = attrs.field(kw_only=True)


@attrs.frozen
class DoneBy:
    """An event that counted (履行事件), and the number of the case that it stands in, where it stands in one."""

    event: Event
    case: str | None = attrs.field(default=None, kw_only=True)


@attrs.frozen(kw_only=True)
class Occurrence:
    """A duty in one of its periods (到期事项), for one object where it is owed to each.

    Args:
        duty: The duty.
        object: The object: a customer, a project; None where the duty is not owed to each of some.
        period: The dates it is about; None where nobody can say, as for an irregular duty.
        opens_on: From when on it can be done.
        closes_on: From when on what is done counts for the next period, unless this one is due later still.
        said_on: The date that the rule says, before working days move it.
        due_on: The date on which it is due, in the calendar's zone; None while it is unknown.
        due_at: The last instant in time: the last microsecond of that date, or what the rule says of the day.
        expected_at: Where it stands in order: `due_at`, or what that is by the weekly pattern.
        passed: The closed dates between what the rule says and when it is due.
        provisional_until: Set when the date rests on the weekly pattern beyond what the calendar knows: the
            first instant that it does not know.
        finding: Why the date, or what became of it, is unknown.
        calendar_edition: The edition of the calendar that was asked.
        state: Where it stands; None until `fulfilment` has looked, unless its date is unknown.
        done_by: The events that count for it, oldest first.
    """

    duty: Duty
    object: str | None = None
    period: Period | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    said_on: date | None = None
    due_on: date | None = None
    due_at: DateTime | None = None
    expected_at: DateTime | None = None
    passed: tuple[PassedOver, ...] = ()
    provisional_until: DateTime | None = None
    finding: Finding | None = None
    calendar_edition: str = ""
    state: DutyState | None = None
    done_by: tuple[DoneBy, ...] = ()

    @property
    def id(self) -> str:
        """The duty, its object and its period: the same in every run."""
        parts = (self.duty.id, self.object, self.period.name if self.period else None)
        return "/".join(part for part in parts if part)

    @property
    def clause(self) -> ClauseRef | None:
        """The clause that it rests on."""
        return self.duty.clause

    @property
    def done_at(self) -> DateTime | None:
        """When it was done: the last of the events that it takes; None while one is missing."""
        return self.done_by[-1].event.at if len(self.done_by) == self.duty.times else None

    @property
    def late_by(self) -> timedelta | None:
        """How much later than due it was done; None where it was in time, is open, or nobody can say."""
        if self.done_at is None or self.due_at is None:
            return None
        late = micros(self.done_at) - micros(self.due_at)
        return timedelta(microseconds=late) if late > 0 else None

    @property
    def overdue_since(self) -> DateTime | None:
        """The last instant at which it could have been done in time, where that is over and it is not done."""
        return self.due_at if self.state is DutyState.OVERDUE else None

    @property
    def early(self) -> bool:
        """Whether it was done before its time began: an event that names its period may be."""
        at, opens = self.done_at, self.opens_on
        if at is None or opens is None or self.expected_at is None:
            return False
        return at.astimezone(self.expected_at.tzinfo).date() < opens

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """One line: the duty, where it stands, when it is due, and the clause; `explain` tells the rest."""
        from qms_service.deadlines.duties.explanation import headline  # noqa: PLC0415  # above the value
        from qms_service.markup import Words  # noqa: PLC0415  # only for who looks

        return headline(self, Words(lang=lang, catalogues=catalogues))

    def __str__(self) -> str:
        return self.text()

    def explain(self) -> DutyExplanation:
        """Why it is due then: the rule, the period, what moved the date, what was done, the clause."""
        from qms_service.deadlines.duties.explanation import DutyExplanation  # noqa: PLC0415  # above the value

        return DutyExplanation(self)


def in_list(given: object) -> tuple[Occurrence, ...]:
    """Occurrences one by one.

    Raises:
        DutyError: Something else stands there.
    """
    found = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    for one in found:
        if not isinstance(one, Occurrence):
            raise DutyError("duty-occurrences", got=repr(one))
    return found
