"""Gaps, overlaps and unreachable rules, each with facts that show it."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from qms_service.errors import AmbiguousRouteError, NoRouteError
from qms_service.routing import DecisionTable
from qms_service.routing.proof import prove


def table_of(inputs: dict[str, Any], whens: list[dict[str, Any]], hit: str = "unique") -> DecisionTable:
    return DecisionTable(
        name="t",
        inputs=inputs,
        outputs={"x": "number"},
        rules=[{"id": str(n), "when": when, "then": {"x": n}} for n, when in enumerate(whens, 1)],
        hit=hit,
    )


def test_a_gap_is_named_as_the_row_that_would_fill_it() -> None:
    table = table_of({"kind": "text", "n": "number[0..100]"}, [{"kind": "a", "n": "<50"}, {"kind": "b"}])
    gaps = table.problems().gaps
    assert [dict(gap.when) for gap in gaps] == [
        {"kind": "not(a, b)", "n": "-"},
        {"kind": "a", "n": "[50..100]"},
    ]
    assert str(gaps[1]) == "No rule covers kind = a, n = [50..100]; for example kind = a, n = 50."
    assert gaps[1].text("zh") == "没有规则覆盖 kind = a、n = [50..100]；例如 kind = a、n = 50。"
    for gap in gaps:
        assert gap.rule_ids == ()
        with pytest.raises(NoRouteError):
            table.decide(gap.witness)


def test_some_other_text_is_always_possible_and_no_other_value_of_a_list() -> None:
    whens = [{"kind": "a"}, {"kind": "other"}]
    (gap,) = table_of({"kind": "text"}, whens).problems().gaps
    assert gap.witness == {"kind": "other?"}
    assert table_of({"kind": ["a", "other"]}, whens).problems().gaps == ()


def test_days_are_discrete_and_numbers_are_dense() -> None:
    days = [{"on": "<=2026-03-01"}, {"on": ">=2026-03-02"}]
    assert table_of({"on": "date"}, days).problems().all == ()
    (gap,) = table_of({"n": "number"}, [{"n": "<=1"}, {"n": ">=2"}]).problems().gaps
    assert (dict(gap.when), str(gap.witness["n"])) == ({"n": "(1..2)"}, "1.1")
    (hole,) = table_of({"on": "date"}, [{"on": "not(2026-03-01)"}]).problems().gaps
    assert hole.witness == {"on": date(2026, 3, 1)}


def test_an_overlap_names_both_rules_and_where() -> None:
    table = table_of({"n": "number", "urgent": "bool"}, [{"n": "<=10", "urgent": True}, {"n": ">=10"}])
    (overlap,) = table.problems().overlaps
    assert overlap.rule_ids == ("1", "2")
    assert overlap.witness == {"n": 10, "urgent": True}
    assert dict(overlap.when) == {"n": "10", "urgent": "true"}
    assert str(overlap).startswith("The rules 1, 2 overlap where n = 10, urgent = true")
    with pytest.raises(AmbiguousRouteError):
        table.decide(overlap.witness)


def test_a_rule_that_two_earlier_ones_cover_together_is_unreachable() -> None:
    table = table_of({"n": "number"}, [{"n": "<5"}, {"n": ">=5"}, {"n": "[3..7]"}, {}], "first")
    problems = table.problems()
    (rule,) = problems.unreachable
    assert rule.rule_ids == ("3", "1", "2")
    assert "3" not in table.decide(rule.witness).rule_ids
    assert "never reached" in str(problems)
    assert problems.all == (rule,)


def test_a_default_row_is_never_called_unreachable() -> None:
    assert (
        table_of({"urgent": "bool"}, [{"urgent": True}, {"urgent": False}, {}], "first").problems().all == ()
    )


def test_what_stands_below_a_row_of_dashes_is_unreachable() -> None:
    unreachable = table_of({"n": "number"}, [{"n": 1}, {}, {"n": 2}, {}], "first").problems().unreachable
    assert [rule.rule_ids for rule in unreachable] == [("3", "2")]


def test_overlaps_are_no_problem_of_a_first_table_nor_anything_of_a_collecting_one() -> None:
    whens = [{"n": "<5"}, {"n": "[3..7]"}]
    assert table_of({"n": "number"}, whens, "first").problems().overlaps == ()
    assert table_of({"n": "number"}, whens, "collect").problems().all == ()


def test_past_its_limit_a_proof_says_so_and_is_never_wrong() -> None:
    whens = [{"n": f"[{n}..{n + 1})"} for n in range(0, 40, 2)]
    table = table_of({"n": "number"}, [*whens, {"n": "<0, >=0"}, {"n": "[38..39)"}], "first")
    full, cut = table.problems(), prove(table, limit=10)
    assert full.proven
    assert full.gaps == ()
    assert [rule.rule_ids[0] for rule in full.unreachable] == ["22"]
    assert not cut.proven
    assert cut.gaps == ()
    assert set(cut.unreachable) <= set(full.unreachable)
    holes = prove(table_of({"n": "number"}, whens), limit=10)
    assert not holes.proven
    for gap in holes.gaps:
        with pytest.raises(NoRouteError):
            table_of({"n": "number"}, whens).decide(gap.witness)


def test_twenty_rules_over_four_numbers_are_proven_however_they_lie() -> None:
    draw = random.Random(4)  # noqa: S311  # a fixed series, no secret
    for width in (5, 20, 50, 100):
        whens = []
        for _ in range(20):
            lows = {name: draw.randrange(100) for name in "abcd"}
            whens.append({name: f"[{low}..{low + width}]" for name, low in lows.items()})
        assert table_of(dict.fromkeys("abcd", "number"), whens).problems().proven
