"""The facts that try a table: each row, each bound from both sides, each gap."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from qms_service.authoring.cases import TableInput, table_inputs
from qms_service.errors import NoRouteError
from qms_service.routing import DecisionTable

Told = tuple[str, tuple[str, ...], dict[str, object]]


def told(table: DecisionTable) -> list[Told]:
    return [(one.sort, one.rule_ids, dict(one.facts)) for one in table_inputs(table)]


def table(inputs: dict[str, object], *rows: dict[str, str], hit: str = "unique") -> DecisionTable:
    rules = [{"id": f"r{n}", "when": row, "then": {"out": f"{n}"}} for n, row in enumerate(rows, start=1)]
    return DecisionTable(name="t", inputs=inputs, outputs={"out": "text"}, rules=rules, hit=hit)


def test_each_row_has_facts_of_its_own_and_each_bound_is_tried_from_both_sides() -> None:
    distance = table({"km": "number"}, {"km": "<=300"}, {"km": ">300"})
    assert told(distance) == [
        ("row", ("r1",), {"km": 299}),
        ("row", ("r2",), {"km": 301}),
        ("bound", ("r1",), {"km": 300}),
    ]


def test_a_bound_is_tried_with_the_other_facts_of_its_row() -> None:
    found = told(
        table({"km": "number", "urgent": "bool"}, {"km": "[1..5)", "urgent": "true"}, {"urgent": "false"})
    )
    assert {facts["km"] for _, _, facts in found if facts["urgent"] is True} == {0, 1, 2, 4, 5, 6}
    assert found[0] == ("row", ("r1",), {"km": 1, "urgent": True})


def test_between_two_near_bounds_lies_what_is_between_them() -> None:
    found = told(table({"share": "number"}, {"share": "<=0.1"}, {"share": "(0.1..0.2]"}, {"share": ">0.2"}))
    assert {str(facts["share"]) for _, _, facts in found} == {"0", "-0.9", "0.1", "0.11", "0.2", "1", "1.2"}


def test_a_bound_of_the_input_itself_is_not_crossed() -> None:
    found = told(table({"rate": "number[0..100]"}, {"rate": "[0..50]"}, {"rate": "(50..100]"}))
    assert {facts["rate"] for sort, _, facts in found if sort == "bound"} == {1, 49, 50, 99, 100}
    assert [facts for sort, _, facts in found if sort == "row"] == [{"rate": 0}, {"rate": 51}]


def test_a_bound_may_be_a_day() -> None:
    first, last = date.min.isoformat(), date.max.isoformat()
    found = told(table({"on": "date"}, {"on": f"[{first}..2026-03-01]"}, {"on": f"(2026-03-01..{last}]"}))
    days = {facts["on"] for _, _, facts in found}
    assert {date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2), date.min, date.max} <= days


def test_a_row_of_a_first_table_is_tried_where_the_rows_above_leave_it_something() -> None:
    found = told(table({"n": "number"}, {"n": ">=5"}, {"n": ">=1"}, {}, hit="first"))
    by_row = {rules[0]: facts["n"] for sort, rules, facts in found if sort == "row"}
    assert (by_row["r1"], by_row["r2"], by_row["r3"]) == (5, 1, 0)


def test_a_row_that_the_rows_above_leave_nothing_is_tried_where_it_stands() -> None:
    found = told(table({"n": "number"}, {"n": ">=1"}, {"n": ">=5"}, {}, hit="first"))
    assert next(facts for sort, rules, facts in found if rules == ("r2",)) == {"n": 5}


def test_gaps_and_overlaps_are_tried_too() -> None:
    found = told(table({"n": "number[0..9]"}, {"n": "<=3"}, {"n": "[2..5]"}))
    assert [(sort, rules) for sort, rules, _ in found if sort in ("gap", "overlap")] == [
        ("gap", ()), ("overlap", ("r1", "r2")),
    ]  # fmt: skip
    assert ("overlap", ("r1", "r2"), {"n": 2}) in found


CELL = st.sampled_from(["-", "<=2", ">2", "[1..3]", "(1..3)", "3", "<0", ">=3", "not(2)"])
ROW = st.tuples(CELL, st.sampled_from(["-", "true", "false"]))
HALVES = [Fraction(n, 4) for n in range(-12, 24)]


@given(st.lists(ROW, min_size=1, max_size=4))
def test_every_row_that_answers_something_answers_one_of_its_inputs(rows: list[tuple[str, str]]) -> None:
    found = table({"n": "number", "b": "bool"}, *({"n": n, "b": b} for n, b in rows), hit="first")
    inputs = table_inputs(found)
    answering = set[str]()
    for n, b in product(HALVES, (True, False)):
        try:
            answering.update(found.decide({"n": n, "b": b}).rule_ids)
        except NoRouteError:
            continue
    tried = {id_ for one in inputs for id_ in _answered(found, one)}
    assert answering <= tried
    for one in inputs:
        if one.sort == "gap":
            assert _answered(found, one) == ()


def _answered(found: DecisionTable, one: TableInput) -> tuple[str, ...]:
    try:
        return found.decide(one.facts).rule_ids
    except NoRouteError:
        return ()
