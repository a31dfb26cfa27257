"""Live case (活个案) of a row: what a figure of a frame is explained by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pendulum import DateTime

from qms_service.analysis import reasons as why
from qms_service.analysis.event_rows import EventRows
from qms_service.analysis.live_rows import (
    EventsOf,
    FactsOf,
    Happened,
    Row,
    number_of,
    of_log,
    of_row,
    row_of,
    rows_of,
)
from qms_service.analysis.plan import Plan
from qms_service.cases import Case, Subject
from qms_service.errors import EntryError, NotInForceError, unknown_name
from qms_service.events import Event
from qms_service.instants import micros
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.rulebook import Rulebook


def case_of(
    row: object,
    book: Rulebook | Procedure,
    *,
    case: str,
    events: Mapping[str, str] | EventRows,
    facts: Mapping[str, str] | None = None,
    timezone: str | None = None,
    kind: str | None = None,
) -> Case:
    """The live case of one row of a frame, by which any of its figures can be explained.

    The arguments are those of `deadlines_frame`.

    Args:
        row: The row: a mapping, a row of pandas, a frame with one row; of a log a frame with the rows of one case.
        book: The rulebook, or the edition.
        case: The column of the case's number.
        events: For each event its column, or `EventRows`.
        facts: For each fact its column.
        timezone: The IANA zone of instants that have none.
        kind: The kind of case.

    Returns:
        The case as `proc.deadlines` and the others read it. What the frame has no column for is not on record.

    Raises:
        ColumnError: A moment cannot be read.
        FactValueError: A fact is not of its declared type.
        UnknownNameError: The row has no such column, or its edition no such event or fact.
        NotInForceError: No edition was in force when it opened.

    >>> import pandas, pendulum, qms_service as qms
    >>> frame = pandas.DataFrame({"no": ["C-1"], "sent": pandas.to_datetime(["2026-03-02 09:00"])})
    >>> rules = qms.load_rulebook("pcb-maker").editions[-1]
    >>> case = qms.analysis.case_of(
    ...     frame.iloc[0], rules, case="no", events={"forwarded": "sent"}, timezone="Asia/Shanghai"
    ... )
    >>> now = pendulum.datetime(2026, 3, 2, 10, tz="Asia/Shanghai")
    >>> print(rules.deadline(case, "initial-analysis", now=now))
    Initial analysis: running, due 2026-03-02 21:00 +08:00 (12 h) [pcb-maker 4.2.4.2]
    """
    plan = Plan.of(book, case=case, events=events, facts=facts, timezone=timezone, kind=kind)
    if isinstance(plan.events, EventRows):
        return _case(plan, rows_of(row), of_log(plan, plan.events))
    return _case(plan, [row_of(row)], of_row(plan, plan.events))


def _case(plan: Plan, rows: Sequence[Row], read: EventsOf) -> Case:
    happened = [event for row in rows for event in read(row)]
    opening = _opening(plan, happened)
    place = _edition(plan, opening.at)
    edition, rules = plan.editions.procedures[place].rules, plan.rules(place)
    if rules is None:
        raise unknown_name("case-kind", plan.kind, edition.kinds)
    if isinstance(plan.events, EventRows):
        happened.sort(key=lambda event: micros(event.at))
        if all(event.name != rules.opening for event in happened):
            happened.insert(0, Happened(rules.opening, opening.at, {}))
    facts = FactsOf(plan, place)
    if isinstance(plan.events, Mapping):
        facts.check_stranded(rows[0], {one.name for one in happened})
    history = tuple(
        Event(edition.event(rules, one.name).name, one.at, seq=seq, facts=facts.of(one.name, one.row))
        for seq, one in enumerate(happened, start=1)
    )
    subject = Subject(
        plan.kind, number=number_of(plan, rows), opened_at=opening.at, facts=facts.of_subject(rows)
    )
    return Case(subject=subject, pin=edition.pin, history=history)


def _opening(plan: Plan, happened: Sequence[Happened]) -> Happened:
    """What opened the case: its opening event where that is there, else the earliest."""
    own = [event for event in happened if event.name in plan.openings]
    opening = min(own or happened, key=lambda event: micros(event.at), default=None)
    if opening is None:
        raise EntryError(why.NO_EVENT)
    return opening


def _edition(plan: Plan, opening: DateTime) -> int:
    place = plan.editions.place_of(micros(opening))
    if place < 0:
        first = plan.editions.procedures[0].rules
        raise NotInForceError("not-in-force", rulebook=first.id, at=opening, first=first.effective_from)
    return place
