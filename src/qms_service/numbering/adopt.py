"""Adoption (旧编号接管): what a store takes over of numbers given elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import attrs

from qms_service.facts import Facts
from qms_service.numbering.audit import NumberAudit, audit_column
from qms_service.numbering.column import read_column
from qms_service.numbering.ledger import LedgerEntry
from qms_service.numbering.series import NumberSeries


@attrs.frozen(kw_only=True)
class Adoption:
    """What a store takes over (旧编号接管).

    Args:
        entries: An entry of state `"adopted"` for each serial of each counter, in the order of the column; of
            two numbers with the same serial, the first. Numbers keep the spelling that they have on paper.
        audit: What the column shows.
    """

    entries: tuple[LedgerEntry, ...]
    audit: NumberAudit

    @property
    def highest(self) -> Mapping[tuple[str, Facts], int]:
        """The highest serial of each counter, by its period and scope: a counter goes on behind it, never below."""
        found: dict[tuple[str, Facts], int] = {}
        for entry in self.entries:
            counter = (entry.period, entry.scope)
            found[counter] = max(found.get(counter, 0), entry.seq)
        return found


def adoption(
    series: NumberSeries, numbers: Iterable[object], *, at: datetime, ledger: Iterable[LedgerEntry] = ()
) -> Adoption:
    """What to take over of a column of numbers; nothing is written here.

    Args:
        series: The series that goes on from them.
        numbers: The numbers as they were given; what is malformed is told by the audit and not taken.
        at: The moment of the adoption.
        ledger: What the ledger has of the series already; its serials are not taken again.

    Raises:
        NaiveInstantError: `at` has no zone.
        NumberError: It is no column.

    >>> import pendulum
    >>> series = NumberSeries(id="claim", pattern="MRKT-{YYYY}{MM}{seq:02}", reset="month", timezone="UTC")
    >>> taken = adoption(series, ["MRKT-20110507", "MRKT-20110502", "?"], at=pendulum.datetime(2026, 3, 2))
    >>> [entry.number for entry in taken.entries], len(taken.audit.malformed)
    (['MRKT-20110507', 'MRKT-20110502'], 1)
    >>> for (period, scope), highest in taken.highest.items():
    ...     print(period, highest)
    2011-05 7
    """
    column, known = read_column(series, numbers), tuple(ledger)
    taken = {(one.period, one.scope, one.seq) for one in known if one.series == series.id}
    entries = []
    for row in column.rows:
        parts = row.parts
        if (place := (parts.period, parts.scope, parts.seq)) not in taken:
            taken.add(place)
            entries.append(
                LedgerEntry(
                    series=series.id,
                    period=parts.period,
                    scope=parts.scope,
                    seq=parts.seq,
                    number=row.text,
                    state="adopted",
                    at=at,
                )
            )
    return Adoption(entries=tuple(entries), audit=audit_column(series, column, known))
