"""Pipes (竖线表): lines of cells between pipes, whatever they state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from qms_service.routing.fault import TableFault, Unreadable, refuse_table
from qms_service.routing.marks import outside_quotes, split, unquoted

ARROW: Final = "->"
WIDE_ARROWS: Final = ("→", "⇒", "－＞")
_RULE_LINE: Final = re.compile(r":?-{3,}:?")


@attrs.frozen
class Pipes:
    """The lines of a grid: its header, and each further line by the names of the header."""

    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    faults: tuple[TableFault, ...]


def read_pipes(text: str, name: object = "grid") -> Pipes:
    r"""The header and the rows of a grid; blank lines and `|---|---|` are passed over.

    Raises:
        TableError: It is no text at all.

    >>> read_pipes("| id | cause |\n| other | - |").rows
    ({'id': 'other', 'cause': '-'},)
    """
    if not isinstance(text, str):
        raise refuse_table(name, [TableFault(code="grid", got=repr(text))])
    faults: list[TableFault] = []
    lines = list(_lines(text, faults))
    titles = lines[0][1] if lines else []
    faults += _header_faults(titles)
    header = [_name(title) for title in titles]
    rows = []
    for number, cells in lines[1:]:
        if len(cells) == len(header):
            rows.append(dict(zip(header, cells, strict=True)))
        else:
            width = {"got": str(len(cells)), "allowed": str(len(header))}
            faults.append(TableFault(code="grid-width", line=number, **width))
    return Pipes(tuple(header), tuple(rows), tuple(faults))


def _lines(text: str, faults: list[TableFault]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        try:
            cells = _cells(line.strip())
        except Unreadable as why:
            faults.append(why.at(line=number))
            continue
        if not all(_RULE_LINE.fullmatch(cell) for cell in cells):
            yield number, cells


def _cells(line: str) -> list[str]:
    """The cells of a line; none of a blank one."""
    if not line:
        return []
    parts = split(line, "|")
    if "｜" in outside_quotes(line):
        raise Unreadable("full-width", got="｜", typed="|")
    if len(parts) < 3 or parts[0] or parts[-1]:  # noqa: PLR2004  # a line is at least | one cell |
        raise Unreadable("grid-line", got=repr(line))
    return parts[1:-1]


def _name(cell: str) -> str:
    bare = cell.removeprefix(ARROW).strip()
    return (ARROW if cell.startswith(ARROW) else "") + literal(bare)


def _header_faults(titles: list[str]) -> Iterator[TableFault]:
    for name, times in Counter(_name(title) for title in titles).items():
        if times > 1:
            yield TableFault(code="grid-twice", column=name, got=repr(name))
    for title in titles:
        for wide in WIDE_ARROWS:
            if title.startswith(wide):
                yield TableFault(code="full-width", column=title, got=wide, typed=ARROW)


def literal(cell: str) -> str:
    """The text that a cell states, without its double quotes."""
    text = unquoted(cell)
    return cell if text is None else text
