"""What was open when the period ended, who has to act, and by when."""

from __future__ import annotations

from datetime import date

import attrs

import qms_service as qms
from qms_service.management import OpenAction

from .story import Entry, at, case, claim, review_of


def improvement(number: str, opened: str, *events: Entry) -> qms.Case:
    facts = {"customer": "ACME", "items": ("late answers",)}
    return case(qms.Subject("improvement", number=number, opened_at=at(opened), facts=facts), *events)


def one_of(*cases: qms.Case, **changes: object) -> OpenAction:
    (action,) = review_of(cases, **changes).actions
    return action


def test_claims_open_at_the_end_are_listed_the_oldest_first() -> None:
    assert [action.case for action in review_of().actions] == ["M-2", "M-3", "M-4"]


def test_a_claim_waits_for_the_department_that_comes_next() -> None:
    action = one_of(claim("M-9", "2026-12-01", "5", "EUR"))
    assert action.owner is not None
    assert action.step is not None
    assert (action.owner.text("zh"), action.step.text(), str(action.clause)) == (
        "品质部", "Evidence given", "pcb-maker 4.4.2.2",
    )  # fmt: skip
    assert (action.customer, action.days, action.due_at, action.overdue) == ("Beta", 31, None, False)
    assert action.owner_decided


def test_what_was_settled_since_is_marked_and_stands_last() -> None:
    since = claim("M-8", "2026-01-02", "5", "EUR", ("closed", "2027-01-05"))
    still = claim("M-9", "2026-12-01", "5", "EUR")
    actions = review_of([since, still]).actions
    assert [(action.case, action.settled) for action in actions] == [("M-9", False), ("M-8", True)]
    assert "(closed since)" in review_of([since]).to_markdown()


def test_a_measure_is_due_on_the_day_that_was_promised() -> None:
    late = improvement(
        "I-1", "2026-06-01", ("cause_analysed", "2026-06-02", {"cause": "no deputy"}),
        ("measure_decided", "2026-06-03", {"measure": "a deputy", "owner": "Li", "due": date(2027, 1, 19)}),
    )  # fmt: skip
    action = one_of(late)
    assert (action.due_on, action.by, action.overdue) == (date(2027, 1, 19), "Li", True)
    on_its_day = one_of(late, now=at("2027-01-19 23:00"))
    assert not on_its_day.overdue
    page = review_of([late]).to_markdown()
    assert "Marketing<br>Li" in page
    assert "2027-01-19 overdue" in page


def test_a_measure_that_was_done_is_due_no_more_until_it_is_decided_anew() -> None:
    steps: list[Entry] = [
        ("cause_analysed", "2026-06-02", {"cause": "no deputy"}),
        ("measure_decided", "2026-06-03", {"measure": "a deputy", "due": date(2026, 7, 1)}),
        ("measure_done", "2026-06-20"),
    ]
    assert one_of(improvement("I-1", "2026-06-01", *steps)).due_on is None
    steps.append(("measure_decided", "2026-08-01", {"measure": "two deputies", "due": date(2026, 9, 1)}))
    assert one_of(improvement("I-1", "2026-06-01", *steps)).due_on == date(2026, 9, 1)


def test_of_several_actions_of_an_8d_the_earliest_open_one_counts() -> None:
    subject = qms.CorrectiveAction(number="D-1", customer="ACME", defect="short", raised_at=at("2026-06-01"))
    planned = [
        ("action_planned", "2026-06-05", {"action": number, "statement": "x", "due": due, "owner": owner})
        for number, due, owner in (
            ("1", date(2026, 7, 1), "Li"), ("2", date(2026, 8, 1), "Wu"), ("3", date(2026, 9, 1), "He"),
        )
    ]  # fmt: skip
    done: Entry = ("action_implemented", "2026-06-20", {"action": "1"})
    action = one_of(case(subject, *planned, done))
    assert (action.due_on, action.by, action.about, action.overdue) == (date(2026, 8, 1), "Wu", "short", True)


def test_the_overdue_ones_stand_first() -> None:
    due = {"measure": "x", "due": date(2026, 7, 1)}
    late = improvement("I-2", "2026-06-01", ("measure_decided", "2026-06-03", due))
    old = improvement("I-1", "2025-06-01")
    assert [action.case for action in review_of([old, late]).actions] == ["I-2", "I-1"]


def test_a_step_whose_clock_has_run_out_is_overdue() -> None:
    one = case(
        qms.Complaint(number="C-9", customer="ACME", received_at=at("2026-06-01")),
        ("forwarded", "2026-06-01 09:00"),
    )
    action = one_of(one, actions="complaint")
    assert (str(action.due_at), action.overdue) == ("2026-06-01 21:00:00+08:00", True)
    assert "2026-06-01 21:00 overdue" in review_of([one], actions="complaint").to_markdown()


def test_an_owner_that_facts_do_not_decide_yet_is_marked() -> None:
    one = case(
        qms.Complaint(number="C-9", customer="ACME", received_at=at("2026-12-31")),
        ("forwarded", "2026-12-31 09:00"), ("analysed", "2026-12-31 10:00", {"established": True, "ours": True}),
        ("customer_informed", "2026-12-31 10:00"), ("contained", "2026-12-31 10:00"), ("answered", "2026-12-31 10:00"),
        ("review_held", "2026-12-31 10:00"), ("disposition_issued", "2026-12-31 10:00"),
    )  # fmt: skip
    action = one_of(one, actions=["complaint"])
    assert action.step is not None
    assert (action.step.text(), action.owner_decided) == ("Cause and improvement reported", False)
    assert "Process engineering (not decided yet)" in review_of([one], actions=["complaint"]).to_markdown()


def test_a_case_of_an_unknown_edition_is_open_without_an_owner() -> None:
    strange = attrs.evolve(
        claim("M-9", "2026-12-01", "5", "EUR"), pin=qms.Pin(rulebook="x", edition="9", digest="0")
    )
    action = one_of(strange)
    assert (action.owner, action.step, action.kind_label.text()) == (None, None, "claim")
