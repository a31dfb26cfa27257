"""Whole columns: each row has the decision of the scalar, or its reason for having none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.routing.test_properties import DAY, POINTS, TEXTS, Drawn, drawn

import qms_service.routing
from qms_service.errors import (
    AmbiguousRouteError,
    ColumnError,
    FactValueError,
    MissingExtraError,
    NoRouteError,
    QmsError,
    UndecidedError,
    UnknownNameError,
)
from qms_service.routing import DecisionTable
from qms_service.routing.batch import Coded, DecisionColumns

MANY = 500  # rows enough for arrays
DAYS = [DAY + timedelta(days=n) for n in range(-1, 6)]
INTS = [-(2**63), -1, 0, 1, 2, 3, 4, 2**63 - 1]
JUNK: list[Any] = [
    None, float("nan"), 2.0, 0.5, 1, 0, True, Decimal(1), Decimal("NaN"), Decimal("sNaN"), Fraction(1, 2), "1", "", "urgent",
    "operations", DAY, datetime(2026, 2, 28, 9), np.datetime64("NaT"), np.int64(2), np.bool_(True), np.str_("urgent"), [1],  # noqa: DTZ001, FBT003  # wrong values
]  # fmt: skip
unhurried = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Column = tuple[list[Any], Callable[[list[Any]], Any]]  # what the scalar is told in each row, and the column


def typed(dtype: str) -> Callable[[list[Any]], Any]:
    return lambda values: np.array(values, dtype)


def as_objects(values: list[Any]) -> Any:  # noqa: ANN401  # an array of anything
    column = np.empty(len(values), object)
    for row, value in enumerate(values):
        column[row] = value
    return column


def coded(values: list[Any]) -> Coded:
    """Each value by a code of its own, what is missing by a negative one."""
    codes = [-1 if value is None else row for row, value in enumerate(values)]
    return Coded(codes=np.array(codes, np.int16), values=values)


FORMS: dict[str, list[tuple[list[Any], Callable[[list[Any]], Any]]]] = {
    "number": [
        (INTS, typed("int64")), ([-128, *INTS[1:7], 127], typed("int8")), ([*INTS[2:7], 2**64 - 1], typed("uint64")),
        (INTS, list), ([2**70, 1, -(2**70)], list),
    ],
    "date": [
        (DAYS, typed("M8[D]")), ([date(2026, 2, 26), date(2026, 3, 5)], typed("M8[W]")), ([*DAYS, None], typed("M8[D]")),
        ([date.min, *DAYS, date.max], list), ([date.min, date.max], typed("M8[D]")),
    ],
    "text": [
        ([*TEXTS, "another", "operations", "", "operation, of a length that no cell has"], typed("U")),
        (["", "-"], typed("U")), ([*TEXTS, "x"], typed(">U12")), ([*TEXTS, "another"], typed("T")), ([*TEXTS, None], list),
    ],
    "values": [(["urgent", "normal", "not known"], typed("U")), (["urgent", "urgently", "x"], typed("U"))],
    "bool": [([True, False], typed("bool")), ([True, False], list), ([True, False, None], list)],
}  # fmt: skip
ODD: list[tuple[list[Any], Callable[[list[Any]], Any]]] = [
    ([1.0, None, 2.5], typed("float64")), ([1, 2], typed("int32")), ([True, False], typed("bool")),
    (["urgent", "1"], typed("U")), ([b"urgent"], typed("S")), ([datetime(2026, 2, 27), None], typed("M8[us]")),  # noqa: DTZ001  # no day
    ([DAY], typed("M8[D]")), ([timedelta(1), None], typed("m8[us]")), ([1j], typed("complex128")),
]  # fmt: skip


@st.composite
def a_column(draw: st.DrawFn, kind: str, size: int) -> Column:
    """Values that an input may have, in one of the forms in which a column can hold them."""
    own = FORMS["number" if kind == "bounded" else kind]
    every = [(POINTS[kind], form) for form in (list, as_objects, coded)]
    mixed = [([*POINTS[kind], *JUNK], form) for form in (list, as_objects, coded)]
    values, form = draw(st.sampled_from([*own, *own, *every, *mixed, *ODD]))
    return draw(st.lists(st.sampled_from(values), min_size=size, max_size=size)), form


def missing(value: Any) -> bool:  # noqa: ANN401  # any cell
    if isinstance(value, float | Decimal):
        return str(value) == "nan" or str(value) == "NaN"
    return value is None or (isinstance(value, np.datetime64) and bool(np.isnat(value)))


def outcome(table: DecisionTable, facts: Mapping[str, Any]) -> object:
    """The scalar's decision, or what its error is about."""
    try:
        return table.decide(facts)
    except QmsError as error:
        return told(error)


def told(error: QmsError) -> object:
    about = [error.operands.get(name) for name in ("fact", "rule_ids", "missing")]
    return type(error), error.code.removesuffix(".nearest"), *about


def found(columns: DecisionColumns, row: int) -> object:
    try:
        decision = columns.decision(row)
    except QmsError as error:
        return told(error)
    assert columns.answer[row] >= 0 > columns.reason[row]
    return decision


@unhurried
@given(drawing=drawn(inputs=4, rules=6), data=st.data(), times=st.sampled_from([1, MANY]))
def test_each_row_is_what_the_scalar_says(drawing: Drawn, data: st.DataObject, times: int) -> None:
    size = data.draw(st.integers(1, 8))
    asked = [name for name in drawing.kinds if data.draw(st.integers(0, 9))]
    columns = {name: data.draw(a_column(drawing.kinds[name], size)) for name in asked}
    wanted = [
        outcome(
            drawing.table,
            {name: values[row] for name, (values, _) in columns.items() if not missing(values[row])},
        )
        for row in range(size if asked else 0)
    ]
    answer = drawing.table.decide_many(
        {name: form(values * times) for name, (values, form) in columns.items()}
    )
    assert len(answer) == len(wanted) * times
    assert [found(answer, row) for row in range(len(answer))] == wanted * times
    assert len({*answer.decisions}) == len(answer.decisions)


RULES: list[dict[str, Any]] = [
    {"id": "near", "when": {"km": "<=300"}, "then": {"within": "24 h", "by": "service"}, "clause": "4.1.1"},
    {"id": "far", "when": {"km": ">300", "abroad": False}, "then": {"within": "48 h", "by": "service"}},
    {"id": "odd", "when": {"km": "[290..300]", "abroad": True}, "then": {"within": "72 h", "by": "quality"}},
]
SITE = DecisionTable(
    name="site",
    inputs={"km": "number[0..]", "abroad": "bool"},
    outputs={"within": "text", "by": "text"},
    rules=RULES,
)


@pytest.mark.parametrize("times", [1, MANY])
def test_a_row_without_an_answer_has_its_reason_and_stops_nothing(times: int) -> None:
    rows = [12, 301, 301, 295, 400, -1, 7.5]
    abroad = [True, False, True, True, None, False, False]
    answer = SITE.decide_many({"km": rows * times, "abroad": abroad * times})
    assert answer.answer.tolist() == [0, 1, -1, -1, -1, -1, -1] * times
    assert answer.reason.tolist() == [-1, -1, 0, 1, 2, 3, 4] * times
    assert [type(error) for error in answer.errors] == [
        NoRouteError, AmbiguousRouteError, UndecidedError, FactValueError, FactValueError,
    ]  # fmt: skip
    assert str(answer.errors[0]).startswith("Row 2 (the first is 0): Table site: no rule covers km = 301")
    assert answer.errors[4].code == "fact-value.float"
    assert answer.output("within").tolist()[:7] == ["24 h", "48 h", None, None, None, None, None]
    assert answer.rule_ids.tolist()[:3] == [("near",), ("far",), None]
    assert [clauses and str(clauses[0]) for clauses in answer.clauses[:3]] == ["4.1.1", (), None]
    with pytest.raises(UndecidedError):
        answer.decision(4)


def test_what_is_collected_is_a_tuple_in_each_row() -> None:
    table = DecisionTable(
        name="informed", inputs={"km": "number"}, outputs={"who": "text"}, hit="collect",
        rules=[{"id": who, "when": {"km": cell}, "then": {"who": who}} for who, cell in (("a", ">1"), ("b", ">5"))],
    )  # fmt: skip
    assert table.decide_many({"km": np.array([0, 3, 9])}).output("who").tolist() == [(), ("a",), ("a", "b")]


def test_an_input_without_a_column_is_missing_in_every_row() -> None:
    answer = SITE.decide_many({"km": np.array([12, 400])})
    assert (answer.answer.tolist(), answer.errors[0].operands["missing"]) == ([0, -1], ("abroad",))
    assert len(SITE.decide_many({})) == 0


@pytest.mark.parametrize("size", [3, MANY])
def test_one_value_stands_for_all_rows(size: int) -> None:
    answer = SITE.decide_many({"km": np.full(size, 500), "abroad": False})
    assert answer.output("within").tolist() == ["48 h"] * size
    assert len(SITE.decide_many({"km": Decimal("2.5"), "abroad": None})) == 1
    assert SITE.decide_many({"km": np.int64(3)}).answer.tolist() == [0]


def test_masked_rows_are_missing() -> None:
    km = np.ma.MaskedArray(np.array([12, 400] * MANY), mask=[False, True] * MANY)
    assert SITE.decide_many({"km": km, "abroad": False}).reason.tolist() == [-1, 0] * MANY


@pytest.mark.parametrize("asked", [10, 30])
def test_more_combinations_than_a_table_of_answers_or_an_array_can_hold(asked: int) -> None:
    names = [f"i{place}" for place in range(asked)]
    table = DecisionTable(
        name="wide", inputs=dict.fromkeys(names, "number"), outputs={"out": "text"}, hit="first",
        rules=[
            *({"id": name, "when": {name: "(1..5)"}, "then": {"out": name}} for name in names),
            {"id": "rest", "when": {}, "then": {"out": "rest"}},
        ],
    )  # fmt: skip
    rows = np.arange(60 * MANY) % 40
    answer = table.decide_many({name: np.where(rows == place, 3, 9) for place, name in enumerate(names)})
    wanted = [f"i{row}" if row < asked else "rest" for row in rows.tolist()]
    assert answer.output("out").tolist() == wanted


def test_what_is_no_text_is_refused_beside_texts() -> None:
    table = DecisionTable(
        name="cause", inputs={"cause": "text"}, outputs={"to": "text"},
        rules=[{"id": "a", "when": {"cause": "x"}, "then": {"to": "a"}}],
    )  # fmt: skip
    answer = table.decide_many({"cause": ["x", 1, None, [1], True, "x"] * MANY})
    assert answer.reason.tolist() == [-1, 0, 1, 0, 0, -1] * MANY
    assert [type(error) for error in answer.errors] == [FactValueError, UndecidedError]


def test_days_before_and_after_those_that_python_knows_are_refused() -> None:
    table = DecisionTable(
        name="since", inputs={"on": "date"}, outputs={"to": "text"},
        rules=[{"id": "a", "when": {"on": ">=2026-03-02"}, "then": {"to": "a"}}],
    )  # fmt: skip
    days = np.array(
        ["2026-03-01", "2026-03-02", "NaT", "0001-01-01", "9999-12-31", "-0001-01-01", "10000-01-01"], "M8[D]"
    )
    answer = table.decide_many({"on": np.tile(days, MANY)})
    assert answer.answer.tolist() == [-1, 0, -1, -1, 0, -1, -1] * MANY
    assert answer.reason.tolist() == [0, -1, 1, 0, -1, 2, 2] * MANY
    assert [type(error) for error in answer.errors] == [NoRouteError, UndecidedError, FactValueError]
    weeks = np.tile(np.array(["2026-02-26", "2026-03-05"], "M8[W]"), MANY)
    assert table.decide_many({"on": weeks}).answer.tolist() == [-1, 0] * MANY
    instants = np.array(["2026-03-05", "NaT"], "M8[us]")
    assert [type(error) for error in table.decide_many({"on": instants}).errors] == [
        FactValueError,
        UndecidedError,
    ]
    assert table.decide_many({"on": np.tile(instants, MANY)}).reason.tolist() == [0, 1] * MANY


@pytest.mark.parametrize("column", [[True, False, None], [date(2026, 3, 2), None]])
def test_a_masked_column_is_its_values_and_what_is_missing(column: list[Any]) -> None:
    word = "bool" if column[0] is True else "date"
    cell: Any = column[0] if word == "bool" else str(column[0])
    rules: list[dict[str, Any]] = [{"id": "a", "when": {"x": cell}, "then": {"to": "a"}}]
    table = DecisionTable(name="t", inputs={"x": word}, outputs={"to": "text"}, rules=rules)
    masked = np.ma.MaskedArray(
        np.array(
            [column[0] if value is None else value for value in column * MANY],
            "?" if word == "bool" else "M8[D]",
        ),
        mask=[value is None for value in column * MANY],
    )
    assert (
        table.decide_many({"x": masked}).codes.tolist()
        == table.decide_many({"x": column * MANY}).codes.tolist()
    )
    few = masked[:2]
    objects = np.ma.MaskedArray(as_objects([7, 8]), mask=[True, False])
    assert table.decide_many({"x": few}).codes.tolist() == table.decide_many({"x": column[:2]}).codes.tolist()
    assert table.decide_many({"x": objects}).reason.tolist() == [0, 1]


def test_many_ends_are_searched() -> None:
    table = DecisionTable(
        name="price", inputs={"n": "number"}, outputs={"to": "number"},
        rules=[{"id": str(n), "when": {"n": f"[{n}..{n + 1})"}, "then": {"to": n}} for n in range(40)],
    )  # fmt: skip
    values = np.arange(MANY) % 45 - 2
    assert table.decide_many({"n": values}).output("to").tolist() == [
        value if 0 <= value < 40 else None for value in values.tolist()
    ]


def test_texts_that_nobody_names_are_looked_up_too() -> None:
    table = DecisionTable(
        name="cause", inputs={"cause": "text"}, outputs={"to": "text"}, hit="first",
        rules=[{"id": "a", "when": {"cause": "not(x)"}, "then": {"to": "a"}}, {"id": "b", "when": {}, "then": {"to": "b"}}],
    )  # fmt: skip
    texts = np.array([f"cause {row}" for row in range(5 * MANY)] + ["x"])
    assert table.decide_many({"cause": texts}).output("to").tolist() == ["a"] * 5 * MANY + ["b"]
    empty = np.zeros(MANY, [("cause", "U0")])["cause"]
    assert table.decide_many({"cause": empty}).output("to").tolist() == ["a"] * MANY


@pytest.mark.parametrize("count", [3, 250, 300])
def test_a_table_names_few_texts_or_many(count: int) -> None:
    texts = [f"cause {place}" for place in range(count)]
    rules = [{"id": text, "when": {"cause": text}, "then": {"to": text.upper()}} for text in texts]
    table = DecisionTable(name="cause", inputs={"cause": "text"}, outputs={"to": "text"}, rules=rules)
    asked = np.array([*texts, "cause", "cause 2 and more", ""] * MANY)
    wanted = [*(text.upper() for text in texts), None, None, None] * MANY
    assert table.decide_many({"cause": asked}).output("to").tolist() == wanted


def test_values_beyond_those_that_are_kept_have_their_answer() -> None:
    texts = np.array([f"cause {row}" for row in range(70_000)], object)
    table = DecisionTable(
        name="cause", inputs={"cause": "text", "km": "number"}, outputs={"to": "text"},
        rules=[{"id": "a", "when": {"cause": "not(x)", "km": ">=0"}, "then": {"to": "a"}}],
    )  # fmt: skip
    km = [Decimal(row) for row in range(70_000)]
    assert not table.decide_many({"cause": texts, "km": km}).answer.any()


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ([1, 2], "column-mapping"),
        ({"km": {1, 2}}, "column-kind"),
        ({"km": np.zeros((2, 2))}, "column-shape"),
        ({"km": [1, 2], "abroad": [True]}, "column-lengths"),
    ],
)
def test_what_is_no_column_is_refused(columns: Any, code: str) -> None:  # noqa: ANN401  # wrong columns
    with pytest.raises(ColumnError) as raised:
        SITE.decide_many(columns)
    assert raised.value.code == code
    assert raised.value.text() != raised.value.text("zh")


@pytest.mark.parametrize(("codes", "code"), [([0.5], "column-codes"), ([0, 2], "column-codes.beyond")])
def test_codes_without_a_value_are_refused(codes: list[Any], code: str) -> None:
    with pytest.raises(ColumnError) as raised:
        Coded(codes=codes, values=["urgent", "normal"])
    assert raised.value.code == code
    assert raised.value.text() != raised.value.text("zh")


def test_names_that_the_table_does_not_know_are_refused_at_once() -> None:
    with pytest.raises(UnknownNameError, match="km"):
        SITE.decide_many({"kms": [1]})
    with pytest.raises(UnknownNameError, match="within"):
        SITE.decide_many({"km": [1]}).output("withn")


def test_without_numpy_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    for name in [name for name in sys.modules if name.startswith("qms_service.routing.batch")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(qms_service.routing, "batch")
    with pytest.raises(MissingExtraError, match=r'pip install "qms-service\[analysis\]"'):
        SITE.decide_many({"km": [1]})
