"""Every state of a deadline, and what stands in a rate."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pendulum
import pytest
from pendulum import DateTime

from qms_service.deadlines import Clock, Deadline, DeadlineState, deadline_of
from qms_service.events import Event, timeline
from qms_service.worktime import WorkCalendar


def at(day: int, hour: int = 0) -> DateTime:
    return pendulum.datetime(2026, 3, day, hour, tz="Asia/Shanghai")


MONDAY, TUESDAY = at(2, 9), at(3)
CLOCK = Clock("answer", start="asked", stop="answered", within="2 d", clause="7.1")


def answer_to(
    clock: Clock = CLOCK,
    *,
    asked: DateTime | None = MONDAY,
    answered: DateTime | None = None,
    now: DateTime = TUESDAY,
) -> Deadline:
    return clock.deadline({"asked": asked, "answered": answered}, now=now)


def test_a_clock_whose_start_has_not_happened_is_not_started() -> None:
    d = answer_to(asked=None)
    assert d.state is DeadlineState.NOT_STARTED
    assert (d.started_at, d.due_at, d.next_change, d.rated, d.running) == (None, None, None, False, False)


def test_a_start_later_than_now_is_not_seen() -> None:
    assert answer_to(asked=at(5), now=at(3)).state == "not_started"


def test_a_stop_later_than_now_is_not_seen() -> None:
    assert answer_to(answered=at(3, 12), now=at(3)).state == "running"


def test_a_stop_before_the_start_does_not_count() -> None:
    assert answer_to(answered=at(2, 8)).state == "running"


def test_a_stop_at_the_very_start_counts() -> None:
    d = answer_to(answered=at(2, 9))
    assert (d.state, d.gross) == ("met", timedelta(0))


def test_a_running_clock_says_how_much_is_left() -> None:
    d = answer_to(now=at(3, 9))
    assert (d.state, d.remaining, d.budget, d.rated, d.running) == (
        "running", timedelta(days=1), timedelta(days=2), True, True,
    )  # fmt: skip


def test_an_overdue_clock_says_by_how_much() -> None:
    d = answer_to(now=at(5))
    assert (d.state, d.remaining, d.rated, d.running) == ("overdue", timedelta(hours=-15), True, True)


def test_met_and_met_late_are_decided_by_the_stop_not_by_now() -> None:
    met, late = answer_to(answered=at(4, 9), now=at(30)), answer_to(answered=at(4, 10), now=at(30))
    assert (met.state, met.remaining, met.running) == ("met", timedelta(0), False)
    assert (late.state, late.remaining, late.stopped_at) == ("met_late", timedelta(hours=-1), at(4, 10))


def test_paused_beyond_its_due_time_is_overdue_all_the_same() -> None:
    d = CLOCK.deadline({"asked": at(2, 9), "answered": None}, now=at(6), pauses=[(at(5), None)])
    assert d.state == "overdue"
    assert not d.moving


@pytest.mark.parametrize(("ending", "code"), [("closed", "void-closed"), ("withdrawn", "void-withdrawn")])
def test_closing_or_withdrawing_the_case_voids_a_running_clock(ending: str, code: str) -> None:
    history = [Event("asked", at(2, 9), seq=1), Event(ending, at(3), seq=2), Event("answered", at(4), seq=3)]
    d = deadline_of(CLOCK, timeline(history), now=at(9))
    assert (d.state, d.due_at, d.rated) == ("void", None, False)
    assert d.finding is not None
    assert d.finding.code == code
    assert d.reason == d.finding.text()


def test_closing_after_the_stop_leaves_the_clock_met() -> None:
    history = [
        Event("asked", at(2, 9), seq=1),
        Event("answered", at(3), seq=2),
        Event("closed", at(3), seq=3),
    ]
    assert deadline_of(CLOCK, timeline(history), now=at(9)).state == "met"


def test_a_clock_may_stop_at_the_closing_itself() -> None:
    closing = attrs.evolve(CLOCK, stop="closed")
    history = [Event("asked", at(2, 9), seq=1), Event("closed", at(3), seq=2)]
    assert deadline_of(closing, timeline(history), now=at(9)).state == "met"


def test_closing_before_the_start_does_not_void_what_begins_after_it() -> None:
    history = [Event("closed", at(1), seq=1), Event("asked", at(2, 9), seq=2)]
    assert deadline_of(CLOCK, timeline(history), now=at(3)).state == "running"


def test_a_closing_in_the_row_of_a_table_voids_too() -> None:
    d = CLOCK.deadline({"asked": at(2, 9), "answered": None, "closed": at(3)}, now=at(9))
    assert d.state == "void"


def test_at_once_is_due_at_its_start_and_never_overdue() -> None:
    at_once = attrs.evolve(CLOCK, within="at once")
    d = answer_to(at_once, now=at(20))
    assert (d.state, d.due_at, d.rated, d.remaining) == ("running", at(2, 9), False, None)
    assert d.next_change is None
    late = answer_to(at_once, answered=at(20), now=at(21))
    assert (late.state, late.rated) == ("met", False)


def test_at_once_stands_first_in_a_list_by_due_time() -> None:
    clocks = [CLOCK, attrs.evolve(CLOCK, within="1 h"), attrs.evolve(CLOCK, within="at once")]
    deadlines = sorted((answer_to(clock) for clock in clocks), key=lambda d: (d.due_at is None, d.due_at))
    assert [d.within for d in deadlines] == ["at once", "1 h", "2 d"]


def test_in_good_time_is_shown_and_never_computed() -> None:
    d = answer_to(attrs.evolve(CLOCK, within="in good time"), now=at(20))
    assert (d.state, d.due_at, d.original_due_at, d.budget, d.rated) == ("running", None, None, None, False)
    assert d.wall == timedelta(days=17, hours=15)
    assert d.explain().segments == ()


def test_a_figure_that_the_source_lost_leaves_the_clock_unknown() -> None:
    lost = attrs.evolve(CLOCK, within="?")
    d = answer_to(lost)
    assert (d.state, d.due_at, d.started_at, d.rated) == ("unknown", None, at(2, 9), False)
    assert d.finding is not None
    assert d.finding.code == "clock-unset"
    assert "factory" in str(d.reason)
    assert answer_to(lost, asked=None).state == "not_started"


def test_of_several_stops_the_first_counts_and_of_several_starts_too() -> None:
    clock = Clock("inform", start=["asked", "called"], stop=["answered", "visited"], within="2 d")
    events = {"asked": at(2, 9), "called": at(2, 8), "answered": at(4, 9), "visited": at(3)}
    d = clock.deadline(events, now=at(9))
    assert (d.started_at, d.stopped_at) == (at(2, 8), at(3))


def test_from_one_visit_to_the_next_the_clock_does_not_stop_at_its_own_start() -> None:
    clock = Clock("visit", start="visited", stop="visited", within="1 month")
    d = deadline_of(clock, timeline([Event("visited", at(2, 9), seq=1)]), now=at(3))
    assert (d.state, d.due_at) == ("running", pendulum.datetime(2026, 4, 2, 9, tz="Asia/Shanghai"))


def test_a_deadline_is_a_value() -> None:
    assert answer_to() == answer_to()
    assert len({answer_to(), answer_to(), answer_to(now=at(4))}) == 2


def test_durations_are_plain_and_instants_are_pendulum_s() -> None:
    d = answer_to(answered=at(3), now=at(9))
    for amount in (d.budget, d.gross, d.net, d.paused, d.remaining, d.wall):
        assert type(amount) is timedelta
    for moment in (d.started_at, d.stopped_at, d.due_at, d.original_due_at):
        assert type(moment) is DateTime


def test_late_by_is_real_time_from_the_due_time_to_the_stop_or_now() -> None:
    assert answer_to(answered=at(4, 10), now=at(30)).late_by == timedelta(hours=1)
    assert answer_to(now=at(5)).late_by == timedelta(hours=15)
    for d in (answer_to(answered=at(4, 9)), answer_to(now=at(4, 9)), answer_to(asked=None)):
        assert d.late_by is None


def test_late_by_counts_the_night_and_not_the_last_run_to_the_close() -> None:
    # Monday 09:00, same day: due 17:30. Nothing of the run from 09:00 to the close is lateness.
    day = [("08:30", "12:00"), ("13:30", "17:30")]
    factory = WorkCalendar(
        timezone="Asia/Shanghai", weekly={"mon": day, "tue": day}, known_until=date(2026, 3, 2)
    )
    same_day = attrs.evolve(CLOCK, within="same day")
    events = {"asked": MONDAY, "answered": at(2, 17).add(minutes=31)}
    d = same_day.deadline(events, now=at(3), calendar=factory)
    assert (d.state, d.late_by) == ("met_late", timedelta(minutes=1))
    beyond = same_day.deadline({"asked": MONDAY}, now=at(4, 9), calendar=factory)
    assert (beyond.state, beyond.remaining, beyond.late_by) == (
        "overdue",
        None,
        timedelta(hours=39, minutes=30),
    )


def test_what_was_read_back_without_its_figures_is_late_by_nothing() -> None:
    assert Deadline(id="answer", state=DeadlineState.OVERDUE).late_by is None
