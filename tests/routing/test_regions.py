"""On which parts of an input each rule holds: by two ends, and as each value by itself would say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_service.routing.cell import Cell
from qms_service.routing.column import ColumnType
from qms_service.routing.partition import Part, partition
from qms_service.routing.regions import masks_of, regions_of
from qms_service.routing.span import Span

POINTS = [1, 2, 3, 5, 8]
DAYS = [date(2026, 3, day) for day in (1, 2, 3, 9)]
TEXTS = ["a", "b", "c"]


def spans(points: list[int] | list[date]) -> st.SearchStrategy[Span]:
    ends = st.none() | st.sampled_from(points)
    return st.builds(Span, low=ends, high=ends, low_open=st.booleans(), high_open=st.booleans())


def columns(
    items: st.SearchStrategy[Span] | st.SearchStrategy[str] | st.SearchStrategy[bool],
) -> st.SearchStrategy[list[Cell]]:
    cell = st.builds(Cell, st.lists(items, max_size=3).map(tuple), st.booleans())
    return st.lists(cell.map(lambda one: one if one.items else Cell()), max_size=5)


INPUTS = st.one_of(
    st.tuples(st.sampled_from(["number", "number[2..5]", "number(1..8)"]), columns(spans(POINTS))),
    st.tuples(st.just("date"), columns(spans(DAYS))),
    st.tuples(st.just("text"), columns(st.sampled_from(TEXTS))),
    st.tuples(st.just("bool"), columns(st.booleans())),
)


@given(INPUTS)
def test_a_rule_holds_on_the_parts_whose_values_pass_its_cell(given: tuple[str, list[Cell]]) -> None:
    word, cells = given
    parts = [part for part in partition(ColumnType.parse(word), cells) if part]
    regions = regions_of(cells, parts)
    expected = [[cell.holds(part.witness) for part in parts] for cell in cells]
    assert [[bool(one >> place & 1) for place in range(len(parts))] for one in regions] == expected
    masks = masks_of(regions, len(parts))
    assert [[bool(mask >> rule & 1) for mask in masks] for rule in range(len(cells))] == expected


@pytest.mark.parametrize("cells", [[], [Cell()], [Cell(("x",))]])
def test_without_parts_no_rule_holds(cells: list[Cell]) -> None:
    none: list[Part] = []
    assert regions_of(cells, none) == (0,) * len(cells)
    assert masks_of(regions_of(cells, none), 0) == ()
