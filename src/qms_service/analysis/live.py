"""The live case of a row: what a figure of a frame is explained by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs
from pendulum import DateTime

from qms_service.analysis import reasons as why
from qms_service.analysis.event_rows import EventRows
from qms_service.analysis.facts import read_fact
from qms_service.analysis.moments import instant_of
from qms_service.analysis.plan import Columns, Plan
from qms_service.analysis.read import table_of
from qms_service.cases import Case, Subject
from qms_service.errors import ColumnError, EntryError, NotInForceError, unknown_name
from qms_service.events import Event
from qms_service.facts import FactType, as_row
from qms_service.instants import from_micros, is_missing, micros
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.rulebook import Rulebook

Row = Mapping[Any, object]
_SUBJECT: Final = "subject"
_FEW: Final = 5


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
        return _case(plan, _rows(row), _of_log(plan, plan.events))
    return _case(plan, [_row(row)], _of_row(plan, plan.events))


def _row(given: object) -> Row:
    """The cells of a row by their columns."""
    if isinstance(given, Mapping):
        return given
    if hasattr(given, "_asdict"):
        named: Row = given._asdict()
        return named
    if hasattr(given, "keys") and not hasattr(given, "columns"):
        return as_row(given)
    rows = _rows(given)
    if len(rows) != 1:
        raise ColumnError("frame-rows", got=len(rows))
    return rows[0]


def _rows(given: object) -> list[Row]:
    """The rows of a frame, each with its cells by their columns."""
    if isinstance(given, Sequence) and not isinstance(given, str):
        return [_row(one) for one in given]
    try:
        table = table_of(given)
    except ColumnError:
        raise ColumnError("frame-row", got=repr(given)) from None
    columns = {name: table[name].to_list() for name in table.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


@attrs.frozen
class Happened:
    """An event of a case, and the row that tells its facts."""

    name: str
    at: DateTime
    row: Row


Reader = Callable[[Row], Iterable[Happened]]


def _of_row(plan: Plan, columns: Columns) -> Reader:
    """The events of a row that is a case."""

    def read(row: Row) -> Iterator[Happened]:
        for event, column in columns.items():
            cell = _cell(row, column)
            if not is_missing(cell):
                yield Happened(event, _instant(plan, cell, column), row)

    return read


def _of_log(plan: Plan, named: EventRows) -> Reader:
    """The event of a row that is one."""

    def read(row: Row) -> Iterator[Happened]:
        spelling = _cell(row, named.name)
        event = "" if is_missing(spelling) else named.event(spelling)
        if event is None:
            return
        if event not in plan.event_names:
            raise ColumnError(
                "row-event-name", column=named.name, got=repr(spelling), allowed=plan.event_names
            )
        cell = _cell(row, named.at)
        if is_missing(cell):
            raise ColumnError("row-no-moment", event=event, column=named.at)
        yield Happened(event, _instant(plan, cell, named.at), row)

    return read


def _instant(plan: Plan, cell: object, column: str) -> DateTime:
    return from_micros(instant_of(cell, column, plan.zone), plan.editions.newest.rules.zone)


def _case(plan: Plan, rows: Sequence[Row], read: Reader) -> Case:
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
        plan.kind, number=_number(plan, rows), opened_at=opening.at, facts=facts.of_subject(rows)
    )
    return Case(subject=subject, pin=edition.pin, history=history)


def _number(plan: Plan, rows: Sequence[Row]) -> str:
    numbers = tuple(dict.fromkeys(str(cell) for row in rows if not is_missing(cell := _cell(row, plan.case))))
    if len(numbers) > 1:
        raise ColumnError("frame-cases", got=numbers[:_FEW])
    return numbers[0] if numbers else ""


def _cell(row: Row, column: object) -> object:
    if column not in row:
        raise unknown_name("column", column, [str(name) for name in row])
    return row[column]


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


@attrs.frozen
class FactsOf:
    """The facts of rows, typed as an edition declares them."""

    plan: Plan
    place: int

    def of(self, owner: str, row: Row) -> dict[str, object]:
        """The facts of an event, or of the subject, by their own names."""
        found: dict[str, object] = {}
        for path, column in self.plan.facts.items():
            event, _, name = path.partition(".")
            if event == owner and row and not is_missing(cell := _cell(row, column)):
                found[name] = read_fact(path, self._type(path), cell, self.plan.zone)
        return found

    def check_stranded(self, row: Row, happened: Collection[str]) -> None:
        """Refuses a fact of an event that has no moment: a case keeps a fact with its event."""
        for path, column in self.plan.facts.items():
            owner = path.partition(".")[0]
            if owner not in (_SUBJECT, *happened) and not is_missing(_cell(row, column)):
                self._type(path)
                raise EntryError("row-fact-without-event", fact=path, event=owner)

    def _type(self, path: str) -> FactType:
        types = self.plan.fact_types(self.place)
        if path not in types:
            edition = self.plan.editions.procedures[self.place].edition
            raise ColumnError("row-other-fact", edition=edition, fact=path, allowed=tuple(types))
        return types[path]

    def of_subject(self, rows: Sequence[Row]) -> dict[str, object]:
        """What the rows say of the subject, which must not differ."""
        found: dict[str, object] = {}
        for row in rows:
            for name, value in self.of(_SUBJECT, row).items():
                if found.setdefault(name, value) != value:
                    number = _number(self.plan, rows)
                    raise ColumnError("row-differs", case=number, fact=name, before=found[name], got=value)
        return found
