"""Grids (表格文本): a decision table as lines of cells between pipes, read and written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from qms_service.routing.cell import item_text
from qms_service.routing.declaration import SPECIAL
from qms_service.routing.exact import exact
from qms_service.routing.fault import TableFault, unknown
from qms_service.routing.marks import quoted
from qms_service.routing.pipes import ARROW, WIDE_ARROWS, literal, read_pipes
from qms_service.routing.span import point_text

if TYPE_CHECKING:
    from qms_service.routing.table import DecisionTable


@attrs.frozen
class Grid:
    """What a grid states, its cells still unread.

    Args:
        inputs: The names of its inputs.
        outputs: The names of its outputs.
        rules: Its rows, as `DecisionTable` takes them.
        faults: What of its layout cannot be read.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rules: tuple[Mapping[str, Any], ...]
    faults: tuple[TableFault, ...] = ()


def read_grid(text: str, name: object = "grid") -> Grid:
    """The columns and the rules of a grid.

    Args:
        text: Lines of cells between pipes; the first is the header, `->` before a name marks an output,
            `id` and `clause` are columns of their own.
        name: What errors call it.

    Raises:
        TableError: It is no text at all.

    >>> grid = read_grid('''
    ...     | id    | cause   | -> responsible |
    ...     | other | -       | process        |
    ... ''')
    >>> grid.inputs, grid.outputs, grid.rules[0]["then"]
    (('cause',), ('responsible',), {'responsible': 'process'})
    """
    read = read_pipes(text, name)
    missing = TableFault(code="grid-id", column="id", got=repr(" | ".join(read.header)))
    return Grid(
        inputs=tuple(name for name in read.header if not name.startswith(ARROW) and name not in SPECIAL),
        outputs=tuple(name.removeprefix(ARROW) for name in read.header if name.startswith(ARROW)),
        rules=tuple(_rule(row) for row in read.rows),
        faults=read.faults if "id" in read.header else (*read.faults, missing),
    )


def _rule(row: Mapping[str, str]) -> Mapping[str, Any]:
    when = {name: cell for name, cell in row.items() if not name.startswith(ARROW)}
    rule_id, clause = when.pop("id", None), literal(when.pop("clause", ""))
    then = {name.removeprefix(ARROW): literal(cell) for name, cell in row.items() if name.startswith(ARROW)}
    return {
        "id": rule_id and literal(rule_id),
        "when": when,
        "then": then,
        "clause": clause or None,
    }


def fitted(
    grid: Grid, inputs: Mapping[str, object], outputs: Mapping[str, object]
) -> tuple[tuple[TableFault, ...], tuple[Mapping[str, Any], ...]]:
    """The faults of a grid with those of its header, each once, and its rules without the columns at fault."""
    strange = [
        unknown(code, name, known).at(column=name)
        for code, names, known in (
            ("unknown-when", grid.inputs, inputs),
            ("unknown-then", grid.outputs, outputs),
            ("grid-output", outputs, grid.outputs),
        )
        for name in names
        if name not in known
    ]
    rules = tuple(
        {**rule, **{part: _only(rule[part], known) for part, known in (("when", inputs), ("then", outputs))}}
        for rule in grid.rules
    )
    return (*grid.faults, *strange), rules


def column_faults(inputs: object, outputs: object) -> tuple[TableFault, ...]:
    """What is declared of the columns and is no mapping."""
    declared = (("inputs", inputs), ("outputs", outputs))
    return tuple(
        TableFault(code="columns", column=role, got=repr(given))
        for role, given in declared
        if not isinstance(given, Mapping)
    )


def _only(cells: Mapping[str, str], known: Mapping[str, object]) -> dict[str, str]:
    return {name: cell for name, cell in cells.items() if name in known}


def write_grid(table: DecisionTable) -> str:
    """The grid of a table, its pipes aligned; `DecisionTable.to_grid` calls it."""
    inputs = [_title(column.name) for column in table.inputs]
    outputs = [f"{ARROW} {quoted(column.name)}" for column in table.outputs]
    rows = [["id", *inputs, *outputs, "clause"]]
    for rule in table.rules:
        clause = quoted(rule.clause.number) if rule.clause else ""
        rows.append([quoted(rule.id), *map(str, rule.when), *map(value_text, rule.then.values()), clause])
    if not any(row[-1] for row in rows[1:]):
        rows = [row[:-1] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join(f"| {' | '.join(map(str.ljust, row, widths))} |\n" for row in rows)


def _title(name: str) -> str:
    """The name of an input as a header states it: one that begins like an arrow is none."""
    text = quoted(name)
    return f'"{text}"' if text.startswith(WIDE_ARROWS) else text


def value_text(value: Any) -> str:  # noqa: ANN401  # the value of any output
    """The value of an output as a cell states it."""
    if isinstance(value, str | bool):
        return item_text(value)
    number = exact(value)
    return point_text(value if number is None else number)
