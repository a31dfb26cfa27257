"""Properties of any complaint, however it was walked through its procedure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
PROC = qms.load_rulebook("pcb-maker").on(START)
FACTS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "analysed": st.fixed_dictionaries(
        {"established": st.booleans()},
        optional={
            "ours": st.booleans(),
            "cause": st.sampled_from(["operation", "process", "unknown"]),
            "responsible": st.sampled_from(["production", "PMC", "货仓"]),
        },
    ),
    "cause_reported": st.fixed_dictionaries({"cause": st.sampled_from(["operation", "process"])}),
    "verified": st.fixed_dictionaries({"effective": st.booleans()}),
    "approved": st.just({"role": "quality_manager"}),
    "withdrawn": st.just({"reason": "the customer took it back"}),
}
NAMES = [*PROC.rules.kind("complaint").events, "withdrawn", "reopened"]
NAMES.remove("received")
OFTEN = ["forwarded", "analysed", "contained", "customer_confirmed", "closed"]


@st.composite
def attempts(draw: st.DrawFn, longest: int = 25) -> list[tuple[str, timedelta, dict[str, Any]]]:
    """Steps that somebody tries, in the order of their time."""
    tried, passed = [], timedelta()
    for _ in range(draw(st.integers(0, longest))):
        passed += timedelta(minutes=draw(st.integers(0, 2000)))
        name = draw(st.sampled_from(NAMES + OFTEN * 3))
        tried.append((name, passed, draw(FACTS.get(name, st.just({})))))
    return tried


def opened() -> qms.Case:
    return PROC.open(qms.Complaint(number="C-1", customer="ACME", received_at=START))


def walked(tried: list[tuple[str, timedelta, dict[str, Any]]]) -> tuple[qms.Case, list[str]]:
    """The case after those attempts that the rules allow, and their names."""
    case, kept = opened(), ["received"]
    for name, passed, entry in tried:
        try:
            case = PROC.record(case, name, at=START + passed, **entry)
        except qms.Refused:
            continue
        kept.append(name)
    return case, kept


def answers(case: qms.Case, now: datetime) -> tuple[object, ...]:
    return (
        PROC.deadlines(case, now=now),
        PROC.checklist(case, now=now),
        PROC.status(case, now=now),
        [PROC.owner(case, step, now=now) for step in ("cause_reported", "customer_informed")],
        PROC.review(case, now),
    )


@settings(max_examples=300, deadline=None)
@given(attempts())
def test_no_recorded_event_is_ever_lost(tried: list[tuple[str, timedelta, dict[str, Any]]]) -> None:
    case, kept = walked(tried)
    assert [event.name for event in case.history] == kept
    assert [event.seq for event in case.history] == list(range(1, case.version + 1))
    assert [event.name for event in case.timeline().events] == kept


@settings(max_examples=300, deadline=None)
@given(attempts())
def test_a_case_recorded_without_concessions_has_nothing_refused_in_review(
    tried: list[tuple[str, timedelta, dict[str, Any]]],
) -> None:
    case, _ = walked(tried)
    assert [str(finding) for finding in PROC.review(case) if finding.refuses] == []


@settings(max_examples=200, deadline=None)
@given(attempts(8), attempts(4), st.integers(1, 5000))
def test_what_happens_after_now_changes_no_answer(
    before: list[tuple[str, timedelta, dict[str, Any]]],
    after: list[tuple[str, timedelta, dict[str, Any]]],
    minutes: int,
) -> None:
    case, _ = walked(before)
    now = START + max((passed for _, passed, _ in before), default=timedelta())
    later = [
        (name, now - START + timedelta(minutes=minutes) + passed, entry) for name, passed, entry in after
    ]
    grown = case
    for name, passed, entry in later:
        grown = (
            PROC.record(grown, name, at=START + passed, despite="to see", **entry)
            if allowed(grown, name, passed, entry)
            else grown
        )
    assert answers(grown, now) == answers(case, now)


def allowed(case: qms.Case, name: str, passed: timedelta, entry: dict[str, Any]) -> bool:
    return not any(finding.absolute for finding in PROC.check(case, name, at=START + passed, **entry))


@settings(max_examples=200, deadline=None)
@given(attempts(), st.integers(0, 20_000))
def test_a_history_adopted_answers_as_the_case_it_came_from(
    tried: list[tuple[str, timedelta, dict[str, Any]]], minutes: int
) -> None:
    case, _ = walked(tried)
    now = START + timedelta(minutes=minutes)
    adopted = PROC.adopt(case.subject, case.history)
    assert adopted == case
    assert answers(adopted, now) == answers(case, now)


@settings(max_examples=200, deadline=None)
@given(attempts())
def test_what_the_checklist_calls_possible_is_allowed_and_what_it_calls_blocked_is_refused(
    tried: list[tuple[str, timedelta, dict[str, Any]]],
) -> None:
    case, _ = walked(tried)
    now = START + timedelta(days=60)
    entries: dict[str, dict[str, Any]] = {
        "analysed": {"established": True},
        "cause_reported": {"cause": "process"},
        "verified": {"effective": True},
        "approved": {"role": "quality_manager"},
    }
    for step in PROC.checklist(case, now=now):
        refused = [
            finding
            for finding in PROC.check(case, step.event, at=now, **entries.get(step.event, {}))
            if finding.refuses
        ]
        if step.state == "possible":
            assert refused == [], step.event
        elif step.state == "blocked":
            assert set(step.missing) == set(refused), step.event


@settings(max_examples=200, deadline=None)
@given(attempts(), st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_what_is_written_and_not_what_the_clocks_say(
    tried: list[tuple[str, timedelta, dict[str, Any]]],
    shuffle: Any,  # noqa: ANN401  # Hypothesis has no public type for it
) -> None:
    case, _ = walked(
        [(name, passed + timedelta(seconds=n), entry) for n, (name, passed, entry) in enumerate(tried)]
    )
    opening, *rest = case.history
    shuffle.shuffle(rest)
    entered = [
        opening,
        *(qms.Event(one.name, one.at, seq=seq, facts=one.facts) for seq, one in enumerate(rest, start=2)),
    ]
    again = PROC.adopt(case.subject, entered)
    now = START + timedelta(days=60)
    assert PROC.deadlines(again, now=now) == PROC.deadlines(case, now=now)
