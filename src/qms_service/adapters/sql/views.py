"""The views of the cases over SQL (个案视图): the projection as columns, and the pages of a worklist."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from itertools import chain, repeat
from typing import Any, Final

from pendulum import DateTime
from pendulum.tz.timezone import FixedTimezone

from qms_service.adapters.sql.dialect import Run, Value
from qms_service.instants import FIRST_YEAR, LAST_YEAR, Micros, from_micros, micros, zone
from qms_service.ports import CaseView, check_limit
from qms_service.rulebooks import Status

# The first page soon, later ones large: what no index orders is sorted anew for each.
_PAGES: Final = (200, 1000, 5000)
LAST: Final = 2**63 - 1  # sorts behind every instant: where nothing is due
_FIRST: Final = -(2**63)  # sorts before every instant: what moves on with now has to be looked at always
_BEFORE_ALL: Final = micros(datetime(FIRST_YEAR - 1, 1, 1, tzinfo=UTC))  # no view has an instant so early
_LONG_PAST: Final = micros(datetime(FIRST_YEAR, 1, 2, tzinfo=UTC))
_BEYOND: Final = micros(datetime(LAST_YEAR, 12, 31, tzinfo=UTC))
_COLUMNS: Final = (
    "id, kind, customer, version, due_sort_us, latest_us,"
    " status, cycle, first_due_us, next_change_us, zone, overdue, moving"
)
_ORDER: Final = " ORDER BY due_sort_us, id LIMIT :page"


def columns(view: Status | None) -> dict[str, Value]:
    """A view as the columns of a case's row."""
    if view is None:
        empty = ("status", "cycle", "first_due_us", "next_change_us", "zone", "overdue", "moving")
        return {**dict.fromkeys(empty), "due_sort_us": LAST, "change_sort_us": LAST}
    due_us = None if view.first_due_at is None else micros(view.first_due_at)
    change_us = None if view.next_change_at is None else micros(view.next_change_at)
    return {
        "status": view.status,
        "cycle": view.cycle,
        "first_due_us": due_us,
        "next_change_us": change_us,
        "zone": _zone_name(view.first_due_at or view.next_change_at),
        "overdue": json.dumps(view.overdue, ensure_ascii=False),
        "moving": int(view.moving),
        "due_sort_us": LAST if due_us is None else due_us,
        "change_sort_us": _FIRST if view.moving else LAST if change_us is None else change_us,
    }


def find(
    run: Run,
    asked: Mapping[str, str | None],
    *,
    changes_by: datetime | None,
    since: datetime | None,
    after: CaseView | None,
    limit: int | None,
) -> Iterator[CaseView]:
    """The views that fit, in the order of an index, a page at a time."""
    check_limit(limit)
    values: dict[str, Value] = {name: value for name, value in asked.items() if value is not None}
    tests = [f"{name} = :{name}" for name in values]
    if changes_by is not None:
        changes_us = micros(changes_by)
        moves_only = changes_us <= _BEFORE_ALL  # equal to one value, these come from an index in order
        values["changes_us"] = _FIRST if moves_only else changes_us
        tests.append(f"change_sort_us {'=' if moves_only else '<='} :changes_us")
    if since is not None:
        values["since_us"] = micros(since)
        tests.append("latest_us >= :since_us")
    left = LAST if limit is None else limit
    for size in chain(_PAGES, repeat(_PAGES[-1])):
        values["page"] = min(left, size)
        rows = run(_statement(tests, values, after), values) if left else ()
        for row in rows:
            yield (after := _view(row))
        left -= len(rows)
        if len(rows) < size:
            return


def _statement(tests: list[str], values: dict[str, Value], after: CaseView | None) -> str:
    if after is not None:
        values["after_us"], values["after_id"] = columns(after.status)["due_sort_us"], after.id
        tests = [*tests, "(due_sort_us, id) > (:after_us, :after_id)"]
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    return f"SELECT {_COLUMNS} FROM qms_case{where}{_ORDER}"  # noqa: S608  # fixed words; values are bound


def _view(row: tuple[Any, ...]) -> CaseView:
    case_id, kind, customer, version, due_sort_us, latest_us, *seen = row
    try:
        status = _status(seen)
    except (TypeError, ValueError, OverflowError):  # changed behind the library's back
        status = _to_be_told(seen[0], due_sort_us)
    latest_us = _instant_us(latest_us)
    return CaseView(
        id=case_id, kind=kind, customer=customer, version=version, status=status, latest_us=latest_us
    )


def _instant_us(us: object) -> Micros | None:
    """The moment; None for what is none: a row not written since the column is there, or changed since."""
    return us if type(us) is int and _LONG_PAST < us < _BEYOND else None


def _to_be_told(status: Any, due_sort_us: object) -> Status:  # noqa: ANN401  # as the row has it
    """What cannot be read is out of date where it stands, so that the history is asked."""
    long_ago = from_micros(_LONG_PAST, zone("UTC"))
    due_us = _instant_us(due_sort_us)
    return Status(
        status=status,
        cycle=0,
        first_due_at=None if due_us is None else from_micros(due_us, zone("UTC")),
        next_change_at=long_ago,
        overdue=(),
        moving=False,
    )


def _status(seen: list[Any]) -> Status | None:
    status, cycle, due_us, change_us, zone_name, overdue, moving = seen
    if status is None:
        return None
    home = zone("UTC") if zone_name is None else _zone(zone_name)
    return Status(
        status=status,
        cycle=int(cycle),
        first_due_at=None if due_us is None else from_micros(int(due_us), home),
        next_change_at=None if change_us is None else from_micros(int(change_us), home),
        overdue=() if overdue == "[]" else tuple(json.loads(overdue)),
        moving=bool(moving),
    )


def _zone_name(at: DateTime | None) -> str | None:
    """The zone on whose clock a view tells its instants; an offset of seconds where it has no name."""
    if at is None or at.tzinfo is None:
        return None
    if isinstance(at.tzinfo, FixedTimezone):
        return str(at.tzinfo.offset)
    return at.timezone_name


def _zone(name: str) -> tzinfo:
    is_offset = name.lstrip("+-").isdecimal()
    return FixedTimezone(int(name)) if is_offset else zone(name)
