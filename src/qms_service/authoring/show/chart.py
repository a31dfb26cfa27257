"""Chart (流程图): boxes and arrows, before they are Mermaid, an SVG or a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal
from unicodedata import east_asian_width

import attrs

Form = Literal["step", "start", "optional", "condition", "case"]
WIDTH: Final = 26  # columns of a box, a Chinese character taking two
_WORDS: Final = re.compile(r"\s*(?:[⺀-￯][，。、；：）」』]*|[^\s⺀-￯]+)")


@attrs.frozen(kw_only=True)
class Node:
    """A box.

    Args:
        id: Its name in the chart: a letter and a number, so that no language takes it for a word of its own.
        lines: What stands in it.
        form: `"step"`; `"start"` opens a case; `"optional"` is done when needed; `"condition"` asks; `"case"`
            is a linked case.
    """

    id: str
    lines: tuple[str, ...]
    form: Form = "step"


@attrs.frozen(kw_only=True)
class Edge:
    """An arrow from what comes first to what needs it.

    Args:
        tail, head: The ids of the boxes.
        label: Under what it leads there.
        dashed: Whether it is one of several ways.
    """

    tail: str
    head: str
    label: str = ""
    dashed: bool = False


@attrs.frozen(kw_only=True)
class Chart:
    """A chart of one kind of case.

    Args:
        id: What tells it from the other charts of a document.
        title: What it shows.
        nodes: Its boxes, in the order of the rulebook.
        edges: Its arrows.
        lacking: What is said where it cannot be drawn.
    """

    id: str
    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    lacking: str = ""

    def texts(self) -> Iterator[str]:
        """Every text in it."""
        yield self.title
        yield from (line for node in self.nodes for line in node.lines)
        yield from (edge.label for edge in self.edges)

    def arrows(self) -> Iterator[str]:
        """The arrows as a list, for where nothing can be drawn."""
        names = {node.id: " ".join(node.lines) for node in self.nodes}
        for edge in self.edges:
            label = f" [{edge.label}]" if edge.label else ""
            yield f"{names[edge.tail]} →{label} {names[edge.head]}"


def columns(text: str) -> int:
    """How many columns a text takes; a wide character takes two.

    >>> columns("QA"), columns("品质部")
    (2, 6)
    """
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def wrapped(text: str, width: int = WIDTH) -> tuple[str, ...]:
    """A text in lines of a width; a longer word stays whole, Chinese breaks anywhere.

    >>> wrapped("Cause and improvement approved", 20)
    ('Cause and', 'improvement approved')
    >>> wrapped("原因分析及改善报告", 12)
    ('原因分析及改', '善报告')
    """
    lines = [""]
    for word in _WORDS.findall(text):
        if lines[-1] and columns(lines[-1] + word) > width:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return tuple(lines)
