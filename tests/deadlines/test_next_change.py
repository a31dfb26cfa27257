"""When a deadline changes next without a new event: a scheduler needs one query, and loses no reminder."""

from __future__ import annotations

import pendulum
from pendulum import DateTime

from qms_service.deadlines import Clock, PauseRule, deadline_of
from qms_service.events import Event, timeline

CLOCK = Clock("answer", start="asked", stop="answered", within="48 h", warn="36 h")


def at(day: int, hour: int = 0) -> DateTime:
    return pendulum.datetime(2026, 3, day, hour, tz="Asia/Shanghai")


def next_change(now: DateTime, **events: DateTime | None) -> DateTime | None:
    return CLOCK.deadline({"asked": at(2), "answered": None, **events}, now=now).next_change


def test_first_the_warning_then_the_due_time_then_nothing() -> None:
    assert next_change(at(2, 5)) == at(3, 12)
    assert next_change(at(3, 12)) == at(4)
    assert next_change(at(4, 1)) is None


def test_at_the_very_due_time_the_change_to_overdue_is_still_ahead() -> None:
    assert next_change(at(4)) == at(4)


def test_a_clock_that_stopped_or_has_not_started_changes_no_more() -> None:
    assert next_change(at(3), answered=at(2, 12)) is None
    assert next_change(at(3), asked=None) is None


def test_a_range_of_moments_finds_every_reminder_though_one_run_was_missed() -> None:
    """Reminders chosen by equality of dates are lost with the run that was missed."""
    last_run, now = at(3, 6), at(4, 6)
    d = CLOCK.deadline({"asked": at(2), "answered": None}, now=now)
    assert d.warn_at is not None
    assert d.due_at is not None
    assert last_run < d.warn_at <= now
    assert last_run < d.due_at <= now


def test_while_paused_without_a_cap_nothing_changes_by_itself() -> None:
    d = CLOCK.deadline({"asked": at(2), "answered": None}, now=at(3), pauses=[(at(2, 5), None)])
    assert (d.state, d.next_change) == ("paused", None)


def test_while_paused_with_a_cap_the_cap_is_the_next_change() -> None:
    rule = PauseRule("sample", starts="requested", ends="received", at_most="3 d")
    clock = Clock("answer", start="asked", stop="answered", within="48 h", paused_by="sample")
    history = [Event("asked", at(2), seq=1), Event("requested", at(2, 5), seq=2)]
    d = deadline_of(clock, timeline(history), now=at(3), pause_rules=[rule])
    assert d.next_change == at(5, 5)


def test_a_pause_within_the_last_run_to_the_close_does_not_move_the_due_time() -> None:
    from qms_service.worktime import WorkCalendar  # noqa: PLC0415

    always = WorkCalendar.continuous("Asia/Shanghai")
    clock = Clock("answer", start="asked", stop="answered", within="1 working d, end of day")
    d = clock.deadline({"asked": at(2, 9)}, now=at(3, 12), calendar=always, pauses=[(at(3, 10), None)])
    assert (d.state, d.moving, d.due_at, d.next_change) == ("paused", False, at(4), at(4))


def test_an_undecided_clock_changes_next_at_its_earliest_due_time() -> None:
    clock = Clock("answer", start="asked", stop="answered", within="48 h", when={"subject.ours": True})
    d = clock.deadline({"asked": at(2), "answered": None}, now=at(3))
    assert (d.state, d.next_change) == ("undecided", at(4))
