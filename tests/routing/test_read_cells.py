"""What a cell may say, and what it may not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pendulum
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qms_service.errors import NoRouteError, TableError
from qms_service.routing import DecisionTable, TableFault

KINDS = ["number", "number[0..10]", "text", "bool", "date", ("urgent", "normal")]


def table_of(cell: object, kind: object) -> DecisionTable:
    return DecisionTable(
        name="one cell",
        inputs={"x": kind},
        outputs={"hit": "bool"},
        rules=[{"id": "r", "when": {"x": cell}, "then": {"hit": True}}],
    )


def passes(cell: object, kind: object, value: object) -> bool:
    try:
        return table_of(cell, kind).decide({"x": value}).outputs["hit"] is True
    except NoRouteError:
        return False


def fault_of(cell: object, kind: object) -> TableFault:
    with pytest.raises(TableError) as caught:
        table_of(cell, kind)
    (fault,) = caught.value.problems
    assert isinstance(fault, TableFault)
    assert (fault.rule, fault.column) == ("r", "x")
    return fault


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("300", [300, Decimal("300.0"), Fraction(600, 2)], [299, 301, Decimal("300.1")]),
        ("-2.5", [Decimal("-2.5"), Fraction(-5, 2)], [-2, -3, Decimal("2.5")]),
        ("1/3", [Fraction(1, 3)], [0, 1, Decimal("0.3333333333")]),
        ("<=300", [300, -1, Decimal("299.999")], [Decimal("300.001"), Fraction(901, 3)]),
        ("< 300", [Decimal("299.999")], [300, 301]),
        (">300", [Decimal("300.001"), 1000], [300, 299]),
        (">= 300", [300, 301], [Decimal("299.999")]),
        ("[1..5]", [1, 3, 5], [Decimal("0.999"), Decimal("5.001")]),
        ("(1..5)", [Decimal("1.001"), Decimal("4.999")], [1, 5]),
        ("]1..5[", [Decimal("1.001"), Decimal("4.999")], [1, 5]),
        ("]1 .. 5]", [Decimal("1.001"), 5], [1, Decimal("5.001")]),
        ("[1..5[", [1], [5]),
        ("[1..5)", [1], [5]),
        ("(1..5]", [5], [1]),
        ("[7..7]", [7], [6, 8]),
        ("1, 3, >=5", [1, 3, 5, 9], [2, 4, Decimal("4.9")]),
        ("not(1, [3..5))", [0, 2, 5], [1, 3, Decimal("4.9")]),
        ("not (5)", [4], [5]),
        ("-", [0, -1, Decimal("0.5")], []),
        (5, [5], [4]),
        (Decimal("2.5"), [Fraction(5, 2)], [2]),
        ([1, "[3..4]", ">= 9"], [1, Decimal("3.5"), 9], [2, 8]),
        ((1, Fraction(1, 2)), [1, Decimal("0.5")], [0]),
    ],
)
def test_a_cell_of_numbers(cell: object, inside: list[object], outside: list[object]) -> None:
    assert [passes(cell, "number", value) for value in inside] == [True] * len(inside)
    assert [passes(cell, "number", value) for value in outside] == [False] * len(outside)


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("operation", ["operation"], ["Operation", "operations", "process"]),
        ("operation, process", ["operation", "process"], ["operation, process"]),
        ('"open, short", other', ["open, short", "other"], ["open", "short"]),
        ('"a|b"', ["a|b"], ["a"]),
        ('"[a]"', ["[a]"], ["a"]),
        ('"say ""no"""', ['say "no"'], ["say no"]),
        ('""', [""], [" "]),
        ('"-"', ["-"], ["", "a"]),
        ("not(operation)", ["process", ""], ["operation"]),
        ('not("a)", b)', ["a"], ["a)", "b"]),
        ("责任工序", ["责任工序"], ["工序"]),
        ('"客户(VIP)"', ["客户(VIP)"], ["客户"]),
        ('"客户，供方"', ["客户，供方"], ["客户"]),
        ("a > b", ["a > b"], ["a"]),
        ("1..5", ["1..5"], ["3"]),
        (["operation", '"open, short"'], ["operation", "open, short"], ["open"]),
        ("-", ["", "anything"], []),
    ],
)
def test_a_cell_of_texts(cell: object, inside: list[object], outside: list[object]) -> None:
    assert [passes(cell, "text", value) for value in inside] == [True] * len(inside)
    assert [passes(cell, "text", value) for value in outside] == [False] * len(outside)


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("2026-03-02", [date(2026, 3, 2), pendulum.date(2026, 3, 2)], [date(2026, 3, 1), date(2026, 3, 3)]),
        (date(2026, 3, 2), [date(2026, 3, 2)], [date(2026, 3, 1)]),
        ("<2026-03-02", [date(2026, 3, 1), date.min], [date(2026, 3, 2)]),
        (">=2026-03-02", [date(2026, 3, 2), date.max], [date(2026, 3, 1)]),
        (
            "(2026-02-27..2026-03-02)",
            [date(2026, 2, 28), date(2026, 3, 1)],
            [date(2026, 2, 27), date(2026, 3, 2)],
        ),
        ("not(2026-03-02)", [date(2026, 3, 1)], [date(2026, 3, 2)]),
        ("9999-12-31", [date.max], [date.min]),
        ("<=0001-01-01", [date.min], [date.max]),
    ],
)
def test_a_cell_of_days(cell: object, inside: list[object], outside: list[object]) -> None:
    assert [passes(cell, "date", value) for value in inside] == [True] * len(inside)
    assert [passes(cell, "date", value) for value in outside] == [False] * len(outside)


@pytest.mark.parametrize(
    ("cell", "value"), [("true", True), ("false", False), (True, True), ("not(true)", False)]
)
def test_a_cell_of_bools(cell: object, value: bool) -> None:
    assert passes(cell, "bool", value)
    assert not passes(cell, "bool", not value)


@pytest.mark.parametrize("cell", ["urgent", "not(normal)", ["urgent"]])
def test_a_cell_of_a_value_list(cell: object) -> None:
    assert passes(cell, ["urgent", "normal"], "urgent")
    assert not passes(cell, ["urgent", "normal"], "normal")


@pytest.mark.parametrize(
    ("cell", "kind", "typed"),
    [
        ("operation，process", "text", ","),
        ("operation、process", "text", ","),
        ("a｜b", "text", "|"),
        ("not（a）", "text", "("),
        ("≥5", "number", ">="),
        ("≤5", "number", "<="),
        ("＜5", "number", "<"),
        ("≠5", "number", "not(…)"),
        ("［1..5］", "number", "["),
        ("５", "number", "5"),
        ("[1…5]", "number", ".."),
        ("−5", "number", "-"),
        ("－", "number", "-"),
        ("—", "text", "-"),
        ("“open”", "text", '"'),
        (["a，b"], "text", ","),
        ("2026－03－02", "date", "-"),
    ],
)
def test_a_full_width_character_is_refused_with_the_one_to_type(cell: object, kind: str, typed: str) -> None:
    fault = fault_of(cell, kind)
    assert (fault.code, fault.typed) == ("full-width", typed)
    assert f"Type {typed} in its place" in str(fault)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("five", "number"),
        ("1,500 km", "number"),
        ("007", "number"),
        ("1e3", "number"),
        ("NaN", "number"),
        ("1..5", "number"),
        ("[1..5", "number"),
        ("[1..]", "number"),
        ("<<5", "number"),
        ("<", "number"),
        ("=5", "number"),
        ('"5"', "number"),
        ("not(5), 6", "number"),
        ("1/0", "number"),
        ("公里", "number"),
        ("<5", "text"),
        ("=a", "text"),
        ("!=a", "text"),
        ("a(b)", "text"),
        ("[a]", "text"),
        ("a|b", "text"),
        ("not(not(a))", "text"),
        ("a, -", "text"),
        ('a"b"', "text"),
        ("<true", "bool"),
        ('"true"', "bool"),
        ("2026-02-30", "date"),
        ("2026-3-2", "date"),
        ("20260302", "date"),
        ("02.03.2026", "date"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_with_what_is_allowed(cell: object, kind: str) -> None:
    fault = fault_of(cell, kind)
    assert fault.code in ("cell", "value")
    assert fault.got is not None
    assert fault.allowed is not None
    assert fault.got in str(fault)
    assert fault.allowed in str(fault)


@pytest.mark.parametrize("cell", ["", "  ", "a,", ",a", "a,,b", "not()", [], ["a", ""]])
def test_a_blank_cell_is_refused_because_any_value_is_a_dash(cell: object) -> None:
    fault = fault_of(cell, "text")
    assert fault.code == "cell-blank"
    assert "Type - for any value" in str(fault)


@pytest.mark.parametrize("cell", ['"open', 'open"', '"a" "', 'a"b'])
def test_quotes_that_do_not_pair_are_refused(cell: str) -> None:
    assert fault_of(cell, "text").code == "quotes"


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("[5..1]", "number"),
        ("(5..5)", "number"),
        ("3, [5..1]", "number"),
        ("11", "number[0..10]"),
        (">10", "number[0..10]"),
        ("not([0..10])", "number[0..10]"),
        ("not(true, false)", "bool"),
        ("not(urgent, normal)", ("urgent", "normal")),
        ("(2026-03-01..2026-03-02)", "date"),
        (">9999-12-31", "date"),
        ("<0001-01-01", "date"),
    ],
)
def test_a_cell_that_no_value_can_pass_is_refused(cell: str, kind: object) -> None:
    assert fault_of(cell, kind).code == "cell-never"


@pytest.mark.parametrize(
    ("cell", "kind", "code"),
    [
        (5.0, "number", "float"),
        ([1, 2.5], "number", "float"),
        (True, "number", "value"),
        (Decimal("NaN"), "number", "value"),
        (Decimal("1E+1000"), "number", "value"),
        (None, "number", "value"),
        (1, "bool", "value"),
        (5, "text", "value"),
        (datetime(2026, 3, 2, tzinfo=UTC), "date", "value"),
        ({"<": 5}, "number", "value"),
        (11, "number[0..10]", "value"),
    ],
)
def test_a_python_value_of_another_type_is_no_cell(cell: object, kind: str, code: str) -> None:
    assert fault_of(cell, kind).code == code


def test_a_misspelt_value_is_refused_with_the_nearest() -> None:
    fault = fault_of("urgnt", ["urgent", "normal"])
    assert fault.nearest == "urgent"
    assert str(fault) == "rule r: x: got 'urgnt', allowed is urgent, normal. Did you mean urgent?"


def test_a_capital_true_is_refused_with_the_lower_case_one() -> None:
    assert fault_of("TRUE", "bool").nearest == "true"


JUNK = st.text(st.sampled_from('-,|()[]"<>=!. 0159naot真（，…\t\n') | st.characters(), max_size=12)


@given(
    cell=JUNK | st.lists(JUNK, max_size=3) | st.floats() | st.none() | st.binary(),
    kind=st.sampled_from(KINDS),
)
@example(cell="9" * 5000, kind="number")
@example(cell="[" * 3000, kind="number")
@example(cell=Decimal("sNaN"), kind="number")
@settings(max_examples=600, deadline=None)
def test_junk_is_read_or_refused_and_never_fails_otherwise(cell: object, kind: object) -> None:
    try:
        table_of(cell, kind)
    except TableError as error:
        refused = error
    else:
        return
    assert refused.problems
    assert "table." in repr(cell) or "table." not in f"{refused}"
