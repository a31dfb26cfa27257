"""A document as Markdown: tables with pipes, charts as blocks of Mermaid, which code hosts and editors draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qms_service.authoring.show.chart import Chart
from qms_service.authoring.show.document import Block, Document, Entry, Name, Section, Table
from qms_service.authoring.show.mermaid import mermaid

_SIGNS: Final = re.compile(r"([\\`*\[\]<>|~&$#]|(?<![^\W_])_|_(?![^\W_]))")  # within a word, _ is no mark
_FIRST: Final = re.compile(r"^(\s*\d*)([-+=.)])", re.MULTILINE)


def markdown(document: Document) -> str:
    """The document as Markdown, every text escaped: nothing that a rulebook says becomes a mark of Markdown."""
    blocks = [
        f"# {_line(document.title)}",
        *_blocks(document.blocks, 2),
        f"---\n\n{_paragraph(document.pin)}",
    ]
    return "\n\n".join(blocks) + "\n"


def _blocks(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield _paragraph(block)
        elif isinstance(block, Section):
            yield f"{'#' * level} {_line(block.title)}"
            yield from _blocks(block.blocks, level + 1)
        elif isinstance(block, Chart):
            yield f"```mermaid\n{mermaid(block)}```"
        else:
            yield _table(block)


def _table(table: Table) -> str:
    head = table.head or ("",) * len(table.rows[0])
    lines = [_row(head), "|" + "---|" * len(head), *(_row(row) for row in table.rows)]
    return "\n".join(lines)


def _row(row: tuple[Entry, ...]) -> str:
    return f"| {' | '.join(_entry(entry) for entry in row)} |"


def _entry(entry: Entry) -> str:
    if not isinstance(entry, Name):
        return _line(entry)
    return f"{_line(entry.text)}<br>{_code(entry.id)}"


def _code(id_: str) -> str:
    """An id as code where it is one in Markdown; else escaped like any text."""
    return _line(id_) if re.search(r"[`|\\\n]", id_) else f"`{id_}`"


def _line(text: str) -> str:
    """A text in one line, its own lines broken as a table can."""
    return "<br>".join(_text(line) for line in text.splitlines())


def _paragraph(text: str) -> str:
    """A text on lines of its own: nor does it begin a list or underline a heading."""
    return _FIRST.sub(r"\1\\\2", _text(text))


def _text(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
