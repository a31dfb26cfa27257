"""The page in Markdown: a heading for each section, its tables below it, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qms_service.management.page.section import Section
from qms_service.markup import markdown_table, markdown_text


def markdown_of(title: str, meta: Sequence[str], sections: Sequence[Section]) -> str:
    """The whole page."""
    parts = [f"# {markdown_text(title)}", *map(markdown_text, meta)]
    for section in sections:
        parts += _section(section)
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> Iterator[str]:
    clause = f" \\[{markdown_text(section.clause)}\\]" if section.clause else ""
    yield f"## {markdown_text(section.title)}{clause}"
    yield from map(markdown_text, section.lines)
    for table in section.tables:
        yield f"**{markdown_text(table.caption)}**"
        yield markdown_table(table.head, table.rows)
    yield from map(markdown_text, section.notes)
