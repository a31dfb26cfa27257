"""The page in HTML (网页): one file that loads nothing and prints on A4, in which every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from qms_service.management.page.section import Section
from qms_service.markup import Html, Words

STYLE: Final = """
@page { size: A4 portrait; margin: 14mm 12mm }
.qms-review { max-width: 186mm; margin: auto; color: #000; background: #fff; print-color-adjust: exact;
  font: 9.5pt/1.45 "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif }
.qms-review h1 { font-size: 17pt; margin: 0 0 4pt }
.qms-review h2 { font-size: 12.5pt; margin: 16pt 0 4pt; padding-bottom: 2pt; border-bottom: 1.5pt solid #1f4e79;
  color: #1f4e79; break-after: avoid }
.qms-review h2 small { float: right; font-size: 8pt; font-weight: normal; color: #555; padding-top: 4pt }
.qms-review p { margin: 3pt 0 }
.qms-review p:not(.note) { break-after: avoid }
.qms-review .note { color: #444; font-size: 8.5pt }
.qms-review table { break-inside: avoid; width: 100%; margin: 5pt 0 9pt; font-size: 8.5pt }
.qms-review caption { font-weight: bold; padding: 3pt 0; break-after: avoid }
.qms-review th, .qms-review td { border: 0.5pt solid #999; padding: 2pt 4pt; overflow-wrap: break-word }
.qms-review thead th { background: #e8eef5; font-weight: bold }
.qms-review thead { display: table-header-group }
.qms-review tr { break-inside: avoid }
"""


def html_of(title: str, meta: Sequence[str], sections: Sequence[Section], words: Words) -> Html:
    """The whole page."""
    return Html(
        f'<!doctype html>\n<html lang="{escape(words.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"</head>\n<body>\n{part_of(title, meta, sections, words)}\n</body>\n</html>\n"
    )


def part_of(title: str, meta: Sequence[str], sections: Sequence[Section], words: Words) -> Html:
    """The page as a part of another, such as a notebook's."""
    body = "\n".join(_section(section, words) for section in sections)
    return Html(
        f'<style>{STYLE}</style>\n<article class="qms-review" lang="{escape(words.lang)}">\n'
        f"<h1>{escape(title)}</h1>\n{_lines(meta, 'note')}\n{body}\n</article>"
    )


def _section(section: Section, words: Words) -> str:
    clause = f" <small>{escape(section.clause)}</small>" if section.clause else ""
    tables = "\n".join(table.html(words) for table in section.tables)
    parts = (
        f"<h2>{escape(section.title)}{clause}</h2>",
        _lines(section.lines),
        tables,
        _lines(section.notes, "note"),
    )
    return f"<section>{''.join(parts)}</section>"


def _lines(lines: Sequence[str], kind: str = "") -> str:
    opening = f'<p class="{kind}">' if kind else "<p>"
    return "".join(f"{opening}{escape(line)}</p>" for line in lines)
