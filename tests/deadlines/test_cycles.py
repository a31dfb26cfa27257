"""What a reopened case does to its clocks."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pendulum
from pendulum import DateTime

from qms_service.deadlines import Clock, Deadline, PauseRule, deadline_of
from qms_service.events import Event, timeline

CLOCK = Clock("answer", start="asked", stop="answered", within="48 h")
RESTART = attrs.evolve(CLOCK, on_reopen="restart")
RESUME = attrs.evolve(CLOCK, on_reopen="resume")
KEEPS = attrs.evolve(CLOCK, keeps=True)


def at(day: int, hour: int = 0) -> DateTime:
    return pendulum.datetime(2026, 3, day, hour, tz="Asia/Shanghai")


def case(*names: tuple[str, DateTime]) -> list[Event]:
    return [Event(name, moment, seq=seq) for seq, (name, moment) in enumerate(names, 1)]


def of(clock: Clock, history: list[Event], now: DateTime) -> Deadline:
    return deadline_of(clock, timeline(history, now), now=now)


ANSWERED = case(("asked", at(2)), ("answered", at(2, 10)), ("closed", at(3)), ("reopened", at(10)))
UNANSWERED = case(("asked", at(2)), ("closed", at(2, 10)), ("reopened", at(10)))
ASKED_AGAIN = [*ANSWERED, Event("asked", at(11), seq=5)]


def test_by_default_a_reopened_case_waits_for_a_new_start() -> None:
    assert of(CLOCK, ANSWERED, at(11)).state == "not_started"
    d = of(CLOCK, ASKED_AGAIN, at(12))
    assert (d.state, d.started_at, d.due_at, d.cycle) == ("running", at(11), at(13), 1)


def test_the_cycle_before_is_judged_as_it_was_until_the_reopening() -> None:
    assert of(CLOCK, ANSWERED, at(9)).state == "met"
    assert of(CLOCK, ANSWERED, at(9)).cycle == 0


def test_restart_begins_anew_at_the_reopening_with_the_whole_budget() -> None:
    d = of(RESTART, ANSWERED, at(11))
    assert (d.state, d.started_at, d.due_at) == ("running", at(10), at(12))


def test_restart_of_a_clock_that_never_ran_waits_for_its_start() -> None:
    history = case(("closed", at(2)), ("reopened", at(10)), ("asked", at(11)))
    assert of(RESTART, history[:2], at(10, 5)).state == "not_started"
    assert of(RESTART, history, at(12)).started_at == at(11)


def test_resume_goes_on_with_what_was_left_when_it_stopped() -> None:
    d = of(RESUME, ANSWERED, at(11))
    assert (d.state, d.started_at, d.due_at) == ("running", at(2), at(11, 14))
    assert (d.gross, d.net, d.remaining) == (timedelta(days=9), timedelta(hours=34), timedelta(hours=14))


def test_resume_goes_on_with_what_was_left_when_the_case_was_closed() -> None:
    assert of(RESUME, UNANSWERED, at(11)).due_at == at(11, 14)


def test_resume_explains_the_time_that_the_case_lay_closed() -> None:
    reasons = [segment.reason for segment in of(RESUME, ANSWERED, at(11)).explain().segments]
    assert reasons == ["elapsed", "reopened", "elapsed"]


def test_resume_runs_on_over_a_reopening_without_a_closing() -> None:
    history = case(("asked", at(2)), ("reopened", at(3)))
    assert of(RESUME, history, at(3)).due_at == at(4)


def test_resume_adds_up_over_several_reopenings() -> None:
    again = [
        *ANSWERED,
        Event("answered", at(11), seq=5),
        Event("closed", at(12), seq=6),
        Event("reopened", at(20), seq=7),
    ]
    assert of(RESUME, again, at(20, 4)).due_at == at(20, 14)
    assert of(RESUME, again[:5], at(11, 5)).state == "met"


def test_resume_of_a_clock_that_never_ran_waits_for_its_start() -> None:
    history = case(("closed", at(2)), ("reopened", at(10)), ("asked", at(11)))
    assert of(RESUME, history, at(12)).started_at == at(11)
    assert of(RESUME, history[:2], at(12)).state == "not_started"


def test_resume_keeps_the_pauses_of_earlier_cycles() -> None:
    rule = PauseRule("sample", starts="requested", ends="received")
    clock = attrs.evolve(RESUME, paused_by=["sample"])
    history = case(
        ("asked", at(2)),
        ("requested", at(2, 2)),
        ("received", at(2, 6)),
        ("closed", at(2, 10)),
        ("reopened", at(10)),
    )
    d = deadline_of(clock, timeline(history), now=at(10, 1), pause_rules=[rule])
    assert d.due_at == at(11, 18)


def test_a_new_cycle_does_not_see_the_pauses_of_the_one_before() -> None:
    history = case(("paused", at(1)), ("closed", at(3)), ("reopened", at(10)), ("asked", at(11)))
    assert of(CLOCK, history, at(12)).state == "running"


def test_a_clock_that_keeps_sees_all_cycles_as_one() -> None:
    assert of(KEEPS, ANSWERED, at(11)).state == "met"
    d = of(KEEPS, UNANSWERED, at(11))
    assert (d.state, d.started_at, d.due_at, d.cycle) == ("overdue", at(2), at(4), 1)


def test_a_second_closing_voids_what_runs_in_the_second_cycle() -> None:
    history = [*ASKED_AGAIN, Event("closed", at(12), seq=6)]
    for clock in (CLOCK, RESTART, RESUME):
        assert of(clock, history, at(13)).state == "void"


def test_a_run_found_whole_in_an_earlier_cycle_is_judged_by_what_is_on_record_now() -> None:
    kept = attrs.evolve(
        CLOCK,
        start={"event": "asked", "keeps": True},
        stop={"event": "answered", "keeps": True},
        when={"judged.ours": True},
    )
    judged = [*ANSWERED, Event("judged", at(11), seq=5, facts={"ours": True})]
    assert of(kept, ANSWERED, at(12)).state == "undecided"
    assert of(kept, judged, at(12)).state == "met"
