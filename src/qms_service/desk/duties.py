"""Duties at the desk (定期义务): what is due again, what is overdue, and which case of the store shows it done."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from heapq import merge
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.cases import Case
from qms_service.deadlines.duties import Duty, DutyCalendar, Occurrence, duties_between, fulfilment
from qms_service.desk.judged import read
from qms_service.desk.worklist import Place, WorklistItem, place_of_item
from qms_service.errors import DutyError, EntryError
from qms_service.instants import DAY, Micros, from_micros, instant, micros
from qms_service.ports import Cases, CaseView
from qms_service.rulebooks import Procedure, Status
from qms_service.rulebooks.rules import midnight
from qms_service.worktime.term import OnUnknown

Bound = date | datetime | None
DUTY: Final = "duty"  # stands in an item of the worklist for the kind of case
_DAYS: Final = {"day": 1, "working day": 14, "week": 7, "month": 31}  # no unit is longer
_MARGIN: Final = 62  # a due date lies in the period after its own, and a holiday may move it


@attrs.frozen(kw_only=True)
class DutyReading:
    """Duties to be looked up in a store.

    Args:
        rules: The edition in force.
        cases: The cases of a transaction.
        now: The moment asked.
        start: From when on what was due is asked for; None: see `ServiceDesk.duties`.
        end: Up to when; None: what can be done by now.
        objects: The objects of duties that are owed to each.
        on_unknown: What is said of dates that the calendar does not know.
    """

    rules: Procedure
    cases: Cases
    now: DateTime
    start: DateTime | None
    end: DateTime | None
    objects: Mapping[str, object] | None
    on_unknown: OnUnknown

    def calendar(self) -> DutyCalendar:
        """What is due, with its state."""
        found = [self._due(duty) for duty in self.rules.duties.values()]
        asked = DutyCalendar(
            occurrences=tuple(sorted((one for each in found for one in each), key=place_of_duty)),
            unplaced=tuple(one for each in found for one in each.unplaced),
            starts_at=min((each.starts_at for each in found if each.starts_at), default=None),
            ends_at=max((each.ends_at for each in found if each.ends_at), default=None),
        )
        told = fulfilment(asked, self._cases(asked), now=self.now)
        told = attrs.evolve(told, occurrences=tuple(self._shown(told)))
        return told if self.end is not None else attrs.evolve(told, occurrences=tuple(self._begun(told)))

    def _begun(self, told: Iterable[Occurrence]) -> Iterator[Occurrence]:
        """Those that can be done by now."""
        today = self.now.in_timezone(self.rules.rules.zone).date()
        for one in told:
            if one.state != "upcoming" and (one.opens_on is None or one.opens_on <= today):
                yield one

    def _due(self, duty: Duty) -> DutyCalendar:
        """The periods of a duty that are asked for."""
        reach = _reach(duty)
        start, end = self._start(duty), self.end
        found = duties_between(
            [duty],
            from_micros(micros(self.now) - reach, self.rules.rules.zone) if start is None else start,
            from_micros(micros(self.now) + reach, self.rules.rules.zone) if end is None else end,
            calendar=self.rules.rules.calendar,
            objects=self.objects,
            on_unknown=self.on_unknown,
        )
        return found if start is not None else attrs.evolve(found, occurrences=self._latest(found))

    def _start(self, duty: Duty) -> DateTime | None:
        """Since when a duty counts: as asked, since its edition is in force, or since its own beginning."""
        rules = self.rules.rules
        if self.start is not None or rules.effective_from is not None:
            return self.start or rules.effective_from
        return None if duty.starts_on is None else midnight(duty.starts_on, rules.zone)

    def _latest(self, found: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
        """For each object the last that was due by now, those after it, and any before that may take its event."""
        kept: dict[str | None, list[Occurrence]] = {}
        for one in found:
            row = kept.setdefault(one.object, [])
            if self._was_due(one):
                row[:] = (before for before in row if self._runs_into(before, one))
            row.append(one)
        return tuple(one for row in kept.values() for one in row)

    def _shown(self, told: Iterable[Occurrence]) -> Iterator[Occurrence]:
        """Without those before the last that was due by now, where nobody knows since when a duty counts."""
        last = {(one.duty.id, one.object): one.id for one in told if self._was_due(one)}
        for one in told:
            if not self._was_due(one) or one.id == last[one.duty.id, one.object] or self._start(one.duty):
                yield one

    def _was_due(self, one: Occurrence) -> bool:
        return one.expected_at is not None and micros(one.expected_at) < micros(self.now)

    def _runs_into(self, before: Occurrence, one: Occurrence) -> bool:
        """Whether a due date that moved leaves a period open in the next: what is done then counts for it first."""
        shown_by, due_at, opens = one.duty.fulfilled_by, before.expected_at, one.opens_on
        if shown_by is None or shown_by.counts_for != "own" or due_at is None or opens is None:
            return False
        return micros(due_at) >= micros(midnight(opens, self.rules.rules.zone))

    def _cases(self, asked: DutyCalendar) -> list[Case]:
        """The cases in which something happened since the first of these periods began, each once."""
        since, zone = dict[str | None, DateTime](), self.rules.rules.zone
        for one in asked:
            shown_by, opens, closes = one.duty.fulfilled_by, one.opens_on, one.closes_on
            if shown_by and opens and closes:  # an event that names its period may come before that begins
                first = midnight(opens - (closes - opens) if shown_by.period else opens, zone)
                since[shown_by.kind] = min(first, since.get(shown_by.kind, first), key=micros)
        found = {view.id for kind, at in since.items() for view in self.cases.find(kind=kind, since=at)}
        cases = (read(self.cases, number) for number in sorted(found))
        return [case for case in cases if isinstance(case, Case)]  # of another the worklist says why


def to_do(calendar: DutyCalendar, customer: str | None) -> list[WorklistItem]:
    """What of it is to be done, as items of the worklist in their order; last that of which nobody knows a date.

    Args:
        calendar: Duties with their states.
        customer: Only duties owed to this customer.
    """
    waiting = [one for one in (*calendar, *calendar.unplaced) if one.state in ("due", "overdue", "unknown")]
    items = [item_of(one) for one in waiting]
    return sorted((one for one in items if customer in (None, one.case.customer)), key=place_of_item)


def item_of(occurrence: Occurrence) -> WorklistItem:
    """A duty as an item of the worklist, which shows it as it shows a case."""
    duty, late = occurrence.duty, occurrence.state == "overdue"
    status = Status(
        status="open",
        cycle=0,
        first_due_at=occurrence.due_at,
        next_change_at=None if late else occurrence.due_at,
        overdue=(duty.id,) if late else (),
    )
    customer = occurrence.object if duty.per == "customer" else None
    view = CaseView(id=occurrence.id, kind=DUTY, customer=customer, version=0, status=status)
    return WorklistItem(case=view, status=status, finding=occurrence.finding, duty=occurrence)


def merged(cases: Iterable[WorklistItem], duties: Iterable[WorklistItem]) -> Iterator[WorklistItem]:
    """Both in one order: what breaks first in front."""
    return merge(cases, duties, key=place_of_item)


def place_of_duty(occurrence: Occurrence) -> Place:
    """Where a duty stands in the order of a calendar: by its due time, or what that probably is, then by its id."""
    at = occurrence.expected_at
    return math.inf if at is None else micros(at), occurrence.id


def bound(given: Bound, rules: Procedure) -> DateTime | None:
    """An end of a range as an instant: that of an instant, or of 00:00 of a date in the rulebook's zone.

    Raises:
        DutyError: It is neither.
    """
    if given is None or isinstance(given, datetime):
        return None if given is None else instant(given)
    if not isinstance(given, date):
        raise DutyError("duty-bound", got=repr(given))
    return midnight(given, rules.rules.zone)


def check_duties(given: object) -> None:
    """Refuses what says neither whether duties are in a list nor which.

    Raises:
        EntryError: It is neither a bool nor a calendar of duties with their states.
    """
    is_told = isinstance(given, DutyCalendar) and all(one.state for one in given)
    if not (isinstance(given, bool) or is_told):
        raise EntryError("entry-duties", got=repr(given))


def _reach(duty: Duty) -> Micros:
    """How far from now the period before, and the one that is open, can be due."""
    longest = max((one.amount * _DAYS[one.unit] for one in duty.frequencies), default=0)
    return (_MARGIN + 2 * longest) * DAY
