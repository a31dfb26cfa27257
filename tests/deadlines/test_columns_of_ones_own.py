"""`Clock.deadline_many`: a clock over the columns of somebody's own table."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pendulum
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms_service.deadlines import Clock, Deadline
from qms_service.deadlines.batch import NAT, WideRows
from qms_service.errors import (
    CalendarError,
    ClockError,
    ColumnError,
    FactValueError,
    InstantRangeError,
    MissingExtraError,
    NaiveInstantError,
    TermError,
    UnknownNameError,
)
from qms_service.instants import from_micros
from qms_service.worktime import WorkCalendar

from .columns_oracle import AT, CLOCKS, HOUR, NOW, calendars, row_of, told, wide_rows

unhurried = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
MANY = 40
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), [("08:30", "12:00"), ("13:30", "17:30")]),
    known_until=date(2026, 12, 31),
)
EVENTS = ("applied", "forwarded", "planned", "done", "tested", "closed", "withdrawn", "paused", "resumed")
URGENCIES = (None, "urgent", "normal", "strange")
PAUSE = st.tuples(AT, st.integers(0, 60)).map(lambda pause: (pause[0], pause[0] + pause[1] * HOUR))
PAUSES = st.one_of(PAUSE, PAUSE, AT.map(lambda begin: (begin, NAT)), st.just((NAT, NAT)))
NOON = pendulum.datetime(2026, 3, 4, 12, tz="Asia/Shanghai")


def instants(*texts: str | None) -> np.ndarray[Any, np.dtype[np.datetime64]]:
    return np.array([text or "NaT" for text in texts], "datetime64[us]")


def at(us: np.int64) -> datetime | None:
    return None if us == NAT else from_micros(int(us), UTC)


@unhurried
@given(
    calendar=st.one_of(st.none(), calendars()),
    clock=CLOCKS,
    rows=wide_rows(),
    pauses=st.lists(st.lists(PAUSES, min_size=4, max_size=4), max_size=2),
    reopened=st.booleans(),
    now=NOW,
    data=st.data(),
)
def test_a_row_is_what_deadline_says_of_it(  # noqa: PLR0917  # hypothesis names them
    calendar: WorkCalendar | None,
    clock: Clock,
    rows: WideRows,
    pauses: list[list[tuple[int, int]]],
    reopened: bool,
    now: int,
    data: st.DataObject,
) -> None:
    moment, size = from_micros(now, UTC), rows.size
    few = data.draw(st.sampled_from((1, size)))
    events = {name: np.resize(column, few) for name, column in rows.events.items()}
    if reopened:
        events["reopened"] = np.where(events["applied"] == NAT, NAT, events["applied"] + HOUR)
    columns = [np.resize(np.array(pause, np.int64), (few, 2)) for pause in pauses]
    pairs = [(pair[:, 0].view("M8[us]"), pair[:, 1].view("M8[us]")) for pair in columns]
    facts: dict[str, list[object]] = {
        "applied.urgency": data.draw(st.lists(st.sampled_from(URGENCIES), min_size=few, max_size=few)),
        "applied.ours": data.draw(st.lists(st.sampled_from((None, True, False)), min_size=few, max_size=few)),
        "planned.ours": data.draw(st.lists(st.sampled_from((None, True, False)), min_size=few, max_size=few)),
    }

    def of_row(row: int) -> Deadline:
        return clock.deadline(
            {name: at(column[row]) for name, column in events.items()},
            now=moment, calendar=calendar, facts={path: column[row] for path, column in facts.items()},
            pauses=[(at(pair[row, 0]), at(pair[row, 1])) for pair in columns],
        )  # fmt: skip

    def ours() -> Any:  # noqa: ANN401  # what is asked
        return clock.deadline_many(
            {name: column.view("M8[us]") for name, column in events.items()},
            now=moment, calendar=calendar, pauses=pairs, facts=facts,
        )  # fmt: skip

    try:
        wanted = [told(of_row(row)) for row in range(few)]
    except (TermError, UnknownNameError) as error:  # no calendar, or neither start nor stop
        with pytest.raises(type(error)):
            ours()
        return
    found = ours()
    assert [row_of(found, row) for row in range(few)] == wanted
