"""Counting (计数): the statements that take the next serials of a slot and enter them in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from qms_service.adapters.sql.dialect import Run, Value
from qms_service.numbering import Slot

# An INSERT by its first word: sqlite3 begins the caller's transaction by that.
_COUNT: Final = """
    INSERT INTO qms_counter (series, scope, period, last) VALUES (:series, :scope, :period, :count)
    ON CONFLICT (series, scope, period) DO UPDATE SET last = qms_counter.last + excluded.last
    WHERE qms_counter.last <= :room
    RETURNING last"""
_COLUMNS: Final = "series, scope, period, seq, number, place, state, at_us, key, expires_us"
_ENTER: Final = f"""
    INSERT INTO qms_ledger ({_COLUMNS})
    VALUES (:series, :scope, :period, :seq, :number, 0, :state, :at_us, :key, :expires_us)"""  # noqa: S608  # constants
_ENTER_MANY: Final = f"""
    INSERT INTO qms_ledger ({_COLUMNS})
    WITH RECURSIVE serials (seq) AS (SELECT :first UNION ALL SELECT seq + 1 FROM serials WHERE seq < :last)
    SELECT :series, :scope, :period, seq, :before || printf('%0*d', :width, seq) || :after, 0,
        :state, :at_us, :key, :expires_us
    FROM serials"""  # noqa: S608  # constants
_COUNT_AND_ENTER: Final = f"""
    WITH counted AS ({_COUNT})
    INSERT INTO qms_ledger ({_COLUMNS})
    SELECT CAST(:series AS TEXT), CAST(:scope AS TEXT), CAST(:period AS TEXT), seq,
        CAST(:before AS TEXT) || lpad(CAST(seq AS TEXT),
            greatest(CAST(:width AS INTEGER), length(CAST(seq AS TEXT))), '0') || CAST(:after AS TEXT), 0,
        CAST(:state AS TEXT), CAST(:at_us AS BIGINT), CAST(:key AS TEXT), CAST(:expires_us AS BIGINT)
    FROM {{serials}}
    RETURNING seq"""  # noqa: S608  # constants
ONE: Final = _COUNT_AND_ENTER.format(serials="(SELECT last AS seq FROM counted) AS serials")
_MANY: Final = _COUNT_AND_ENTER.format(
    serials="counted, generate_series(last - CAST(:count AS BIGINT) + 1, last) AS seq"
)

Values = dict[str, Value]
Count = Callable[[Run, Values, Slot, int, Values], int | None]


def _in_two(run: Run, counter: Values, slot: Slot, count: int, told: Values) -> int | None:
    rows = run(_COUNT, {**counter, "count": count, "room": slot.last - count})
    if not rows:
        return None
    last: int = rows[0][0]
    if count == 1:
        run(_ENTER, {**counter, **told, "seq": last, "number": slot.number(last)})
    else:
        serials: Values = {"first": last - count + 1, "last": last}
        run(_ENTER_MANY, {**counter, **told, **serials, **_shown(slot)})
    return last


def _in_one(run: Run, counter: Values, slot: Slot, count: int, told: Values) -> int | None:
    """One round trip: each that is spared is time in which the counter blocks nobody."""
    asked: Values = {"count": count, "room": slot.last - count}
    rows = run(ONE if count == 1 else _MANY, {**counter, **asked, **told, **_shown(slot)})
    return max(int(row[0]) for row in rows) if rows else None


def _shown(slot: Slot) -> Values:
    return {"before": slot.before, "after": slot.after, "width": slot.width}


# Takes so many serials of a counter and enters them with what the ledger tells of each; gives back the last,
# or None where there are not so many left.
COUNT: Final[Mapping[str, Count]] = {"sqlite": _in_two, "postgresql": _in_one}
