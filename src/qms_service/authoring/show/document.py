"""Document (文件): what a shown rulebook says, before it is Markdown or a page: sections, tables and charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import attrs

from qms_service.authoring.show.chart import Chart

Shape = Literal["plain", "card", "matrix", "form"]


@attrs.frozen
class Name:
    """What people call a rule, with the id under which the rulebook has it.

    Args:
        text: Its name; further lines say more of it.
        id: Its id.
    """

    text: str
    id: str


Entry = str | Name
Row = tuple[Entry, ...]


@attrs.frozen(kw_only=True)
class Table:
    """A table of texts.

    Args:
        head: The names of the columns; none where the first entry of each row names it.
        rows: The entries of each row; an entry may have several lines.
        caption: What stands above it.
        shape: `"plain"`, `"card"` for names with their values, `"matrix"` for letters in narrow columns, or
            `"form"` for lines to be filled in by hand.
        widths: How wide each column is on paper, in hundredths of the page; none where the texts decide.
    """

    head: tuple[str, ...] = ()
    rows: tuple[Row, ...]
    caption: str = ""
    shape: Shape = "plain"
    widths: tuple[int, ...] = ()

    def without_blanks(self) -> Table:
        """The table without the columns in which nothing stands."""
        kept = [place for place in range(len(self.head)) if any(row[place] for row in self.rows)]
        return attrs.evolve(
            self,
            head=tuple(self.head[place] for place in kept),
            rows=tuple(tuple(row[place] for place in kept) for row in self.rows),
            widths=tuple(self.widths[place] for place in kept if self.widths),
        )


@attrs.frozen(kw_only=True)
class Section:
    """A part of the document under a title: paragraphs, tables, charts, and sections of its own."""

    title: str
    blocks: tuple[Block, ...]


Block = str | Table | Chart | Section


@attrs.frozen(kw_only=True)
class Document:
    """A rulebook as a document (文件).

    Args:
        lang: The language that it is written in.
        title: What the procedure is called.
        pin: Rulebook, edition and digest: what stands at the foot of every page.
        blocks: What it says, from the title block to the last section.
    """

    lang: str
    title: str
    pin: str
    blocks: tuple[Block, ...]

    def texts(self) -> Iterator[str]:
        """Every text in it."""
        yield self.title
        for block in self.blocks:
            yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, str):
        yield block
    elif isinstance(block, Section):
        yield block.title
        for inner in block.blocks:
            yield from _texts(inner)
    elif isinstance(block, Table):
        yield from (block.caption, *block.head)
        yield from (entry if isinstance(entry, str) else entry.text for row in block.rows for entry in row)
    else:
        yield from block.texts()
