"""Which figures of the procedure (参数) a part of a rulebook takes: `$name` for a term, or in a cell of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def figures_in(value: object) -> Iterator[str]:
    """The names of the figures that a rule, or any part of a rulebook's tree, takes.

    >>> [*figures_in({"within": "$answer_within", "warn": "36 h"})]
    ['answer_within']
    """
    if isinstance(value, str):
        cells = (cell.strip() for cell in value.split("|"))
        yield from (cell[1:] for cell in cells if cell.startswith("$"))
    elif isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from figures_in(one)
