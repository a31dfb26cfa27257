"""A clock over columns of instants: somebody's own table, without a rulebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from qms_service.deadlines.asked import is_provisional
from qms_service.deadlines.batch.columns import DeadlineColumns
from qms_service.deadlines.batch.fact_sets import FactSets, fact_sets
from qms_service.deadlines.batch.over import deadlines_over
from qms_service.deadlines.batch.own_columns import own_columns
from qms_service.deadlines.batch.rows import WideRows
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.deadline import Deadline
from qms_service.deadlines.mapping import deadline_over
from qms_service.deadlines.row_facts import facts_compared, facts_of_row
from qms_service.errors import ClockError, QmsError
from qms_service.facts import as_row
from qms_service.worktime import Term, Urgency, WorkCalendar
from qms_service.worktime.term import OnUnknown


def deadline_many(
    clock: Clock,
    events: object,
    *,
    now: datetime,
    calendar: WorkCalendar | None,
    pauses: object,
    facts: object,
    on_unknown: OnUnknown,
) -> DeadlineColumns:
    """`Clock.deadline_many`."""
    provisional = is_provisional(clock, on_unknown)
    if calendar is not None and not isinstance(calendar, WorkCalendar):
        raise ClockError("clock-calendar", clock=clock.id, got=repr(calendar))
    columns = own_columns(clock, events, pauses)
    given = _fact_sets(clock, as_row(facts), columns.size)

    def ask(row: int) -> Sequence[Deadline]:
        deadline = deadline_over(
            clock, columns.events_of(row), now=now, calendar=calendar, pauses=columns.pauses_of(row),
            facts=given.sets[given.of[row]], agreed=None, on_unknown=on_unknown,
        )  # fmt: skip
        return (deadline,)

    rows = WideRows(events=columns.events, pauses=columns.pauses, facts=_known(clock, given), of=given.of)
    edition = clock.clause.edition if clock.clause else ""
    return deadlines_over(
        [clock], rows, now=now, calendar=calendar, provisional=provisional, edition=edition, ask=ask
    )[0]


def _fact_sets(clock: Clock, given: Mapping[str, object], size: int) -> FactSets:
    """The sets of facts; what the clock does not read is there by its name alone, unless a choice might read it."""
    chosen = not isinstance(clock.within, Term | Urgency)
    read = {path for path in given if chosen or path in facts_compared(clock)}
    found = fact_sets({path: column for path, column in given.items() if path in read}, size)
    return FactSets([{**dict.fromkeys(given), **one} for one in found.sets], found.of)


def _known(clock: Clock, given: FactSets) -> list[Mapping[str, object]]:
    """The sets as the clock reads them; the first row that it refuses is told."""
    known: list[Mapping[str, object]] = []
    refused: dict[int, QmsError] = {}
    for number, one in enumerate(given.sets):
        try:
            known.append(facts_of_row(clock, one))
        except QmsError as error:
            refused[given.first_row(number)] = error
    if refused:
        row = min(refused)
        raise _in_row(refused[row], row) from refused[row]
    return known


def _in_row(error: QmsError, row: int) -> QmsError:
    return type(error)(error.code, **{**error.operands, "row": row})
