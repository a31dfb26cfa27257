"""Which rows of columns are asked of the scalar: those that need a closer look, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import pendulum
import pytest

from qms_service.deadlines import Clock, Deadline, PauseRule
from qms_service.deadlines.batch import NAT, LogRows, WideRows, deadlines_over
from qms_service.worktime import WorkCalendar

from .columns_oracle import HOUR, TERMS, of_case, of_row, row_of, tiled, tiled_log, told

DAY: Final = (("08:30", "12:00"), ("13:30", "17:30"))
FACTORY: Final = WorkCalendar(
    timezone="Europe/Berlin",
    weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY),
    exceptions={date(2026, 5, 1): ()},
    known_until=date(2026, 12, 31),
)
NOW: Final = pendulum.datetime(2026, 8, 1, tz="UTC")
US: Final = int(NOW.timestamp()) * 1_000_000
RULE: Final = PauseRule("wait", starts="asked", ends="came")
CAPPED: Final = PauseRule("wait", starts="asked", ends="came", at_most="3 working h")
ROWS: Final = 500
CLOCKS: Final = [
    Clock("c", start="sent", stop="done", within=within, warn=warn, paused_by=listed)
    for within in (*TERMS, "at once", "in good time")
    for warn, listed in ((None, ()), ("2 working h", ("wait",)))
]


def never(row: int) -> Sequence[Deadline]:
    raise AssertionError(row)


def wide(*, more: Sequence[str] = ()) -> WideRows:
    """Rows over a change of the clock, some of them paused, open or not begun."""
    random = np.random.default_rng(7)
    sent = US - random.integers(30 * 24 * HOUR, 180 * 24 * HOUR, ROWS)
    asked, came, done = (sent + random.integers(0, days * 24 * HOUR, ROWS) for days in (2, 5, 9))
    came = np.maximum(asked, came)
    for column, share in ((sent, 0.1), (asked, 0.5), (came, 0.6), (done, 0.3)):
        column[random.random(ROWS) < share] = NAT
    events = {"sent": sent, "asked": asked, "came": came, "done": done}
    for name in more:
        events[name] = np.where(np.arange(ROWS) % 100 == 0, US - HOUR, NAT)
    return WideRows(events=events, facts=[{}], of=np.zeros(ROWS, np.intp))


def as_log(rows: WideRows) -> LogRows:
    """The same events, one to a row."""
    names = tuple(rows.events)
    case, name, at = (np.concatenate(parts) for parts in zip(*(
        (np.flatnonzero(column != NAT), np.full((column != NAT).sum(), code), column[column != NAT])
        for code, column in enumerate(rows.events.values())
    ), strict=True))  # fmt: skip
    order = np.lexsort((name, at, case))
    return LogRows(
        case=case[order], name=name[order], at=at[order], names=names, facts=rows.facts, of=rows.of,
        odd=np.zeros(ROWS, np.bool_),
    )  # fmt: skip


@pytest.mark.parametrize("rule", [RULE, CAPPED], ids=["pause", "capped"])
def test_a_plain_table_is_never_asked(rule: PauseRule) -> None:
    rows = wide()
    found = deadlines_over(CLOCKS, rows, now=NOW, calendar=FACTORY, pause_rules=[rule], ask=never)
    for clock, columns in zip(CLOCKS, found, strict=True):
        for row in range(0, ROWS, 25):
            wanted = of_row(clock, rows, row, now=US, calendar=FACTORY, rules=[rule])
            assert row_of(columns, row) == told(wanted)


def test_a_plain_log_is_never_asked_and_says_what_the_table_says() -> None:
    rows = wide()
    of_table, of_log = (
        deadlines_over(CLOCKS, some, now=NOW, calendar=FACTORY, pause_rules=[RULE], ask=never)
        for some in (rows, as_log(rows))
    )
    for one, other in zip(of_table, of_log, strict=True):
        assert [row_of(one, row) for row in range(ROWS)] == [row_of(other, row) for row in range(ROWS)]


def test_more_rows_than_fit_the_cache_are_never_asked_either() -> None:
    rows, times = wide(), 140
    many = tiled(rows, times)
    clock = Clock("c", start="sent", stop="done", within="6 working h")
    (few,), (all_,) = (
        deadlines_over([clock], some, now=NOW, calendar=FACTORY, ask=never) for some in (rows, many)
    )
    assert (np.tile(few.due_at, times) == all_.due_at).all()
    log = tiled_log(as_log(rows), times)
    (of_log,) = deadlines_over([clock], log, now=NOW, calendar=FACTORY, ask=never)
    assert (of_log.due_at == all_.due_at).all()
    assert (of_log.state == all_.state).all()


@pytest.mark.parametrize("more", ["reopened", "corrected"])
def test_of_a_table_only_reopened_and_corrected_rows_are_asked(more: str) -> None:
    rows, asked = wide(more=[more]), []

    def ask(row: int) -> Sequence[Deadline]:
        asked.append(row)
        return [of_row(clock, rows, row, now=US, calendar=FACTORY, rules=[RULE]) for clock in CLOCKS]

    deadlines_over(CLOCKS, rows, now=NOW, calendar=FACTORY, pause_rules=[RULE], ask=ask)
    assert asked == [0, 100, 200, 300, 400]


@pytest.mark.parametrize("reopening", ["new", "restart", "resume", "keeps"])
def test_a_reopened_case_of_a_log_is_not_asked(reopening: str) -> None:
    rows = as_log(wide(more=["reopened"]))
    clock = Clock(
        "c", start="sent", stop="done", within="6 working h", keeps=reopening == "keeps",
        on_reopen="new" if reopening == "keeps" else reopening,  # type: ignore[arg-type]  # one of the three
    )  # fmt: skip
    (found,) = deadlines_over([clock], rows, now=NOW, calendar=FACTORY, ask=never)
    for case in range(0, ROWS, 50):
        wanted = of_case(clock, rows, case, now=US, calendar=FACTORY, rules=[])
        assert row_of(found, case) == told(wanted)


def test_a_row_that_one_clock_has_to_ask_keeps_the_answers_of_the_others() -> None:
    rows = as_log(wide(more=["reopened"]))
    plain = Clock("plain", start="sent", stop="done", within="6 working h")
    reading = Clock("reading", start="sent", stop="done", within="6 working h", when={"sent.ours": True})
    asked = []

    def ask(case: int) -> Sequence[Deadline]:
        asked.append(case)
        return [
            of_case(
                plain, rows, case + 1, now=US, calendar=FACTORY, rules=[]
            ),  # not what is said of this case
            of_case(reading, rows, case, now=US, calendar=FACTORY, rules=[]),
        ]

    found = deadlines_over([plain, reading], rows, now=NOW, calendar=FACTORY, ask=ask)
    assert asked == [0, 100, 200, 300, 400]
    for clock, columns in zip((plain, reading), found, strict=True):
        for case in range(0, ROWS, 50):
            assert row_of(columns, case) == told(
                of_case(clock, rows, case, now=US, calendar=FACTORY, rules=[])
            )


def test_a_case_of_a_log_that_its_reader_calls_odd_is_asked() -> None:
    rows, asked = as_log(wide()), []
    rows.odd[[3, 7]] = True

    def ask(case: int) -> Sequence[Deadline]:
        asked.append(case)
        return [of_case(clock, rows, case, now=US, calendar=FACTORY, rules=[RULE]) for clock in CLOCKS[:2]]

    deadlines_over(CLOCKS[:2], rows, now=NOW, calendar=FACTORY, pause_rules=[RULE], ask=ask)
    assert asked == [3, 7]


def test_a_short_column_does_not_pay_for_arrays() -> None:
    rows, asked = wide().part(slice(0, 5)), []

    def ask(row: int) -> Sequence[Deadline]:
        asked.append(row)
        return [of_row(CLOCKS[0], rows, row, now=US, calendar=FACTORY, rules=[])]

    deadlines_over(CLOCKS[:1], rows, now=NOW, calendar=FACTORY, ask=ask)
    assert asked == [0, 1, 2, 3, 4]
