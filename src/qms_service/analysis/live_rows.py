"""The rows of one case as they are handed in, the events that they tell, and the facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs
from pendulum import DateTime

from qms_service.analysis import reasons as why
from qms_service.analysis.event_rows import EventRows
from qms_service.analysis.facts import read_fact
from qms_service.analysis.log_rows import SUBJECT
from qms_service.analysis.moments import instant_of
from qms_service.analysis.plan import Columns, Plan
from qms_service.analysis.read import Column, raw_column, table_of
from qms_service.errors import ColumnError, EntryError, unknown_name
from qms_service.facts import FactType, as_row
from qms_service.instants import from_micros, is_missing

Row = Mapping[Any, object]
_FEW: Final = 5


def row_of(given: object) -> Row:
    """The cells of a row by their columns."""
    if isinstance(given, Mapping):
        return given
    if hasattr(given, "_asdict"):
        named: Row = given._asdict()
        return named
    if hasattr(given, "keys") and not hasattr(given, "columns"):
        return as_row(given)
    rows = rows_of(given)
    if len(rows) != 1:
        raise ColumnError("frame-rows", got=len(rows))
    return rows[0]


def rows_of(given: object) -> list[Row]:
    """The rows of a frame, each with its cells by their columns."""
    if isinstance(given, Sequence) and not isinstance(given, str):
        return [row_of(one) for one in given]
    try:
        table = table_of(given)
    except ColumnError:
        raise ColumnError("frame-row", got=repr(given)) from None
    columns = {name: _cells(raw_column(table, name)) for name in table.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _cells(column: Column) -> list[object]:
    try:
        return column.to_list()
    except (ValueError, OverflowError) as error:  # an instant beyond the years of Python
        raise ColumnError(why.YEARS, column=column.name, got=f"({error})") from error


@attrs.frozen
class Happened:
    """An event of a case, and the row that tells its facts."""

    name: str
    at: DateTime
    row: Row


EventsOf = Callable[[Row], Iterable[Happened]]


def of_row(plan: Plan, columns: Columns) -> EventsOf:
    """The events of a row that is a case."""

    def read(row: Row) -> Iterator[Happened]:
        for event, column in columns.items():
            cell = cell_of(row, column)
            if not is_missing(cell):
                yield Happened(event, _instant(plan, cell, column), row)

    return read


def of_log(plan: Plan, named: EventRows) -> EventsOf:
    """The event of a row that is one."""

    def read(row: Row) -> Iterator[Happened]:
        spelling = cell_of(row, named.name)
        event = "" if is_missing(spelling) else named.event(spelling)
        if event is None:
            return
        if event not in plan.event_names:
            raise ColumnError(
                "row-event-name", column=named.name, got=repr(spelling), allowed=plan.event_names
            )
        cell = cell_of(row, named.at)
        if is_missing(cell):
            raise ColumnError("row-no-moment", event=event, column=named.at)
        yield Happened(event, _instant(plan, cell, named.at), row)

    return read


def _instant(plan: Plan, cell: object, column: str) -> DateTime:
    return from_micros(instant_of(cell, column, plan.zone), plan.editions.newest.rules.zone)


def cell_of(row: Row, column: object) -> object:
    """The cell of a column.

    Raises:
        UnknownNameError: The row has no such column.
    """
    if column not in row:
        raise unknown_name("column", column, [str(name) for name in row])
    return row[column]


def number_of(plan: Plan, rows: Sequence[Row]) -> str:
    """The number of the case that the rows are of; empty where none has one.

    Raises:
        ColumnError: They are of several.
    """
    numbers = tuple(
        dict.fromkeys(str(cell) for row in rows if not is_missing(cell := cell_of(row, plan.case)))
    )
    if len(numbers) > 1:
        raise ColumnError("frame-cases", got=numbers[:_FEW])
    return numbers[0] if numbers else ""


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
            if event == owner and row and not is_missing(cell := cell_of(row, column)):
                found[name] = read_fact(path, self._type(path), cell, self.plan.zone)
        return found

    def check_stranded(self, row: Row, happened: Collection[str]) -> None:
        """Refuses a fact of an event that has no moment: a case keeps a fact with its event."""
        for path, column in self.plan.facts.items():
            owner = path.partition(".")[0]
            if owner not in (SUBJECT, *happened) and not is_missing(cell_of(row, column)):
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
            for name, value in self.of(SUBJECT, row).items():
                if found.setdefault(name, value) != value:
                    number = number_of(self.plan, rows)
                    raise ColumnError("row-differs", case=number, fact=name, before=found[name], got=value)
        return found
