"""A notebook shows a decision with the rules behind it and their clauses."""

from __future__ import annotations

import pytest
from tests.shown_html import read_html

import qms_service as qms

NASTY = "<script>alert(1)</script>"


def table(hit: str) -> qms.DecisionTable:
    return qms.DecisionTable(
        name="owner",
        inputs={"cause": "text"},
        outputs={"responsible": "text", "urgent": "bool"},
        rules=[
            {
                "id": "operation",
                "when": {"cause": "operation"},
                "then": {"responsible": "production", "urgent": True},
                "clause": "4.2.4.8.3",
            },
            {
                "id": "any",
                "when": {"cause": "-"},
                "then": {"responsible": NASTY, "urgent": False},
                "clause": "4.3",
            },
        ],
        hit=hit,
    )


def test_a_decision_is_its_outputs_with_rule_and_clause() -> None:
    shown = read_html(table("first").decide({"cause": "operation"})._repr_html_())
    assert shown.captions == ["decision"]
    assert shown.card() == {
        "responsible": "production",
        "urgent": "yes",
        "rules": "operation",
        "clauses": "4.2.4.8.3",
    }


def test_a_decision_in_chinese() -> None:
    shown = read_html(table("first").decide({"cause": "operation"}).to_html("zh"))
    assert shown.captions == ["判定结果"]
    assert shown.card() == {
        "responsible": "production",
        "urgent": "是",
        "规则": "operation",
        "条款": "4.2.4.8.3",
    }


@pytest.mark.parametrize(("lang", "rule", "clauses"), [("en", "rule", "clauses"), ("zh", "规则", "条款")])
def test_what_collects_shows_a_row_for_each_rule_that_hit(lang: str, rule: str, clauses: str) -> None:
    shown = read_html(table("collect").decide({"cause": "operation"}).to_html(lang))
    head, first, second, foot = shown.tables[0]
    assert head == [rule, "responsible", "urgent"]
    assert first[:2] == ["operation", "production"]
    assert second[:2] == ["any", NASTY]
    assert foot[0] == clauses
    assert foot[1].replace("、", ", ") == "4.2.4.8.3, 4.3"
    assert "script" not in shown.tags


def test_what_collects_nothing_says_that_no_rule_answered() -> None:
    none = qms.DecisionTable(
        name="informed",
        inputs={"cause": "text"},
        outputs={"informed": "text"},
        rules=[{"id": "a", "when": {"cause": "x"}, "then": {"informed": "IPQC"}}],
        hit="collect",
    ).decide({"cause": "y"})
    assert read_html(none.to_html()).card() == {"rules": "–", "clauses": "–"}
