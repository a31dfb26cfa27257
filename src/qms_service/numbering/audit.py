"""Audit (编号审查): what a column of numbers shows: given twice, missing, out of order, malformed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import attrs

from qms_service.errors import NumberError
from qms_service.facts import Facts
from qms_service.numbering.audit_items import (
    DuplicateNumber,
    MalformedNumber,
    NumberDisorder,
    NumberHole,
    VoidedNumber,
)
from qms_service.numbering.column import Column, Row, read_column
from qms_service.numbering.dates import shown
from qms_service.numbering.ledger import LedgerEntry
from qms_service.numbering.series import NumberSeries
from qms_service.numbering.shows import NEEDED, told_by
from qms_service.numbering.slot import Slot

Counter = tuple[str, Facts]
Known = dict[Counter, dict[int, LedgerEntry]]
_ONE_BY_ONE: Final = 100  # a longer run of missing serials is told as one


@attrs.frozen(kw_only=True)
class NumberAudit:
    """What a column of numbers shows (编号审查).

    Args:
        count: How many rows it has.
        duplicates: Serials that their counter gave before.
        holes: Serials between 1 and the highest that the column or the ledger has, which the column does not
            have; a run of more than a hundred of which nothing is known is one hole.
        disorder: Numbers behind a higher one of their counter, or beside a date that they do not show.
        voided: Numbers that have a document, though the ledger says that they are void.
        malformed: Cells that hold no number of the series.
    """

    count: int
    duplicates: tuple[DuplicateNumber, ...] = ()
    holes: tuple[NumberHole, ...] = ()
    disorder: tuple[NumberDisorder, ...] = ()
    voided: tuple[VoidedNumber, ...] = ()
    malformed: tuple[MalformedNumber, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether each row has its number, in order, and each hole its reason."""
        found = (*self.duplicates, *self.disorder, *self.voided, *self.malformed)
        return not found and all(hole.explained for hole in self.holes)


def audit_numbers(
    series: NumberSeries,
    numbers: Iterable[object],
    *,
    ledger: Iterable[LedgerEntry] = (),
    dates: Iterable[object] | None = None,
) -> NumberAudit:
    """Audits a column of numbers: a list, a column of a frame, whatever can be gone through.

    Args:
        series: The series that they should belong to.
        numbers: The numbers, in the order in which they were given; a missing one is noted.
        ledger: The ledger's entries, oldest first, which say what became of a number without a document: those
            of the periods that the column covers.
        dates: The date or aware instant of each number's document; None where it is not known.

    Raises:
        NumberError: It is no column, or there are more or fewer dates than numbers.

    >>> series = NumberSeries(id="claim", pattern="MRKT-{YYYY}{MM}{seq:02}", reset="month", timezone="UTC",
    ...                       accepts=["MARKT-{YYYY}{MM}{seq:02}"])
    >>> found = audit_numbers(series, ["MRKT-20110501", "MRKT-20110503", "MARKT-20110503", "MRKT-2011054", None])
    >>> print(*found.duplicates, *found.holes, sep="; ")
    Row 2: MARKT-20110503 stands on row 1 too.; MRKT-20110502 is missing, and nothing says why.
    >>> [item.row for item in found.malformed], found.ok
    ([3, 4], False)
    """
    return audit_column(series, read_column(series, numbers, dates), ledger)


def audit_column(series: NumberSeries, column: Column, ledger: Iterable[LedgerEntry]) -> NumberAudit:
    """What a column shows that was read already."""
    counters: dict[Counter, dict[int, Row]] = {}
    highest: dict[Counter, Row] = {}
    duplicates, disorder = list[DuplicateNumber](), list[NumberDisorder]()
    for row in column.rows:
        counter = (row.parts.period, row.parts.scope)
        given = counters.setdefault(counter, {})
        first = given.setdefault(row.parts.seq, row)
        higher = highest.get(counter, row)
        if first is not row:
            duplicates.append(_duplicate(row, first))
        elif higher.parts.seq > row.parts.seq:
            disorder.append(_disorder(row, higher=higher.text))
        else:
            highest[counter] = row
        if row.on is not None and not _shows(series, row, row.on):
            disorder.append(_disorder(row, on=row.on))
    known = _known(series, ledger)
    return NumberAudit(
        count=column.count,
        duplicates=tuple(duplicates),
        holes=tuple(_holes(series, counters, known)),
        disorder=tuple(disorder),
        voided=tuple(_voided(column, known)),
        malformed=column.malformed,
    )


def _duplicate(row: Row, first: Row) -> DuplicateNumber:
    return DuplicateNumber(
        row=row.row,
        number=row.text,
        first_row=first.row,
        first_number=first.text,
        period=row.parts.period,
        scope=row.parts.scope,
        seq=row.parts.seq,
        same=row.parts.number == first.parts.number,
    )


def _disorder(row: Row, *, higher: str | None = None, on: date | None = None) -> NumberDisorder:
    parts = row.parts
    return NumberDisorder(
        row=row.row,
        number=row.text,
        period=parts.period,
        scope=parts.scope,
        seq=parts.seq,
        higher=higher,
        on=on,
    )


def _shows(series: NumberSeries, row: Row, on: date) -> bool:
    """Whether a number shows this date."""
    return shown(on, row.parts.shown, series.fiscal_year_start) == tuple(row.parts.shown.items())


def _known(series: NumberSeries, ledger: Iterable[LedgerEntry]) -> Known:
    """The last that the ledger says of each serial."""
    known: Known = {}
    for entry in ledger:
        if entry.series == series.id:
            known.setdefault((entry.period, entry.scope), {})[entry.seq] = entry
    return known


def _voided(column: Column, known: Known) -> Iterator[VoidedNumber]:
    for row in column.rows:
        parts = row.parts
        entry = known.get((parts.period, parts.scope), {}).get(parts.seq)
        if entry is not None and entry.state == "void":
            yield VoidedNumber(
                row=row.row,
                number=row.text,
                period=parts.period,
                scope=parts.scope,
                seq=parts.seq,
                reason=entry.reason,
            )


def _holes(
    series: NumberSeries, counters: dict[Counter, dict[int, Row]], known: Known
) -> Iterator[NumberHole]:
    for counter in sorted({*counters, *known}, key=lambda one: (one[0], sorted(one[1].items(), key=str))):
        rows, entries = counters.get(counter, {}), known.get(counter, {})
        slot = _slot(series, [row.text for row in rows.values()] or [one.number for one in entries.values()])
        yield from _holes_of(counter, slot, rows, entries)


def _slot(series: NumberSeries, numbers: list[str]) -> Slot | None:
    """The counter of some numbers as it reads; None where a number shows more than its period.

    None too where the ledger has numbers of an older pattern alone.
    """
    if not told_by(NEEDED[series.reset], series.fiscal_year_start).issuperset(series.tokens):
        return None
    try:
        parts = series.parse(numbers[0])
    except NumberError:
        return None
    return series.slot(parts.on, parts.scope)  # type: ignore[arg-type]  # a scope's values are texts


def _holes_of(
    counter: Counter, slot: Slot | None, rows: dict[int, Row], entries: dict[int, LedgerEntry]
) -> Iterator[NumberHole]:
    """The holes of one counter, lowest first."""
    before = 0
    for seq in sorted({*rows, *entries}):
        for first, last in _runs(before + 1, seq - 1):
            number = slot.number(first) if slot and first == last else None
            yield NumberHole(period=counter[0], scope=counter[1], seq=first, last=last, number=number)
        if seq not in rows:
            yield _told(entries[seq])
        before = seq


def _runs(first: int, last: int) -> Iterator[tuple[int, int]]:
    if last - first < _ONE_BY_ONE:
        yield from ((seq, seq) for seq in range(first, last + 1))
    else:
        yield first, last


def _told(entry: LedgerEntry) -> NumberHole:
    return NumberHole(
        period=entry.period,
        scope=entry.scope,
        seq=entry.seq,
        last=entry.seq,
        number=entry.number,
        state=entry.state,
        reason=entry.reason,
        expires_at=entry.expires_at if entry.state == "reserved" else None,
    )
