"""Review: what a live desk would have refused, found in the history alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import qms_service as qms

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
PROC = qms.load_rulebook("pcb-maker").on(NINE)
SUBJECT = qms.Complaint(number="C-1", customer="ACME", received_at=NINE)


def event(name: str, hours: float, **columns: object) -> qms.Event:
    return qms.Event(name, NINE + timedelta(hours=hours), **columns)  # type: ignore[arg-type]


def said(case: qms.Case, now: datetime | None = None) -> list[tuple[str, str, str]]:
    return [(one.subject, one.code, one.severity) for one in PROC.review(case, now)]


def test_a_case_in_order_has_no_findings() -> None:
    case = PROC.adopt(
        SUBJECT,
        [
            event("forwarded", 1),
            event("analysed", 3, facts={"established": False}),
            event("customer_informed", 3),
            event("customer_confirmed", 30),
            event("closed", 31),
        ],
    )
    assert said(case, NINE + timedelta(days=30)) == []


def test_a_step_taken_before_its_gate_is_found() -> None:
    case = PROC.adopt(SUBJECT, [event("analysed", 1, facts={"established": True}), event("forwarded", 2)])
    assert said(case) == [("analysed", "missing-event", "refusal")]


def test_closing_without_what_it_needs_is_found_with_its_clause() -> None:
    case = PROC.adopt(
        SUBJECT,
        [
            event("forwarded", 1),
            event("analysed", 3, facts={"established": False}),
            event("customer_informed", 4),
            event("closed", 5),
        ],
    )
    (finding,) = PROC.review(case)
    assert finding.text() == (
        "closed needs customer_confirmed (Written confirmation of the customer) on record first. [pcb-maker 4.2.4.2]"
    )


def test_an_approval_by_anybody_is_found() -> None:
    case = PROC.adopt(
        SUBJECT,
        [
            event("forwarded", 1),
            event("analysed", 2, facts={"established": True, "ours": True}),
            event("cause_reported", 3, facts={"cause": "process"}),
            event("approved", 4),
        ],
    )
    assert ("approved", "role-needed", "refusal") in said(case)


def test_events_entered_out_of_order_are_remarked() -> None:
    entered = [
        event("received", 0, seq=1),
        event("customer_informed", 5, seq=2),
        event("forwarded", 1, seq=3),
    ]
    case = PROC.adopt(SUBJECT, entered)
    (remark,) = [one for one in PROC.review(case) if one.code == "out-of-order"]
    assert remark.subject == "forwarded"
    assert "before 2026-03-02 14:00" in remark.text()


def test_a_clock_stopped_late_is_found_and_says_by_how_much() -> None:
    case = PROC.adopt(
        SUBJECT,
        [
            event("forwarded", 0),
            event("customer_informed", 1),
            event("analysed", 14.5, facts={"established": False}),
        ],
    )
    late = [one for one in PROC.review(case) if one.code == "late"]
    assert len(late) == 1
    assert late[0].text() == (
        "initial-analysis was due 2026-03-02 21:00 +08:00 and done 2026-03-02 23:30 +08:00, late by 2:30 h. "
        "[pcb-maker 4.2.4.2]"
    )
    assert "逾期 2:30 h" in late[0].text("zh")


def test_a_clock_that_runs_out_after_the_last_event_is_found_only_at_a_later_now() -> None:
    case = PROC.adopt(SUBJECT, [event("forwarded", 1)])
    assert said(case) == []
    assert said(case, NINE + timedelta(hours=13)) == []
    assert said(case, NINE + timedelta(hours=14)) == [
        ("initial-analysis", "overdue", "warning"),
        ("customer-response", "overdue", "warning"),
    ]


def test_at_once_is_never_found_late() -> None:
    case = PROC.adopt(
        SUBJECT,
        [
            event("forwarded", 0),
            event("customer_informed", 1),
            event("analysed", 2, facts={"established": False}),
        ],
    )
    assert said(case, NINE + timedelta(days=365)) == []


def test_a_review_as_of_a_moment_sees_nothing_later() -> None:
    case = PROC.adopt(SUBJECT, [event("forwarded", 1), event("closed", 5)])
    assert said(case, NINE + timedelta(hours=2)) == []
    assert ("closed", "undecided", "refusal") in said(case, NINE + timedelta(hours=5))


def test_a_correction_judges_again_what_was_done_before_it() -> None:
    """Contained as if the complaint stood; it did not."""
    case = PROC.adopt(
        SUBJECT,
        [
            event("forwarded", 1, seq=2),
            event("analysed", 2, seq=3, facts={"established": True}),
            event("customer_informed", 2, seq=4),
            event("contained", 3, seq=5),
            event(
                "corrected", 4, seq=6, facts={"of": 3, "facts": {"established": False}, "reason": "other lot"}
            ),
        ],
    )
    assert said(case) == [("contained", "event-differs", "refusal"), ("contained", "not-needed", "warning")]


def test_a_concession_is_found_again_in_every_review() -> None:
    case = PROC.open(SUBJECT)
    case = PROC.record(case, "analysed", at=NINE, established=True, despite="the mail server was down")
    assert ("analysed", "missing-event", "refusal") in said(case)


def test_an_order_that_a_later_event_upset_is_not_seen_before_it() -> None:
    entered = [
        event("received", 0, seq=1),
        event("customer_informed", 5, seq=2),
        event("forwarded", 1, seq=3),
    ]
    case = PROC.adopt(SUBJECT, entered)
    assert "out-of-order" not in [code for _, code, _ in said(case, NINE + timedelta(hours=2))]


def test_before_its_opening_there_is_nothing_to_review() -> None:
    case = PROC.adopt(SUBJECT, [event("closed", 5)])
    assert PROC.review(case, NINE - timedelta(hours=1)) == ()
