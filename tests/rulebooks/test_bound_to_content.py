"""What is corrected after its approval: what the gate says, the checklist, the review, and a clock that waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from tests.events.corrected_histories import at

import qms_service as qms

Book = Callable[..., qms.Rulebook]
RULES = """
[lease.events.reported]
facts = { cause = "text" }
[lease.events.approved]
[lease.events.answered]
clause = "7.1"
needs  = [{ event = "approved", after = "reported" }]
[lease.events.filed]
needs = [{ event = "approved", after = "reported", keeps = true }]
[lease.clocks.approval]
clause    = "7.2"
from      = "reported"
to        = { event = "approved", after = "reported" }
within    = "12 h"
on_reopen = "resume"
"""


@pytest.fixture
def rules(book: Book) -> qms.Procedure:
    return book(RULES).on(date(2026, 3, 1))


def case(rules: qms.Procedure, *steps: tuple[float, str, dict[str, Any]]) -> qms.Case:
    case = rules.open(qms.Subject("lease", number="L-1", opened_at=at(0)))
    for hours, name, facts in steps:
        case = rules.record(case, name, at=at(hours), facts=facts)
    return case


REPORTED = (1.0, "reported", {"cause": "dust"})
APPROVED = (2.0, "approved", dict[str, Any]())
REWORDED = (4.0, "corrected", {"of": 2, "reason": "r", "facts": {"cause": "film"}})


def state(rules: qms.Procedure, case: qms.Case, now: datetime) -> tuple[str, datetime | None]:
    deadline = rules.deadline(case, "approval", now=now)
    return deadline.state.value, deadline.stopped_at


def test_the_finding_names_the_correction(rules: qms.Procedure) -> None:
    (finding,) = rules.check(case(rules, REPORTED, APPROVED, REWORDED), "answered", at=at(5))
    assert finding.code == "event-outdated.changed"
    assert finding.text() == (
        "answered needs approved (approved) later than the last correction of reported, 2026-03-02 13:00 +08:00, "
        "for what it said was changed; record it again. [small 7.1]"
    )
    assert "更正 reported、2026-03-02 13:00 +08:00" in finding.text("zh")
    (older,) = rules.check(case(rules, REPORTED, APPROVED, (3.0, *REPORTED[1:])), "answered", at=at(5))
    assert older.code == "event-outdated"


def test_the_approval_is_possible_again_and_the_answer_waits_for_it(rules: qms.Procedure) -> None:
    reworded = case(rules, REPORTED, APPROVED, REWORDED)
    steps = {step.event: step.state for step in rules.checklist(reworded, now=at(5))}
    assert (steps["approved"], steps["answered"]) == ("possible", "blocked")


def test_what_was_done_before_the_correction_stays_as_good_as_it_was(rules: qms.Procedure) -> None:
    answered = (3.0, "answered", dict[str, Any]())
    early = case(rules, REPORTED, APPROVED, answered, REWORDED)
    assert rules.review(early, now=at(5)) == ()
    late = rules.adopt(early.subject, [*early.history, qms.Event("answered", at(5), seq=6)])
    (finding,) = [one for one in rules.review(late, now=at(6)) if one.refuses]
    assert (finding.code, finding.subject) == ("event-outdated.changed", "answered")


def test_a_clock_that_waits_for_the_approval_runs_again_from_the_correction_on(rules: qms.Procedure) -> None:
    reworded = case(rules, REPORTED, APPROVED, REWORDED)
    assert state(rules, reworded, at(3)) == ("met", at(2))
    assert state(rules, reworded, at(5)) == ("running", None)
    again = rules.record(reworded, "approved", at=at(6))
    assert state(rules, again, at(7)) == ("met", at(6))


def test_a_correction_in_a_later_cycle_takes_no_approval_of_an_earlier_one_back(rules: qms.Procedure) -> None:
    """The clock resumes at the reopening with what was left of its twelve hours when it was met."""
    reopened = (
        REPORTED,
        APPROVED,
        (3.0, "withdrawn", {"reason": "r"}),
        (3.5, "reopened", {"reason": "r"}),
        REWORDED,
        (5.0, "approved", dict[str, Any]()),
    )
    whole = case(rules, *reopened)
    before = rules.deadline(case(rules, *reopened[:4]), "approval", now=at(4.5))
    after = rules.deadline(whole, "approval", now=at(4.5))
    assert (before.state, before.due_at) == (after.state, after.due_at)
    assert rules.check(whole, "filed", at=at(6)) == ()
    assert [one.code for one in rules.check(case(rules, *reopened[:5]), "filed", at=at(6))] == [
        "event-outdated.changed"
    ]
