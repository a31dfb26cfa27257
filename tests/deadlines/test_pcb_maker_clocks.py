"""The complaint clocks of the board maker, by clause: inside the term, on its boundary, after it, paused."""

from __future__ import annotations

from datetime import timedelta

import pendulum
import pytest
from pendulum import DateTime

from qms_service.deadlines import Clock, DeadlineState, PauseRule, deadline_of
from qms_service.events import Event, timeline

OURS = {"analysed.established": True, "analysed.ours": True}
ANALYSIS = Clock("initial-analysis", start="forwarded", stop="analysed", within="12 h", clause="4.2.4.2")
RESPONSE = Clock(
    "customer-response", start="forwarded", stop="customer_informed", within="12 h", clause="4.2.2"
)
CONTAINMENT = Clock(
    "containment",
    start={"event": "analysed", "where": {"established": True}},
    stop="contained",
    within="24 h",
    clause="4.2.4.3",
)
ANSWER = Clock(
    "answer",
    start="forwarded",
    stop="answered",
    within="48 h",
    warn="36 h",
    when=OURS,
    paused_by=["sample"],
    clause="4.2.4.8.1",
)
ANSWER_AFTER_APPROVAL = Clock(
    "answer-after-approval", start="approved", stop="answered", within="48 h", clause="4.2.4.8.1"
)
SAMPLE = PauseRule("sample", starts="sample_requested", ends="sample_received", clause="4.2.4.8.2")


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> DateTime:
    return pendulum.datetime(2026, 3, day, hour, minute, second, tz="Asia/Shanghai")


FORWARDED = at(2, 9)


@pytest.mark.parametrize(
    ("analysed", "state"),
    [(at(2, 20, 59), "met"), (at(2, 21), "met"), (at(2, 21, 0, 1), "met_late")],
    ids=["inside", "on the boundary", "after"],
)
def test_4_2_4_2_quality_analyses_within_12_h(analysed: DateTime, state: str) -> None:
    d = ANALYSIS.deadline({"forwarded": FORWARDED, "analysed": analysed}, now=at(9))
    assert d.state == state
    assert d.due_at == at(2, 21)
    assert d.clause is not None
    assert d.clause.number == "4.2.4.2"


@pytest.mark.parametrize(
    ("now", "state"),
    [(at(2, 20, 59), "running"), (at(2, 21), "running"), (at(2, 21, 0, 1), "overdue")],
    ids=["inside", "on the boundary", "after"],
)
def test_4_2_4_2_an_analysis_still_open_is_overdue_only_after_its_due_time(now: DateTime, state: str) -> None:
    assert ANALYSIS.deadline({"forwarded": FORWARDED, "analysed": None}, now=now).state == state


def test_4_2_2_the_customer_hears_within_the_same_12_h() -> None:
    d = RESPONSE.deadline({"forwarded": FORWARDED, "customer_informed": at(2, 21)}, now=at(3))
    assert (d.state, d.due_at) == ("met", at(2, 21))


def test_4_2_4_3_containment_counts_24_h_from_establishment() -> None:
    established = {"analysed.established": True}
    d = CONTAINMENT.deadline({"analysed": at(2, 15), "contained": None}, now=at(3), facts=established)
    assert (d.state, d.due_at, d.remaining) == ("running", at(3, 15), timedelta(hours=15))


def test_4_2_4_3_a_complaint_not_established_starts_no_containment() -> None:
    refused = {"analysed.established": False}
    d = CONTAINMENT.deadline({"analysed": at(2, 15), "contained": None}, now=at(5), facts=refused)
    assert d.state == "not_started"


def test_4_2_4_3_the_analysis_that_establishes_starts_containment_not_an_earlier_one() -> None:
    history = [
        Event("analysed", at(2, 15), facts={"established": False}, seq=1),
        Event("analysed", at(3, 10), facts={"established": True}, seq=2),
    ]
    d = deadline_of(CONTAINMENT, timeline(history), now=at(3, 11))
    assert (d.started_at, d.due_at) == (at(3, 10), at(4, 10))


@pytest.mark.parametrize(
    ("answered", "state"),
    [(at(4, 8, 59), "met"), (at(4, 9), "met"), (at(4, 9, 0, 1), "met_late")],
    ids=["inside", "on the boundary", "after"],
)
def test_4_2_4_8_1_an_own_fault_is_answered_within_48_h_of_receipt(answered: DateTime, state: str) -> None:
    d = ANSWER.deadline({"forwarded": FORWARDED, "answered": answered}, now=at(9), facts=OURS)
    assert (d.state, d.due_at) == (state, at(4, 9))


def test_4_2_4_8_1_a_fault_that_is_not_ours_needs_no_answer() -> None:
    facts = {"analysed.established": True, "analysed.ours": False}
    d = ANSWER.deadline({"forwarded": FORWARDED, "answered": None}, now=at(9), facts=facts)
    assert d.state is DeadlineState.NOT_APPLICABLE
    assert (d.due_at, d.rated) == (None, False)


def test_4_2_4_8_1_the_letter_of_the_clause_counts_from_the_approval() -> None:
    d = ANSWER_AFTER_APPROVAL.deadline({"approved": at(3, 16), "answered": at(5, 16)}, now=at(9))
    assert (d.state, d.due_at) == ("met", at(5, 16))


def complaint(*more: Event) -> list[Event]:
    return [
        Event("received", at(2, 8), seq=1),
        Event("forwarded", FORWARDED, seq=2),
        Event("analysed", at(2, 15), facts={"established": True, "ours": True}, seq=3),
        *more,
    ]


def test_4_2_4_8_2_the_answer_waits_while_the_sample_is_under_way() -> None:
    history = complaint(
        Event("sample_requested", at(2, 16), seq=4), Event("sample_received", at(6, 10), seq=5)
    )
    d = deadline_of(ANSWER, timeline(history), now=at(6, 12), pause_rules=[SAMPLE])
    # 7 h had run when the sample was asked for; 41 h are left from its arrival.
    assert (d.state, d.due_at) == ("running", at(8, 3))
    assert d.original_due_at == at(4, 9)
    assert (d.gross, d.net, d.paused) == (timedelta(hours=99), timedelta(hours=9), timedelta(hours=90))
    assert d.warn_at == at(7, 15)


def test_4_2_4_8_2_while_the_sample_is_under_way_the_due_time_moves_on_with_now() -> None:
    history = complaint(Event("sample_requested", at(2, 16), seq=4))
    for hours in (0, 5, 500):
        now = at(2, 16).add(hours=hours)
        d = deadline_of(ANSWER, timeline(history, now), now=now, pause_rules=[SAMPLE])
        assert (d.state, d.moving) == ("paused", True)
        assert d.due_at == now.add(hours=41)
        assert d.remaining == timedelta(hours=41)


def test_while_nobody_has_decided_whether_it_applies_a_pause_moves_the_due_time_all_the_same() -> None:
    history = [Event("forwarded", at(2, 9), seq=1), Event("sample_requested", at(2, 16), seq=2)]
    for hours in (0, 5, 500):
        now = at(2, 16).add(hours=hours)
        d = deadline_of(ANSWER, timeline(history, now), now=now, pause_rules=[SAMPLE])
        assert (d.state, d.moving, d.due_at) == ("undecided", True, now.add(hours=41))
        assert d.next_change is None  # neither the warning nor the due time comes nearer


def test_a_pause_that_a_clock_does_not_list_does_not_stop_it() -> None:
    history = complaint(Event("sample_requested", at(2, 16), seq=4))
    d = deadline_of(CONTAINMENT, timeline(history), now=at(2, 20), pause_rules=[SAMPLE])
    assert (d.state, d.due_at) == ("running", at(3, 15))


def test_the_sample_may_be_asked_for_twice() -> None:
    history = complaint(
        Event("sample_requested", at(2, 16), seq=4),
        Event("sample_received", at(3, 16), seq=5),
        Event("sample_requested", at(3, 17), seq=6),
        Event("sample_requested", at(3, 18), seq=7),
        Event("sample_received", at(4, 17), seq=8),
    )
    d = deadline_of(ANSWER, timeline(history), now=at(4, 18), pause_rules=[SAMPLE])
    assert d.due_at == at(6, 9)
    assert d.paused == timedelta(days=2)


def test_a_pause_may_be_capped_and_then_the_clock_runs_again() -> None:
    capped = PauseRule("sample", starts="sample_requested", ends="sample_received", at_most="24 h")
    history = complaint(Event("sample_requested", at(2, 16), seq=4))
    waiting = deadline_of(ANSWER, timeline(history), now=at(3, 10), pause_rules=[capped])
    assert (waiting.state, waiting.next_change) == ("paused", at(3, 16))
    later = deadline_of(ANSWER, timeline(history), now=at(3, 17), pause_rules=[capped])
    assert (later.state, later.due_at, later.paused) == ("running", at(5, 9), timedelta(hours=24))


def test_the_cap_of_a_pause_does_not_lengthen_one_that_ended_before() -> None:
    capped = PauseRule("sample", starts="sample_requested", ends="sample_received", at_most="24 h")
    history = complaint(
        Event("sample_requested", at(2, 16), seq=4), Event("sample_received", at(2, 17), seq=5)
    )
    d = deadline_of(ANSWER, timeline(history), now=at(3, 10), pause_rules=[capped])
    assert d.due_at == at(4, 10)


def test_a_case_is_paused_by_hand_for_all_clocks_or_for_those_named() -> None:
    paused = Event("paused", at(2, 16), facts={"reason": "plant holiday"}, seq=4)
    resumed = Event("resumed", at(2, 20), seq=5)
    assert deadline_of(ANSWER, timeline(complaint(paused, resumed)), now=at(3)).due_at == at(4, 13)
    for clocks, due in ((("answer",), at(4, 13)), (("containment",), at(4, 9)), ("answer", at(4, 13))):
        named = Event("paused", at(2, 16), facts={"reason": "plant holiday", "clocks": clocks}, seq=4)
        assert deadline_of(ANSWER, timeline(complaint(named, resumed)), now=at(3)).due_at == due


def test_overlapping_pauses_count_once() -> None:
    history = complaint(
        Event("sample_requested", at(2, 16), seq=4),
        Event("paused", at(2, 18), facts={"reason": "customer asked"}, seq=5),
        Event("sample_received", at(2, 20), seq=6),
        Event("resumed", at(2, 22), seq=7),
    )
    d = deadline_of(ANSWER, timeline(history), now=at(3), pause_rules=[SAMPLE])
    assert (d.paused, d.due_at) == (timedelta(hours=6), at(4, 15))


def test_an_answer_sent_while_the_sample_is_under_way_stops_the_clock() -> None:
    history = complaint(
        Event("sample_requested", at(2, 16), seq=4),
        Event("answered", at(20), seq=5),
        Event("sample_received", at(21), seq=6),
    )
    d = deadline_of(ANSWER, timeline(history), now=at(22), pause_rules=[SAMPLE])
    assert (d.state, d.net) == ("met", timedelta(hours=7))
