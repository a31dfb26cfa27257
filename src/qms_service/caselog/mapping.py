"""Mapping (列映射): which column of a case log holds what, and how its cells are written."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import attrs

from qms_service.sheets.moments import MomentReader

Layout = Literal["wide", "long"]
Names = tuple[tuple[str, str], ...]
MISSING = ("-", "?")


@attrs.frozen(kw_only=True)
class ZoneColumn:
    """The column that names the time zone of a row, and the spellings that stand for IANA names."""

    column: str
    names: Names = ()


@attrs.frozen(kw_only=True)
class EventColumns:
    """The columns of one event: when it happened and, where the log tells, who, when entered, a remark."""

    at: str
    recorded_at: str | None = None
    by: str | None = None
    department: str | None = None
    role: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class EventRows:
    """How a long log names the event of a row.

    Args:
        name: The column of the event's name.
        names: Spellings of the log, each with the event that it stands for.
        ignore: Names that are no events of the rulebook and are passed over.
        columns: The columns of the event itself.
    """

    name: str
    names: Names = ()
    ignore: tuple[str, ...] = ()
    columns: EventColumns


@attrs.frozen(kw_only=True)
class FactColumn:
    """The column of one fact.

    Args:
        fact: The fact's path: `analysed.established`, `subject.product`.
        column: The column of the log.
        values: Spellings of the log, each with the value that it stands for.
        unit: The unit of a quantity.
        currency: The currency of an amount of money.
        separator: What stands between the values of a list.
        at_most: The largest number that can be true; more is a slip of the pen.
    """

    fact: str
    column: str
    values: tuple[tuple[str, object], ...] = ()
    unit: str | None = None
    currency: str | None = None
    separator: str = ";"
    at_most: Decimal | None = None

    @property
    def owner(self) -> str:
        """The event that brings the fact, or `subject`."""
        return self.fact.partition(".")[0]

    @property
    def name(self) -> str:
        """The fact's own name."""
        return self.fact.partition(".")[2]

    @property
    def path(self) -> str:
        """Its place in the mapping file."""
        return self.fact if self.owner == "subject" else f"facts.{self.fact}"


@attrs.frozen(kw_only=True)
class LogMapping:
    """What a case log holds in which column.

    Args:
        kind: The kind of case, a section of the rulebook.
        layout: `"wide"`: a row is a case, an event a column. `"long"`: a row is an event of a case.
        encoding: The encoding of the file; a byte order mark in it is stronger.
        delimiter: The character between two cells.
        header_line: The line of the column names; lines above it are titles.
        timezone: The IANA zone of all rows, or the column that names it.
        moments: How cells state moments.
        missing: Marks that mean "not known", beside the empty cell.
        case: The column of the case's number.
        events: Of a wide log: each event with its columns, in the order in which they usually happen;
            of two events at one instant the one named first counts as the earlier.
        rows: Of a long log: the columns that tell the event of a row.
        facts: The columns of facts, of events and of the subject.
        departments: Further spellings of departments, each with the department's id.
    """

    kind: str
    layout: Layout = "wide"
    encoding: str = "utf-8"
    delimiter: str = ","
    header_line: int = 1
    timezone: str | ZoneColumn
    moments: MomentReader = attrs.field(factory=MomentReader)
    missing: tuple[str, ...] = MISSING
    case: str
    events: tuple[tuple[str, EventColumns], ...] = ()
    rows: EventRows | None = None
    facts: tuple[FactColumn, ...] = ()
    departments: Names = ()

    def columns(self) -> Iterator[tuple[str, str]]:
        """Every column that it names, with the key of the mapping file that names it."""
        yield "case", self.case
        if isinstance(self.timezone, ZoneColumn):
            yield "timezone.column", self.timezone.column
        for event, columns in self.events:
            yield from _named(f"events.{event}", columns)
        if self.rows is not None:
            yield "event.name", self.rows.name
            yield from _named("event", self.rows.columns)
        for fact in self.facts:
            yield fact.path, fact.column

    def fits(self, header: tuple[str, ...]) -> bool:
        """Whether a log with these columns has every column that it names."""
        return {column for _, column in self.columns()} <= set(header)

    def found_in(self, header: tuple[str, ...]) -> int:
        """How many of the columns that it names a log with these columns has."""
        return len({column for _, column in self.columns()} & set(header))


def _named(path: str, columns: EventColumns) -> Iterator[tuple[str, str]]:
    for name, column in attrs.asdict(columns).items():
        if column is not None:
            yield f"{path}.{name}", column
