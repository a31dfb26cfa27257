"""Clocks at either end of the years: what cannot be an instant is refused, what runs there is unknown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qms_service.deadlines import Clock
from qms_service.errors import InstantRangeError
from qms_service.worktime import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
MARK = datetime(1, 1, 1, tzinfo=SHANGHAI)  # what some tables write for "missing"
SENT = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize("within", ["12 h", "2 d", "3 working d"])
def test_an_event_in_year_1_is_refused_with_what_to_do(within: str) -> None:
    clock = Clock("plan", start="sent", stop="planned", within=within)
    with pytest.raises(InstantRangeError, match="missing or endless date"):
        clock.deadline({"sent": MARK}, now=SENT, calendar=WorkCalendar.continuous("Asia/Shanghai"))


def test_an_agreed_date_without_end_is_refused() -> None:
    clock = Clock("plan", start="sent", stop="planned", within="12 h")
    with pytest.raises(InstantRangeError, match="9999-12-31"):
        clock.deadline({"sent": SENT}, now=SENT, agreed=datetime(9999, 12, 31, tzinfo=UTC))


@pytest.mark.parametrize("within", ["500 h", "40 d", "1 month"])
def test_a_clock_that_runs_out_of_the_years_is_unknown(within: str) -> None:
    late = datetime(9997, 12, 20, 9, 0, tzinfo=SHANGHAI)
    d = Clock("plan", start="sent", stop="planned", within=within).deadline({"sent": late}, now=late)
    assert (d.state, d.due_at) == ("unknown", None)
    assert d.reason == "plan runs outside the years 3 to 9997 that a calendar can compute."


def test_a_pause_that_takes_it_out_of_the_years_makes_it_unknown() -> None:
    late = datetime(9997, 12, 20, 9, 0, tzinfo=SHANGHAI)
    clock = Clock("plan", start="sent", stop="planned", within="200 h")
    now = late + timedelta(days=9)
    assert clock.deadline({"sent": late}, now=now, pauses=[(late, None)]).state == "unknown"
