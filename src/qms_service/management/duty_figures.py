"""Duties (定期义务) of a review: which periods of which duty were met, met late, or missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.cases import Case
from qms_service.clauses import ClauseRef
from qms_service.deadlines.duties import Duty, DutyCalendar, DutyState, Occurrence, fulfilment
from qms_service.errors import EntryError
from qms_service.instants import micros
from qms_service.labels import Label
from qms_service.management.brief import brief
from qms_service.management.period import Period
from qms_service.management.sight import Question
from qms_service.rulebooks import Rulebook

_BEFORE: Final = 1  # years: no due date moves farther


@attrs.frozen(kw_only=True)
class MissedPeriod:
    """A period of a duty that was done late, or is not done (逾期周期).

    Args:
        name: The period, such as `"2026-03"`; empty where it has none.
        object: Whom it was owed to, where it is owed to each.
        due_at: When it was due.
        done_at: When it was done; None where it is not.
    """

    name: str
    object: str | None
    due_at: DateTime | None
    done_at: DateTime | None


@attrs.frozen(kw_only=True)
class DutyFigures:
    """How a duty was kept (定期义务履行情况). A period belongs to the review in which it was due.

    Args:
        duty: The duty.
        label: Its name for people.
        owner: The department that owes it; None where none is named.
        clause: The clause that it rests on.
        states: The states of its periods at the moment of the review, each with its number; those whose due
            date nobody can say are `unknown`.
        late: The periods that were done late, or are not done, in their order.
        provisional: How many due dates rest on the weekly pattern beyond what the calendar knows.
    """

    duty: str
    label: Label
    owner: Label | None = None
    clause: ClauseRef | None = None
    states: tuple[tuple[DutyState, int], ...] = ()
    late: tuple[MissedPeriod, ...] = ()
    provisional: int = 0

    def __getitem__(self, state: DutyState | str) -> int:
        return dict(self.states).get(DutyState(state), 0)

    @property
    def decided(self) -> int:
        """How many periods are decided: met, met late, or overdue."""
        return sum(self[state] for state in (DutyState.MET, DutyState.MET_LATE, DutyState.OVERDUE))


def read_duties(given: object, question: Question) -> DutyCalendar:
    """The periods of duties, looked at or not; those of the newest edition where none are given.

    Raises:
        EntryError: Something else stands there.
    """
    if given is None:
        return _of_rulebook(question)
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise EntryError("review-duties", got=brief(given))
    calendar = given if isinstance(given, DutyCalendar) else DutyCalendar(occurrences=tuple(given))
    for one in calendar:
        if not isinstance(one, Occurrence):
            raise EntryError("review-duties", got=brief(one))
    return calendar


def _of_rulebook(question: Question) -> DutyCalendar:
    """The duties of the newest edition: those of the period, and those before that may take an event of it.

    A due date that moved into the next period leaves its own open until then: what is done in between counts for
    it, and not for the next. The oldest that is open is the first of the period: nobody knows of one before.
    Before the first edition was in force nothing was due.
    """
    period, editions = question.period, question.book.editions
    start, since = period.start.subtract(years=_BEFORE), editions[0].rules.effective_from
    if since is not None:
        start = min(max(start, since), period.end)
    found = editions[-1].duties_between(start, period.end, on_unknown=question.on_unknown)
    kept = (one for one in found if _is_of(one, period) or _counts_own(one.duty))
    return attrs.evolve(found, occurrences=tuple(kept))


def _is_of(one: Occurrence, period: Period) -> bool:
    """Whether it was due in the period; what has no date stands in every period."""
    return one.expected_at is None or period.has(micros(one.expected_at))


def _counts_own(duty: Duty) -> bool:
    return duty.fulfilled_by is not None and duty.fulfilled_by.counts_for == "own"


def events_shown_by(calendar: DutyCalendar) -> frozenset[str]:
    """The events that show one of the duties done; none where all have been looked at already."""
    waiting = (one.duty.fulfilled_by for one in calendar if one.state is None)
    return frozenset(shown.event for shown in waiting if shown)


def duties_of(calendar: DutyCalendar, cases: Iterable[Case], question: Question) -> tuple[DutyFigures, ...]:
    """How each duty was kept, in the order in which the duties were given.

    Args:
        calendar: The periods of duties.
        cases: The cases whose events may show one done, for periods that nobody has looked at.
        question: What the review asks.
    """
    if any(one.state is None for one in calendar):
        witnesses = sorted(cases, key=_number)
        calendar = fulfilment(calendar, witnesses, now=question.now)
    by_duty: dict[str, list[Occurrence]] = {}
    for one in (*calendar, *calendar.unplaced):
        if _is_of(one, question.period):
            by_duty.setdefault(one.duty.id, []).append(one)
    return tuple(_figures(mine, question.book) for mine in by_duty.values())


def _number(case: Case) -> tuple[str, str]:
    return case.kind, case.id


def _figures(mine: list[Occurrence], book: Rulebook) -> DutyFigures:
    duty = mine[0].duty
    owner = book.editions[-1].rules.departments.get(duty.by or "")
    states = Counter(one.state for one in mine)
    late = sorted((one for one in mine if one.state in (DutyState.MET_LATE, DutyState.OVERDUE)), key=_place)
    return DutyFigures(
        duty=duty.id,
        label=duty.label or Label({"en": duty.id}),
        owner=owner.label if owner else Label({"en": duty.by}) if duty.by else None,
        clause=duty.clause,
        states=tuple((state, states[state]) for state in DutyState if states[state]),
        late=tuple(
            MissedPeriod(
                name=one.period.name if one.period else "",
                object=one.object,
                due_at=one.due_at,
                done_at=one.done_at,
            )
            for one in late
        ),
        provisional=sum(one.provisional_until is not None for one in mine),
    )


def _place(one: Occurrence) -> tuple[int, str]:
    return micros(one.expected_at) if one.expected_at else 0, one.object or ""
