"""The live case of a row: what a figure of a frame is explained by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pendulum import DateTime

from qms_service.analysis import reasons as why
from qms_service.analysis.event_rows import EventRows
from qms_service.analysis.facts import read_fact
from qms_service.analysis.moments import instant_of
from qms_service.analysis.plan import Plan
from qms_service.analysis.read import table_of
from qms_service.cases import Case, Subject
from qms_service.errors import ColumnError, EntryError, NotInForceError, unknown_name
from qms_service.events import Event
from qms_service.facts import as_row
from qms_service.instants import from_micros, is_missing, micros
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.rulebook import Rulebook

Row = Mapping[Any, object]


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
    return _of_row(plan, _row(row))


def _row(given: object) -> Row:
    """The cells of a row by their columns."""
    if isinstance(given, Mapping):
        return given
    if hasattr(given, "keys") and not hasattr(given, "columns"):
        return as_row(given)
    if hasattr(given, "_asdict"):
        named: Row = given._asdict()
        return named
    try:
        table = table_of(given)
    except ColumnError:
        raise ColumnError("frame-row", got=repr(given)) from None
    if len(table) != 1:
        raise ColumnError("frame-rows", got=len(table))
    return {name: table[name].to_list()[0] for name in table.columns}


def _of_row(plan: Plan, row: Row) -> Case:
    zone = plan.editions.newest.rules.zone
    named: Mapping[str, Any] = plan.events  # type: ignore[assignment]  # of a log
    happened = {
        event: from_micros(instant_of(cell, column, plan.zone), zone)
        for event, column in named.items()
        if not is_missing(cell := _cell(row, column))
    }
    opening = _opening(plan, happened)
    place = _edition(plan, opening)
    rules = plan.rules(place)
    edition = plan.editions.procedures[place].rules
    if rules is None:
        raise unknown_name("case-kind", plan.kind, edition.kinds)
    typed = _facts(plan, place, row)
    for event in happened:
        edition.event(rules, event)
    for path in typed:
        owner = path.partition(".")[0]
        if owner != "subject" and owner not in happened:
            raise EntryError("row-fact-without-event", fact=path, event=owner)
    history = tuple(
        Event(event, at, seq=seq, facts=_own(event, typed))
        for seq, (event, at) in enumerate(happened.items(), start=1)
    )
    number = _cell(row, plan.case)
    subject = Subject(
        plan.kind,
        number="" if is_missing(number) else str(number),
        opened_at=opening,
        facts=_own("subject", typed),
    )
    return Case(subject=subject, pin=edition.pin, history=history)


def _cell(row: Row, column: object) -> object:
    if column not in row:
        raise unknown_name("column", column, [str(name) for name in row])
    return row[column]


def _opening(plan: Plan, happened: Mapping[str, DateTime]) -> DateTime:
    """When the case opened: at its opening event where that is there, else at its earliest."""
    own = [at for event, at in happened.items() if event in plan.openings]
    opening = min(own or happened.values(), key=micros, default=None)
    if opening is None:
        raise EntryError(why.NO_EVENT)
    return opening


def _edition(plan: Plan, opening: DateTime) -> int:
    place = plan.editions.place_of(micros(opening))
    if place < 0:
        first = plan.editions.procedures[0].rules
        raise NotInForceError("not-in-force", rulebook=first.id, at=opening, first=first.effective_from)
    return place


def _facts(plan: Plan, place: int, row: Row) -> dict[str, object]:
    """The facts on record, typed."""
    types = plan.fact_types(place)
    edition = plan.editions.procedures[place].edition
    typed: dict[str, object] = {}
    for path, column in plan.facts.items():
        cell = _cell(row, column)
        if is_missing(cell):
            continue
        if path not in types:
            raise ColumnError("row-other-fact", edition=edition, fact=path, allowed=tuple(types))
        typed[path] = read_fact(path, types[path], cell, plan.zone)
    return typed


def _own(owner: str, typed: Mapping[str, object]) -> dict[str, object]:
    """The facts of an event, or of the subject, by their own names."""
    return {path.partition(".")[2]: value for path, value in typed.items() if path.partition(".")[0] == owner}
