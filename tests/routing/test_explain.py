"""Why a table answers as it does, and why not otherwise."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qms_service.errors import FactValueError
from qms_service.routing import DecisionTable

TABLE = DecisionTable.from_grid(
    """
    | id        | cause     | quantity | -> responsible | clause    |
    | both      | operation | >100     | quality        | 4.2.4.2   |
    | operation | operation | -        | production     | 4.2.4.8.3 |
    | far       | design    | >100     | engineering    |           |
    | other     | -         | -        | process        | 4.3.1.4   |
    """,
    name="cause",
    inputs={"cause": "text", "quantity": "number"},
    hit="first",
)


def test_the_hit_comes_first_then_near_misses_then_the_rest() -> None:
    explanation = TABLE.explain({"cause": "operation", "quantity": Decimal("99.5")})
    assert [(rule.rule_id, rule.verdict) for rule in explanation.rules] == [
        ("operation", "hit"),
        ("other", "behind"),
        ("both", "failed"),
        ("far", "failed"),
    ]
    assert [rule.rule_id for rule in explanation.near_misses] == ["both"]
    assert explanation.decision == TABLE.decide({"cause": "operation", "quantity": Decimal("99.5")})
    assert str(explanation) == (
        "Table cause answers responsible = production, by operation.\n"
        "  hit: operation [4.2.4.8.3]\n"
        "  behind: other [4.3.1.4] matches, an earlier rule answers\n"
        "  near miss: both [4.2.4.2]: quantity is 99.5, asked is >100\n"
        "  no: far: cause is operation, asked is design, quantity is 99.5, asked is >100"
    )


def test_what_is_still_open_says_what_it_waits_for() -> None:
    explanation = TABLE.explain({"cause": "operation"})
    assert explanation.decision is None
    assert str(explanation) == (
        "Table cause is not decided yet: quantity not known. Still possible: both, operation.\n"
        "  hit: operation [4.2.4.8.3]\n"
        "  open: both [4.2.4.2]: quantity is not known, asked is >100\n"
        "  behind: other [4.3.1.4] matches, an earlier rule answers\n"
        "  near miss: far: cause is operation, asked is design, quantity is not known, asked is >100"
    )


def test_an_explanation_in_chinese() -> None:
    said = TABLE.explain({"cause": "operation", "quantity": 99}).text("zh")
    assert said.split("\n")[0] == "表 cause 的结果：responsible = production，依据规则 operation。"
    assert "仅差一项：both [4.2.4.2]：quantity 为 99，要求 >100" in said


def test_an_explanation_in_a_language_of_ones_own() -> None:
    mine = {"vi": {"table.rule.hit": "trúng: {rule}"}}
    assert "  trúng: other [4.3.1.4]" in TABLE.explain({"cause": "x", "quantity": 1}).text("vi", mine)


@pytest.mark.parametrize(
    ("hit", "facts", "code", "first_line"),
    [
        ("unique", {"n": 3}, "no-route", "Table t: no rule covers n = 3."),
        ("unique", {"n": 2}, "ambiguous-route", "Table t is unique, and more than one rule hits: a, b."),
        ("collect", {"n": 2}, "table-decided", "Table t answers x = 1, x = 2, by a, b."),
        ("collect", {"n": 3}, "table-decided.none", "Table t collects nothing: no rule hits."),
        ("collect", {}, "undecided-route", "Table t is not decided yet: n not known."),
    ],
)
def test_what_is_not_decided_is_explained_too(
    hit: str, facts: dict[str, object], code: str, first_line: str
) -> None:
    table = DecisionTable(
        name="t",
        inputs={"n": "number"},
        outputs={"x": "number"},
        rules=[
            {"id": "a", "when": {"n": "<3"}, "then": {"x": 1}},
            {"id": "b", "when": {"n": 2}, "then": {"x": 2}},
        ],
        hit=hit,
    )
    explanation = table.explain(facts)
    assert explanation.code == code
    assert str(explanation).startswith(first_line)
    assert hash(explanation) == hash(table.explain(facts))


def test_a_mistyped_fact_is_refused_not_explained() -> None:
    with pytest.raises(FactValueError):
        TABLE.explain({"cause": "operation", "quantity": 99.5})
