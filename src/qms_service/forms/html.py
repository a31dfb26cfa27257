"""Forms in HTML (表单网页): one page that prints on A4, loads nothing, and in which every text is escaped."""

from __future__ import annotations

from html import escape
from typing import Final

from qms_service.forms.filled import FilledForm
from qms_service.forms.layout import Box, Layout, Row, lay_out
from qms_service.forms.wording import Wording
from qms_service.markup import Html, printable

STYLE: Final = """
@page { size: A4 %(orientation)s; margin: 12mm }
.qms-form { border-collapse: collapse; table-layout: fixed; width: 100%%; max-width: %(width)s; margin: auto;
  print-color-adjust: exact; font: 10pt/1.4 "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #000; background: #fff }
.qms-form td, .qms-form th { border: 1px solid #444; padding: 3px 5px; height: 1.4em; text-align: left;
  vertical-align: top; font-weight: normal; white-space: pre-line; overflow-wrap: anywhere }
.qms-form .title { font-size: 16pt; font-weight: bold; text-align: center; border: 0 }
.qms-form .note, .qms-form .aside, .qms-form .foot { border: 0; font-size: 8.5pt; color: #333 }
.qms-form .aside { text-align: right }
.qms-form .section { background: #d9e2ec; font-weight: bold }
.qms-form .head, .qms-form .label { background: #f2f2f2 }
.qms-form .head { text-align: center }
.qms-form .missing { background: #fff2cc; color: #7f4f00 }
.qms-form .not_needed { color: #777 }
.qms-form tr { break-inside: avoid }
"""


def html_of(filled: FilledForm, words: Wording) -> Html:
    """A filled form as a page."""
    title = " ".join(part for part in (words.said(filled.form.title), filled.case) if part)
    return Html(
        f'<!doctype html>\n<html lang="{escape(words.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(printable(title))}</title>\n</head>\n<body>\n{part_of_page(filled, words)}\n</body>\n</html>\n"
    )


def part_of_page(filled: FilledForm, words: Wording) -> Html:
    """A filled form as a part of a page, such as a notebook's."""
    sheet = lay_out(filled, words)
    across = filled.form.landscape
    style = STYLE % {
        "orientation": "landscape" if across else "portrait",
        "width": "273mm" if across else "186mm",
    }
    head = "".join(_row(row) for row in sheet.rows[: sheet.repeated])
    body = "".join(_row(row) for row in sheet.rows[sheet.repeated :])
    return Html(
        f'<style>{style}</style>\n<table class="qms-form" lang="{escape(words.lang)}">{_columns(sheet)}'
        + (f"<thead>{head}</thead>" if head else "")
        + f"<tbody>{body}</tbody></table>"
    )


def _columns(sheet: Layout) -> str:
    total = sum(sheet.shares)
    columns = "".join(f'<col style="width: {100 * share / total:.2f}%">' for share in sheet.shares)
    return f"<colgroup>{columns}</colgroup>"


def _row(row: Row) -> str:
    return f"<tr>{''.join(_box(box) for box in row)}</tr>\n"


def _box(box: Box) -> str:
    tag = "th" if box.role in ("section", "head", "label") else "td"
    classes = [box.role, *([box.filled.state] if box.filled else [])]
    room = f' style="height: {1.4 * box.room:.1f}em"' if box.room > 1 else ""
    clause = box.filled.clause if box.filled else None
    cited = f' title="{escape(str(clause))}"' if clause else ""
    return f'<{tag} class="{" ".join(classes)}" colspan="{box.span}"{cited}{room}>{escape(box.text)}</{tag}>'
