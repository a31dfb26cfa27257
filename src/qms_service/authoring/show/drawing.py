"""A chart as an SVG: Graphviz lays it out (extra `show`), and it is drawn here.

Graphviz is told how large each box is, and measures no text: the same chart comes out whatever fonts a machine
has, and the reader's own fonts, Latin or Chinese, fit into its boxes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

import attrs

from qms_service.authoring.show.chart import Chart, Edge, Node, columns, wrapped
from qms_service.authoring.show.flow import LABEL_WIDTH
from qms_service.errors import MissingExtraError

FONTS: Final = (
    "Helvetica, Arial, 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', "
    "'Microsoft YaHei', SimHei, sans-serif"
)
_COLUMN, _LINE, _SIZE = 6.2, 15, 11  # points: a column of text, a line of it, its letters
_PAD: Final = 2  # around the chart, for the outermost lines
_POINTS: Final = 72  # to an inch, which Graphviz counts sizes in
_PLAIN: Final = 'fill="#fff" stroke="#333"'
_STYLES: Final = {
    "start": 'fill="#eee" stroke="#333"',
    "optional": f'{_PLAIN} stroke-dasharray="4 3"',
    "condition": 'fill="#fffbe6" stroke="#998100"',
    "case": 'fill="#eef4fb" stroke="#335"',
}
Point = tuple[float, float]


def svg(chart: Chart) -> str:
    """The chart as an SVG that stands for itself: no script, no other file.

    Raises:
        MissingExtraError: The extra `show` is not installed.
    """
    laid = _Laid(**_laid_out(chart))
    width, height = laid.size
    parts = [*_edges(chart, laid), *_nodes(chart, laid)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(chart.title)}" '
        f'width="{width + 2 * _PAD:g}pt" height="{height + 2 * _PAD:g}pt" '
        f'viewBox="{-_PAD} {-_PAD} {width + 2 * _PAD:g} {height + 2 * _PAD:g}" '
        f'font-family="{FONTS}" font-size="{_SIZE}" text-anchor="middle">\n'
        f"<title>{escape(chart.title)}</title>\n" + "\n".join(parts) + "\n</svg>\n"
    )


@attrs.frozen
class _Laid:
    """Where Graphviz puts everything; its y grows upwards."""

    bb: str
    objects: list[Mapping[str, Any]]
    edges: list[Mapping[str, Any]] = attrs.field(factory=list)

    @property
    def size(self) -> Point:
        _, _, width, height = (float(part) for part in self.bb.split(","))
        return width, height

    def point(self, text: str) -> Point:
        x, y = (float(part) for part in text.split(","))
        return x, self.size[1] - y

    def boxes(self) -> Mapping[str, Point]:
        return {one["name"]: self.point(one["pos"]) for one in self.objects}

    def arrows(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        names = {one["_gvid"]: one["name"] for one in self.objects}
        return {(names[one["tail"]], names[one["head"]]): one for one in self.edges}


def _laid_out(chart: Chart) -> dict[str, Any]:
    try:
        from pygraphviz import AGraph  # noqa: PLC0415  # an extra
    except ImportError as missing:
        what = "a chart as SVG"
        raise MissingExtraError("missing-extra", what=what, package="pygraphviz", extra="show") from missing
    graph = AGraph(directed=True, strict=True, nodesep=0.3, ranksep=0.4)
    for node in chart.nodes:
        width, height = box(node)
        graph.add_node(
            node.id, label="", shape="box", fixedsize=True, width=width / _POINTS, height=height / _POINTS
        )
    for edge in chart.edges:
        graph.add_edge(edge.tail, edge.head, **_room(edge))
    found = json.loads(graph.draw(format="json0", prog="dot"))
    return {key: found[key] for key in ("bb", "objects", "edges") if key in found}


def box(node: Node) -> Point:
    """The width and height of a box, in points."""
    aside = 36 if node.form in ("condition", "start") else 20
    return max(columns(line) for line in node.lines) * _COLUMN + aside, len(node.lines) * _LINE + 14


def _room(edge: Edge) -> dict[str, str]:
    """Room for the label of an arrow: an empty table of its size."""
    if not edge.label:
        return {}
    lines = wrapped(edge.label, LABEL_WIDTH)
    width, height = round(max(columns(line) for line in lines) * _COLUMN + 8), len(lines) * _LINE
    table = f'<TABLE FIXEDSIZE="TRUE" BORDER="0" CELLBORDER="0" WIDTH="{width}" HEIGHT="{height}">'
    return {"label": f"<{table}<TR><TD></TD></TR></TABLE>>"}


def _nodes(chart: Chart, laid: _Laid) -> Iterator[str]:
    places = laid.boxes()
    for node in chart.nodes:
        x, y = places[node.id]
        yield f"<g>{_outline(node, x, y)}{_lines(node.lines, x, y)}</g>"


def _outline(node: Node, x: float, y: float) -> str:
    width, height = box(node)
    left, top, style = x - width / 2, y - height / 2, _STYLES.get(node.form, _PLAIN)
    if node.form == "condition":
        tip, right, bottom = 12, x + width / 2, y + height / 2
        corners = (
            (left, y), (left + tip, top), (right - tip, top), (right, y), (right - tip, bottom), (left + tip, bottom),
        )  # fmt: skip
        return f'<polygon points="{" ".join(_at(one) for one in corners)}" {style}/>'
    rounded = height / 2 if node.form == "start" else 3
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{rounded:g}" '
        f"{style}/>"
    )


def _lines(lines: tuple[str, ...], x: float, y: float) -> str:
    first = y - (len(lines) - 1) * _LINE / 2 + _SIZE * 0.36
    return "".join(
        f'<text x="{x:.1f}" y="{first + place * _LINE:.1f}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )


def _edges(chart: Chart, laid: _Laid) -> Iterator[str]:
    arrows = laid.arrows()
    for edge in chart.edges:
        found = arrows[edge.tail, edge.head]
        end, *points = [laid.point(part) for part in found["pos"].removeprefix("e,").split()]
        dash = ' stroke-dasharray="4 3"' if edge.dashed else ""
        curve = f"M{_at(points[0])} C{' '.join(_at(one) for one in points[1:])}"
        yield f'<path d="{curve}" fill="none" stroke="#333"{dash}/>{_tip(points[-1], end)}'
        if edge.label:
            yield f'<g fill="#555">{_lines(wrapped(edge.label, LABEL_WIDTH), *laid.point(found["lp"]))}</g>'


def _tip(base: Point, end: Point) -> str:
    """The tip of an arrow, from where its line ends to the box."""
    dx, dy = (end[0] - base[0]) * 0.4, (end[1] - base[1]) * 0.4
    sides = ((base[0] - dy, base[1] + dx), (base[0] + dy, base[1] - dx))
    return f'<polygon points="{" ".join(_at(one) for one in (end, *sides))}" fill="#333"/>'


def _at(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
