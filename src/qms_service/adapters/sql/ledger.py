"""The ledger of numbers over SQL (编号台账): rows are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, Final

from qms_service.adapters.sql.dialect import Run, Value
from qms_service.facts import NO_FACTS, Facts
from qms_service.instants import from_micros, micros, zone
from qms_service.numbering import LedgerEntry, NumberSeries

PAGE: Final = 500
_COLUMNS: Final = "id, series, scope, period, seq, number, state, at_us, key, reason, expires_us"
_READ: Final = f"SELECT {_COLUMNS} FROM qms_ledger WHERE series = :series"  # noqa: S608  # constants
_OF_NUMBER: Final = f"{_READ} AND number = :number ORDER BY place"
_OF_KEY: Final = f"{_READ} AND key = :key ORDER BY id"
# `|| ''` keeps a database from reading the whole series for each page: the pages follow the primary key.
_BEHIND: Final = f"SELECT {_COLUMNS} FROM qms_ledger WHERE id > :id AND series || '' = :series"  # noqa: S608  # constants
_PAGE: Final = " ORDER BY id LIMIT :page"
_OF_PERIOD: Final = " AND period = :period"
_LAPSED: Final = f"""{_READ} AND expires_us < :now_us AND place = 0 AND NOT EXISTS (
    SELECT 1 FROM qms_ledger later WHERE later.series = qms_ledger.series
    AND later.number = qms_ledger.number AND later.place = 1) ORDER BY id"""  # noqa: S608  # constants
_WRITTEN: Final = (
    "series", "scope", "period", "seq", "number", "place", "state", "at_us", "key", "reason", "expires_us",
)  # fmt: skip
_MANY: Final = 50  # rows a statement; a database takes some hundred values


def _adding(rows: int) -> str:
    """The statement that adds so many rows; it gives back those that were not there yet."""
    values = ", ".join(f"({', '.join(f':{name}_{row}' for name in _WRITTEN)})" for row in range(rows))
    return (
        f"INSERT INTO qms_ledger ({', '.join(_WRITTEN)}) VALUES {values}"  # noqa: S608  # constants
        " ON CONFLICT (series, number, place) DO NOTHING RETURNING number"
    )


_ADD: Final = _adding(1)
_ADD_MANY: Final = _adding(_MANY)

Row = tuple[Any, ...]


class Ledger:
    """The ledger of one transaction."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def of_number(self, series: NumberSeries, number: str) -> tuple[LedgerEntry, ...]:
        """What became of a number, step by step."""
        rows = self._run(_OF_NUMBER, {"series": series.id, "number": number})
        return tuple(_entry(row, zone(series.timezone)) for row in rows)

    def of_key(self, series: NumberSeries, key: str) -> tuple[LedgerEntry, ...]:
        """What became of the numbers that were asked for under a key."""
        rows = self._run(_OF_KEY, {"series": series.id, "key": key})
        return tuple(_entry(row, zone(series.timezone)) for row in rows)

    def lapsed(self, series: NumberSeries, now_us: int) -> tuple[LedgerEntry, ...]:
        """The reserved numbers whose time was over before a moment, oldest first."""
        rows = self._run(_LAPSED, {"series": series.id, "now_us": now_us})
        return tuple(_entry(row, zone(series.timezone)) for row in rows)

    def entries(self, series: NumberSeries, period: str | None) -> Iterator[LedgerEntry]:
        """The entries of a series, oldest first, a page at a time."""
        asked: dict[str, Value] = {"series": series.id, "page": PAGE, "id": 0}
        if period is not None:
            asked["period"] = period
        statement = _BEHIND + _PAGE if period is None else _BEHIND + _OF_PERIOD + _PAGE
        home = zone(series.timezone)
        while rows := self._run(statement, asked):
            asked["id"] = rows[-1][0]
            yield from (_entry(row, home) for row in rows)

    def add(self, entry: LedgerEntry, place: int) -> bool:
        """Whether the entry is a number's next one; it is not where another was quicker."""
        return bool(self._run(_ADD, _values(entry, place, 0)))

    def adopt(self, entries: Sequence[LedgerEntry]) -> None:
        """Adds the first entries of numbers; one that is there already stays."""
        whole = len(entries) - len(entries) % _MANY
        for start in range(0, whole, _MANY):
            rows = enumerate(entries[start : start + _MANY])
            self._run(_ADD_MANY, {k: v for row, one in rows for k, v in _values(one, 0, row).items()})
        for one in entries[whole:]:
            self.add(one, 0)


def scope_text(scope: Mapping[str, object]) -> str:
    """A scope as the one text that it has as a key.

    >>> scope_text(Facts({"plant": "苏州", "line": "2"}))
    '{"line":"2","plant":"苏州"}'
    """
    return (
        json.dumps(dict(scope), ensure_ascii=False, sort_keys=True, separators=(",", ":")) if scope else "{}"
    )


def _entry(row: Row, home: tzinfo) -> LedgerEntry:
    _, series, scope, period, seq, number, state, at_us, key, reason, expires_us = row
    return LedgerEntry(
        series=series,
        scope=NO_FACTS if scope == "{}" else Facts(json.loads(scope)),
        period=period,
        seq=int(seq),
        number=number,
        state=state,
        at=from_micros(int(at_us), home),
        key=key,
        reason=reason,
        expires_at=None if expires_us is None else from_micros(int(expires_us), home),
    )


def _values(entry: LedgerEntry, place: int, row: int) -> dict[str, Value]:
    """The values of an entry, as the parameters of one row of a statement."""
    expires_us = None if entry.expires_at is None else micros(entry.expires_at)
    cells = (
        entry.series, scope_text(entry.scope), entry.period, entry.seq, entry.number, place, entry.state,
        micros(entry.at), entry.key, entry.reason, expires_us,
    )  # fmt: skip
    return {f"{name}_{row}": cell for name, cell in zip(_WRITTEN, cells, strict=True)}
