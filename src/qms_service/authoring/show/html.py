"""A document as one page of HTML that prints on A4: no script, no other file, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from qms_service.authoring.show.chart import Chart
from qms_service.authoring.show.document import Block, Document, Entry, Name, Section, Table
from qms_service.authoring.show.drawing import FONTS, svg
from qms_service.errors import MissingExtraError
from qms_service.markup import Html

_LONG: Final = 12  # rows: a longer table may go on over the page
_STYLE: Final = """
:root { color-scheme: light; }
body { font: 10pt/1.45 %(fonts)s; color: #111; background: #fff; max-width: 190mm; margin: 8mm auto; padding: 0 6mm; }
h1 { font-size: 18pt; margin: 0 0 4mm; }
h2 { font-size: 14pt; margin: 9mm 0 3mm; border-bottom: 0.5pt solid #999; }
h3 { font-size: 11.5pt; margin: 6mm 0 2mm; }
h4 { font-size: 10pt; margin: 4mm 0 2mm; }
p { margin: 0 0 2mm; }
table { border-collapse: separate; border-spacing: 0; width: 100%%; margin: 0 0 4mm; font-size: 8.5pt; line-height: 1.35; }
th, td { border: solid #999; border-width: 0 0.5pt 0.5pt 0; padding: 1mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: break-word; }
tr > :first-child { border-left-width: 0.5pt; }
thead th, .card tr:first-child > * { border-top-width: 0.5pt; }
th { background: #f0f0f0; font-weight: 600; }
table.fixed { table-layout: fixed; }
code { font-family: Consolas, Menlo, monospace; font-size: 7.5pt; color: #555; overflow-wrap: anywhere; }
table.card th { width: 32mm; }
table.form td { height: 11mm; }
table.form th { width: 25%%; }
table.form th:first-child, table.form td:first-child { width: 22mm; }
table.matrix { width: auto; }
table.matrix th + th { writing-mode: vertical-rl; text-align: left; vertical-align: bottom; height: 34mm; padding: 1.5mm 1mm; }
table.matrix td + td { text-align: center; white-space: nowrap; min-width: 5mm; }
figure { margin: 0 0 4mm; text-align: center; }
figure svg { max-width: 100%%; max-height: 235mm; height: auto; }
footer { margin-top: 8mm; font-size: 8pt; color: #555; }
.aside { font-size: 8.5pt; color: #555; }
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-left { content: %(pin)s; font: 7.5pt sans-serif; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt sans-serif; } }
@media print {
  body { max-width: none; margin: 0; padding: 0; }
  h1, h2, h3, h4, p:has(+ table), p:has(+ p + table), p:has(+ p + p + table), p:has(+ figure) { break-after: avoid; }
  table, figure { break-inside: avoid; }
  table.long { break-inside: auto; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th, .matrix th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  footer, .screen { display: none; }
}
"""


def html(document: Document) -> Html:
    """The document as a page of its own."""
    title, lang = escape(document.title), escape(document.lang)
    style = _STYLE % {"fonts": FONTS, "pin": _css(document.pin)}
    return Html(
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        + "\n".join(_blocks(document.blocks, 2))
        + f"\n<footer>{escape(document.pin)}</footer>\n</body>\n</html>\n"
    )


def _css(text: str) -> str:
    """A text of CSS, every sign but letters and digits by its number: it can end neither itself nor the style."""
    return '"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in text) + '"'


def _blocks(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield f"<p>{_text(block)}</p>"
        elif isinstance(block, Section):
            yield f"<h{level}>{escape(block.title)}</h{level}>"
            yield from _blocks(block.blocks, level + 1)
        elif isinstance(block, Chart):
            yield f"<figure>\n{_chart(block)}</figure>"
        else:
            yield _table(block)


def _chart(chart: Chart) -> str:
    """The chart as a drawing; as a list of its arrows where Graphviz is not installed."""
    try:
        return svg(chart)
    except MissingExtraError:
        arrows = "\n".join(f"<li>{escape(arrow)}</li>" for arrow in chart.arrows())
        return f'<ol style="text-align: left">\n{arrows}\n</ol>\n<p class="aside screen">{escape(chart.lacking)}</p>\n'


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in table.head)
    rows = "\n".join(_row(row, named=not table.head) for row in table.rows)
    shape = [
        table.shape,
        *(["long"] if len(table.rows) > _LONG else []),
        *(["fixed"] if table.widths else []),
    ]
    columns = "".join(f'<col style="width: {width}%">' for width in table.widths)
    return (
        f'<table class="{" ".join(shape)}">\n'
        + (f"<colgroup>{columns}</colgroup>\n" if columns else "")
        + (f"<thead><tr>{head}</tr></thead>\n" if head else "")
        + f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _row(row: tuple[Entry, ...], *, named: bool) -> str:
    cells = [f"<td>{_entry(entry)}</td>" for entry in row]
    if named:
        cells[0] = f'<th scope="row">{_entry(row[0])}</th>'
    return f"<tr>{''.join(cells)}</tr>"


def _entry(entry: Entry) -> str:
    if isinstance(entry, Name):
        return f"{_text(entry.text)}<br><code>{escape(entry.id)}</code>"
    return _text(entry)


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
