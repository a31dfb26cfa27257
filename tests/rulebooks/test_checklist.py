"""The checklist of a case: every step with its state, owner, due time and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms

Book = Callable[..., qms.Rulebook]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def proc() -> qms.Procedure:
    return qms.load_rulebook("pcb-maker").on(date(2026, 3, 2))


@pytest.fixture
def fresh(proc: qms.Procedure) -> qms.Case:
    return proc.open(qms.Complaint(number="C-1", customer="ACME", received_at=at(2)))


def states(steps: tuple[qms.Step, ...]) -> dict[str, str]:
    return {step.event: step.state for step in steps}


def test_a_fresh_complaint_can_only_go_to_quality(proc: qms.Procedure, fresh: qms.Case) -> None:
    steps = proc.checklist(fresh, now=at(2))
    assert states(steps)["received"] == "done"
    assert [step.event for step in proc.next_steps(fresh, now=at(2)) if not step.optional] == ["forwarded"]
    assert states(steps)["analysed"] == states(steps)["closed"] == "blocked"


def test_a_step_tells_all_that_a_screen_shows(proc: qms.Procedure, fresh: qms.Case) -> None:
    case = proc.record(fresh, "forwarded", at=at(2, 10))
    step = next(step for step in proc.checklist(case, now=at(2, 11)) if step.event == "analysed")
    assert (step.state, step.owner.responsible, step.role, step.optional) == (
        "possible",
        "quality",
        None,
        False,
    )
    assert (step.label.text(), step.label.text("zh")) == ("Initial analysis", "初步分析")
    assert (step.due_at, step.clocks) == (at(2, 22), ("initial-analysis",))
    assert str(step.clause) == "pcb-maker 4.2.4.2"
    assert [(fact.name, fact.type.partition(" ")[0]) for fact in step.facts][:3] == [
        ("established", "bool"), ("ours", "bool?"), ("cause", "text?"),
    ]  # fmt: skip
    forwarded = next(step for step in proc.checklist(case, now=at(2, 11)) if step.event == "forwarded")
    assert forwarded.done_at == at(2, 10)
    assert forwarded.form is not None
    assert forwarded.form.text("zh") == "客诉处置单"


def test_a_blocked_step_says_why(proc: qms.Procedure, fresh: qms.Case) -> None:
    closed = next(step for step in proc.checklist(fresh, now=at(2)) if step.event == "closed")
    assert [finding.facts["fact"] for finding in closed.missing] == ["analysed.established", "analysed.ours"]


def test_the_outcome_decides_which_steps_are_needed(proc: qms.Procedure, fresh: qms.Case) -> None:
    case = proc.record(fresh, "forwarded", at=at(2, 10))
    unfounded = proc.record(case, "analysed", at=at(2, 12), established=False)
    needed = states(proc.checklist(unfounded, now=at(2, 13)))
    assert {name for name, state in needed.items() if state == "not_needed"} == {
        "review_held", "contained", "disposition_issued", "cause_reported", "approved", "answered",
        "action_completed", "trained", "verified", "notice_filed",
    }  # fmt: skip
    assert needed["customer_confirmed"] == "possible"


def test_the_next_steps_begin_with_what_is_due_first(proc: qms.Procedure, fresh: qms.Case) -> None:
    case = proc.record(fresh, "forwarded", at=at(2, 10))
    case = proc.record(case, "analysed", at=at(2, 12), established=True, ours=True)
    steps = proc.next_steps(case, now=at(2, 13))
    assert [step.event for step in steps[:2]] == ["customer_informed", "contained"]
    assert [step.due_at for step in steps[:2]] == [at(2, 22), at(3, 12)]
    rest = [step.optional for step in steps[2:]]
    assert rest == sorted(rest), "what the procedure asks for stands before what it allows"


def test_what_happens_later_is_not_seen(proc: qms.Procedure, fresh: qms.Case) -> None:
    case = proc.record(fresh, "forwarded", at=at(2, 10))
    assert states(proc.checklist(case, now=at(2, 9)))["forwarded"] == "possible"


def test_a_closed_case_asks_for_nothing_and_reopened_asks_for_all_again(
    proc: qms.Procedure, fresh: qms.Case
) -> None:
    case = proc.record(fresh, "forwarded", at=at(2, 10))
    case = proc.record(case, "analysed", at=at(2, 12), established=False)
    case = proc.record(case, "customer_confirmed", at=at(3))
    case = proc.record(case, "closed", at=at(4))
    assert proc.next_steps(case, now=at(5)) == ()
    assert set(states(proc.checklist(case, now=at(5))).values()) == {"done", "not_needed"}
    again = proc.record(case, "reopened", at=at(6))
    now = states(proc.checklist(again, now=at(6)))
    assert (now["received"], now["forwarded"], now["closed"]) == ("done", "possible", "blocked")


def test_status_tells_where_a_case_stands(proc: qms.Procedure, fresh: qms.Case) -> None:
    case = proc.record(fresh, "forwarded", at=at(2, 10))
    status = proc.status(case, now=at(2, 11))
    assert (status.status, status.cycle, status.first_due_at, status.next_change_at, status.overdue) == (
        "open", 0, at(2, 22), at(2, 22), (),
    )  # fmt: skip
    late = proc.status(case, now=at(3))
    assert late.overdue == ("initial-analysis", "customer-response")
    assert late.first_due_at == at(2, 22)


def test_the_first_due_time_moves_only_while_the_clock_due_first_is_paused(
    proc: qms.Procedure, fresh: qms.Case
) -> None:
    case = proc.record(fresh, "forwarded", at=at(2, 10))
    case = proc.record(case, "sample_requested", at=at(2, 11))
    status = proc.status(case, now=at(2, 12))
    assert (status.first_due_at, status.moving) == (at(2, 22), False)  # the analysis is due before the answer
    for name, facts in (
        ("analysed", {"established": True, "ours": True}),
        ("customer_informed", {}),
        ("contained", {}),
    ):
        case = proc.record(case, name, at=at(2, 13), facts=facts)
    for day in (3, 9):  # the answer alone is due: one hour of its 48 had run when the sample was asked for
        status = proc.status(case, now=at(day, 11))
        assert (status.first_due_at, status.moving) == (at(day + 2, 10), True)


def test_a_due_time_that_is_now_is_still_a_change_ahead(proc: qms.Procedure, fresh: qms.Case) -> None:
    case = proc.record(fresh, "forwarded", at=at(2, 10))
    assert proc.status(case, now=at(2, 22)).next_change_at == at(2, 22)


def test_an_optional_step_is_shown_and_never_asked_for(book: Book) -> None:
    small = book("[lease.events.photographed]\noptional = true\n[lease.events.cleaned]\n").on(
        date(2026, 3, 1)
    )
    case = small.open(qms.Subject("lease", number="L-1", opened_at=at(1)))
    optional = {step.event: step.optional for step in small.next_steps(case, now=at(2))}
    assert optional == {"closed": False, "cleaned": False, "photographed": True}


def test_a_thing_without_a_name_is_called_by_its_id_in_words(book: Book) -> None:
    small = book("[lease.events.handed_over]\nlabel = { en = '' }\n[lease.events.keys-returned]\n").on(
        date(2026, 3, 1)
    )
    case = small.open(qms.Subject("lease", number="L-1", opened_at=at(1)))
    labels = {step.event: step.label.text("zh") for step in small.checklist(case, now=at(2))}
    assert labels["handed_over"] == "handed over"
    assert labels["keys-returned"] == "keys returned"
