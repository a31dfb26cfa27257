"""Answers lie in the years 3 to 9997; whatever would lie outside is refused, also where a clock shows no year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from qms_service.errors import InstantRangeError
from qms_service.worktime import Term, WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
FIRST = datetime(1, 1, 1, tzinfo=SHANGHAI)  # 31 December of a year 0 in UTC
LAST = datetime(9999, 12, 31, 23, 59, tzinfo=NEW_YORK)  # New Year of 10000 in UTC
TODAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
ALWAYS = WorkCalendar.continuous("UTC")
MONDAYS = WorkCalendar(timezone="UTC", weekly={"mon": [("08:00", "12:00")]})
QUESTIONS: Final[dict[str, Callable[[WorkCalendar, datetime], object]]] = {
    "add": lambda cal, at: cal.add(at, timedelta(hours=1)),
    "add nothing": lambda cal, at: cal.add(at, timedelta()),
    "add back": lambda cal, at: cal.add(at, timedelta(hours=-1)),
    "add_days": lambda cal, at: cal.add_days(at, 1),
    "add_days back": lambda cal, at: cal.add_days(at, -1),
    "is_open": lambda cal, at: cal.is_open(at),
    "next_open": lambda cal, at: cal.next_open(at),
    "previous_close": lambda cal, at: cal.previous_close(at),
    "spans": lambda cal, at: cal.spans(min(at, TODAY), max(at, TODAY)),
}


@pytest.mark.parametrize("at", [FIRST, LAST], ids=["first", "last"])
@pytest.mark.parametrize("cal", [ALWAYS, MONDAYS], ids=["continuous", "mondays"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_calendar_refuses_instants_that_its_clock_cannot_show(
    question: str, cal: WorkCalendar, at: datetime
) -> None:
    with pytest.raises(InstantRangeError, match="years 3 to 9997"):
        QUESTIONS[question](cal, at)


@pytest.mark.parametrize("at", [FIRST, LAST], ids=["first", "last"])
@pytest.mark.parametrize(
    "text", ["1 h", "2 d", "1 week", "1 month", "3 working h", "3 working d", "4 working d, end of day", "same day"]
)  # fmt: skip
@pytest.mark.parametrize("cal", [ALWAYS, MONDAYS], ids=["continuous", "mondays"])
def test_a_term_refuses_them_too(text: str, cal: WorkCalendar, at: datetime) -> None:
    with pytest.raises(InstantRangeError, match="years 3 to 9997"):
        Term.parse(text).after(at, cal)


@pytest.mark.parametrize("text", ["1 h", "2 d", "1 month"])
def test_without_a_calendar_it_does_so_in_the_zone_of_the_start(text: str) -> None:
    for at in (FIRST, LAST, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)):
        with pytest.raises(InstantRangeError):
            Term.parse(text).after(at)


@pytest.mark.parametrize(
    "cal", [MONDAYS, WorkCalendar.continuous("Asia/Shanghai")], ids=["mondays", "always"]
)
def test_the_last_date_has_no_next_midnight(cal: WorkCalendar) -> None:
    with pytest.raises(InstantRangeError):
        cal.is_working_day(date.max)
