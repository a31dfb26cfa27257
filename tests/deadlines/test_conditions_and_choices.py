"""Clocks that apply, or whose term is chosen, by facts that come on record one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

import attrs
import pendulum
from pendulum import DateTime

from qms_service.deadlines import Choice, Clock, Deadline, deadline_of
from qms_service.events import Event, timeline
from qms_service.worktime import Term, Urgency

OURS = {"analysed.ours": True}
ANSWER = Clock("answer", start="forwarded", stop="answered", within="48 h", when=OURS, clause="4.2.4.8.1")


def at(day: int, hour: int = 0) -> DateTime:
    return pendulum.datetime(2026, 3, day, hour, tz="Asia/Shanghai")


TUESDAY, THURSDAY = at(3), at(5)
FORWARDED = Event("forwarded", at(2, 9), seq=1)


def analysed(day: int, hour: int, seq: int, *, ours: bool) -> Event:
    return Event("analysed", at(day, hour), facts={"ours": ours}, seq=seq)


def state_of(*history: Event, clock: Clock = ANSWER, now: DateTime = TUESDAY) -> str:
    return deadline_of(clock, timeline(history, now), now=now).state


def test_before_the_facts_decide_the_clock_is_undecided_with_the_due_time_it_would_have() -> None:
    d = deadline_of(ANSWER, timeline([FORWARDED]), now=at(2, 10))
    assert (d.state, d.due_at, d.rated, d.running) == ("undecided", at(4, 9), False, True)


def test_undecided_never_turns_overdue_by_itself() -> None:
    assert state_of(FORWARDED, now=at(20)) == "undecided"


def test_decided_false_is_not_applicable() -> None:
    assert state_of(FORWARDED, analysed(2, 12, 2, ours=False)) == "not_applicable"


def test_decided_false_before_the_start_is_not_applicable_too() -> None:
    assert state_of(analysed(2, 8, 1, ours=False)) == "not_applicable"


def test_a_condition_decided_true_after_the_start_counts_from_the_start() -> None:
    d = deadline_of(ANSWER, timeline([FORWARDED, analysed(2, 12, 2, ours=True)]), now=at(3))
    assert (d.state, d.due_at) == ("running", at(4, 9))


def test_turning_false_while_running_voids() -> None:
    history = (FORWARDED, analysed(2, 12, 2, ours=True), analysed(2, 20, 3, ours=False))
    d = deadline_of(ANSWER, timeline(history), now=at(3))
    assert (d.state, d.rated) == ("void", False)
    assert d.finding is not None
    assert d.finding.code == "void-condition"


def test_turning_false_and_true_again_the_clock_runs_on() -> None:
    turns = (analysed(2, 12, 2, ours=True), analysed(2, 20, 3, ours=False), analysed(2, 22, 4, ours=True))
    assert state_of(FORWARDED, *turns) == "running"


def test_turning_false_after_the_stop_changes_nothing() -> None:
    answered = Event("answered", at(2, 18), seq=3)
    history = (FORWARDED, analysed(2, 12, 2, ours=True), answered, analysed(2, 20, 4, ours=False))
    assert state_of(*history) == "met"


def test_a_stop_before_the_facts_were_on_record_is_judged_once_they_are() -> None:
    answered = Event("answered", at(2, 18), seq=2)
    assert state_of(FORWARDED, answered) == "undecided"
    assert state_of(FORWARDED, answered, analysed(2, 20, 3, ours=True)) == "met"
    assert state_of(FORWARDED, answered, analysed(2, 20, 3, ours=False)) == "not_applicable"


def test_a_stop_at_the_instant_of_the_start_but_written_before_it_is_judged_by_the_facts_then() -> None:
    stop, start = Event("answered", at(2, 9), seq=2), Event("forwarded", at(2, 9), seq=3)
    assert state_of(analysed(2, 8, 1, ours=True), stop, start, analysed(2, 20, 4, ours=False)) == "met"


def test_a_correction_that_makes_it_never_have_been_true_is_not_applicable() -> None:
    mended = Event("corrected", at(2, 20), facts={"of": 2, "facts": {"ours": False}, "reason": "typo"}, seq=3)
    assert state_of(FORWARDED, analysed(2, 12, 2, ours=True), mended) == "not_applicable"


def test_a_second_opinion_that_makes_it_false_after_the_clock_ran_is_void() -> None:
    assert state_of(FORWARDED, analysed(2, 12, 2, ours=True), analysed(2, 20, 3, ours=False)) == "void"


@attrs.frozen
class ByGrade:
    """Urgent 2 days, normal 7 days, minor in good time; other grades have no term."""

    def possible(self, fact: Callable[[str], object], /) -> Iterable[tuple[Term | Urgency, str | None]]:
        rows: dict[str, tuple[Term | Urgency, str | None]] = {
            "urgent": (Term.parse("2 d"), "5.2.3 urgent"),
            "normal": (Term.parse("7 d"), "5.2.3 normal"),
            "minor": (Urgency.IN_GOOD_TIME, None),
        }
        grade = fact("graded.grade")
        if grade is None:
            return list(rows.values())
        return [rows[str(grade)]] if grade in rows else []


GRADED = Clock("handling", start="received", stop="handled", within=ByGrade(), clause="5.2.3")
RECEIVED = Event("received", at(2, 9), seq=1)


def graded(day: int, grade: str, seq: int) -> Event:
    return Event("graded", at(day), facts={"grade": grade}, seq=seq)


def handling(*history: Event, now: DateTime = THURSDAY) -> Deadline:
    return deadline_of(GRADED, timeline(history, now), now=now)


def test_a_table_of_terms_is_a_choice() -> None:
    assert isinstance(ByGrade(), Choice)


def test_while_the_grade_is_missing_the_earliest_due_time_still_possible_is_shown() -> None:
    d = handling(RECEIVED, now=at(3))
    assert (d.state, d.due_at, d.original_due_at) == ("undecided", at(4, 9), at(4, 9))
    assert d.within == "2 d | 7 d | in good time"
    assert d.clause is not None
    assert d.clause.number == "5.2.3"


def test_the_grade_decides_the_term_and_its_clause() -> None:
    d = handling(RECEIVED, graded(3, "normal", 2))
    assert (d.state, d.due_at, d.original_due_at) == ("running", at(9, 9), at(9, 9))
    assert d.clause is not None
    assert d.clause.number == "5.2.3 normal"


def test_a_change_of_grade_moves_the_due_time_and_the_first_one_is_kept() -> None:
    d = handling(RECEIVED, graded(3, "urgent", 2), graded(4, "normal", 3))
    assert (d.due_at, d.original_due_at) == (at(9, 9), at(4, 9))


def test_a_grade_given_before_the_start_counts_as_the_first() -> None:
    d = handling(graded(1, "normal", 1), Event("received", at(2, 9), seq=2), graded(3, "urgent", 3))
    assert (d.due_at, d.original_due_at) == (at(4, 9), at(9, 9))


def test_a_change_of_grade_after_a_pause_does_not_forget_the_pause() -> None:
    history = (
        RECEIVED,
        graded(2, "normal", 2),
        Event("paused", at(2, 10), facts={"reason": "parts"}, seq=3),
        Event("resumed", at(3, 10), seq=4),
        graded(4, "urgent", 5),
    )
    assert handling(*history).due_at == at(5, 9)


def test_a_change_of_grade_after_the_stop_does_not_judge_the_work_anew() -> None:
    history = (RECEIVED, graded(3, "normal", 2), Event("handled", at(6), seq=3), graded(7, "urgent", 4))
    d = handling(*history, now=at(8))
    assert (d.state, d.due_at) == ("met", at(9, 9))


def test_a_grade_given_after_the_stop_decides_what_was_open_then() -> None:
    d = handling(RECEIVED, Event("handled", at(6), seq=2), graded(7, "urgent", 3), now=at(8))
    assert (d.state, d.due_at) == ("met_late", at(4, 9))


def test_a_grade_without_a_term_is_a_finding() -> None:
    d = handling(RECEIVED, graded(3, "strange", 2))
    assert (d.state, d.due_at) == ("unknown", None)
    assert d.finding is not None
    assert d.finding.code == "clock-no-variant"
    assert (d.text().partition(" [")[0], d.text("zh").partition(" [")[0]) == (
        "handling: unknown",
        "handling：未知",
    )


def test_a_choice_of_an_urgency_is_shown_and_never_computed() -> None:
    d = handling(RECEIVED, graded(3, "minor", 2))
    assert (d.state, d.due_at, d.urgency) == ("running", None, Urgency.IN_GOOD_TIME)
    assert d.urgency == "in good time"


@attrs.frozen
class Agreeing:
    def possible(self, _fact: Callable[[str], object], /) -> Iterable[tuple[Term | Urgency, str | None]]:
        return [(Term.parse("2 d"), "a"), (Term.parse("2 d"), "b")]


def test_rows_that_agree_leave_nothing_to_decide() -> None:
    clock = attrs.evolve(GRADED, within=Agreeing())
    d = clock.deadline({"received": at(2, 9), "handled": None}, now=at(3))
    assert (d.state, d.due_at) == ("running", at(4, 9))


@attrs.frozen
class NearOnly:
    """24 hours up to 100 km; farther away nothing is promised."""

    def possible(self, fact: Callable[[str], object], /) -> Iterable[tuple[Term | None, str | None]]:
        km = fact("asked.km")
        if km is None:
            return [(Term.parse("24 h"), "4.1"), (None, None)]
        return [(Term.parse("24 h"), "4.1")] if km in range(101) else []


def test_a_term_that_may_turn_out_to_be_none_is_undecided_until_the_facts_are_there() -> None:
    clock = Clock("visit", start="asked", stop="visited", within=NearOnly())
    events = {"asked": at(2, 9), "visited": None}
    d = clock.deadline(events, now=at(2, 10))
    assert (d.state, d.due_at, d.within) == ("undecided", at(3, 9), "24 h")
    assert clock.deadline(events, now=at(2, 10), facts={"asked.km": 100}).state == "running"
    far = clock.deadline(events, now=at(2, 10), facts={"asked.km": 101})
    assert (far.state, far.finding and far.finding.code) == ("unknown", "clock-no-variant")
    later = deadline_of(
        clock,
        timeline([Event("asked", at(2, 9), seq=1), Event("visited", at(2, 18), seq=2)]),
        now=at(3),
    )
    assert later.state == "undecided"


def test_the_facts_of_a_row_decide_over_a_plain_mapping_too() -> None:
    events = {"received": at(2, 9), "handled": None}
    d = GRADED.deadline(events, now=at(3), facts={"graded.grade": "normal"})
    assert (d.due_at, d.remaining) == (at(9, 9), timedelta(days=6, hours=9))
    assert (
        ANSWER.deadline({"forwarded": at(2, 9)}, now=at(3), facts={"analysed.ours": False}).state
        == "not_applicable"
    )
