"""Clocks over columns: every field of every row is what the scalar says of that row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms_service.deadlines import Clock, Deadline, PauseRule
from qms_service.deadlines.batch import LogRows, WideRows, deadlines_over
from qms_service.instants import from_micros
from qms_service.worktime import WorkCalendar

from .columns_oracle import (
    CLOCKS,
    NOW,
    RULES,
    calendars,
    in_tiles,
    log_rows,
    of_case,
    of_row,
    tiled,
    tiled_log,
    told,
    wide_rows,
)  # fmt: skip

TILES = 30  # so that arrays are worth their while in parts of the rows too
unhurried = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@unhurried
@given(
    calendar=calendars(),
    clocks=st.lists(CLOCKS, min_size=1, max_size=2),
    rows=wide_rows(),
    rules=st.lists(RULES, max_size=2),
    now=NOW,
    provisional=st.booleans(),
)
def test_a_row_is_what_the_scalar_says_of_it(  # noqa: PLR0917  # hypothesis names them
    calendar: WorkCalendar,
    clocks: Sequence[Clock],
    rows: WideRows,
    rules: Sequence[PauseRule],
    now: int,
    provisional: bool,
) -> None:
    @cache
    def ask(row: int) -> list[Deadline]:
        return [
            of_row(clock, rows, row, now=now, calendar=calendar, rules=rules, provisional=provisional)
            for clock in clocks
        ]

    found = deadlines_over(
        clocks, tiled(rows, TILES), now=from_micros(now, calendar.zone), calendar=calendar, pause_rules=rules,
        provisional=provisional, ask=lambda row: ask(row % rows.size),
    )  # fmt: skip
    for n, columns in enumerate(found):
        assert in_tiles(columns, rows.size) == [told(ask(row)[n]) for row in range(rows.size)]


@unhurried
@given(
    calendar=calendars(),
    clocks=st.lists(CLOCKS, min_size=1, max_size=2),
    rows=log_rows(),
    rules=st.lists(RULES, max_size=2),
    now=NOW,
)
def test_a_case_of_a_log_is_what_the_scalar_says_of_it(
    calendar: WorkCalendar, clocks: Sequence[Clock], rows: LogRows, rules: Sequence[PauseRule], now: int
) -> None:
    @cache
    def ask(case: int) -> list[Deadline]:
        return [of_case(clock, rows, case, now=now, calendar=calendar, rules=rules) for clock in clocks]

    found = deadlines_over(
        clocks, tiled_log(rows, TILES), now=from_micros(now, calendar.zone), calendar=calendar,
        pause_rules=rules, ask=lambda case: ask(case % rows.size),
    )  # fmt: skip
    for n, columns in enumerate(found):
        assert in_tiles(columns, rows.size) == [told(ask(case)[n]) for case in range(rows.size)]
