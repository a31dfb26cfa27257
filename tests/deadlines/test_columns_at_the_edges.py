"""Columns at the edges of what calendars know and can compute: there, too, each row is what the scalar says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import numpy as np
import pendulum
import pytest
from pendulum import DateTime

from qms_service.deadlines import Clock, Deadline, PauseRule
from qms_service.deadlines.batch import NAT, DeadlineColumns, WideRows, deadlines_over
from qms_service.errors import TermError
from qms_service.instants import micros
from qms_service.worktime import WorkCalendar

from .columns_oracle import HOUR, TERMS, WEEKDAYS, in_tiles, of_row, tiled, told

UTC_DAY = (("08:00", "12:00"), ("13:00", "17:00"))
NEVER_OPEN = WorkCalendar(timezone="UTC", weekly={})
FOUR_DAYS = WorkCalendar(
    timezone="UTC", weekly={}, exceptions={date(2026, 3, day): UTC_DAY for day in (2, 3, 4, 5)}
)
MANY_DAYS = WorkCalendar(
    timezone="UTC", weekly={}, exceptions={date(2026, 3, day): UTC_DAY for day in range(1, 31)}
)
KNOWN = WorkCalendar(timezone="UTC", weekly=dict.fromkeys(WEEKDAYS, UTC_DAY), known_until=date(2026, 3, 10))
ALWAYS = WorkCalendar(
    timezone="UTC", weekly=dict.fromkeys(WEEKDAYS, (("00:00", "24:00"),)), known_until=date(2026, 3, 10)
)
RULE = PauseRule("wait", starts="asked", ends="came")
FIRST = micros(pendulum.datetime(2026, 3, 1))
NOW = pendulum.datetime(2026, 3, 20)


def rows() -> WideRows:
    """Starts every six hours of two weeks, some of them paused for a day."""
    sent = FIRST + np.arange(56) * 6 * HOUR
    asked = np.where(np.arange(56) % 3 == 0, sent + 5 * HOUR, NAT)
    came = np.where(np.arange(56) % 6 == 0, sent + 29 * HOUR, NAT)
    return WideRows(
        events={"sent": sent, "asked": asked, "came": came, "done": np.where(np.arange(56) % 5 == 0, sent + 60 * HOUR, NAT)},
        facts=[{}], of=np.zeros(56, np.intp),
    )  # fmt: skip


def check(
    clock: Clock, calendar: WorkCalendar, *, now: DateTime = NOW, rule: PauseRule = RULE
) -> DeadlineColumns:
    """The columns, once each row has proved to be what the scalar says; two tiles suffice for arrays."""
    some = rows()
    of = partial(of_row, clock, some, now=micros(now), calendar=calendar, rules=[rule])
    (found,) = deadlines_over(
        [clock],
        tiled(some, 2),
        now=now,
        calendar=calendar,
        pause_rules=[rule],
        ask=lambda row: [of(row % 56)],
    )
    assert in_tiles(found, 56) == [told(of(row)) for row in range(56)]
    return found


CALENDARS = {
    "never-open": NEVER_OPEN, "four-days": FOUR_DAYS, "many-days": MANY_DAYS, "known": KNOWN, "always": ALWAYS,
}  # fmt: skip


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
@pytest.mark.parametrize("within", [*TERMS, "4000001 d", "999999999 working h"])
def test_terms_reach_beyond_the_calendar(within: str, calendar: WorkCalendar) -> None:
    for warn, listed in ((None, ()), ("2 working h", ("wait",)), ("7 d", ("wait",))):
        check(Clock("c", start="sent", stop="done", within=within, warn=warn, paused_by=listed), calendar)


def test_a_calendar_that_never_opens_leaves_every_row_unknown() -> None:
    found = check(Clock("c", start="sent", stop="done", within="6 working h"), NEVER_OPEN).arrays()
    assert (found["state"][0], found["reason"][0]) == ("unknown", "never-open")


def test_a_warning_that_never_comes_leaves_a_row_unknown_as_it_does_a_case() -> None:
    found = check(
        Clock("c", start="sent", stop="done", within="12 h", warn="2 working h"), NEVER_OPEN
    ).arrays()
    assert (found["state"][0], found["reason"][0]) == ("unknown", "never-open")


def test_the_end_of_what_is_known_is_a_due_time_that_is_not_known() -> None:
    found = check(Clock("c", start="sent", stop="done", within="1 working d"), ALWAYS).arrays()
    tenth = found["started_at"] == np.datetime64("2026-03-10T00:00")
    assert found["state"][tenth].tolist() == ["unknown"] * 2
    assert found["reason"][tenth].tolist() == ["calendar-horizon"] * 2


@pytest.mark.parametrize("at_most", ["20 h", "3 working h", "1 working d", "400 working d"])
def test_the_cap_of_a_pause_beyond_what_is_known_is_unknown(at_most: str) -> None:
    rule = PauseRule("wait", starts="asked", ends="came", at_most=at_most)
    check(Clock("c", start="sent", stop="done", within="12 h", paused_by=["wait"]), KNOWN, rule=rule)


def test_a_moment_after_all_years_is_asked_one_by_one() -> None:
    check(
        Clock("c", start="sent", stop="done", within="6 working h"), KNOWN, now=pendulum.datetime(9999, 1, 1)
    )


def test_a_cap_in_working_time_without_a_calendar_is_asked() -> None:
    clock = Clock("c", start="sent", stop="done", within="12 h", paused_by=["wait"])
    rule = PauseRule("wait", starts="asked", ends="came", at_most="3 working h")

    def ask(row: int) -> Sequence[Deadline]:
        raise TermError("term-calendar", term=str(rule.at_most), row=row)

    with pytest.raises(TermError):
        deadlines_over([clock], rows(), now=NOW, calendar=None, pause_rules=[rule], ask=ask)
