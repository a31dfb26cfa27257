"""A table that cannot be read is refused, with every fault at once."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from qms_service.clauses import ClauseRef
from qms_service.errors import TableError
from qms_service.routing import DecisionTable, TableFault

RULE = {"id": "r", "when": {"cause": "operation"}, "then": {"responsible": "production"}}
PARTS: dict[str, Any] = {
    "name": "cause",
    "inputs": {"cause": "text"},
    "outputs": {"responsible": "text"},
    "rules": [RULE],
}


def faults_of(**changed: Any) -> list[TableFault]:  # noqa: ANN401  # its parameters
    with pytest.raises(TableError) as caught:
        DecisionTable(**{**PARTS, **changed})
    return list(caught.value.problems)


def test_ten_different_mistakes_are_named_at_once() -> None:
    with pytest.raises(TableError) as caught:
        DecisionTable(
            name="bands",
            inputs={"distance_km": "nubmer", "kind": ["urgent", "normal"], "share": "number[0..100]"},
            outputs={"within": "text", "days": "number"},
            rules=[
                {
                    "id": "near",
                    "when": {"kind": "urgnt", "share": "≥5"},
                    "then": {"within": "24 h", "days": 1.5},
                },
                {"id": "near", "when": {"shaer": "5"}, "then": {"within": "48 h"}, "clause": 5.1},
                {"id": "far", "when": {"share": "[9..1]"}, "then": {"within": 3, "days": 2, "hours": 1}},
            ],
            hit="uniqe",
        )
    named = {(fault.code, fault.rule, fault.column) for fault in caught.value.problems}
    assert named == {
        ("type", None, "distance_km"),
        ("value", "near", "kind"),
        ("full-width", "near", "share"),
        ("float", "near", "days"),
        ("id-twice", "near", "id"),
        ("unknown-when", "near", "shaer"),
        ("output-missing", "near", "days"),
        ("clause", "near", "clause"),
        ("cell-never", "far", "share"),
        ("value", "far", "within"),
        ("unknown-then", "far", "hours"),
        ("hit", None, "hit"),
    }
    assert {fault.nearest for fault in caught.value.problems} == {None, "number", "urgent", "share", "unique"}
    lines = str(caught.value).split("\n")
    assert lines[0] == "Table bands cannot be read, 12 problem(s):"
    assert len(lines) == 13
    assert caught.value.text("zh").startswith("表 bands 无法读取，共 12 处问题：")


@pytest.mark.parametrize(
    ("changed", "code", "column"),
    [
        ({"name": ""}, "name", "name"),
        ({"name": None}, "name", "name"),
        ({"inputs": {}}, "columns", "inputs"),
        ({"inputs": ["cause"]}, "columns", "inputs"),
        ({"outputs": {}}, "columns", "outputs"),
        ({"rules": []}, "rules", "rules"),
        ({"rules": RULE}, "rules", "rules"),
        ({"rules": "| id |"}, "rules", "rules"),
        ({"rules": ["r"]}, "rule", None),
        ({"rules": [RULE | {"when": "operation"}]}, "part", "when"),
        ({"rules": [RULE | {"then": ["production"]}, RULE | {"id": "s"}]}, "part", "then"),
        ({"rules": [RULE | {"whne": {}}]}, "key", "whne"),
        ({"rules": [RULE | {"id": 1}]}, "id", "id"),
        ({"rules": [RULE | {"id": " r"}]}, "id", "id"),
        ({"rules": [{"when": {}, "then": {"responsible": "production"}}]}, "id", "id"),
        ({"rules": [RULE | {"then": {"responsible": "two\nlines"}}]}, "one-line", "responsible"),
        ({"rules": [RULE | {"clause": ""}]}, "clause", "clause"),
        ({"clause": 4.2}, "clause", "clause"),
        ({"hit": None}, "hit", "hit"),
        ({"inputs": {"cause": "text", "id": "text"}}, "reserved", "id"),
        ({"inputs": {"cause": "text", "clause": "text"}}, "reserved", "clause"),
        ({"inputs": {"cause": "text", "-> to": "text"}}, "name", "-> to"),
        ({"inputs": {"cause": "text", "": "text"}}, "name", ""),
        ({"inputs": {"cause": "text", 5: "text"}}, "name", "5"),
        ({"inputs": {"cause": "text", "n": "integer"}}, "type", "n"),
        ({"inputs": {"cause": "text", "n": 5}}, "type", "n"),
        ({"inputs": {"cause": "text", "n": "number[0-5]"}}, "type", "n"),
        ({"inputs": {"cause": "text", "n": "text[0..5]"}}, "type", "n"),
        ({"inputs": {"cause": "text", "n": "number[a..5]"}}, "value", "n"),
        ({"inputs": {"cause": "text", "n": "number[5..0]"}}, "type-empty", "n"),
        ({"inputs": {"cause": "text", "n": "number(5..5]"}}, "type-empty", "n"),
        ({"inputs": {"cause": "text", "n": "date(2026-03-01..2026-03-02)"}}, "type-empty", "n"),
        ({"inputs": {"cause": "text", "n": "date(9999-12-31..]"}}, "type-empty", "n"),
        ({"inputs": {"cause": "text", "n": "date[..0001-01-01)"}}, "type-empty", "n"),
        ({"rules": [RULE | {"when": {"cause": "two\nlines"}}]}, "one-line", "cause"),
        ({"rules": [RULE | {"when": {"cause": ['"a\rb"']}}]}, "one-line", "cause"),
        ({"inputs": {"cause": "text", "n": []}}, "type-values", "n"),
        ({"inputs": {"cause": "text", "n": ["a", "a"]}}, "type-values", "n"),
        ({"inputs": {"cause": "text", "n": [1, 2]}}, "type-values", "n"),
        ({"inputs": {"cause": "text", "n": [""]}}, "type-values", "n"),
    ],
)
def test_each_mistake_is_named_with_its_place(changed: dict[str, Any], code: str, column: str | None) -> None:
    faults = faults_of(**changed)
    assert (code, column) in [(fault.code, fault.column) for fault in faults]
    for fault in faults:
        assert str(fault) != fault.text("zh")
        assert f"table.{code}" not in str(fault) + fault.text("zh")


@pytest.mark.parametrize(
    ("declared", "inside", "outside"),
    [
        ("number[0..100]", [0, 100, Decimal("0.5")], [-1, 101, Decimal("100.01")]),
        ("number(0..100)", [1, 99], [0, 100]),
        ("number [0 .. 100[", [0], [100]),
        ("number[0..]", [0, 10**9], [-1]),
        ("number[..0)", [-1], [0]),
        ("number", [-1, Fraction(1, 3)], []),
    ],
)
def test_an_input_has_a_range(declared: str, inside: list[object], outside: list[object]) -> None:
    table = DecisionTable(
        name="range",
        inputs={"x": declared},
        outputs={"hit": "bool"},
        rules=[{"id": "r", "then": {"hit": True}}],
    )
    assert [table.decide({"x": value}).rule_ids for value in inside] == [("r",)] * len(inside)
    for value in outside:
        with pytest.raises(ValueError, match="allowed is number"):
            table.decide({"x": value})
    again = {"x": str(table.inputs[0].type)}
    assert (
        DecisionTable(
            name="range", inputs=again, outputs={"hit": "bool"}, rules=[{"id": "r", "then": {"hit": True}}]
        )
        == table
    )


@pytest.mark.parametrize(
    ("declared", "given", "value"),
    [
        ("number", 24, 24),
        ("number", "24", 24),
        ("number", "2.50", Decimal("2.5")),
        ("number", Decimal("2.50"), Decimal("2.5")),
        ("number", Fraction(1, 3), Fraction(1, 3)),
        ("number", Fraction(1, 2), Decimal("0.5")),
        ("bool", False, False),
        ("bool", "true", True),
        ("date", "2026-03-02", date(2026, 3, 2)),
        ("date", date(2026, 3, 2), date(2026, 3, 2)),
        ("text", "24 h, or sooner", "24 h, or sooner"),
        ("text", "", ""),
        (["24 h", "48 h"], "48 h", "48 h"),
    ],
)
def test_an_output_has_a_type(declared: object, given: object, value: object) -> None:
    rule = RULE | {"then": {"responsible": given}}
    table = DecisionTable(**{**PARTS, "outputs": {"responsible": declared}, "rules": [rule]})
    answer = table.decide({"cause": "operation"}).outputs["responsible"]
    assert (answer, type(answer)) == (value, type(value))


@pytest.mark.parametrize(
    ("declared", "given"),
    [("number", "soon"), ("number", True), ("number", 1.0), ("bool", 1), ("bool", "yes"), ("date", "March"),
     ("text", 5), (["24 h"], "48 h"), ("number[0..10]", 11), ("text", None)],
)  # fmt: skip
def test_an_output_of_another_type_is_refused(declared: object, given: object) -> None:
    (fault,) = faults_of(outputs={"responsible": declared}, rules=[RULE | {"then": {"responsible": given}}])
    assert (fault.rule, fault.column) == ("r", "responsible")


def test_a_rule_takes_document_and_edition_from_the_clause_of_its_table() -> None:
    own = ClauseRef("4.2.4.8.3", document="pcb-maker", edition="1")
    foreign = ClauseRef("8.7", document="ISO 9001", edition="2015")
    table = DecisionTable(
        name="clauses",
        inputs={"n": "number"},
        outputs={"x": "bool"},
        rules=[
            {"id": "a", "when": {"n": 1}, "then": {"x": True}, "clause": "4.3.1.4"},
            {"id": "b", "when": {"n": 2}, "then": {"x": True}},
            {"id": "c", "when": {"n": 3}, "then": {"x": True}, "clause": foreign},
        ],
        clause=own,
    )
    cited = [rule.clause for rule in table.rules]
    assert cited == [ClauseRef("4.3.1.4", document="pcb-maker", edition="1"), own, foreign]


def test_a_document_alone_is_no_clause_to_cite() -> None:
    table = DecisionTable(**PARTS, clause=ClauseRef("", document="pcb-maker", edition="1"))
    assert table.rules[0].clause is None


def test_a_table_is_a_value() -> None:
    one, other = DecisionTable(**PARTS), DecisionTable(**PARTS)
    assert one == other
    assert hash(one) == hash(other)
    assert one != DecisionTable(**{**PARTS, "hit": "first"})
    assert DecisionTable(**{**PARTS, "inputs": {"cause": one.inputs[0].type}}) == one
    for again in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):  # noqa: S301  # our own bytes
        assert again == one
        assert again.decide({"cause": "operation"}) == one.decide({"cause": "operation"})
