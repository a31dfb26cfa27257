"""Grid: a plain table for a terminal, aligned by what a character takes up; a Chinese one takes two places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import combining, east_asian_width


def width(text: str) -> int:
    """How many places a text takes up on a terminal.

    >>> width("QA"), width("品质部")
    (2, 6)
    """
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def grid(rows: Iterable[Sequence[str]], *, right: Iterable[int] = (), indent: str = "") -> list[str]:
    """The lines of a table: columns two spaces apart, each as wide as its widest cell.

    Args:
        rows: The rows, all of one length.
        right: The columns to align to the right.
        indent: What stands before each line.

    >>> for line in grid([("品质部", "7"), ("QA", "12")], right=[1]):
    ...     print(line)
    品质部   7
    QA      12
    """
    table = [tuple(row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    numbers = set(right)
    return [
        (indent + "  ".join(_padded(cell, widths[at], at in numbers) for at, cell in enumerate(row))).rstrip()
        for row in table
    ]


def _padded(text: str, places: int, right: bool) -> str:
    space = " " * (places - width(text))
    return space + text if right else text + space
