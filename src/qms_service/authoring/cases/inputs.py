"""TableInput (表的测试输入): facts that try a decision table: each row, each bound, each gap and overlap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final, Literal, get_args

import attrs

from qms_service.facts import Facts
from qms_service.routing import DecisionTable
from qms_service.routing.boxes import Box, remainder
from qms_service.routing.column import ColumnType
from qms_service.routing.exact import plain
from qms_service.routing.facet import Facet
from qms_service.routing.proof import LIMIT
from qms_service.routing.span import Point, Span

Sort = Literal["row", "gap", "overlap", "bound"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class TableInput:
    """Facts that try a table at one place.

    Args:
        sort: Whether they show a `row`, lie on or beside a `bound` of a number or day that a row names, or in
            a `gap` or an `overlap`.
        facts: The facts, by input.
        rule_ids: The rows that they try; none for a gap.
    """

    sort: Sort
    facts: Facts
    rule_ids: tuple[str, ...] = ()


def table_inputs(table: DecisionTable) -> tuple[TableInput, ...]:
    """The facts that try a table, each once: its rows in their order, then gaps and overlaps, then bounds.

    A row that the rows above it leave nothing is tried where it stands. A bound is tried at itself and on both
    sides, as far as the input takes them: one less and one more, or what lies between two bounds that are nearer.

    Args:
        table: The table.

    >>> rules = [{"id": "near", "when": {"km": "<=300"}, "then": {"due": "24 h"}}]
    >>> site = DecisionTable(name="site", inputs={"km": "number"}, outputs={"due": "text"}, rules=rules)
    >>> [(one.sort, one.facts["km"]) for one in table_inputs(site)]
    [('row', 299), ('gap', 301), ('bound', 300)]
    """
    found: dict[Facts, TableInput] = {}
    for one in (*_problems(table), *_rows(table), *_bounds(table)):
        found.setdefault(one.facts, one)
    return tuple(sorted(found.values(), key=lambda one: SORTS.index(one.sort)))


def _rows(table: DecisionTable) -> Iterator[TableInput]:
    for place, row in enumerate(table.rules):
        yield TableInput(
            sort="row", facts=_witness(table.facets, _reaching(table, place)), rule_ids=(row.id,)
        )


def _reaching(table: DecisionTable, place: int) -> Box:
    """The facts that reach a row; all its own where the rows above it take every one."""
    boxes = [tuple(one.regions[row] for one in table.facets) for row in range(place + 1)]
    earlier = boxes[:place] if table.hit == "first" else []
    left = remainder(boxes[place], earlier, LIMIT).boxes
    return left[0] if left else boxes[place]


def _witness(facets: tuple[Facet, ...], box: Box) -> Facts:
    return Facts(
        {one.column.name: _told(one, _first(one, chosen)) for one, chosen in zip(facets, box, strict=True)}
    )


def _first(facet: Facet, chosen: int) -> object:
    """A value of the chosen parts; a whole number where there is one, for many a fact takes no other."""
    values = [part.witness for place, part in enumerate(facet.parts) if chosen >> place & 1]
    return next((value for value in values if isinstance(value, int)), values[0])


def _told(facet: Facet, value: Any) -> object:  # noqa: ANN401  # a value of the input's type
    return plain(value) if facet.column.type.word == "number" else value


def _bounds(table: DecisionTable) -> Iterator[TableInput]:
    """Each end that a row names, and what lies beside it, with the other inputs as the row has them."""
    for place, row in enumerate(table.rules):
        base = _witness(table.facets, _reaching(table, place))
        for facet, cell in zip(table.facets, row.when, strict=True):
            spans = [item for item in cell.items if isinstance(item, Span)]
            for end in dict.fromkeys(
                end for span in spans for end in (span.low, span.high) if end is not None
            ):
                for value in _around(facet, end):
                    facts = Facts({**base, facet.column.name: _told(facet, value)})
                    yield TableInput(sort="bound", facts=facts, rule_ids=(row.id,))


def _around(facet: Facet, end: Point) -> Iterator[object]:
    """A bound and its two neighbours, as far as the input takes them."""
    kind = facet.column.type
    ends = [
        part.item.low
        for part in facet.parts
        if isinstance(part.item, Span) and part.item.low == part.item.high
    ]
    for sign in (-1, 0, 1):
        value = end if sign == 0 else _beside(facet, end, sign, ends)
        if value is not None and _takes(kind, value):
            yield value


def _beside(facet: Facet, end: Any, sign: int, ends: list[Any]) -> object:  # noqa: ANN401  # numbers or days
    """One less or one more, unless another bound lies at or before it; then what lies between the two."""
    try:
        near = end + sign * (_DAY if isinstance(end, date) else 1)
    except OverflowError:
        return None
    between = [other for other in ends if end < other <= near or near <= other < end]
    if not between:
        return near
    return next((one.witness for one in facet.parts if _lies(one.item, end, sign)), near)


def _lies(item: object, end: Point, sign: int) -> bool:
    return isinstance(item, Span) and item.low != item.high and (item.low if sign > 0 else item.high) == end


def _takes(kind: ColumnType, value: object) -> bool:
    return kind.span.holds(value)


def _problems(table: DecisionTable) -> Iterator[TableInput]:
    proof = table.problems()
    for one in proof.gaps:
        yield TableInput(sort="gap", facts=one.witness)
    for one in proof.overlaps:
        yield TableInput(sort="overlap", facts=one.witness, rule_ids=one.rule_ids)
