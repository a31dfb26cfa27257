"""Quantities that are kept apart, as suspect stock is by its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.quantities.given import later, recorded, rules_of

import qms_service as qms

RULES = rules_of(Path(__file__).parent / "containment.toml")
LISTED = (
    ("listed", {"place": "wip", "suspect": 50}),
    ("listed", {"place": "finished", "suspect": 8}),
)


def case() -> qms.Case:
    subject = qms.Subject("containment", number="Q-1", opened_at=later(0))
    return recorded(RULES, RULES.open(subject), *LISTED)


def test_what_is_checked_at_a_place_is_no_more_than_what_is_suspect_there() -> None:
    found = recorded(RULES, case(), ("checked", {"place": "wip", "good": 45, "bad": 5}))
    (finding,) = RULES.check(found, "checked", at=later(9), place="finished", good=9, bad=0)
    assert str(finding) == (
        "unchecked >= 0 (finished) does not hold at checked: -1 against 0 "
        "(suspect = 8, good = 9, bad = 0, unchecked = -1)."
    )
    assert finding.facts["key"] == "finished"


def test_quantities_are_told_for_each_place_and_in_all() -> None:
    found = recorded(
        RULES,
        case(),
        ("checked", {"place": "wip", "good": 45, "bad": 5}),
        ("checked", {"place": "finished", "good": 5, "bad": 1}),
    )
    assert dict(RULES.quantities(found, now=later(9))) == {
        "suspect": {"wip": 50, "finished": 8},
        "good": {"wip": 45, "finished": 5},
        "bad": {"wip": 5, "finished": 1},
        "bad_in_all": 6,
        "unchecked": {"wip": 0, "finished": 2},
    }


@pytest.mark.parametrize("step", ["sorted", "closed"])
def test_a_step_that_asks_for_the_balance_names_each_place_that_lacks(step: str) -> None:
    found = recorded(RULES, case(), ("checked", {"place": "finished", "good": 8, "bad": 0}))
    told = [(one.code, one.facts["key"]) for one in RULES.check(found, step, at=later(9))]
    assert told == [("unbalanced", "wip")]
    found = recorded(RULES, found, ("listed", {"place": "wip", "suspect": "undetermined"}))
    told = [(one.code, one.facts["key"]) for one in RULES.check(found, step, at=later(9))]
    assert told == [("undetermined-quantity", "wip")]
    found = recorded(RULES, found, ("listed", {"place": "wip", "suspect": 0}))
    assert RULES.check(found, step, at=later(9)) == ()


def test_a_place_that_was_checked_and_never_listed_blocks_the_closing() -> None:
    found = recorded(
        RULES,
        case(),
        ("checked", {"place": "wip", "good": 50, "bad": 0}),
        ("checked", {"place": "finished", "good": 8, "bad": 0}),
        ("checked", {"place": "uncut", "good": 0, "bad": 1}),
    )
    (finding,) = RULES.check(found, "closed", at=later(9))
    assert (finding.code, finding.facts["key"], finding.facts["because"]) == (
        "missing-quantity",
        "uncut",
        ("listed.suspect",),
    )


def test_a_step_that_counts_itself_is_not_told_as_blocked_beforehand() -> None:
    found = RULES.checklist(case(), now=later(9))
    assert {step.event: step.state for step in found if step.event in ("checked", "sorted", "closed")} == {
        "checked": "possible",
        "sorted": "blocked",
        "closed": "blocked",
    }
