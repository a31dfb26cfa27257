"""A condition is true, false, or waits for the facts that decide it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qms_service.events import ALWAYS, Condition

OURS = Condition({"analysed.established": True, "analysed.ours": True})
NOT_OURS = Condition([{"analysed.established": False}, {"analysed.ours": False}])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"analysed.established": True}, None),
        ({"analysed.established": False}, False),
        ({"analysed.ours": False}, False),
        ({"analysed.established": True, "analysed.ours": True}, True),
    ],
)
def test_all_tests_of_a_table_must_hold(facts: dict[str, object], expected: bool | None) -> None:
    assert OURS.holds(facts.get) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"analysed.established": False}, True),
        ({"analysed.established": True}, None),
        ({"analysed.established": True, "analysed.ours": False}, True),
        ({"analysed.established": True, "analysed.ours": True}, False),
    ],
)
def test_one_table_of_a_list_must_hold(facts: dict[str, object], expected: bool | None) -> None:
    assert NOT_OURS.holds(facts.get) is expected


def test_a_condition_names_the_facts_that_would_decide() -> None:
    facts = {"analysed.established": True}
    assert OURS.missing(facts.get) == ("analysed.ours",)
    assert NOT_OURS.missing(facts.get) == ("analysed.ours",)
    assert OURS.missing({"analysed.established": False}.get) == ()


def test_a_list_of_values_means_one_of_them() -> None:
    urgent = Condition({"received.grade": ["urgent", "critical"]})
    assert urgent.holds({"received.grade": "critical"}.get) is True
    assert urgent.holds({"received.grade": "normal"}.get) is False


def test_no_condition_always_holds() -> None:
    nothing: dict[str, object] = {}
    assert ALWAYS.holds(nothing.get) is True
    assert ALWAYS.paths == ()


def test_a_condition_names_the_facts_it_reads() -> None:
    assert OURS.paths == ("analysed.established", "analysed.ours")


def test_true_is_not_one_and_no_text_is_true() -> None:
    ours = Condition({"ours": True})
    assert [ours.holds({"ours": value}.get) for value in (True, 1, "yes", "True")] == [
        True,
        False,
        False,
        False,
    ]
    pieces = Condition({"pieces": [1, 2]})
    assert [pieces.holds({"pieces": value}.get) for value in (1, True, Decimal(1))] == [True, False, True]


def test_an_empty_list_of_values_is_never_met() -> None:
    assert Condition({"received.grade": []}).holds({"received.grade": "urgent"}.get) is False
