"""Clocks over columns: every field of every row is what the scalar says of that row."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms_service.deadlines import Clock, Deadline, PauseRule
from qms_service.deadlines.batch import LogRows, WideRows, deadlines_over
from qms_service.instants import from_micros
from qms_service.worktime import WorkCalendar

from .columns_oracle import CLOCKS, NOW, RULES, calendars, log_rows, of_case, of_row, row_of, told, wide_rows

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
def test_a_row_is_what_the_scalar_says_of_it(
    calendar: WorkCalendar,
    clocks: Sequence[Clock],
    rows: WideRows,
    rules: Sequence[PauseRule],
    now: int,
    provisional: bool,
) -> None:
    def ask(row: int) -> list[Deadline]:
        return [of_row(clock, rows, row, now, calendar, rules, provisional=provisional) for clock in clocks]

    found = deadlines_over(
        clocks, rows, now=from_micros(now, calendar.zone), calendar=calendar, pause_rules=rules,
        provisional=provisional, ask=ask,
    )  # fmt: skip
    for row in range(rows.size):
        for columns, deadline in zip(found, ask(row), strict=True):
            assert row_of(columns, row) == told(deadline)


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
    def ask(case: int) -> list[Deadline]:
        return [of_case(clock, rows, case, now, calendar, rules) for clock in clocks]

    moment = from_micros(now, calendar.zone)
    found = deadlines_over(clocks, rows, now=moment, calendar=calendar, pause_rules=rules, ask=ask)
    for case in range(rows.size):
        for columns, deadline in zip(found, ask(case), strict=True):
            assert row_of(columns, case) == told(deadline)
