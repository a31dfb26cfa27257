"""Which answer a table gives, by its hit policy and by what is absent."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pendulum
import pytest

from qms_service.errors import (
    AmbiguousRouteError,
    FactValueError,
    NoRouteError,
    QmsError,
    UndecidedError,
    UnknownNameError,
)
from qms_service.facts import Facts
from qms_service.routing import DecisionTable
from qms_service.routing.proof import is_covered


def owners(hit: str, rows: list[tuple[str, Mapping[str, Any], str]]) -> DecisionTable:
    return DecisionTable(
        name="owners",
        inputs={"cause": "text", "urgent": "bool", "quantity": "number"},
        outputs={"responsible": "text"},
        rules=[{"id": rule, "when": when, "then": {"responsible": owner}} for rule, when, owner in rows],
        hit=hit,
    )


UNIQUE = owners(
    "unique",
    [
        ("few", {"cause": "operation", "quantity": "<=10"}, "production"),
        ("many", {"cause": "operation", "quantity": ">10"}, "quality"),
        ("process", {"cause": "process"}, "process"),
    ],
)
FIRST = owners(
    "first",
    [
        ("urgent", {"urgent": True}, "general manager"),
        ("operation", {"cause": "operation"}, "production"),
        ("default", {}, "process"),
    ],
)
COLLECT = owners(
    "collect",
    [
        ("urgent", {"urgent": True}, "general manager"),
        ("operation", {"cause": "operation"}, "production"),
        ("many", {"quantity": ">=100"}, "quality"),
    ],
)
FACTS = {"cause": "operation", "urgent": False, "quantity": 10}


def test_the_one_rule_that_hits_answers() -> None:
    decision = UNIQUE.decide(FACTS)
    assert decision.outputs == {"responsible": "production"}
    assert (decision.rule_ids, decision.clauses) == (("few",), ())
    assert UNIQUE.decide(FACTS | {"quantity": 11}).rule_ids == ("many",)


def test_no_hit_is_an_error_that_names_the_facts() -> None:
    with pytest.raises(
        NoRouteError, match="no rule covers cause = design, urgent = False, quantity = 1"
    ) as caught:
        UNIQUE.decide(FACTS | {"cause": "design", "quantity": 1})
    assert caught.value.operands["facts"] == FACTS | {"cause": "design", "quantity": 1}
    assert isinstance(caught.value, LookupError)


def test_two_hits_of_a_unique_table_are_an_error_that_names_both() -> None:
    table = owners("unique", [("a", {"cause": "operation"}, "x"), ("b", {"quantity": 10}, "x")])
    with pytest.raises(AmbiguousRouteError, match="a, b") as caught:
        table.decide(FACTS)
    assert caught.value.rule_ids == ("a", "b")


def test_two_hits_are_certain_whatever_is_absent() -> None:
    table = owners("unique", [("a", {"cause": "operation"}, "x"), ("b", {"quantity": 10}, "x")])
    with pytest.raises(AmbiguousRouteError):
        table.decide({"cause": "operation", "quantity": 10})


def test_the_first_rule_that_hits_answers_and_the_default_row_is_last() -> None:
    assert FIRST.decide(FACTS | {"urgent": True}).rule_ids == ("urgent",)
    assert FIRST.decide(FACTS).rule_ids == ("operation",)
    assert FIRST.decide(FACTS | {"cause": "design"}).rule_ids == ("default",)


def test_collect_answers_with_every_hit_in_rule_order() -> None:
    decision = COLLECT.decide({"cause": "operation", "urgent": True, "quantity": 5})
    assert decision.rule_ids == ("urgent", "operation")
    assert decision.outputs == ({"responsible": "general manager"}, {"responsible": "production"})
    assert decision.outputs["responsible"] == ("general manager", "production")
    assert isinstance(decision.outputs, tuple)
    assert decision.outputs[:1] == ({"responsible": "general manager"},)


def test_collect_without_a_hit_is_an_empty_tuple() -> None:
    decision = COLLECT.decide({"cause": "design", "urgent": False, "quantity": 5})
    assert (decision.outputs, decision.rule_ids) == ((), ())


def test_collect_is_undecided_when_one_more_might_hit() -> None:
    with pytest.raises(UndecidedError) as caught:
        COLLECT.decide({"cause": "operation", "urgent": True})
    assert caught.value.missing == ("quantity",)


def test_collect_is_decided_when_nothing_open_can_add_to_it() -> None:
    table = owners(
        "collect", [("a", {"cause": "operation"}, "x"), ("b", {"cause": "design", "quantity": 1}, "y")]
    )
    assert table.decide({"cause": "operation"}).rule_ids == ("a",)


@pytest.mark.parametrize("absent", [{}, {"quantity": None}, {"quantity": None, "urgent": None}])
def test_an_absent_input_satisfies_only_the_dash(absent: dict[str, object]) -> None:
    assert UNIQUE.decide({"cause": "process", **absent}).rule_ids == ("process",)
    with pytest.raises(UndecidedError, match=r"quantity not known. Still possible: few, many") as caught:
        UNIQUE.decide({"cause": "operation", **absent})
    assert caught.value.missing == ("quantity",)


def test_what_is_missing_is_only_what_the_open_rules_ask_for() -> None:
    with pytest.raises(UndecidedError) as caught:
        UNIQUE.decide({})
    assert caught.value.missing == ("cause", "quantity")


def test_rules_still_possible_that_agree_decide_and_are_all_named() -> None:
    table = owners(
        "unique",
        [
            ("few", {"cause": "operation", "quantity": "<=10"}, "production"),
            ("many", {"cause": "operation", "quantity": ">10"}, "production"),
            ("process", {"cause": "process"}, "process"),
        ],
    )
    decision = table.decide({"cause": "operation"})
    assert (decision.outputs["responsible"], decision.rule_ids) == ("production", ("few", "many"))


def test_one_rule_still_possible_is_no_answer_while_other_values_fall_into_a_gap() -> None:
    table = owners("unique", [("many", {"quantity": ">5"}, "x")])
    with pytest.raises(
        UndecidedError, match=r"quantity not known\. Still possible: many, or no rule at all"
    ) as caught:
        table.decide({"cause": "operation"})
    assert (caught.value.missing, caught.value.rule_ids) == (("quantity",), ("many",))
    assert "也可能没有规则适用" in caught.value.text("zh")
    assert not table.possible({}).covered
    explanation = table.explain({"cause": "operation"})
    assert (explanation.decision, explanation.code) == (None, "undecided-route.gap")


def test_rules_that_agree_answer_once_the_facts_on_record_close_the_gap() -> None:
    table = owners(
        "unique",
        [
            ("urgent", {"urgent": True}, "x"),
            ("few", {"urgent": False, "quantity": "<=5", "cause": "operation"}, "x"),
            ("many", {"urgent": False, "quantity": ">5", "cause": "operation"}, "x"),
        ],
    )
    assert table.decide({"cause": "operation"}).rule_ids == ("urgent", "few", "many")
    assert table.decide({"cause": "operation", "urgent": False}).rule_ids == ("few", "many")
    for facts in ({}, {"urgent": False}, {"cause": "design"}, {"urgent": False, "quantity": 5}):
        with pytest.raises(UndecidedError, match="or no rule at all"):
            table.decide(facts)


def test_a_proof_beyond_its_limit_is_no_proof() -> None:
    table = owners("unique", [("few", {"quantity": "<=5"}, "x"), ("many", {"quantity": ">5"}, "x")])
    assert is_covered(table.facets, (0, 1))
    assert not is_covered(table.facets, (0, 1), limit=1)
    assert not is_covered(table.facets, (0,))


@pytest.mark.parametrize("junk", [None, 5, "operation", ["cause"], object()])
def test_facts_that_are_no_mapping_are_refused(junk: Any) -> None:  # noqa: ANN401  # junk
    for ask in (UNIQUE.decide, UNIQUE.possible, UNIQUE.explain):
        with pytest.raises(FactValueError, match="Give a mapping of names to values") as caught:
            ask(junk)
        assert "请给出名称到取值的映射" in caught.value.text("zh")


def test_a_row_of_a_database_is_taken_as_it_is() -> None:
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    row = db.execute("SELECT 'operation' AS cause, 5 AS quantity").fetchone()
    assert UNIQUE.decide(row).rule_ids == ("few",)
    assert UNIQUE.explain(row).decision == UNIQUE.decide(row)
    db.close()


def test_an_earlier_open_rule_holds_the_first_hit_up() -> None:
    with pytest.raises(UndecidedError) as caught:
        FIRST.decide({"cause": "operation"})
    assert caught.value.missing == ("urgent",)
    assert caught.value.rule_ids == ("urgent", "operation")


def test_a_later_open_rule_does_not_hold_the_first_hit_up() -> None:
    assert FIRST.decide({"urgent": True}).rule_ids == ("urgent",)


def test_an_earlier_open_rule_that_agrees_does_not_hold_the_first_hit_up() -> None:
    table = owners("first", [("urgent", {"urgent": True}, "process"), ("default", {}, "process")])
    decision = table.decide({"cause": "operation"})
    assert (decision.outputs["responsible"], decision.rule_ids) == ("process", ("urgent", "default"))


def test_a_negated_cell_waits_for_an_absent_input_too() -> None:
    table = owners("first", [("not ours", {"cause": "not(operation)"}, "supplier"), ("default", {}, "us")])
    with pytest.raises(UndecidedError):
        table.decide({})


def test_no_rule_left_is_no_route_however_much_is_absent() -> None:
    with pytest.raises(NoRouteError):
        UNIQUE.decide({"cause": "design"})


def test_the_rules_still_possible_can_be_asked_for() -> None:
    possible = UNIQUE.possible({"cause": "operation"})
    assert [rule.id for rule in possible.rules] == ["few", "many"]
    assert list(possible.outputs) == [{"responsible": "production"}, {"responsible": "quality"}]
    assert (possible.certain, possible.missing) == ((), ("quantity",))
    full = FIRST.possible(FACTS)
    assert ([rule.id for rule in full.rules], full.certain, full.missing) == (
        ["operation"],
        ("operation",),
        (),
    )


@pytest.mark.parametrize("table", [UNIQUE, FIRST, COLLECT])
def test_an_unknown_input_is_an_error_with_the_nearest_name(table: DecisionTable) -> None:
    for facts in (FACTS | {"cuase": "operation"}, {"cuase": "operation"}, {"cuase": None, **FACTS}):
        for ask in (table.decide, table.possible, table.explain):
            with pytest.raises(
                UnknownNameError, match=r"Unknown input cuase. Did you mean cause\?"
            ) as caught:
                ask(facts)
            assert caught.value.operands["nearest"] == "cause"
    with pytest.raises(UnknownNameError):
        table.decide(FACTS | {"another": 1})


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("quantity", 10.0, "Fact quantity: got the float 10.0, which is not exact"),
        ("quantity", float("nan"), "float nan"),
        ("quantity", True, "Fact quantity: got True \\(bool\\), allowed is number"),
        ("quantity", "10", "got '10' \\(str\\)"),
        ("quantity", Decimal("NaN"), "allowed is number"),
        ("quantity", Decimal("sNaN"), "allowed is number"),
        ("quantity", Decimal("Infinity"), "allowed is number"),
        ("quantity", [10], "\\(list\\)"),
        ("urgent", 1, "got 1 \\(int\\), allowed is bool"),
        ("urgent", 0, "allowed is bool"),
        ("urgent", "true", "allowed is bool"),
        ("urgent", np.True_, "allowed is bool"),
        ("cause", 5, "allowed is text"),
        ("cause", ["operation"], "allowed is text"),
        ("cause", True, "allowed is text"),
    ],
)
@pytest.mark.parametrize("table", [UNIQUE, FIRST, COLLECT])
def test_a_mistyped_fact_is_refused_and_never_bent(
    table: DecisionTable, fact: str, value: object, said: str
) -> None:
    for facts in (FACTS | {fact: value}, {fact: value}):
        with pytest.raises(FactValueError, match=said):
            table.decide(facts)


def test_a_value_outside_the_list_is_refused_with_the_nearest() -> None:
    table = DecisionTable(
        name="terms",
        inputs={"kind": ["urgent", "normal"]},
        outputs={"within": "text"},
        rules=[{"id": "u", "when": {"kind": "urgent"}, "then": {"within": "2 d"}}],
    )
    with pytest.raises(FactValueError, match=r"allowed is urgent \| normal. Did you mean urgent\?"):
        table.decide({"kind": "urgant"})
    with pytest.raises(NoRouteError):
        table.decide({"kind": "normal"})


def test_days_are_dates_and_never_instants() -> None:
    table = DecisionTable(
        name="days",
        inputs={"made_on": "date"},
        outputs={"cut": "text"},
        rules=[
            {"id": "before", "when": {"made_on": "<2026-03-02"}, "then": {"cut": "before"}},
            {"id": "after", "when": {"made_on": ">=2026-03-02"}, "then": {"cut": "after"}},
        ],
    )
    assert table.decide({"made_on": date(2026, 3, 1)}).rule_ids == ("before",)
    assert table.decide({"made_on": pendulum.date(2026, 3, 2)}).rule_ids == ("after",)
    for instant in (datetime(2026, 3, 2, tzinfo=UTC), pendulum.datetime(2026, 3, 2)):
        with pytest.raises(FactValueError):
            table.decide({"made_on": instant})
    free = DecisionTable(
        name="any day", inputs={"on": "date"}, outputs={"x": "bool"}, rules=[{"id": "r", "then": {"x": True}}]
    )
    with pytest.raises(FactValueError):
        free.decide({"on": datetime(2026, 3, 2, tzinfo=UTC)})


def test_any_mapping_is_taken_and_any_exact_number() -> None:
    class Cause(StrEnum):
        OPERATION = "operation"

    class Count(IntEnum):
        TEN = 10

    rows: tuple[Any, ...] = (Facts(FACTS), MappingProxyType(FACTS), pd.Series(FACTS))
    for facts in rows:
        assert UNIQUE.decide(facts).rule_ids == ("few",)
    for ten in (Decimal(10), Fraction(10), np.int64(10), Count.TEN, Decimal("1E+1")):
        assert UNIQUE.decide(FACTS | {"quantity": ten}).rule_ids == ("few",)
    assert UNIQUE.decide(FACTS | {"cause": Cause.OPERATION}).rule_ids == ("few",)


def test_a_fraction_that_no_decimal_states_is_compared_exactly() -> None:
    table = owners("unique", [("below", {"quantity": "<1/3"}, "x"), ("rest", {"quantity": ">=1/3"}, "y")])
    for quantity, rule in (
        (Decimal("0.3333333333333333333333333333"), "below"),
        (Fraction(1, 3), "rest"),
        (0, "below"),
        (1, "rest"),
    ):
        assert table.decide({"quantity": quantity}).rule_ids == (rule,)


def test_the_same_decision_is_handed_out_every_time_and_cannot_be_changed() -> None:
    decision = UNIQUE.decide(FACTS)
    assert UNIQUE.decide(dict(FACTS)) is decision
    assert hash(decision) == hash(UNIQUE.decide(FACTS))
    with pytest.raises(TypeError):
        decision.outputs["responsible"] = "nobody"  # type: ignore[index]


def test_errors_speak_chinese_too() -> None:
    for facts, said in (
        ({"cause": "design"}, "没有规则适用于 cause = design"),
        ({"cause": "operation"}, "quantity 未知。仍可能的规则：few、many"),
    ):
        with pytest.raises(QmsError) as caught:
            UNIQUE.decide(facts)
        assert said in caught.value.text("zh")
