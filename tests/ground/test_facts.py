"""Facts are typed, unchangeable, and never bent to fit."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import pendulum
import pytest

from qms_service.errors import FactValueError
from qms_service.facts import Facts, FactType, Money, Quantity, as_facts

NAIVE = datetime(2026, 3, 2, 9)  # noqa: DTZ001  # a mistake under test
AWARE = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("bool", False),
        ("int", 3),
        ("decimal", Decimal("12.50")),
        ("decimal", 12),
        ("text", ""),
        ("date", date(2026, 3, 2)),
        ("instant", AWARE),
        ("money", Money(amount=Decimal("12.50"), currency="CNY")),
        ("quantity", 0),
        ("quantity", Quantity(amount=Decimal("1.5"), unit="m2")),
    ],
)
def test_a_value_of_the_declared_type_is_taken(kind: str, value: object) -> None:
    assert FactType(kind=kind).read("x", value) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("bool", 1),
        ("bool", "yes"),
        ("bool", "true"),
        ("int", True),
        ("int", 3.0),
        ("int", Decimal(3)),
        ("decimal", 12.5),
        ("decimal", Decimal("NaN")),
        ("text", 5),
        ("date", AWARE),
        ("date", "2026-03-02"),
        ("instant", NAIVE),
        ("instant", date(2026, 3, 2)),
        ("money", Decimal("12.50")),
        ("quantity", -1),
        ("quantity", -0.5),
        ("quantity", Decimal("-0.5")),
        ("quantity", Quantity(amount=-3, unit="pcs")),
        ("quantity", Decimal("Infinity")),
        ("quantity", "500"),
    ],
)
def test_a_value_of_another_type_is_refused_with_what_was_got_and_what_is_allowed(
    kind: str, value: object
) -> None:
    with pytest.raises(FactValueError) as caught:
        FactType(kind=kind).read("size", value)  # type: ignore[arg-type]
    assert caught.value.operands["got"] == repr(value)
    assert kind in str(caught.value)
    assert "size" in str(caught.value)


def test_a_value_list_takes_its_values_alone() -> None:
    market = FactType(kind="values", values=("domestic", "overseas"))
    assert market.read("market", "domestic") == "domestic"
    with pytest.raises(FactValueError, match=r"domestic \| overseas"):
        market.read("market", "export")
    with pytest.raises(FactValueError):
        market.read("market", 1)


def test_a_department_is_taken_by_its_other_names_and_kept_by_its_id() -> None:
    type_ = FactType(
        kind="department", values=("quality",), aliases=(("品管部", "quality"), ("QA", "quality"))
    )
    assert type_.read("responsible", "品管部") == "quality"
    with pytest.raises(FactValueError):
        type_.read("responsible", "品质")


def test_a_list_is_read_value_by_value() -> None:
    type_ = FactType(kind="text", many=True)
    assert type_.read("clocks", ["answer", "containment"]) == ("answer", "containment")
    for wrong in ("answer", 5, ["answer", 5]):
        with pytest.raises(FactValueError):
            type_.read("clocks", wrong)


def test_facts_are_hashable_all_the_way_down_and_equal_by_value() -> None:
    one = Facts({"a": [1, 2], "b": {"c": True}})
    two = Facts([("b", {"c": True}), ("a", (1, 2))])
    assert one == two
    assert hash(one) == hash(two)
    assert len({one, two}) == 1
    assert one == {"a": (1, 2), "b": Facts({"c": True})}
    assert one != 5


def test_facts_cannot_be_changed() -> None:
    facts = as_facts({"a": 1})
    with pytest.raises(TypeError):
        facts["a"] = 2  # type: ignore[index]
    assert as_facts(facts) is facts
    assert list(facts) == ["a"]
    assert len(facts) == 1
    assert repr(facts) == "Facts({'a': 1})"


def test_money_is_never_a_float() -> None:
    with pytest.raises(FactValueError, match=r"never a float; got 12\.5"):
        Money(amount=12.5, currency="CNY")  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", [1.5, True, "3", None, Decimal("NaN")])
def test_a_quantity_is_exact(amount: object) -> None:
    with pytest.raises(FactValueError, match="An amount is exact"):
        Quantity(amount=amount, unit="pcs")  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", [7, "", " ", None])
def test_a_quantity_has_a_unit(unit: object) -> None:
    with pytest.raises(FactValueError, match="unit is a text"):
        Quantity(amount=3, unit=unit)  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [5, [1], "zz", [("a", 1, 2)], {1: "a"}])
def test_what_is_no_table_of_facts_is_refused(values: object) -> None:
    with pytest.raises(FactValueError, match="Facts are a table"):
        Facts(values)  # type: ignore[arg-type]


def test_facts_that_travel_to_another_process_are_found_there() -> None:
    facts = Facts({"a": 1})
    hash(facts)
    code = "import pickle, sys; f = pickle.loads(sys.stdin.buffer.read()); print(f in {type(f)({'a': 1})})"
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(facts), capture_output=True, check=True
    )
    assert done.stdout.strip() == b"True"
