"""The terms of the steps of an 8D report are the customer's: a rulebook of its own adds them (4.2.3)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pendulum
import pytest

import qms_service as qms

BOOK = Path(__file__).parents[2] / "examples" / "customer_8d" / "acme-8d.toml"
NOON = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")


def test_the_source_gives_no_terms() -> None:
    rules = qms.load_rulebook("pcb-maker").on(NOON)
    case = rules.open(qms.CorrectiveAction(number="8D-1", raised_at=NOON))
    assert rules.deadlines(case, now=NOON) == ()


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        ("contained", pendulum.datetime(2026, 3, 3, 12, tz="Asia/Shanghai")),
        ("planned", pendulum.datetime(2026, 3, 16, 12, tz="Asia/Shanghai")),
        ("closed", pendulum.datetime(2026, 5, 1, 12, tz="Asia/Shanghai")),  # 29 + 30 + 1 days
    ],
)
def test_each_step_is_due_as_the_customer_says(clock: str, due: pendulum.DateTime) -> None:
    rules = qms.load_rulebook(BOOK).on(NOON)
    case = rules.open(qms.CorrectiveAction(number="8D-1", raised_at=NOON))
    assert rules.deadline(case, clock, now=NOON).due_at == due


def test_a_reason_why_nothing_is_to_be_contained_meets_the_term_of_d3_too() -> None:
    rules = qms.load_rulebook(BOOK).on(NOON)
    case = rules.open(qms.CorrectiveAction(number="8D-1", raised_at=NOON))
    later = NOON + timedelta(hours=24)
    case = rules.record(case, "containment_not_needed", at=later, facts={"reason": "one sample"})
    assert rules.deadline(case, "contained", now=later).state == "met"
