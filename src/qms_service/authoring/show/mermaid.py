"""A chart as Mermaid, which Markdown viewers draw."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from qms_service.authoring.show.chart import Chart, Edge, Form, Node

_BOXES: Final[Mapping[Form, tuple[str, str]]] = {
    "start": ("([", "])"),
    "step": ("[", "]"),
    "optional": ("[", "]:::optional"),
    "condition": ("{{", "}}"),
    "case": ("[[", "]]"),
}
_SIGNS: Final = re.compile(r"[!-'*;<>?@\[-`{-~]")
_SPELLS: Final = re.compile(r"(?<=\$)(?=\$)|(?<=:)(?=fa)")  # a formula, an icon: though written by number
_NOTHING: Final = "\u200b"  # a space without width
_FIRST: Final = re.compile(r"^(\d+)\.|^[-]")


def mermaid(chart: Chart) -> str:
    """The chart in the language of Mermaid; every sign that means something there is written by its number."""
    lines = ["flowchart TD", *(f"    {_node(one)}" for one in chart.nodes)]
    lines += (f"    {_edge(one)}" for one in chart.edges)
    if any(one.form == "optional" for one in chart.nodes):
        lines.append("    classDef optional stroke-dasharray: 4 3")
    return "\n".join(lines) + "\n"


def _node(node: Node) -> str:
    opening, closing = _BOXES[node.form]
    return f'{node.id}{opening}"{"<br/>".join(_text(line) for line in node.lines)}"{closing}'


def _edge(edge: Edge) -> str:
    arrow = "-.->" if edge.dashed else "-->"
    label = f'|"{_text(edge.label)}"|' if edge.label else ""
    return f"{edge.tail} {arrow}{label} {edge.head}"


def _text(text: str) -> str:
    """A text without signs of Mermaid or Markdown, in one line."""
    apart = _SPELLS.sub(_NOTHING, " ".join(text.split()))
    plain = _SIGNS.sub(lambda found: _numbered(found[0]), apart)
    return _FIRST.sub(lambda found: f"{found[1]}{_numbered('.')}" if found[1] else _numbered("-"), plain)


def _numbered(sign: str) -> str:
    return f"#{ord(sign)};"
