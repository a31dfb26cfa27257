"""Extensions and dates agreed with the customer: what moves, what stays, what is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pendulum
import pytest
from pendulum import DateTime

from qms_service.deadlines import Clock, Deadline, deadline_of
from qms_service.events import Event, timeline
from qms_service.worktime import Term, WorkCalendar

DAY = (("08:30", "12:00"), ("13:30", "17:30"))
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly={"mon": DAY, "tue": DAY, "wed": DAY, "thu": DAY, "fri": DAY},
    known_until=date(2026, 3, 31),
)
ANSWER = Clock("answer", start="asked", stop="answered", within="48 h", clause="4.2.4.8.1")
PLAN = Clock("plan", start="asked", stop="answered", within="4 working d", clause="5.2")


def at(day: int, hour: int = 0, minute: int = 0) -> DateTime:
    return pendulum.datetime(2026, 3, day, hour, minute, tz="Asia/Shanghai")  # 2 March 2026 is a Monday


Step = tuple[str, DateTime, dict[str, object]]


def case(*more: Step) -> list[Event]:
    history = [Event("asked", at(2, 9), seq=1)]
    return history + [
        Event(name, moment, facts=facts, seq=seq) for seq, (name, moment, facts) in enumerate(more, 2)
    ]


def of(clock: Clock, *more: Step, now: DateTime) -> Deadline:
    return deadline_of(clock, timeline(case(*more), now), now=now, calendar=FACTORY)


def extended(moment: DateTime, **facts: object) -> Step:
    return ("extended", moment, {"clock": "answer", "reason": "parts late", "approved_by": "Wu", **facts})


def agreed(moment: DateTime, due: DateTime, clock: str = "answer") -> Step:
    return ("agreed", moment, {"clock": clock, "due_at": due})


PAUSED: Step = ("paused", at(3, 9), {"reason": "waiting for the customer"})
RESUMED: Step = ("resumed", at(3, 19), {})


def test_an_extension_moves_the_due_time_and_keeps_the_original() -> None:
    d = of(ANSWER, extended(at(3), until=at(6, 12)), now=at(5))
    assert (d.state, d.due_at, d.original_due_at) == ("running", at(6, 12), at(4, 9))
    assert d.budget == timedelta(hours=99)
    assert d.remaining == timedelta(hours=36)


def test_an_extension_within_a_term_counts_from_the_due_time_in_force() -> None:
    assert of(ANSWER, extended(at(3), within="24 h"), now=at(3)).due_at == at(5, 9)
    assert of(ANSWER, extended(at(3), within=Term.parse("24 h")), now=at(3)).due_at == at(5, 9)
    twice = (extended(at(3), within="24 h"), extended(at(4), within="1 d"))
    assert of(ANSWER, *twice, now=at(5)).due_at == at(6, 9)


def test_a_pause_before_the_extension_is_known_to_it_and_does_not_move_its_date() -> None:
    assert of(ANSWER, PAUSED, RESUMED, extended(at(3, 20), until=at(6, 12)), now=at(5)).due_at == at(6, 12)


def test_a_pause_after_the_extension_moves_its_date() -> None:
    assert of(ANSWER, extended(at(3, 8), until=at(6, 12)), PAUSED, RESUMED, now=at(5)).due_at == at(6, 22)


def test_what_is_left_of_a_pause_that_lasts_moves_the_date_of_an_extension_given_within_it() -> None:
    d = of(ANSWER, PAUSED, extended(at(3, 12), until=at(6, 12)), RESUMED, now=at(5))
    assert d.due_at == at(6, 19)


def test_an_extension_to_a_date_outside_working_time_ends_on_that_date() -> None:
    sunday = at(8, 18)
    d = deadline_of(
        PLAN,
        timeline(case(("extended", at(3), {"clock": "plan", "until": sunday}))),
        now=at(4),
        calendar=FACTORY,
    )
    assert d.due_at == sunday
    assert d.explain().segments[-1].end == sunday
    assert sum((s.counted for s in d.explain().segments), timedelta()) == d.budget


def test_an_extension_to_an_opening_ends_at_that_opening_and_a_day_s_pause_later_at_the_next() -> None:
    monday: Step = ("extended", at(3), {"clock": "plan", "until": at(9, 8, 30)})
    pause: tuple[Step, Step] = (("paused", at(4, 8, 30), {"reason": "x"}), ("resumed", at(5, 8, 30), {}))
    assert of(PLAN, monday, now=at(4)).due_at == at(9, 8, 30)
    assert of(PLAN, monday, *pause, now=at(6)).due_at == at(10, 8, 30)


def test_an_extension_of_working_days_by_working_days() -> None:
    d = of(PLAN, ("extended", at(3), {"clock": "plan", "within": "3 working d"}), now=at(4))
    assert (d.due_at, d.original_due_at) == (at(11, 9), at(6, 9))


@pytest.mark.parametrize(
    "late_or_void",
    [
        extended(at(4, 9, 1), until=at(6, 12)),
        extended(at(3), until=at(4, 9)),
        extended(at(3), until=at(4, 8)),
        extended(at(3)),
        extended(at(3), within="soon"),
        extended(at(1), until=at(6, 12)),
        extended(at(3), until=at(6, 12), clock="other"),
    ],
    ids=[
        "after expiry",
        "not later",
        "earlier",
        "no date",
        "unreadable",
        "before the start",
        "another clock",
    ],
)
def test_an_extension_that_would_be_refused_moves_nothing_in_a_history_made_elsewhere(
    late_or_void: Step,
) -> None:
    d = of(ANSWER, late_or_void, now=at(5))
    assert (d.state, d.due_at) == ("overdue", at(4, 9))


def test_an_extension_at_the_very_due_time_still_counts() -> None:
    assert of(ANSWER, extended(at(4, 9), until=at(6, 12)), now=at(5)).due_at == at(6, 12)


def test_an_extension_after_the_stop_changes_nothing() -> None:
    d = of(ANSWER, ("answered", at(4, 8), {}), extended(at(4, 8, 30), until=at(6, 12)), now=at(5))
    assert (d.state, d.due_at) == ("met", at(4, 9))


def test_a_date_agreed_with_the_customer_does_not_move_with_pauses() -> None:
    d = of(ANSWER, agreed(at(2, 12), at(6, 12)), PAUSED, RESUMED, now=at(5))
    assert (d.state, d.due_at, d.original_due_at) == ("running", at(6, 12), at(4, 9))
    assert (d.paused, d.remaining) == (timedelta(hours=10), timedelta(hours=36))
    paused = of(ANSWER, agreed(at(2, 12), at(6, 12)), PAUSED, now=at(5))
    assert (paused.state, paused.due_at, paused.moving) == ("paused", at(6, 12), False)
    assert paused.next_change == at(6, 12)


def test_a_pause_after_an_agreed_date_has_passed_takes_nothing_off_its_budget() -> None:
    d = of(ANSWER, agreed(at(2, 12), at(3, 8)), PAUSED, RESUMED, now=at(5))
    assert (d.state, d.budget, d.net) == ("overdue", timedelta(hours=23), timedelta(hours=53))


def test_a_date_agreed_before_the_start_holds() -> None:
    assert of(ANSWER, agreed(at(1), at(6, 12)), now=at(5)).due_at == at(6, 12)


def test_the_last_agreed_date_counts_and_an_extension_may_follow_it() -> None:
    dates = (agreed(at(2, 12), at(6, 12)), extended(at(3), until=at(7)), agreed(at(3, 1), at(5, 12)))
    assert of(ANSWER, *dates, now=at(4)).due_at == at(5, 12)
    assert of(ANSWER, *dates, extended(at(4), until=at(8)), now=at(5)).due_at == at(8)


def test_a_date_agreed_before_the_start_of_the_clock_leaves_no_budget() -> None:
    d = of(ANSWER, agreed(at(1), at(1, 12)), now=at(5))
    assert (d.state, d.due_at, d.budget, d.remaining) == (
        "overdue",
        at(1, 12),
        timedelta(0),
        timedelta(hours=-63),
    )
    assert d.explain().segments == ()


def test_an_agreed_event_without_a_date_agrees_nothing() -> None:
    assert of(ANSWER, ("agreed", at(3), {"clock": "answer"}), now=at(3)).due_at == at(4, 9)


def test_an_agreed_date_may_be_given_over_a_plain_mapping() -> None:
    events = {"asked": at(2, 9), "answered": None}
    d = ANSWER.deadline(events, now=at(5), agreed=at(6, 12), pauses=[(at(3, 9), at(3, 19))])
    assert (d.due_at, d.original_due_at) == (at(6, 12), at(4, 9))


def test_an_agreed_date_holds_even_where_the_calendar_does_not_know_the_term() -> None:
    clock = Clock("plan", start="asked", stop="answered", within="40 working d")
    date_agreed = (
        "agreed",
        at(3),
        {"clock": "plan", "due_at": pendulum.datetime(2026, 5, 8, 9, tz="Asia/Shanghai")},
    )
    d = of(clock, date_agreed, now=at(4))
    assert (d.state, d.original_due_at, d.remaining) == ("running", None, None)
    assert str(d.due_at) == "2026-05-08 09:00:00+08:00"
