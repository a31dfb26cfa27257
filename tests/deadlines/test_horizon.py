"""What lies beyond the published calendar: unknown, or provisional by the weekly pattern; never raised."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pendulum
import pytest
from pendulum import DateTime

from qms_service.deadlines import Clock, PauseRule, deadline_of
from qms_service.errors import ClockError
from qms_service.events import Event, timeline
from qms_service.worktime import WorkCalendar

DAY = (("08:30", "12:00"), ("13:30", "17:30"))
UNTIL_NEW_YEAR = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly={"mon": DAY, "tue": DAY, "wed": DAY, "thu": DAY, "fri": DAY},
    known_until=date(2026, 12, 31),
    name="factory",
    edition="2026-11",
)
PLAN = Clock("plan", start="applied", stop="planned", within="4 working d", clause="5.2")
HORIZON = pendulum.datetime(2027, 1, 1, tz="Asia/Shanghai")


def dec(day: int, hour: int = 9) -> DateTime:
    return pendulum.datetime(2026, 12, day, hour, tz="Asia/Shanghai")  # 28 December 2026 is a Monday


def jan(day: int, hour: int = 9) -> DateTime:
    return pendulum.datetime(2027, 1, day, hour, tz="Asia/Shanghai")


def test_a_term_that_crosses_an_unpublished_new_year_is_unknown_with_the_reason() -> None:
    d = PLAN.deadline({"applied": dec(29), "planned": None}, now=dec(29, 10), calendar=UNTIL_NEW_YEAR)
    assert (d.state, d.due_at, d.started_at) == ("unknown", None, dec(29))
    assert d.finding is not None
    assert d.finding.code == "calendar-horizon"
    assert "2026-12-31" in str(d.reason)
    assert "factory" in d.finding.text("zh")
    assert d.explain().segments == ()


def test_provisional_answers_by_the_weekly_pattern_and_says_so() -> None:
    events = {"applied": dec(29), "planned": None}
    d = PLAN.deadline(events, now=dec(29, 10), calendar=UNTIL_NEW_YEAR, on_unknown="provisional")
    # Wednesday, Thursday, then Friday 1 January and Monday 4 January as if they were plain weekdays.
    assert (d.state, d.due_at, d.provisional_until) == ("running", jan(4), HORIZON)
    assert d.next_change == HORIZON
    assert d.calendar_edition == "2026-11"


def test_a_term_that_ends_before_the_horizon_is_not_provisional() -> None:
    events = {"applied": dec(25), "planned": None}
    d = PLAN.deadline(events, now=dec(26), calendar=UNTIL_NEW_YEAR, on_unknown="provisional")
    assert (d.due_at, d.provisional_until) == (dec(31), None)


def test_a_term_that_fills_the_last_known_day_to_its_close_is_known() -> None:
    clock = attrs.evolve(PLAN, within="1 working d, end of day")
    d = clock.deadline({"applied": dec(30), "planned": None}, now=dec(30, 10), calendar=UNTIL_NEW_YEAR)
    assert str(d.due_at) == "2026-12-31 17:30:00+08:00"


def test_a_pause_that_pushes_the_due_time_beyond_the_horizon_makes_it_unknown() -> None:
    events = {"applied": dec(24), "planned": None}
    pause = [(dec(25), dec(29))]
    assert PLAN.deadline(events, now=dec(30), calendar=UNTIL_NEW_YEAR, pauses=pause).state == "unknown"


def test_what_is_overdue_stays_overdue_when_the_year_ends_though_the_amounts_are_unknown() -> None:
    events = {"applied": dec(1), "planned": None}
    d = PLAN.deadline(events, now=jan(5), calendar=UNTIL_NEW_YEAR)
    assert (d.state, d.due_at) == ("overdue", dec(7))
    assert (d.net, d.gross, d.remaining, d.wall) == (None, None, None, timedelta(days=35))
    d = PLAN.deadline(events, now=jan(5), calendar=UNTIL_NEW_YEAR, on_unknown="provisional")
    assert (d.state, d.provisional_until) == ("overdue", HORIZON)
    assert d.remaining is not None


def test_elapsed_and_calendar_terms_do_not_ask_the_calendar() -> None:
    for within, due in (("48 h", jan(1)), ("1 week", jan(6))):
        clock = attrs.evolve(PLAN, within=within)
        d = clock.deadline({"applied": dec(30), "planned": None}, now=jan(20), calendar=UNTIL_NEW_YEAR)
        assert (d.state, d.due_at) == ("overdue", due)


def test_a_calendar_that_never_opens_leaves_a_working_term_unknown() -> None:
    closed = WorkCalendar(timezone="Asia/Shanghai", weekly={})
    d = PLAN.deadline({"applied": dec(1), "planned": None}, now=dec(2), calendar=closed)
    assert d.state == "unknown"
    assert d.finding is not None
    assert d.finding.code == "never-open"


def test_a_pause_capped_beyond_the_horizon_makes_the_clock_unknown() -> None:
    rule = PauseRule("sample", starts="requested", ends="received", at_most="4 working d")
    clock = attrs.evolve(PLAN, within="48 h", paused_by=["sample"])
    history = [Event("applied", dec(29), seq=1), Event("requested", dec(29, 10), seq=2)]
    d = deadline_of(clock, timeline(history), now=dec(30), calendar=UNTIL_NEW_YEAR, pause_rules=[rule])
    assert d.state == "unknown"


def test_the_first_term_may_lie_beyond_the_horizon_when_a_shorter_one_took_its_place() -> None:
    class ByGrade:
        def possible(self, fact, /):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            from qms_service.worktime import Term  # noqa: PLC0415

            return [(Term.parse("4 working d" if fact("graded.grade") == "normal" else "1 working d"), None)]

    clock = attrs.evolve(PLAN, within=ByGrade())
    history = [
        Event("graded", dec(29, 8), facts={"grade": "normal"}, seq=1),
        Event("applied", dec(29), seq=2),
    ]
    history += [Event("graded", dec(29, 10), facts={"grade": "urgent"}, seq=3)]
    d = deadline_of(clock, timeline(history), now=dec(29, 11), calendar=UNTIL_NEW_YEAR)
    assert (d.state, d.due_at, d.original_due_at) == ("running", dec(30), None)


def test_on_unknown_takes_two_words() -> None:
    with pytest.raises(ClockError, match="provisional"):
        PLAN.deadline({"applied": dec(1)}, now=dec(2), on_unknown="guess")  # type: ignore[arg-type]
