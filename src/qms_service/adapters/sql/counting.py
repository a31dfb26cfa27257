"""Counting (计数): the statements that take the next serials and enter them in the ledger, as one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from qms_service.adapters.sql.dialect import Run, Value

# An INSERT from the first word on: sqlite3 opens the caller's transaction by that word.
_COUNT: Final = """
    INSERT INTO qms_counter (series, scope, period, last)
    SELECT CAST(:series AS TEXT), CAST(:scope AS TEXT), CAST(:period AS TEXT), CAST(:count AS BIGINT)
    WHERE CAST(:count AS BIGINT) <= CAST(:highest AS BIGINT)
    ON CONFLICT (series, scope, period) DO UPDATE SET last = qms_counter.last + excluded.last
    WHERE qms_counter.last <= CAST(:highest AS BIGINT) - excluded.last
    RETURNING last"""
_COLUMNS: Final = "series, scope, period, seq, number, place, state, at_us, key, expires_us"
_ENTER: Final = f"""
    INSERT INTO qms_ledger ({_COLUMNS})
    WITH RECURSIVE serials (seq) AS (
        SELECT :first UNION ALL SELECT seq + 1 FROM serials WHERE seq < :last)
    SELECT :series, :scope, :period, seq, :before || printf('%0*d', :width, seq) || :after, 0,
        :state, :at_us, :key, :expires_us
    FROM serials"""  # noqa: S608  # the parts are constants of this module
_COUNT_AND_ENTER: Final = f"""
    WITH counted AS ({_COUNT}),
    entered AS (
        INSERT INTO qms_ledger ({_COLUMNS})
        SELECT CAST(:series AS TEXT), CAST(:scope AS TEXT), CAST(:period AS TEXT), seq,
            CAST(:before AS TEXT) || lpad(CAST(seq AS TEXT),
                greatest(CAST(:width AS INTEGER), length(CAST(seq AS TEXT))), '0') || CAST(:after AS TEXT), 0,
            CAST(:state AS TEXT), CAST(:at_us AS BIGINT), CAST(:key AS TEXT), CAST(:expires_us AS BIGINT)
        FROM counted, generate_series(last - CAST(:count AS BIGINT) + 1, last) AS seq)
    SELECT last FROM counted"""  # noqa: S608  # the parts are constants of this module
_COUNTED: Final = ("series", "scope", "period", "count", "highest")

Asked = Mapping[str, Value]
Count = Callable[[Run, Asked], int | None]


def _in_two(run: Run, asked: Asked) -> int | None:
    rows = run(_COUNT, {name: asked[name] for name in _COUNTED})
    if not rows:
        return None
    values = dict(asked)
    last = values["last"] = int(rows[0][0])
    values["first"] = last + 1 - int(values.pop("count"))  # type: ignore[arg-type]  # a count is a whole number
    del values["highest"]
    run(_ENTER, values)
    return last


def _in_one(run: Run, asked: Asked) -> int | None:
    """One round trip: every one that is spared is time in which the counter blocks nobody."""
    rows = run(_COUNT_AND_ENTER, asked)
    return int(rows[0][0]) if rows else None


COUNT: Final[Mapping[str, Count]] = {"sqlite": _in_two, "postgresql": _in_one}
