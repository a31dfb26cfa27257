"""Audit of a frame (整表编号审查): what was given twice, what is missing, what is out of order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar

import attrs
import narwhals as nw
import numpy as np

from qms_service.analysis.building.few import Few, each, frame_like
from qms_service.analysis.document_dates import Dates
from qms_service.analysis.read import Column, column_of, table_of, type_of
from qms_service.deadlines.batch.kinds import Indexes
from qms_service.errors import ColumnError
from qms_service.facts import Facts
from qms_service.numbering import LedgerEntry, NumberAudit, NumberSeries
from qms_service.numbering.audit import audit_column
from qms_service.numbering.audit_items import AuditItem
from qms_service.numbering.batch import NumberColumns
from qms_service.numbering.column import read_column

FrameT = TypeVar("FrameT")
_TEXTS: Final = (nw.String, nw.Categorical, nw.Enum, nw.Object)


def audit_frame(
    frame: FrameT,
    series: NumberSeries,
    *,
    number: str,
    date: str | None = None,
    case: str | None = None,
    ledger: Iterable[LedgerEntry] = (),
    timezone: str | None = None,
    lang: str = "en",
) -> FrameT:
    """What `audit_numbers` finds in the numbers of a frame, a row for each find.

    Args:
        frame: A frame of pandas, polars (eager) or pyarrow, its rows in the order in which the numbers were given; the
            same kind comes back.
        series: The series that the numbers should belong to.
        number: The column of the numbers.
        date: The column of the dates or instants of their documents.
        case: A column whose value stands beside each find.
        ledger: The ledger's entries, oldest first.
        timezone: The IANA zone of instants that have none.
        lang: The language of the texts.

    Returns:
        Duplicates, holes, disorder, numbers that are void, cells that are no number, in this order: `finding` (its code),
        `row` (the place of the row, from 0; none for a hole), `case` where it is asked for, `number`, `first_row` of a
        duplicate, the counter's `period` and `scope`, `seq`, `last` of a run of holes, and `text`.

    Raises:
        UnknownNameError: The frame has no such column.
        ColumnError: The frame is none, the numbers are no texts, or the dates none.
        NaiveInstantError: The instants have no zone, and none is given.

    >>> import pandas, qms_service as qms
    >>> series = qms.NumberSeries(id="claim", pattern="MRKT-{YYYY}{MM}{seq:02}", reset="month", timezone="UTC")
    >>> claims = pandas.DataFrame({"no": ["MRKT-20110501", "MRKT-20110503", "MRKT-20110503", "?"]})
    >>> found = qms.analysis.audit_frame(claims, series, number="no")
    >>> found.finding.tolist(), found.row.tolist()
    (['duplicate', 'hole', 'malformed'], [2, <NA>, 3])
    >>> print(found.text[1])
    MRKT-20110502 is missing, and nothing says why.

    Limits: counters of which nothing is to be told are passed over in arrays, the others are gone through row by row.
    """
    table = table_of(frame)
    numbers = _numbers(column_of(table, number), number)
    dates = None if date is None else Dates.of(column_of(table, date), date, series, timezone)
    found = series.parse_many(numbers)
    entries = tuple(ledger)
    rows = _suspects(series, found, dates, entries)
    audit = _audited(series, numbers, dates, rows, entries)
    cells = column_of(table, case) if case is not None else None
    made: FrameT = frame_like(table, _columns(audit, cells, lang), same_rows=False)
    return made


def _numbers(column: Column, name: str) -> list[object]:
    if not isinstance(type_of(column), _TEXTS) and column.null_count() < len(column):
        raise ColumnError("audit-frame-numbers", name=name, got=str(column.dtype))
    return list(column.to_list())


def _suspects(
    series: NumberSeries, found: NumberColumns, dates: Dates | None, ledger: Sequence[LedgerEntry]
) -> Indexes:
    """Rows that are no number, and those of every counter of which anything is to be told."""
    told = {(entry.period, entry.scope) for entry in ledger if entry.series == series.id}
    counters = _counters(found)
    suspect = np.array(
        [(period, scope) in told for period in (*found.periods, "") for scope in (*found.scopes, Facts())],
        np.bool_,
    )
    suspect[counters[_out_of_line(found, counters)]] = True
    if dates is not None:
        suspect[counters[dates.beside(found) | dates.odd]] = True
    return np.flatnonzero((found.reason >= 0) | suspect[counters])


def _counters(found: NumberColumns) -> Indexes:
    """For each row the place of its counter; that of the last for what is no number."""
    each_period = len(found.scopes) + 1
    places = found.period.astype(np.intp) * each_period + found.scope
    return np.where(found.reason >= 0, (len(found.periods) + 1) * each_period - 1, places)


def _out_of_line(found: NumberColumns, counters: Indexes) -> Indexes:
    """Rows whose serial does not follow the one before it in its counter, or that do not begin it with 1."""
    order = np.argsort(counters, kind="stable")
    own, seq = counters[order], found.seq[order]
    before = np.where(np.append([-1], own[:-1]) == own, np.append([0], seq[:-1]), 0)
    rows: Indexes = order[(seq != before + 1) & (found.reason[order] < 0)]
    return rows


def _audited(
    series: NumberSeries,
    numbers: list[object],
    dates: Dates | None,
    rows: Indexes,
    ledger: Sequence[LedgerEntry],
) -> NumberAudit:
    """The audit of some rows, each with its place in the whole column."""
    places = rows.tolist()
    read = read_column(
        series,
        [numbers[place] for place in places],
        None if dates is None else [dates.value(place) for place in places],
    )
    column = attrs.evolve(
        read,
        count=len(numbers),
        rows=tuple(attrs.evolve(row, row=places[row.row]) for row in read.rows),
        malformed=tuple(attrs.evolve(item, row=places[item.row]) for item in read.malformed),
    )
    return audit_column(series, column, ledger)


def _columns(audit: NumberAudit, cells: Column | None, lang: str) -> dict[str, Few]:
    items: list[AuditItem] = [
        *audit.duplicates, *audit.holes, *audit.disorder, *audit.voided, *audit.malformed,
    ]  # fmt: skip

    def told(name: str) -> list[Any]:
        return [getattr(item, name, None) for item in items]

    codes = [item.code for item in items]
    known = [*dict.fromkeys(codes)]
    columns = {"finding": Few("code", known, np.array([known.index(code) for code in codes], np.uint32))}
    columns["row"] = each("int", told("row"))
    if cells is not None:
        columns["case"] = each("any", [None if row is None else cells[row] for row in told("row")])
    columns["number"] = each(
        "text", [getattr(item, "got", None) or getattr(item, "number", None) for item in items]
    )
    columns["first_row"] = each("int", told("first_row"))
    columns["period"] = each("text", told("period"))
    columns["scope"] = each("text", [_listed(scope) for scope in told("scope")])
    columns["seq"], columns["last"] = each("int", told("seq")), each("int", told("last"))
    columns["text"] = each("text", [item.text(lang) for item in items])
    return columns


def _listed(scope: Facts | None) -> str | None:
    return ", ".join(f"{name}={value}" for name, value in scope.items()) if scope else None
